"""File names: what a browser calls an answer that it saves."""

import re

import pytest

from tests.conftest import Site

QUERY = "/sparql?query=ASK%7B%7D"
GRAPH = "/graphs?default"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (QUERY, None),
        (QUERY + "&format=csv", r'inline; filename="enact-graph-[0-9a-f]{8}\.csv"'),
        (QUERY + "&download", r'attachment; filename="enact-graph-[0-9a-f]{8}\.json"'),
        (QUERY + "&download=a&format=tsv", r'attachment; filename="a\.tsv"'),
        (QUERY + "&download=a.tsv&format=tsv", r'attachment; filename="a\.tsv"'),
        (GRAPH, None),
        (GRAPH + "&format=nt", r'inline; filename="enact-graph-default\.nt"'),
        (GRAPH + "&download=all&format=ttl", r'attachment; filename="all\.ttl"'),
    ],
)
def test_an_answer_has_the_name_that_is_asked_for(
    site: Site, path: str, wanted: str | None
) -> None:
    for _ in range(2):  # the second answer comes from what is kept
        named = site.get(path).headers.get("content-disposition")
        assert named is None if wanted is None else re.fullmatch(wanted, named or "")


@pytest.mark.parametrize("name", ["..", "a/b", "a%22b", "%C3%A9", "a" * 81, "a&download=b"])
def test_what_is_no_name_everywhere_is_refused(site: Site, name: str) -> None:
    answer = site.get(f"{QUERY}&download={name}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "download"


def test_a_browser_that_downloads_gets_the_data_and_no_page(site: Site) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = site.get(QUERY + "&download&format=csv", accept)
    assert answer.headers["content-type"].startswith("text/csv")


def test_the_name_changes_neither_bytes_nor_tag(site: Site) -> None:
    plain = site.get(QUERY, "text/csv")
    named = site.get(QUERY + "&download=x", "text/csv")
    assert named.content == plain.content
    assert named.headers["etag"] == plain.headers["etag"]
