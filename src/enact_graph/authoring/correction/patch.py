"""Changes of files as one unified diff, which `git apply` and `patch -p1` take."""

from collections.abc import Iterable
from difflib import unified_diff

from enact_graph.authoring.form import Change


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
