"""OPTIONS: which methods an address takes, and what may be posted to it."""

import pytest

from tests.conftest import Site


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://a.example"}])
def test_the_endpoint_tells_its_methods_and_the_bodies_it_reads(
    site: Site, headers: dict[str, str]
) -> None:
    answer = site.client.options("/sparql", headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"].split(", ") == ["GET", "HEAD", "OPTIONS", "POST"]
    for media_type in answer.headers["accept-post"].split(", "):
        posted = site.client.post(
            "/sparql",
            content="query=ASK%7B%7D" if "form" in media_type else "ASK{}",
            headers={"Content-Type": media_type},
        )
        assert posted.json()["boolean"] is True


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/graphs?default", "/doc/inria"])
def test_a_method_that_is_not_told_is_refused_with_those_that_are(
    site: Site, method: str, path: str
) -> None:
    told = site.client.options(path).headers["allow"].split(", ")
    answer = site.client.request(method, path)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == set(told)
    assert set(answer.json()["allowed"]) == set(told)


def test_a_body_that_is_not_read_is_answered_with_those_that_are(site: Site) -> None:
    posted = site.client.post("/sparql", content="ASK{}", headers={"Content-Type": "text/plain"})
    assert posted.status_code == 415
    assert posted.headers["accept-post"] == site.client.options("/sparql").headers["accept-post"]
