"""A list as a table for programs: the same choice of entries as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from enact_graph.topics.lists.choice import Choice
from enact_graph.topics.lists.page import Told, slug

_COLUMNS: Final = (
    "iri",
    "name",
    "description",
    "place",
    "date",
    "date_precision",
    "value",
    "currency",
    "qualifier",
)


def as_csv(told: Told, choice: Choice) -> bytes:
    """The chosen entries as RFC 4180 has it, by name; several values in a field part by `; `."""
    facets = [f.key for f in told.shelf.kind.facets]
    columns = (*_COLUMNS, told.shelf.kind.count.key, *facets)
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(columns)
    for item in _items(told, choice):
        by = item["values"]
        row = item | {key: [v["name"] for v in by.get(key, ())] for key in facets}
        table.writerow(_field(row[column]) for column in columns)
    return written.getvalue().encode()


def as_json(told: Told, choice: Choice) -> bytes:
    """The chosen entries by name, the facets with what each value would show, and the choice."""
    kind = told.shelf.kind
    chosen: dict[str, list[str]] = {}
    for facet, value in choice.pairs():
        chosen.setdefault(facet, []).append(slug(value))
    items = list(_items(told, choice))
    content = {
        "kind": kind.key,
        "language": told.voice.lang,
        "total": len(told.shelf.entries),
        "found": len(items),
        "chosen": chosen,
        "facets": {
            f.key: [
                {"key": v.key, "name": v.name.text, "count": v.count}
                for v in told.values(f, choice)
            ]
            for f in kind.facets
        },
        "items": items,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _items(told: Told, choice: Choice) -> Iterator[dict[str, Any]]:
    kind = told.shelf.kind
    for entry in told.sorted(choice):
        line = told.line(entry)
        yield {
            "iri": entry.iri,
            "name": line.name.name.text,
            "description": line.gist.text if line.gist else "",
            "place": [told.named(v).text for v in entry.places],
            "date": entry.when.day if entry.when else "",
            "date_precision": entry.when.precision if entry.when else "",
            "value": [f.value for f in entry.figures],
            "currency": sorted({f.currency for f in entry.figures} - {""}),
            "qualifier": [told.named(f.qualifier).text for f in entry.figures if f.qualifier],
            kind.count.key: entry.count,
            "values": {
                key: [{"key": slug(v), "name": told.named(v, key).text} for v in entry.values[key]]
                for key in entry.values
            },
        }


def _field(value: str | int | Sequence[str]) -> str:
    return str(value) if isinstance(value, str | int) else "; ".join(value)
