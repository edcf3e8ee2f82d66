"""Downloads: the right bytes under the right headers, in parts if asked, and no other file."""

import gzip
import hashlib
import json
import os
import shutil
import time
from base64 import b64decode
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from enact_graph.publishing.pipeline import build
from tests.conftest import TINY, Site, running

NAME = "/download/enact-graph.ttl"


def test_every_file_of_the_manifest_is_there_with_its_checksum(site: Site) -> None:
    for entry in site.release.manifest.files:
        answer = site.get(f"/download/{entry.name}", accept_encoding="identity")
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == entry.media_type
        assert hashlib.sha256(answer.content).hexdigest() == entry.sha256
        assert answer.headers["etag"] == f'"{entry.sha256}"'
        digest = answer.headers["repr-digest"].removeprefix("sha-256=:").removesuffix(":")
        assert b64decode(digest).hex() == entry.sha256


def test_the_page_lists_every_dump_with_its_checksum(site: Site) -> None:
    page = site.get("/download/", "text/html")
    assert page.headers["content-language"] == "fr"
    for entry in site.release.manifest.files:
        if entry.name.startswith("enact-graph."):
            assert f"/download/{entry.name}" in page.text or entry.name in page.text
    assert site.get("/download").content == site.get("/download/").content


def test_the_manifest_is_the_one_of_the_release(site: Site) -> None:
    manifest = site.get("/download/manifest.json")
    assert manifest.headers["content-type"] == "application/json"
    assert json.loads(manifest.content)["digest"] == site.release.manifest.digest


def test_who_can_read_gzip_gets_the_same_file_compressed(site: Site) -> None:
    with site.client.stream("GET", NAME, headers={"Accept-Encoding": "gzip;q=0.5"}) as answer:
        raw = b"".join(answer.iter_raw())
    plain = site.get(NAME, accept_encoding="identity")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == plain.headers["content-type"]
    assert answer.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert answer.headers["etag"] != plain.headers["etag"]
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2


@pytest.mark.parametrize("codings", ["", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=x"])
def test_who_cannot_gets_it_plain(site: Site, codings: str) -> None:
    answer = site.get(NAME, accept_encoding=codings)
    assert "content-encoding" not in answer.headers


def test_the_twin_is_a_file_of_its_own(site: Site) -> None:
    answer = site.get(NAME + ".gz", accept_encoding="gzip")
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "application/gzip"
    text = gzip.decompress(answer.content)
    assert list(ox.parse(text, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("bytes=0-9", slice(0, 10)), ("bytes=5-", slice(5, None)), ("bytes=-7", slice(-7, None))],
)
def test_a_part_can_be_had(site: Site, asked: str, expected: slice) -> None:
    whole = site.get(NAME, accept_encoding="identity").content
    part = site.get(NAME, range=asked)
    assert part.status_code == 206
    assert part.content == whole[expected]
    start = range(len(whole))[expected][0]
    assert part.headers["content-range"] == (
        f"bytes {start}-{start + len(part.content) - 1}/{len(whole)}"
    )


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=9-5", "bytes=x", "bytes=0-1,4-5", "bytes="])
def test_a_range_that_is_not_understood_is_overlooked(site: Site, asked: str) -> None:
    assert site.get(NAME, range=asked).status_code == 200


def test_an_interrupted_download_goes_on_only_if_the_file_is_the_same(site: Site) -> None:
    etag = site.get(NAME, accept_encoding="identity").headers["etag"]
    assert site.get(NAME, range="bytes=10-", if_range=etag).status_code == 206
    assert site.get(NAME, range="bytes=10-", if_range='"other"').status_code == 200


def test_what_is_known_is_not_sent_again(site: Site) -> None:
    first = site.get(NAME, accept_encoding="identity")
    again = site.get(NAME, accept_encoding="identity", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_the_date_is_that_of_the_data(site: Site) -> None:
    assert site.release.manifest.issued == "2024-06-01"
    named = site.get(f"/download/{site.release.name}/enact-graph.ttl")
    assert named.headers["last-modified"] == "Sat, 01 Jun 2024 00:00:00 GMT"


def test_going_back_to_an_earlier_release_is_a_change(tmp_path: Path) -> None:
    checkout, public = tmp_path / "checkout", tmp_path / "public"
    shutil.copytree(TINY, checkout)
    earlier = build(checkout, public).release
    for file in [earlier.path, *earlier.path.rglob("*")]:
        os.utime(file, (1e9, 1e9))
    catalogue = checkout / "data/catalog.ttl"
    catalogue.write_text(catalogue.read_text().replace("0.1.0", "0.2.0"))
    build(checkout, public)
    with running(public) as (_, url):
        dates = {p: httpx.get(url + p).headers["last-modified"] for p in (NAME, "/doc/inria.ttl")}
    time.sleep(1.1)  # the dates of HTTP know no parts of a second
    (public / "fresh").symlink_to(earlier.name)
    (public / "fresh").rename(public / "current")
    with running(public) as (_, url):
        for path, date in dates.items():
            answer = httpx.get(url + path, headers={"If-Modified-Since": date})
            assert answer.status_code == 200, path


def test_a_named_release_never_changes_and_the_current_one_may(site: Site) -> None:
    named = site.get(f"/download/{site.release.name}/enact-graph.ttl")
    assert named.content == site.get(NAME).content
    assert "immutable" in named.headers["cache-control"]
    assert "max-age=0" in site.get(NAME).headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/download/../manifest.json",
        "/download/%2e%2e/manifest.json",
        "/download/..%2fmanifest.json",
        "/download/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/download/%2Fetc%2Fpasswd",
        "/download//etc/passwd",
        "/download/enact-graph.ttl%00.gz",
        "/download/.%2Fenact-graph.ttl",
        "/download/store",
        "/download/store%2FCURRENT",
        "/download/store/CURRENT",
        "/download/current/enact-graph.ttl",
        "/download/%2e/enact-graph.ttl",
        "/download/%2e%2e/enact-graph.ttl",
        "/download/.lock/enact-graph.ttl",
        "/static/%2e%2e%2fpages.py",
        "/static/..%2f..%2fpages.py",
    ],
)
def test_no_path_leads_out_of_the_manifest(site: Site, path: str) -> None:
    # Sent as it is written: a client would tidy the path first.
    request = site.client.build_request("GET", site.url)
    request.url = request.url.copy_with(raw_path=path.encode())
    answer = site.client.send(request)
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/not-found")


def test_an_earlier_release_stays_to_be_had(tmp_path: Path) -> None:
    checkout, public = tmp_path / "checkout", tmp_path / "public"
    shutil.copytree(TINY, checkout)
    earlier = build(checkout, public).release
    catalogue = checkout / "data/catalog.ttl"
    catalogue.write_text(catalogue.read_text().replace("0.1.0", "0.2.0"))
    later = build(checkout, public).release
    with running(public) as (_, url):
        now = httpx.get(f"{url}/download/enact-graph.nq").content
        before = httpx.get(f"{url}/download/{earlier.name}/enact-graph.nq")
    assert before.content == earlier.file("enact-graph.nq").read_bytes() != now
    assert now == later.file("enact-graph.nq").read_bytes()
    assert "immutable" in before.headers["cache-control"]
