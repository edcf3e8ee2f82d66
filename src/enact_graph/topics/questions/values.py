"""The values a named question is asked with: read from an address, by type, never into its text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from starlette.requests import Request

from enact_graph import terms
from enact_graph.errors import BadParameter
from enact_graph.graph.entity import local_name, pick
from enact_graph.graph.reader import Reader
from enact_graph.lookup.naming import named
from enact_graph.release.questions import Question, term
from enact_graph.topics.sparql.protocol import read_fields
from enact_graph.vocabulary import RDF
from enact_graph.web import wanted
from enact_graph.web.parameters import is_added

LANG: Final = "lang"
DOWNLOAD: Final = "download"
PART: Final = "part"
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Characters of a value; a name is never longer.
_LONGEST: Final = 300


@dataclass(frozen=True)
class Given:
    """What a question was asked with: values by parameter, the query they make, the language.

    `is_spoken` where the answer has names in the language, `is_lang_given` where it was asked for.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    lang: str = "en"
    is_spoken: bool = False
    is_lang_given: bool = False
    download: str | None = None

    @property
    def stated(self) -> list[tuple[str, str]]:
        """The values that an address has to name, the language aside."""
        return [(name, value) for name, value in self.values.items() if name != LANG]


def fields(request: Request) -> list[tuple[str, str]]:
    """The fields of an address; those left empty, as a form sends them, stand for the defaults.

    What others add to an address they share is left out.
    """
    found = read_fields(request.scope["query_string"], "query string")
    return [(n, v) for n, v in found if (v or n == DOWNLOAD) and not is_added(n)]


def part(given: Sequence[tuple[str, str]]) -> tuple[int, list[tuple[str, str]]]:
    """Which part of a long table a page shows, and the other fields; BadParameter of no number."""
    found = [value for name, value in given if name == PART]
    if len(found) > 1 or not all(re.fullmatch(r"[1-9][0-9]{0,4}", value) for value in found):
        raise BadParameter(
            f"part={','.join(found)[:40]}: the parts of a table are numbered from 1; name one, or"
            " leave the parameter out.",
            parameter=PART,
        )
    return int(found[0]) if found else 1, [f for f in given if f[0] != PART]


async def read(reader: Reader, question: Question, given: Iterable[tuple[str, str]]) -> Given:
    """Read values by the types of a question's parameters; BadParameter names what is wrong.

    A thing may be given by its IRI, with or without prefix, or by its name in any language.
    """
    found: dict[str, str] = {}
    names: list[str] = []
    kinds = {p.name: p for p in question.parameters}
    lang: str | None = None
    for name, value in given:
        if name == DOWNLOAD:
            names.append(value)
            continue
        if name == LANG:
            if lang is not None and lang != value:
                raise BadParameter("lang is given twice; give it once.", parameter=LANG)
            if value not in terms.LANGUAGES:
                raise BadParameter(
                    f"lang={value[:40]}: answers come in {', '.join(terms.LANGUAGES)}; name one of"
                    " these, or leave the parameter out.",
                    parameter=LANG,
                    allowed=list(terms.LANGUAGES),
                )
            lang = value
            continue
        if name in found:
            raise BadParameter(f"{name} is given twice; give it once.", parameter=name)
        is_thing = name in kinds and kinds[name].kind == "iri"
        found[name] = (
            terms.shorten(await thing(reader, name, value, kinds[name].default))
            if is_thing
            else value
        )
    spoken = [p for p in question.parameters if p.kind == "language"]
    query = question.fill(found | {p.name: lang for p in spoken if lang})
    default = spoken[0].default if spoken else "en"
    changed = {n: v for n, v in found.items() if v != kinds[n].default}
    return Given(
        changed,
        query,
        lang or default,
        bool(spoken),
        lang is not None,
        wanted.check(names),
    )


async def thing(reader: Reader, parameter: str, value: str, default: str) -> str:
    """The IRI of the thing that a value means; BadParameter where there is none, or several."""
    try:
        found = iri(value)
    except ValueError:
        found = terms.ID + value if _SLUG.fullmatch(value) else ""
    if found and await reader.exists(found):
        return found
    candidates = await named(reader, value) if len(value) <= _LONGEST else []
    if len(candidates) > 1:
        candidates = await _alike(reader, candidates, iri(default)) or candidates
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        raise BadParameter(
            f"{parameter}: nothing in the graph is called “{value[:80]}”; give the name of a thing"
            f" as its page has it, or its identifier, like {default}.",
            parameter=parameter,
            allowed=default,
        )
    listed = ", ".join(terms.shorten(c) for c in candidates)
    raise BadParameter(
        f"{parameter}: several things are called “{value[:80]}”; give one of {listed}.",
        parameter=parameter,
        allowed=[terms.shorten(c) for c in candidates],
    )


def iri(value: str) -> str:
    """The IRI that is written in full or with a prefix; ValueError of anything else."""
    return term("iri", value).value


async def name(reader: Reader, thing_: str, language: str, default: str) -> str:
    """How a form names a thing: by its name where that leads back to it, else its identifier."""
    label = pick((await reader.labels([thing_])).get(thing_, {}), language)
    if label is None:
        return terms.shorten(thing_)
    try:
        is_plain = await thing(reader, "", label.text, default) == thing_
    except BadParameter:
        is_plain = False
    return label.text if is_plain else terms.shorten(thing_)


def nearest(asked: str, questions: Iterable[str]) -> list[str]:
    """The names of questions most like one that is not there."""
    return get_close_matches(asked[:80].lower(), list(questions), 3, 0.5)


async def _alike(reader: Reader, candidates: Sequence[str], default: str) -> list[str]:
    """Those of a kind with the default."""
    every = await reader.about([default, *candidates])
    kinds: dict[str, set[str]] = {}
    for s in every:
        if s.predicate == RDF.type:
            kinds.setdefault(s.subject, set()).add(s.object.value)
    own = kinds.get(default, set())
    special = {k for k in own if local_name(k) not in ("Agent", "Thing", "Feature")}
    return [c for c in candidates if kinds.get(c, set()) & special]
