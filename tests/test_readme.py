"""The README: its query answers as printed, its counts and its picture are those of the data."""

import re
import subprocess
from pathlib import Path

import pytest

from enact_graph.authoring.sources import load
from enact_graph.publishing.derived import Derived
from enact_graph.release.store import current
from tests.conftest import Site

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def block(name: str) -> str:
    """What stands between `<!-- name -->` and `<!-- /name -->`."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, f"README.md has no block {name}"
    return found[1]


@pytest.fixture(scope="module")
def derived() -> Derived:
    return Derived.of(load(ROOT))


def test_the_query_of_the_first_screen_answers_as_printed(real_site: Site) -> None:
    found = re.search(r"```sh\n(curl .*?)```\n\n```csv\n(.*?)```", README, re.DOTALL)
    assert found
    command = found[1].replace("http://127.0.0.1:8000", real_site.url)
    shown = subprocess.run(
        ["bash", "-c", command], check=True, capture_output=True, text=True
    ).stdout
    assert shown.replace("\r\n", "\n") == found[2]


def test_the_first_command_stands_within_the_first_screen() -> None:
    assert any(line.startswith("    make serve") for line in README.splitlines()[:25])


def test_counts_picture_and_answer_follow_from_the_data(derived: Derived) -> None:
    anew = "the data have changed: `make data` writes the README anew; review what changed"
    assert derived.readme(README) == README, anew
    assert [c.name for c in derived.changes(ROOT)] == [], anew


def test_the_counts_are_those_of_the_release(derived: Derived, real_public: Path) -> None:
    manifest = current(real_public).manifest
    assert derived.version == manifest.version
    assert dict(derived.counts) == {**manifest.counts, "warnings": derived.counts["warnings"]}
    assert f"{manifest.counts['entities']} things described" in block("counts")
