"""The form of a table of mappings, SSSOM as tab-separated values (https://w3id.org/sssom/).

A header of `#` lines in YAML with the metadata of the set and its `curie_map`, a line of column
names, then one mapping a line, cells parted by tabs. Other writers part the sign from the YAML,
leave out columns that are empty, state in the header what holds for every line (“propagatable”
slots), and put cells between quotation marks: all this is read, and written in one form.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from enact_graph.rdf.characters import mend

#: The columns, all of them slots of SSSOM, in their order.
COLUMNS: Final = (
    "subject_id",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "reviewer_id",
    "mapping_date",
    "comment",
)
#: Those that may be left out, being empty everywhere, and last in a line that an editor trimmed.
_OPTIONAL: Final = frozenset(("predicate_modifier", "object_label", "comment"))
#: Those that may stand in the header for all lines at once.
_PROPAGATED: Final = ("mapping_date",)

_PREFIX: Final = re.compile(r"#\s+([\w.-]+):\s*[\"']?([^\s\"']+)[\"']?")
_SLOT: Final = re.compile(r"#(\w+):\s*[\"']?([^\"']*?)[\"']?\s*")
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True)
class Sheet:
    """A table in parts: header lines, column names with their line, numbered rows in our columns.

    Only where the columns `is_known` are the rows meaningful.
    """

    head: tuple[str, ...]
    names: tuple[str, ...]
    line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def is_known(self) -> bool:
        """Does each column have a name of ours, and none that is needed is missing?"""
        given = {*self.names, *self._common}
        is_ours = set(self.names) <= set(COLUMNS) and len(self.names) == len(set(self.names))
        return is_ours and set(COLUMNS) - _OPTIONAL <= given

    def prefixes(self) -> Iterator[tuple[int, str, str]]:
        """Yield line, prefix and namespace of each entry of the `curie_map`."""
        is_map = False
        for line, text in enumerate(self.head, 1):
            if not re.match(r"#\s", text):
                is_map = text.startswith("#curie_map:")
            elif is_map and (found := _PREFIX.fullmatch(text)):
                yield line, found[1], found[2]

    @property
    def _common(self) -> dict[str, str]:
        """What the header says of every line."""
        slots = (found for line in self.head if (found := _SLOT.fullmatch(line)))
        return {found[1]: found[2] for found in slots if found[1] in _PROPAGATED}


def part(text: str) -> Sheet:
    """Part a text; what other writers do is undone, what is no such table is kept as it stands."""
    lines = text.split("\n")
    size = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = [line.rstrip() for line in lines[:size]]
    if all(line == "#" or line.startswith("# ") for line in head):
        head = ["#" + line[2:] for line in head]
    names = _cells(lines[size]) if size < len(lines) else []
    while names and not names[-1]:
        names.pop()
    rows = [(n, _cells(line)) for n, line in enumerate(lines[size + 1 :], size + 2) if line.strip()]
    sheet = Sheet(tuple(head), tuple(names), size + 1, ())
    if sheet.is_known:
        rows = [(n, sheet_row) for n, row in rows for sheet_row in [_in_order(sheet, row)]]
    return Sheet(sheet.head, sheet.names, sheet.line, tuple((n, tuple(row)) for n, row in rows))


def write(sheet: Sheet) -> str:
    """Return the table in its one form; one whose columns are not known keeps them."""
    head, names = list(sheet.head), sheet.names
    if sheet.is_known:
        head = [line for line in head if not _is_common(line)]
        names = COLUMNS
    rows = sorted({row for _, row in sheet.rows})
    return "".join(f"{line}\n" for line in (*head, "\t".join(names), *map("\t".join, rows)))


def _is_common(line: str) -> bool:
    found = _SLOT.fullmatch(line)
    return found is not None and found[1] in _PROPAGATED


def _in_order(sheet: Sheet, row: Sequence[str]) -> list[str]:
    """Return the cells in our columns; a row of another length stays, to be told as such."""
    names, cells = sheet.names, list(row)
    if len(cells) < len(names) and _OPTIONAL.issuperset(names[len(cells) :]):
        cells += [""] * (len(names) - len(cells))
    if len(cells) != len(names):
        return cells
    said = {**sheet._common, **{k: v for k, v in zip(names, cells, strict=True) if v}}
    return [said.get(name, "") for name in COLUMNS]


def _cells(line: str) -> list[str]:
    return [_plain(cell) for cell in line.split("\t")]


def _plain(cell: str) -> str:
    """Return a cell as it is meant: without spaces around it and the quotation marks of CSV."""
    text = mend(cell).strip()
    while found := _QUOTED.fullmatch(text):
        text = found[1].replace('""', '"').strip()
    return text
