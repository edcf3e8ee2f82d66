"""The address of a request, which is read up to a limit only."""

import os
from pathlib import Path

import httpx
import pytest

from tests.conftest import Site, running


@pytest.mark.parametrize("path", ["/sparql?query=", "/doc/", "/graphs?graph=urn:", "/?a="])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_an_address_beyond_the_limit_is_refused(site: Site, path: str, method: str) -> None:
    answer = site.client.request(method, path + "a" * (32_769 - len(path)))
    assert answer.status_code == 414
    if method == "GET":
        assert answer.json()["limit"] == 32_768
        assert "POST" in answer.json()["detail"]
        assert len(answer.content) < 2_000  # what was too long is not sent back


def test_an_address_of_the_limit_is_read(site: Site) -> None:
    path = "/sparql?query=ASK%7B%7D%23"
    assert site.get(path + "a" * (32_768 - len(path))).status_code == 200
    assert site.get(path + "a" * (32_769 - len(path))).status_code == 414


def test_the_same_query_may_be_posted(site: Site) -> None:
    query = "ASK {} #" + "é" * 6_000  # each of them takes six bytes of an address
    assert site.client.get("/sparql", params={"query": query}).status_code == 414
    assert site.client.post("/sparql", data={"query": query}).status_code == 200


def test_the_limit_is_a_setting(tiny_public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "ENACT_GRAPH_URL_BYTES", "2000")
    with running(tiny_public) as (_, url):
        assert httpx.get(url + "/?a=" + "a" * 1900).status_code == 200
        assert httpx.get(url + "/?a=" + "a" * 2100).status_code == 414
        told = httpx.get(url + "/sparql", headers={"Accept": "text/turtle"}).text
        assert "schema:maxValue 2000" in told
