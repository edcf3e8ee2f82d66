"""How strong the suite is: small faults of kinds that happen, each of which has to make it fail.

    python -m tests.mutants                 every mutant of mutants.toml
    python -m tests.mutants folding head    those of these names

Each fault is put into a copy of the checkout, never into the checkout itself, and the tests that
are expected to notice it run there. The exit status is 1 where one survives, or does not fit the
text any more.
"""

import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TABLE: Final = Path(__file__).with_suffix(".toml")
#: Ignored by git, and yet part of what is served.
BUILT: Final = "src/enact_graph/present/pages/static/built"
#: How pytest ends where a test has failed; every other number but 0 tells of a run that was none.
_FAILED: Final = 1
_WITNESS: Final = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - |$)", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """One fault: in `file` stands `after` in place of `before`, and one of `tests` has to fail."""

    name: str
    file: str
    before: str
    after: str
    breaks: str
    tests: tuple[str, ...]

    def occurrences(self, root: Path) -> int:
        """How often the text that it changes is in its file: once, or it is out of date."""
        return (root / self.file).read_text("utf-8").count(self.before)


def read() -> tuple[Mutant, ...]:
    """The mutants of the table, in its order."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["mutant"]
    return tuple(Mutant(**{**row, "tests": tuple(row["tests"])}) for row in rows)


def copy(folder: Path) -> None:
    """Copy what git knows or would know of the checkout, and the widgets, into a folder."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    if (ROOT / BUILT).is_dir():
        shutil.copytree(ROOT / BUILT, folder / BUILT)
    # Compiled code is held against the text, not its date: two mutants may be of one second.
    compileall.compile_dir(folder, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)


def run(folder: Path, tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run tests in the copy, up to the first that fails; servers they start are of it, too."""
    call = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    paths = os.pathsep.join((str(folder / "src"), str(folder)))
    return subprocess.run(
        [*call, *tests],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )


def verdict(mutant: Mutant, folder: Path) -> tuple[bool, str]:
    """Whether a mutant is killed in the copy, and the test that did it or what is amiss."""
    if mutant.occurrences(folder) != 1:
        return False, f"its text is not once in {mutant.file}"
    path = folder / mutant.file
    text = path.read_text("utf-8")
    path.write_text(text.replace(mutant.before, mutant.after), "utf-8")
    try:
        ended = run(folder, mutant.tests)
    finally:
        path.write_text(text, "utf-8")
    if ended.returncode == 0:
        return False, mutant.breaks
    if ended.returncode != _FAILED:
        return False, f"the tests did not run:\n{ended.stdout}{ended.stderr}"
    witness = _WITNESS.search(ended.stdout)
    return True, witness[1] if witness else ""


def main(names: Sequence[str]) -> int:
    """Run the mutants of these names, or all; return the exit status."""
    known = {mutant.name: mutant for mutant in read()}
    if unknown := [name for name in names if name not in known]:
        print(f"There is no mutant {', '.join(unknown)}; there are {', '.join(known)}.")
        return 1
    chosen = [known[name] for name in names] or list(known.values())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        copy(folder)
        unmutated = run(folder, list(dict.fromkeys(test for m in chosen for test in m.tests)))
        if unmutated.returncode != 0:
            print(f"The tests fail without any mutant:\n{unmutated.stdout}{unmutated.stderr}")
            return 1
        survived = 0
        for mutant in chosen:
            is_killed, told = verdict(mutant, folder)
            survived += not is_killed
            print(f"{'killed' if is_killed else 'SURVIVED':9}{mutant.name:28}{told}", flush=True)
    print(f"{len(chosen) - survived} of {len(chosen)} killed")
    return int(survived > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
