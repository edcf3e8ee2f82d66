"""The command `check` says what it found, and nothing else says anything."""

import subprocess
import sys
from pathlib import Path

from tests.cli.commands import RELEASE, edit


def test_a_value_unlike_its_datatype_is_one_finding_and_no_traceback(part: Path) -> None:
    edit(part, RELEASE, '"P5Y"^^xsd:duration', '"five years"^^xsd:duration')
    ran = subprocess.run(
        [sys.executable, "-m", "enact_graph", "check", "--root", part, "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "“five years” is not a value of xsd:duration" in ran.stdout
    assert ran.stderr == ""
