"""The Nu HTML checker finds nothing wrong in any kind of page, in the language whose turn it is."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from enact_graph.terms import LANGUAGES
from tests.browser.pages import PAGES, address
from tests.conftest import Site
from tests.patience import PATIENCE
from tests.strata import turn

JAVA: Final = shutil.which("java")
CHECKER: Final = Path(__file__).parents[2] / "frontend/node_modules/vnu-jar/build/dist/vnu.jar"
#: It runs for seconds: to make its code fast would take longer.
HASTY: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")

pytestmark = [
    pytest.mark.skipif(JAVA is None, reason="there is no java on this machine; vnu needs it"),
    pytest.mark.skipif(
        not CHECKER.is_file(), reason="vnu is not installed: run npm ci in frontend/"
    ),
]


def check(*files: Path) -> list[str]:
    """The checker's errors and warnings: file, line, message, extract."""
    assert JAVA is not None
    command = [
        JAVA,
        *HASTY,
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *map(str, files),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    return [
        f"{Path(m['url']).name}:{m.get('lastLine')} {m['message']} {m.get('extract', '')!r}"
        for m in json.loads(said.stdout)["messages"]
        if m["type"] == "error" or m.get("subType") == "warning"
    ]


def test_every_kind_of_page_is_valid_html(real_site: Site, tmp_path: Path) -> None:
    """A page with a fault is among those that are checked: the check can fail."""
    faulty = tmp_path / "faulty.html"
    faulty.write_text('<!doctype html><html lang="en"><title>A</title><p id="a"></p><b id="a"></b>')
    files = []
    for place, kind in enumerate(PAGES):
        for lang in turn(LANGUAGES, place):
            file = tmp_path / f"{kind.replace(' ', '-')}.{lang}.html"
            file.write_text(real_site.get(address(kind, lang), "text/html").text, "utf-8")
            files.append(file)
    found = check(faulty, *files)
    assert any(m.startswith("faulty.html:") and "Duplicate ID" in m for m in found)
    assert [m for m in found if not m.startswith("faulty.html:")] == []
