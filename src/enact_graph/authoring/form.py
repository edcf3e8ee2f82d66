"""The form of the files: what `fmt` changes, and what it refuses to touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from enact_graph.authoring import registry
from enact_graph.authoring.findings import Finding, from_fault, ordered
from enact_graph.authoring.registry import Registry
from enact_graph.authoring.sources import SourceFile, load_file, names, placed
from enact_graph.rdf.faults import MENDABLE
from enact_graph.terms import PREFIXES


@dataclass(frozen=True)
class Change:
    """A file that is not in its form: what it holds now, and what it should hold."""

    name: str
    before: bytes
    after: bytes

    @property
    def is_of_line_ends(self) -> bool:
        """Does it put LF in the place of CRLF, and nothing else?"""
        return self.before == self.after.replace(b"\n", b"\r\n")


@dataclass(frozen=True)
class Plan:
    """The changes that bring files into form; `refused` are the faults a person must mend."""

    changes: tuple[Change, ...]
    refused: tuple[Finding, ...]


def plan(root: Path, chosen: Iterable[str] | None = None) -> Plan:
    """Compare the chosen files, or all, with their form, and the registry with all names.

    A prefix of the project that a file uses and does not declare is declared. The registry only
    ever grows, and only when every file can be read.
    """
    files: list[SourceFile] = []
    faults = []
    for name in names(root):
        found = load_file(root, name, assumed=PREFIXES)
        if isinstance(found, SourceFile):
            files.append(found)
            faults += [fault for fault in found.parsed.faults if fault.code not in MENDABLE]
        else:
            faults.append(found)
    faulty = {fault.place.file for fault in faults}
    wanted = None if chosen is None else set(chosen)
    changes = [
        Change(file.name, file.content, after)
        for file in files
        if file.name not in faulty and (wanted is None or file.name in wanted)
        if file.content != (after := file.canonical.encode())
    ]
    known = registry.read(root)
    if not faulty and not known.lost:
        changes += _register(known, files)
    faults += known.lost
    refused = (f for f in faults if wanted is None or f.place.file in wanted)
    return Plan(tuple(changes), ordered(map(from_fault, refused)))


def _register(known: Registry, files: Iterable[SourceFile]) -> Iterable[Change]:
    described = registry.minted(placed(files))
    after = registry.write([*known.lines, *described])
    # A line that is no name is left for `check` to report: it may be one, misspelt.
    after += "".join(f"{line}\n" for line in known.faulty.values())
    if after.encode() != known.content:
        yield Change(registry.FILE, known.content, after.encode())
