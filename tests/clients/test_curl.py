"""curl, as it stands in many a guide; the formats and errors themselves are tested elsewhere."""

import csv
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import Site

from .programs import needed, run
from .questions import ABOUT, LONG, LORRAINE, MADE, MEMBERS, NAMED, NAMES, YES, triples

pytestmark = needed("curl")
CSV = ("-H", "Accept: text/csv")


def curl(*options: str) -> str:
    return run("curl", "--silent", "--show-error", "--fail-with-body", *options)


def rows(told: str) -> list[list[str]]:
    return list(csv.reader(told.splitlines()))[1:]


@pytest.mark.parametrize("version", ["--http1.0", "--http1.1", "--http2"])
@pytest.mark.parametrize(
    "way",
    [
        ("--get", "--data-urlencode", f"query={NAMES}"),
        ("--data-urlencode", f"query={NAMES}"),
        ("--data-urlencode", f"query={LONG}"),
        ("-H", "Content-Type: application/sparql-query", "--data-binary", NAMES),
        ("-H", "Content-Type: application/sparql-query", "--data-binary", LONG),
    ],
    ids=["get", "form", "long form", "direct", "long direct"],
)
def test_a_query_is_answered_in_every_way_and_version(
    endpoint: str, version: str, way: tuple[str, ...]
) -> None:
    # With --http2 it offers h2c; an offer not taken up leaves the request as it was.
    assert rows(curl(version, *CSV, *way, endpoint)) == NAMED


def test_the_slash_at_the_end_makes_no_difference(endpoint: str) -> None:
    assert rows(curl(*CSV, "--data-urlencode", f"query={NAMES}", endpoint + "/")) == NAMED


def test_a_file_of_an_editor_that_marks_its_byte_order_is_sent(
    endpoint: str, tmp_path: Path
) -> None:
    file = tmp_path / "query.rq"
    file.write_text(NAMES, "utf-8-sig")
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}")
    assert rows(curl(*CSV, *direct, endpoint)) == NAMED
    assert rows(curl(*CSV, "--data-urlencode", f"query@{file}", endpoint)) == NAMED


def test_answers_and_graphs_come_by_default(endpoint: str, described: set[str]) -> None:
    assert json.loads(curl("--data-urlencode", f"query={YES}", endpoint))["boolean"] is True
    assert triples(curl("--data-urlencode", f"query={MEMBERS}", endpoint), ox.RdfFormat.TURTLE) == (
        MADE
    )
    assert triples(curl("--data-urlencode", f"query={ABOUT}", endpoint), ox.RdfFormat.TURTLE) == (
        described
    )


def test_the_head_alone_tells_type_and_length(site: Site) -> None:
    head = curl("--head", site.url + "/queries/members.csv").lower()
    whole = curl(site.url + "/queries/members.csv")
    assert "content-type: text/csv" in head
    assert f"content-length: {len(whole.encode())}" in head


@pytest.mark.parametrize("path", ["/queries/members.csv", "/list/organisations.csv", "/void.nt"])
def test_an_answer_comes_in_pieces(site: Site, path: str) -> None:
    whole = curl(site.url + path)
    told = curl("--include", "--range", "5-14", site.url + path)
    assert told.startswith("HTTP/1.1 206 ")
    assert told.encode().endswith(whole.encode()[5:15])


def test_a_download_is_taken_up_again(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "dump.nt"
    address = f"{site.url}/download/enact-graph.nt"
    whole = curl(address).encode()
    file.write_bytes(whole[:1000])
    curl("--continue-at", "-", "--output", str(file), address)
    assert file.read_bytes() == whole


def test_accents_are_read_as_they_were_typed(site: Site) -> None:
    hits = json.loads(curl(f"{site.url}/search.json?q=université"))["hits"]
    assert [hit["iri"] for hit in hits] == [LORRAINE]


def test_a_document_is_reached_through_the_name_of_a_thing(site: Site, described: set[str]) -> None:
    told = curl("-L", "-H", "Accept: application/n-triples", site.url + "/id/inria")
    assert described <= triples(told)
