"""The endpoint asked by a page of another origin, with the browser's own rules (CORS)."""

import http.server
import threading
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Error

from tests.conftest import Site

#: Asks, and returns what a page sees: status, chosen headers and the beginning of the body.
FETCH: Final = """async ([url, options, headers]) => {
  const answer = await fetch(url, options);
  const seen = Object.fromEntries(headers.map(name => [name, answer.headers.get(name)]));
  return { status: answer.status, seen, text: (await answer.text()).slice(0, 20000) };
}"""
MEMBERS: Final = (
    "PREFIX enact: <https://w3id.org/enact-graph/ontology#>"
    " PREFIX id: <https://w3id.org/enact-graph/id/>"
    " SELECT ?m { id:enact enact:hasMember ?m }"
)


@pytest.fixture(scope="module")
def other_origin() -> Iterator[str]:
    """A page that is not ours, on a port of its own."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title>")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def page(browser: Any, other_origin: str) -> Iterator[Any]:
    opened = browser.new_page()
    opened.goto(other_origin)
    yield opened
    opened.close()


def fetch(page: Any, url: str, *headers: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(FETCH, [url, options, list(headers)])
    return found


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_query_is_answered_in_every_way(page: Any, site: Site, way: str) -> None:
    url = site.url + "/sparql"
    fields = urlencode({"query": MEMBERS})
    accept = {"Accept": "application/sparql-results+json"}
    if way == "get":
        answer = fetch(page, f"{url}?{fields}", headers=accept)
    elif way == "form":
        headers = accept | {"Content-Type": "application/x-www-form-urlencoded"}
        answer = fetch(page, url, method="POST", headers=headers, body=fields)
    else:
        # This type of body makes the browser ask first whether it may send it.
        headers = accept | {"Content-Type": "application/sparql-query"}
        answer = fetch(page, url, method="POST", headers=headers, body=MEMBERS)
    assert answer["status"] == 200
    assert "id/inria" in answer["text"]


def test_a_page_sees_the_headers_it_needs(page: Any, site: Site) -> None:
    url = site.url + "/sparql?query=ASK%7B%7D&format=json"
    answer = fetch(page, url, "etag", "content-disposition", cache="no-store")
    assert answer["seen"]["etag"].startswith(('"', "W/"))
    assert answer["seen"]["content-disposition"].startswith("inline")
    allowed = fetch(page, site.url + "/sparql", "allow", "accept-post", method="OPTIONS")
    assert "POST" in allowed["seen"]["allow"]
    assert "application/sparql-query" in allowed["seen"]["accept-post"]


def test_a_page_may_hold_what_it_has_and_ask_again(page: Any, site: Site) -> None:
    url = site.url + "/graphs?default&format=nt"
    tag = fetch(page, url, "etag", cache="no-store")["seen"]["etag"]
    again = fetch(page, url, headers={"If-None-Match": tag}, cache="no-store")
    assert (again["status"], again["text"]) == (304, "")


def test_a_page_reads_what_went_wrong(page: Any, site: Site) -> None:
    answer = fetch(page, site.url + "/sparql?query=nonsense")
    assert answer["status"] == 400
    assert "query-syntax" in answer["text"]


def test_documents_are_read_through_the_redirect(page: Any, site: Site) -> None:
    answer = fetch(page, site.url + "/id/inria", headers={"Accept": "text/turtle"})
    assert answer["status"] == 200
    assert "id:inria" in answer["text"]


def test_nothing_is_given_to_who_shows_a_password(page: Any, site: Site) -> None:
    """Cookies and passwords play no part here, so a page that sends them is not let in."""
    with pytest.raises(Error, match="Failed to fetch"):
        fetch(page, site.url + "/sparql?query=ASK%7B%7D", credentials="include")
