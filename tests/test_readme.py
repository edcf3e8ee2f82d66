"""The README: its query answers as printed, its counts and its picture are those of the data."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from enact_graph import terms
from enact_graph.release import current
from tests.conftest import Site

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def block(name: str) -> str:
    """What stands between `<!-- name -->` and `<!-- /name -->`."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, f"README.md has no block {name}"
    return found[1]


@pytest.fixture(scope="module")
def store(real_public: Path) -> ox.Store:
    made = ox.Store()
    path = current(real_public).file("enact-graph.nt")
    made.extend(ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(path=path))
    return made


def names(store: ox.Store, predicate: str) -> list[tuple[str, str]]:
    """Local name and English name of what ENACT is tied to, by one shortcut."""
    found = store.query(
        f"""SELECT ?thing ?name WHERE {{
            <{terms.ID}enact> <{terms.ENACT}{predicate}> ?thing .
            ?thing <{terms.PREFIXES["skos"]}prefLabel> ?name . FILTER(LANG(?name) = "en")
        }} ORDER BY ?thing"""
    )
    assert isinstance(found, ox.QuerySolutions)
    return [(s["thing"].value.removeprefix(terms.ID), s["name"].value) for s in found]


def picture(store: ox.Store) -> str:
    """ENACT between its members and those it or its partners rely on, for Mermaid."""
    lines = ["```mermaid", "flowchart LR", '  enact(("ENACT"))']
    leads = {slug for slug, _ in names(store, "leadInstitution")}
    for slug, name in names(store, "hasMember"):
        tie = "leads" if slug in leads else "member"
        lines.append(f'  {slug}["{name}"] -- {tie} --> enact')
    for slug, name in names(store, "cooperatesWith"):
        lines.append(f'  enact -- relies on --> {slug}["{name}"]')
    for slug, name in names(store, "partnersCooperateWith"):
        lines.append(f'  enact -- its partners rely on --> {slug}["{name}"]')
    return "\n".join([*lines, "```", ""])


def counts(release_counts: Mapping[str, int], version: str) -> str:
    """One line of numbers, all of the release."""
    n = release_counts
    return (
        f"Version {version}: {n['entities']} things described, {n['sources']} sources, "
        f"{n['statements']} sourced statements, {n['graphs']} graphs, {n['triples']} triples, "
        f"{n['links']} links to other datasets.\n"
    )


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


def test_the_counts_are_those_of_the_release(real_public: Path) -> None:
    manifest = current(real_public).manifest
    assert block("counts") == counts(manifest.counts, manifest.version)


def test_the_picture_is_drawn_from_the_data(store: ox.Store) -> None:
    assert block("picture") == picture(store)
