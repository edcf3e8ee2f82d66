"""Conditional requests on the real server: every route, every coding, every kind of condition."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlencode

import httpx
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from enact_graph.web.compression import IDENTITY, OFFERED
from enact_graph.web.conditional import held, is_insisted_on_another, plain_tags, tag_in
from tests.conftest import Site

LONG = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 60"})
SHORT = "/sparql?" + urlencode({"query": "ASK { ?s ?p ?o }"})
FILE = "/download/enact-graph.nt"
TAGGED = [
    "/",
    "/catalog.ttl",
    "/context.jsonld",
    "/doc/inria",
    "/doc/inria.html?lang=de",
    "/download/",
    FILE,
    "/download/manifest.json",
    "/graphs?default",
    "/ontology",
    "/openapi.json",
    "/problem/not-found",
    "/report",
    "/robots.txt",
    "/sparql",
    LONG,
    SHORT,
    "/vocab",
]
DATED = [path for path in TAGGED if path not in ("/openapi.json",)]


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("path", TAGGED)
def test_who_holds_the_answer_is_told_so(site: Site, path: str, coding: str) -> None:
    for accept in ("text/turtle, */*;q=0.5", "text/html, */*;q=0.5"):
        first = site.get(path, accept, accept_encoding=coding)
        etag = first.headers["etag"]
        for known in (etag, f"W/{etag}", f'"other", {etag}', f'"a,b" , W/"x",{etag}', "*"):
            again = site.get(path, accept, accept_encoding=coding, if_none_match=known)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == etag
            for name in (
                "vary",
                "cache-control",
                "content-location",
                "access-control-allow-origin",
            ):
                assert again.headers.get(name) == first.headers.get(name), name
            assert not {"content-type", "content-encoding", "content-length"} & set(again.headers)
        for other in ('"other"', etag[:-1], etag[1:], etag.strip('"'), "", "W/*"):
            assert (
                site.get(path, accept, accept_encoding=coding, if_none_match=other).status_code
                == 200
            )


@pytest.mark.parametrize("path", DATED)
def test_who_knows_the_date_is_told_so(site: Site, path: str) -> None:
    first = site.get(path, "text/turtle, */*;q=0.5")
    changed = first.headers.get("last-modified")
    if changed is None:
        pytest.skip("made for one request: it has no date")
    assert parsedate_to_datetime(changed) <= datetime.now(UTC)
    moment = parsedate_to_datetime(changed)
    later = format_datetime(moment + timedelta(days=1), usegmt=True)
    earlier = format_datetime(moment - timedelta(seconds=1), usegmt=True)

    def status(**headers: str) -> int:
        return site.get(path, "text/turtle, */*;q=0.5", **headers).status_code

    assert status(if_modified_since=changed) == 304
    assert status(if_modified_since=later) == 304
    assert status(if_modified_since=earlier) == 200
    assert status(if_modified_since="yesterday") == 200
    # The tag decides wherever there is one.
    assert status(if_modified_since=later, if_none_match='"other"') == 200
    assert status(if_unmodified_since=changed) == 200
    assert status(if_unmodified_since=earlier) == 412


@pytest.mark.parametrize("path", [LONG, FILE, "/doc/inria"])
def test_who_insists_on_one_representation_gets_no_other(site: Site, path: str) -> None:
    etag = site.get(path).headers["etag"]
    assert site.get(path, if_match=etag).status_code == 200
    assert site.get(path, if_match="*").status_code == 200
    assert site.get(path, if_match=f'"other", {etag}').status_code == 200
    for other in ('"other"', f"W/{etag}"):
        refused = site.get(path, if_match=other)
        assert refused.status_code == 412
        assert refused.json()["type"].endswith("/precondition-failed")


def test_if_match_means_nothing_to_a_query_that_is_posted(site: Site) -> None:
    answer = site.client.post("/sparql", data={"query": "ASK {}"}, headers={"If-Match": '"x"'})
    assert answer.status_code == 200


def test_each_coding_has_a_tag_of_its_own_and_one_does_not_pass_for_another(site: Site) -> None:
    tags = {
        c: site.get(LONG, accept_encoding=c).headers["etag"] for c in ("identity", "gzip", "zstd")
    }
    plain = tags["identity"]
    assert tags["gzip"] == f'{plain[:-1]}--gzip"'
    assert tags["zstd"] == f'{plain[:-1]}--zstd"'
    # What the client holds in a coding it does not take any more is of no use to it.
    assert site.get(LONG, accept_encoding="identity", if_none_match=tags["gzip"]).status_code == 200
    assert (
        site.get(LONG, accept_encoding="gzip, identity;q=0", if_none_match=plain).status_code == 200
    )
    # What it holds in one it still takes is as good as what it would get.
    again = site.get(LONG, accept_encoding="gzip, zstd", if_none_match=tags["gzip"])
    assert (again.status_code, again.headers["etag"]) == (304, tags["gzip"])


@pytest.mark.parametrize(
    "path", [*TAGGED, "/id/inria", "/nothing", "/health/live", "/health/ready"]
)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_head_is_get_without_the_body(site: Site, path: str, coding: str) -> None:
    headers = {"Accept-Encoding": coding, "Accept": "text/turtle, */*;q=0.5"}
    got, head = site.client.get(path, headers=headers), site.client.head(path, headers=headers)
    assert head.content == b""
    assert head.status_code == got.status_code
    volatile = {"date", "transfer-encoding", "x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in volatile} == {
        k: v for k, v in got.headers.items() if k not in volatile
    }


def test_a_download_goes_on_in_the_coding_it_began_in(site: Site) -> None:
    with site.client.stream("GET", FILE, headers={"Accept-Encoding": "zstd"}) as answer:
        packed = b"".join(answer.iter_raw())
        etag = answer.headers["etag"]
    assert zstandard.decompress(packed) == site.get(FILE).content
    headers = {"Accept-Encoding": "zstd", "Range": "bytes=100-", "If-Range": etag}
    with site.client.stream("GET", FILE, headers=headers) as answer:
        rest = b"".join(answer.iter_raw())
        assert answer.status_code == 206
        assert answer.headers["content-encoding"] == "zstd"
        assert answer.headers["etag"] == etag
    assert packed[:100] + rest == packed
    # Who cannot read that coding any more gets the whole file, plain.
    headers["Accept-Encoding"] = "identity"
    assert site.client.get(FILE, headers=headers).status_code == 200


def test_a_part_of_what_the_client_holds_is_not_sent(site: Site) -> None:
    etag = site.get(FILE, accept_encoding="identity").headers["etag"]
    assert site.get(FILE, range="bytes=0-9", if_none_match=etag).status_code == 304
    assert site.get(FILE, range="bytes=0-9", if_match='"other"').status_code == 412
    date = site.get(FILE).headers["last-modified"]
    assert site.get(FILE, range="bytes=0-9", if_range=date).status_code == 206
    assert site.get(FILE, range="bytes=0-9", if_range=f"W/{etag}").status_code == 200


def test_a_shared_cache_may_answer_for_a_minute_and_a_browser_asks(site: Site) -> None:
    for path in ("/", LONG, "/doc/inria.ttl", FILE):
        cache = site.get(path).headers["cache-control"]
        assert "public, max-age=0, s-maxage=60, stale-while-revalidate=60" in cache


def test_nothing_is_kept_of_what_went_wrong(site: Site) -> None:
    for path in ("/nothing", "/sparql?query=x", "/doc/none"):
        answer = httpx.get(site.url + path)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


OPAQUE = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters='"\x7f'))
SAFE = OPAQUE.filter(lambda text: all(c < "\x7f" or c >= "\x80" for c in text))


@given(opaque=SAFE, coding=st.sampled_from([IDENTITY, *OFFERED]), is_weak=st.booleans())
def test_a_tag_in_a_coding_leads_back_to_the_plain_one(
    opaque: str, coding: str, is_weak: bool
) -> None:
    etag = f'"{opaque}--x"'  # a tag that could itself be taken for one in a coding
    sent = ("W/" if is_weak else "") + tag_in(etag, coding)
    headers = Headers(raw=[(b"if-none-match", f'"a, b", {sent}'.encode("latin-1"))])
    assert plain_tags(headers, lambda taken: taken == coding)[-1:] == [etag]
    assert held(headers, etag, None, [coding]) == coding
    assert held(headers, '"other"', None, [coding]) is None
    others = [c for c in (IDENTITY, *OFFERED) if c != coding]
    assert held(headers, etag, None, others) is None


@given(st.binary(max_size=60))
def test_no_condition_breaks_the_reading(value: bytes) -> None:
    for name in (b"if-none-match", b"if-match", b"if-modified-since", b"if-unmodified-since"):
        headers = Headers(raw=[(name, value)])
        held(headers, '"a"', "Sat, 01 Jun 2024 00:00:00 GMT", [IDENTITY])
        is_insisted_on_another(headers, '"a"', "Sat, 01 Jun 2024 00:00:00 GMT")
        plain_tags(headers, bool)
