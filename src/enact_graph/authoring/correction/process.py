"""The process that makes a patch of a proposal and checks it: it reads one order, answers, ends.

The server starts it (`python -m enact_graph.authoring.correction.process`), so that it needs
neither SHACL nor the authored files itself, and no check is in the way of a query. Nothing is
written but in the folder that the order names, which belongs to this process alone.
"""

import gc
import json
import os
import sys
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from enact_graph.authoring import archive
from enact_graph.authoring.correction.correction import correct
from enact_graph.authoring.correction.proof import Unusable
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.form import Change
from enact_graph.authoring.new.fields import Refusal
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.authoring.review import Before, judge
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.sources import reload
from enact_graph.proposal import Fault, Objection, Outcome, Proposal


def diff(changes: Iterable[Change]) -> str:
    """Return the diff of files whose texts end with a line end, as all authored ones do."""
    return "".join(_of(change) for change in changes if change.before != change.after)


def first_line(change: Change) -> int:
    """Return the first line of the new text that differs, counted from 1."""
    before, after = (_lines(text) for text in (change.before, change.after))
    same = (n for n, pair in enumerate(zip(before, after, strict=False), 1) if len({*pair}) > 1)
    return next(same, min(len(before), len(after)) + 1) if before else 1


def _of(change: Change) -> str:
    name = change.name
    before, after = (_lines(text) for text in (change.before, change.after))
    old = f"a/{name}" if change.before else "/dev/null"
    head = [f"diff --git a/{name} b/{name}\n"]
    if not change.before:
        head.append("new file mode 100644\n")
    return "".join([*head, *unified_diff(before, after, old, f"b/{name}")])


def _lines(text: bytes) -> list[str]:
    """The lines, parted at LF alone: a text may hold what else Unicode takes for a line end."""
    return [f"{line}\n" for line in text.decode().split("\n")[:-1]]


#: Bytes of an order, and of one file that is written.
_ORDER: Final = 1 << 18
_FILE: Final = 64 << 20
#: Objections that are told.
_TOLD: Final = 40


def propose(root: Path, proposal: Proposal, nquads: Path) -> Outcome:
    """Change the authored files under `root` as proposed and check what that can have broken.

    `nquads` is the dataset that the files gave before, which conformed.
    """
    inventory = Inventory.of(root)
    try:
        changes = correct(inventory, proposal)
    except Unusable as unusable:
        refusal = unusable.refusal
        return Outcome(faults=(Fault(unusable.field, refusal.code, refusal.details),))
    except Refusal as refusal:
        return Outcome(faults=(Fault("", refusal.code, refusal.details),))
    for change in changes:
        path = root / change.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(change.after)
    names = tuple(change.name for change in changes)
    quads = frozenset(ox.parse(path=nquads, format=ox.RdfFormat.N_QUADS))
    reviewed = judge(reload(inventory.sources), Before(quads, names))
    return Outcome(
        patch=diff(changes),
        file=names[0],
        line=first_line(changes[0]),
        files=names,
        objections=tuple(_told(reviewed.findings, changes)),
        rules=shapes.count(inventory.sources.shapes),
    )


def _told(findings: tuple[Finding, ...], changes: tuple[Change, ...]) -> list[Objection]:
    """Every violation, and the warnings of the files that change: others were there before."""
    touched = {change.name for change in changes}
    told = [
        finding
        for finding in findings
        if finding.severity == "violation" or (finding.place and finding.place.file in touched)
    ]
    return [
        Objection(
            severity=finding.severity,
            file=finding.place.file if finding.place else "",
            line=finding.place.line if finding.place else 0,
            rule=finding.rule or finding.code,
            messages=finding.messages,
            cure=finding.cure,
        )
        for finding in sorted(told, key=lambda f: f.severity != "violation")[:_TOLD]
    ]


def main() -> None:
    """Read the order from the standard input, write the outcome to the standard output."""
    order: dict[str, Any] = json.loads(sys.stdin.buffer.read(_ORDER))
    _confine(order["memory"] << 20, order["seconds"])
    gc.disable()  # the process ends before there is much to collect
    folder = Path(order["folder"])
    archive.unpack(Path(order["archive"]), folder)
    proposal = Proposal.from_json(json.dumps(order["proposal"]).encode())
    outcome = propose(folder, proposal, Path(order["nquads"]))
    sys.stdout.buffer.write(outcome.to_json())


def _confine(memory: int, seconds: int) -> None:
    """Let whatever else wants the processor have it first, and bound what this process takes."""
    import resource  # noqa: PLC0415 - not on Windows, where no server runs that would ask

    os.nice(5)
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _FILE),
        (resource.RLIMIT_DATA, memory),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
