"""The command `check` says what it found, and nothing else says anything."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RELEASE = "data/documents/press-release-2024-05-22.trig"


def test_a_value_unlike_its_datatype_is_one_finding_and_no_traceback(tmp_path: Path) -> None:
    for folder in ("data", "ontology", "shapes", "vocab"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    text = (tmp_path / RELEASE).read_text("utf-8")
    assert '"P5Y"^^xsd:duration' in text
    wrong = text.replace('"P5Y"^^xsd:duration', '"five years"^^xsd:duration', 1)
    (tmp_path / RELEASE).write_text(wrong, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "enact_graph", "check", "--root", tmp_path, "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "“five years” is not a value of xsd:duration" in ran.stdout
    assert ran.stderr == ""
