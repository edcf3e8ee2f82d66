"""Hits for programs, the same in every answer: what it is, its name, why it was found."""

from collections.abc import Iterable, Sequence
from typing import Any

from enact_graph.lookup.hit import Hit
from enact_graph.present.table import csv_of
from enact_graph.present.words import Voice
from enact_graph.topics.search.page import ICONS, title


def told(hit: Hit, language: str, origin: str, path: str) -> dict[str, Any]:
    """Return the members of one hit; `path` is that of its page on the host `origin`."""
    label = hit.entry.label(language)
    gist = hit.entry.gist(language)
    return {
        "iri": hit.entry.iri,
        "page": origin + path,
        "kind": hit.entry.kind,
        "name": _text(label.text, label.language),
        "description": _text(*gist) if gist else None,
        "weight": hit.entry.weight,
        "match": _match(hit),
    }


def as_csv(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return hits, as `told` gives them, as a table (RFC 4180), a line each."""
    table: list[tuple[str, ...]] = [
        ("iri", "kind", "name", "language", "description", "by", "matched", "page")
    ]
    for row in rows:
        name, gist, match = row["name"], row["description"] or {}, row["match"]
        matched = match.get("identifier") or (match.get("name") or match["description"])["text"]
        table.append(
            (
                *(row["iri"], row["kind"], name["text"], name.get("language", "")),
                *(gist.get("text", ""), match["by"], matched, row["page"]),
            )
        )
    return csv_of(table).encode()


def suggestions(
    text: str, hits: Sequence[Hit], told_hits: Sequence[dict[str, Any]], voice: Voice
) -> dict[str, Any]:
    """Return suggestions for a widget: the hits, and the words to say them with."""
    many = len(hits)
    status = (
        voice.count("search.suggestions", many) if many else voice.text("search.suggestions.none")
    )
    kinds = dict.fromkeys(hit.entry.kind for hit in hits)
    return {
        "query": text,
        "language": voice.lang,
        "title": voice.text("search.suggested"),
        "status": status,
        "kinds": {k: {"label": title(k, voice), "icon": ICONS[k]} for k in kinds},
        "suggestions": list(told_hits),
    }


def _match(hit: Hit) -> dict[str, Any]:
    """By what it was found: a name and its role, an identifier and its scheme, a description."""
    told: dict[str, Any] = {"by": hit.how.name.lower()}
    if hit.code is not None:
        return told | {
            "identifier": hit.code.value,
            "scheme": hit.code.scheme.removeprefix("scheme-"),
        }
    if hit.naming is not None:
        told["name"] = _text(hit.naming.text, hit.naming.language) | {"role": hit.naming.role}
        if hit.slips:
            told["slips"] = hit.slips
    if hit.gist is not None:
        told["description"] = _text(hit.entry.gists[hit.gist], hit.gist)
    return told


def _text(text: str, language: str) -> dict[str, str]:
    return {"text": text} | ({"language": language} if language else {})
