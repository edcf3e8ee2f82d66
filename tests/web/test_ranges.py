"""Parts of answers: whoever reads a table from far away asks for its bytes piece by piece."""

from itertools import pairwise
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Site

LONG = "/sparql?" + urlencode(
    {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 60", "format": "csv"}
)
TABLES = [
    LONG,
    "/queries/members.csv",
    "/queries/members.xlsx",
    "/list/organisations.csv",
    "/map.csv",
    "/places.geojson",
    "/search.csv?q=inria",
    "/funding.csv",
    "/network/inria.csv",
    "/alliances.csv",
    "/timeline.csv",
    "/glance.csv",
    "/doc/inria.nt",
    "/graphs?graph=https%3A%2F%2Fw3id.org%2Fenact-graph%2Fgraph%2Fcuration",
]
IDENTITY = {"accept_encoding": "identity"}


@pytest.mark.parametrize("path", TABLES)
def test_a_table_is_read_in_parts(site: Site, path: str) -> None:
    whole = site.get(path, **IDENTITY)
    size = len(whole.content)
    head = site.client.head(path, headers={"Accept-Encoding": "identity"})
    assert (head.headers["accept-ranges"], int(head.headers["content-length"])) == ("bytes", size)
    for asked, part in (
        ("bytes=0-3", slice(0, 4)),
        ("bytes=2-", slice(2, size)),
        ("bytes=-5", slice(size - 5, size)),
        (f"bytes=1-{size + 9}", slice(1, size)),
        (f"bytes=-{size + 9}", slice(0, size)),
        (f"Bytes = {size - 1}-", slice(size - 1, size)),
    ):
        # A part is one of the plain bytes, whatever else the client would take.
        answer = site.get(path, range=asked, accept_encoding="zstd, gzip")
        assert answer.status_code == 206
        assert answer.content == whole.content[part]
        end = part.stop - 1
        assert answer.headers["content-range"] == f"bytes {part.start}-{end}/{size}"
        assert int(answer.headers["content-length"]) == part.stop - part.start
        assert "content-encoding" not in answer.headers
        for name in ("etag", "content-type", "cache-control", "vary"):
            assert answer.headers.get(name) == whole.headers.get(name), name


def test_what_lies_beyond_the_end_is_told_with_the_size(site: Site) -> None:
    size = len(site.get(LONG, **IDENTITY).content)
    for asked in (f"bytes={size}-", "bytes=-0", f"bytes={size + 5}-{size + 9}"):
        answer = site.get(LONG, range=asked)
        assert answer.status_code == 416
        assert answer.headers["content-range"] == f"bytes */{size}"
        assert answer.json()["size"] == size


@pytest.mark.parametrize(
    "asked", ["bytes=3-1", "bytes=0-1,4-5", "bytes=", "bytes=a-b", "rows=0-1", "0-1", "bytes=--1"]
)
def test_a_range_that_is_none_is_overlooked(site: Site, asked: str) -> None:
    answer = site.get(LONG, range=asked)
    assert (answer.status_code, answer.content) == (200, site.get(LONG).content)


def test_a_part_of_another_answer_is_not_sent(site: Site) -> None:
    first = site.get(LONG, **IDENTITY)
    coded = site.get(LONG, accept_encoding="gzip").headers["etag"]

    def status(begun: str, **more: str) -> int:
        return site.get(LONG, range="bytes=0-3", if_range=begun, **more).status_code

    assert status(first.headers["etag"]) == 206
    assert status(first.headers["last-modified"]) == 206
    for other in ('"other"', "W/" + first.headers["etag"], coded, "yesterday"):
        assert status(other) == 200
    # What the client makes a condition comes first (RFC 9110, 13.2.2).
    assert status(first.headers["etag"], if_none_match=first.headers["etag"]) == 304
    assert status(first.headers["etag"], if_match='"other"') == 412


def test_only_what_is_whole_and_plain_is_sent_in_parts(site: Site) -> None:
    coded = site.get(LONG, accept_encoding="gzip")
    assert coded.headers["content-encoding"] == "gzip"
    assert "accept-ranges" not in coded.headers
    must = site.get(LONG, range="bytes=0-3", accept_encoding="gzip, identity;q=0")
    assert (must.status_code, must.headers["content-encoding"]) == (200, "gzip")
    changing = site.get("/sparql?query=SELECT%20(NOW()%20AS%20%3Fx)%7B%7D", range="bytes=0-3")
    assert (changing.status_code, changing.headers.get("accept-ranges")) == (200, None)
    posted = site.client.post("/sparql", data={"query": "ASK {}"}, headers={"Range": "bytes=0-3"})
    assert (posted.status_code, posted.headers.get("accept-ranges")) == (200, None)
    assert site.client.head(LONG, headers={"Range": "bytes=0-3"}).status_code == 200
    assert site.get("/doc/none", range="bytes=0-3").status_code == 404


@given(st.lists(st.integers(0, 4000), max_size=5))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_parts_make_up_the_whole(site: Site, cuts: list[int]) -> None:
    whole = site.get(LONG, **IDENTITY).content
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    parts = [
        site.get(LONG, range=f"bytes={start}-{end - 1}").content for start, end in pairwise(places)
    ]
    assert b"".join(parts) == whole
