"""Another site from the same software: its base, its cluster, its words, and nothing of ours."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from enact_graph.authoring.checks import consistency
from enact_graph.authoring.sources import load
from enact_graph.release.store import current
from enact_graph.site import Unfit, parse
from enact_graph.terms import ID, LANGUAGES
from tests.conftest import COMMAND, TINY, Site, running
from tests.patience import PATIENCE
from tests.web.test_every_route import address, routes

BASE = "https://graph.example/aurora/"
OURS = re.compile(r"[Ss]tra(?:sb|ßb)ourg|[Gg]rand.[Ee]st|\bENACT\b|w3id\.org/enact-graph")
PATHS = ("/doc/aurora", "/doc/oulu", "/vocab/role", "/ontology", "/catalog")
TEXT = ("text/", "application/json", "image/svg+xml", "application/xml", "application/ld+json")
SITE = f"""
base = "{BASE}"
title = "Aurora data"
cluster = "aurora"

[map]
centre = "oulu"
radius = 80
region = "lapland"
window = [20.0, 60.0, 30.0, 70.0]

[examples]
searches = ["Inria"]
pairs = [["inria", "universite-de-lorraine"]]

[titles]
quality = {{ fr = "Qualité", en = "Quality", de = "Qualität" }}

[words.home]
heading = {{ fr = "Aurore", en = "The lights", de = "Nordlicht" }}
"""
#: A square as the region.
OUTLINES = """{
"arcs": [[25000, 65000, 1000, 0, 0, 1000, -1000, 0, 0, -1000]], "shapes": {"lapland": [[[0]]]},
"names": {}, "rivers": [], "parts": {}
}"""
PLACES = """
GRAPH g:curation {
    id:oulu
        a enact:Institution ;
        skos:prefLabel "Oulu"@fr ;
        skos:prefLabel "Oulu"@en ;
        skos:prefLabel "Oulu"@de ;
        .

    id:lapland
        a enact:Institution ;
        skos:prefLabel "Laponie"@fr ;
        skos:prefLabel "Lapland"@en ;
        skos:prefLabel "Lappland"@de ;
        .
}
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of another site: those of tests/tiny with other names, another base and a site file."""
    root = tmp_path_factory.mktemp("other") / "aurora"
    shutil.copytree(TINY, root)
    for path in root.rglob("*.*"):
        if path.is_file():
            text = path.read_text("utf-8").replace("https://w3id.org/enact-graph/", BASE)
            text = re.sub(r"id:enact\b", "id:aurora", text).replace("ENACT", "Aurora")
            path.write_text(text.replace("Grand Est", "Grand Nord"), "utf-8")
    with (root / "data/curation.trig").open("a", encoding="utf-8") as file:
        file.write(PLACES)
    (root / "data/site.toml").write_text(SITE, "utf-8")
    (root / "data/outlines.json").write_text(OUTLINES, "utf-8")
    return root


@pytest.fixture(scope="module")
def aurora(other: Path) -> Iterator[Site]:
    """That site, built and served by the commands, from a folder that knows nothing of it."""
    public = other / "public"
    for command in ("fmt --root aurora", "build --root aurora --public aurora/public"):
        run = subprocess.run(
            [COMMAND, *command.split()],
            cwd=other.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert run.returncode == 0, run.stdout + run.stderr
    with running(public) as (_, url), httpx.Client(base_url=url, timeout=PATIENCE) as client:
        yield Site(url, current(public), client)


def test_another_site_names_nothing_of_ours(aurora: Site, tiny_public: Path) -> None:
    found = []
    for route in routes(tiny_public):
        path = address(route, aurora).replace("to=enact", "to=aurora")
        for lang in LANGUAGES:
            url = f"{path}{'&' if '?' in path else '?'}lang={lang}"
            for accept in ("text/html", "*/*"):
                answer = aurora.get(url, accept)
                assert answer.status_code < 500, url
                if answer.headers.get("content-type", "").startswith(TEXT):
                    found += [(url, said) for said in OURS.findall(answer.text)]
    assert not found


@pytest.mark.parametrize(
    "path", ["/doc/aurora", "/doc/oulu", "/vocab/role", "/ontology", "/graphs"]
)
def test_its_addresses_begin_with_its_base(aurora: Site, path: str) -> None:
    turtle = aurora.get(path, "text/turtle" if path != "/graphs" else "application/json").text
    assert BASE in turtle
    assert "w3id.org/enact-graph" not in turtle


def test_it_says_its_title_its_words_and_its_examples(aurora: Site) -> None:
    page = aurora.get("/?lang=en", "text/html").text
    assert "Aurora data</title>" in page
    assert "<h1>The lights</h1>" in page
    assert "/search?q=Inria" in page
    assert "Everything said about Aurora" in page
    assert f'rel="canonical" href="{BASE}' in page
    assert "CHRU" not in page
    assert "Inria" in aurora.get("/path?lang=en", "text/html").text
    assert "les membres d’Aurora" in aurora.get("/map?lang=fr", "text/html").text
    assert f"{BASE}id/aurora" in aurora.get("/sparql?query=SELECT+*+{+?s+?p+?o+}").text


def test_its_map_has_its_own_outlines(aurora: Site) -> None:
    drawn = aurora.get("/map.svg?lang=en").text
    (region,) = re.findall(r'class="s-region" d="([^"]+)"', drawn)
    assert region.startswith("M380 ")  # half way between 20 and 30 degrees east
    assert len(drawn) < 6000


def test_its_conclusions_are_drawn_with_its_names(aurora: Site) -> None:
    query = f"ASK {{ <{BASE}id/aurora> <{BASE}ontology#hasMember> <{BASE}id/inria> }}"
    assert aurora.client.get("/sparql", params={"query": query}).json()["boolean"] is True


def test_a_release_of_another_base_is_refused_with_the_cure(other: Path, aurora: Site) -> None:
    told = consistency.check(load(other))
    (found,) = [f for f in told if f.code == "site"]
    assert f"ENACT_GRAPH_BASE={BASE}" in found.messages["en"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title = 3", 1, "title"),
        ("[map]\nradius = 0", 2, "map.radius"),
        ('[map]\ncentre = "Straße"', 2, "map.centre"),
        ('\ncolour = "red"', 2, "colour"),
        ('[titles]\nquality = { fr = "Qualité" }', 2, "fr, en, de"),
        ("title = ", 1, "end of document"),
        ('base = "example.org"', 1, "http"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(Unfit) as refused:
        parse(text.encode())
    assert said in str(refused.value)
    assert refused.value.line == line


def test_a_thing_that_nothing_describes_is_named(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "data/site.toml").write_text('cluster = "enact"\n[map]\ncentre = "atlantis"\n')
    (found,) = consistency.check(load(tmp_path))
    assert (found.code, found.place and found.place.line) == ("site-thing", 3)
    assert "id:atlantis" in found.messages["en"]


def test_outlines_that_the_map_cannot_read_are_named(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "data/outlines.json").write_text('{"arcs": [],\n"shapes": {}')
    (found,) = consistency.check(load(tmp_path))
    assert (found.code, str(found.place)) == ("site", "data/outlines.json:2:1")


def test_a_site_may_say_nothing() -> None:
    told = parse(b"")
    assert (told.title, told.cluster, told.map.radius) == ("enact-graph", "", 150)
    assert parse(b'cluster = "enact"').cluster == f"{ID}enact"
