"""Under which names the server answers, and that no other comes back in any answer."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from enact_graph.settings import Settings
from tests.conftest import COMMAND, running
from tests.patience import PATIENCE
from tests.server.line import connected
from tests.web.test_every_route import routes

NAMES = "graph.example.org, *.graph.example.org, other.example:8443, [::1], 127.0.0.1"
OURS = (
    "graph.example.org",
    "GRAPH.example.org:8443",
    "graph.example.org.",
    "fr.graph.example.org",
    "a.b.graph.example.org:80",
    "other.example:8443",
    "[::1]:8000",
    "127.0.0.1",
)
FOREIGN = (
    "evil.example",
    "graph.example.org.evil.example",
    "evilgraph.example.org",
    ".graph.example.org",
    "other.example",
    "other.example:844",
    "other.example:84430",
    "example.org",
    "127.0.0.2",
    "[::2]",
)


@pytest.fixture(scope="module")
def named(tiny_public: Path) -> Iterator[str]:
    """A server that answers under some names, and trusts no proxy but one of another address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENACT_GRAPH_HOSTS", NAMES)
        patch.setenv("ENACT_GRAPH_TRUSTED_PROXIES", "127.0.0.9")
        with running(tiny_public) as (_, url):
            yield url


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


@pytest.mark.parametrize("host", OURS)
def test_it_answers_under_its_names(named: str, host: str) -> None:
    assert httpx.get(named + "/about", headers={"Host": host}).status_code == 200
    with connected(port_of(named)) as line:
        line.send(f"GET http://{host}/about HTTP/1.1\r\nHost: evil.example\r\n\r\n".encode())
        answer = line.answer()
        assert answer is not None
        assert answer.status == 200


@pytest.mark.parametrize("host", FOREIGN)
def test_it_answers_under_no_other(named: str, host: str) -> None:
    answer = httpx.get(named + "/about", headers={"Host": host})
    if host.startswith("."):
        assert answer.status_code == 400  # no name at all
        return
    assert answer.status_code == 421
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json()
    assert problem["type"].endswith("/misdirected")
    assert problem["hosts"] == [name.strip() for name in NAMES.split(",")]


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_a_reader_is_told_in_words(named: str, language: str) -> None:
    headers = {"Host": "evil.example", "Accept": "text/html", "Accept-Language": language}
    answer = httpx.get(named + "/", headers=headers)
    assert answer.status_code == 421
    title = {"fr": "sous ce nom", "en": "answer for that host", "de": "Unter diesem Namen"}
    assert title[language] in answer.text
    assert "evil" not in answer.text


def test_the_address_goes_before_the_field(named: str) -> None:
    with connected(port_of(named)) as line:
        line.send(b"GET http://evil.example/about HTTP/1.1\r\nHost: graph.example.org\r\n\r\n")
        answer = line.answer()
        assert answer is not None
        assert answer.status == 421
        assert b"evil" not in answer.body


@pytest.mark.parametrize(
    "told", ["X-Forwarded-Host: evil.example", "Forwarded: for=192.0.2.1;host=evil.example"]
)
def test_what_a_trusted_proxy_says_is_looked_at_too(named: str, told: str) -> None:
    request = f"GET /about HTTP/1.1\r\nHost: graph.example.org\r\n{told}\r\n\r\n".encode()
    for source, status in (("127.0.0.9", 421), ("127.0.0.1", 200)):
        with connected(port_of(named), source) as line:
            line.send(request)
            answer = line.answer()
            assert answer is not None
            assert answer.status == status
            assert b"evil" not in answer.body


def test_health_is_told_under_any_name(named: str) -> None:
    for path in ("/health/live", "/health/ready"):
        answer = httpx.get(named + path, headers={"Host": "10.0.0.7:8000"})
        assert answer.status_code == 200
        assert "10.0.0.7" not in answer.text
    assert httpx.get(named + "/health", headers={"Host": "10.0.0.7"}).status_code == 421


def test_a_foreign_name_comes_back_from_no_address(named: str, tiny_public: Path) -> None:
    asked = ("/sparql", *sorted(routes(tiny_public)), "/nothing", "/sparql/", "/health/")
    with httpx.Client(base_url=named, headers={"Host": "evil.example"}) as client:
        for path in asked:
            for accept in ("text/html", "text/turtle", "*/*"):
                answer = client.get(path, headers={"Accept": accept})
                assert answer.status_code in (421, 200, 404), path
                assert "evil.example" not in f"{answer.headers} {answer.text}", path


def test_a_repeated_answer_is_not_given_under_another_name(named: str) -> None:
    asked = b"GET /about HTTP/1.1\r\nHost: %s\r\n\r\n"
    with connected(port_of(named)) as line:
        for host, status in ((b"graph.example.org", 200), (b"evil.example", 421)) * 3:
            line.send(asked % host)
            answer = line.answer()
            assert answer is not None
            assert answer.status == status


def test_http_1_0_without_a_host_is_answered(named: str) -> None:
    with socket.create_connection(("127.0.0.1", port_of(named)), timeout=PATIENCE) as opened:
        opened.sendall(b"GET /about HTTP/1.0\r\n\r\n")
        assert opened.recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize(
    "entry", ["https://a.example", "a.example/path", "*", "*.", "a.*.example", "a b@c", "a:b"]
)
def test_a_name_that_is_none_is_refused_at_the_start(entry: str, tiny_public: Path) -> None:
    with pytest.raises(ValidationError):
        Settings(hosts=entry)
    if entry != "https://a.example":
        return  # one start is enough
    ended = subprocess.run(
        [COMMAND, "serve", "--port", "0", "--public", tiny_public],
        env=os.environ | {"ENACT_GRAPH_HOSTS": entry},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("ENACT_GRAPH_HOSTS: https://a.example: give a host as in")
    assert "Traceback" not in ended.stderr
