"""Behind a proxy: its word counts where it is trusted, and nobody else's does."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from enact_graph import terms
from enact_graph.settings import Settings
from enact_graph.web.proxies import Proxies, hops
from tests.conftest import Site, running
from tests.patience import PATIENCE

OUTER = "https://graph.example.org"


@pytest.fixture(scope="module")
def behind(tiny_public: Path) -> Iterator[str]:
    """A server that trusts the machine it runs on."""
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ENACT_GRAPH_TRUSTED_PROXIES", "127.0.0.0/8, ::1")
            _, url = stack.enter_context(running(tiny_public))
        yield url


def endpoint(url: str, headers: dict[str, str]) -> str:
    """The address under which the service describes itself."""
    answer = httpx.get(url + "/sparql", headers={"Accept": "text/turtle", **headers})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    return str(graph.value(None, rdflib.RDF.type, rdflib.URIRef(terms.PREFIXES["sd"] + "Service")))


SAYINGS = {
    "X-Forwarded": {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "graph.example.org"},
    "Forwarded": {"Forwarded": 'for=192.0.2.9;proto=https;host="graph.example.org"'},
    "Forwarded before X-Forwarded": {
        "Forwarded": "proto=https;host=graph.example.org",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "other.example",
    },
}


@pytest.mark.parametrize("headers", SAYINGS.values(), ids=SAYINGS)
def test_a_trusted_proxy_tells_the_outer_address(behind: str, headers: dict[str, str]) -> None:
    assert endpoint(behind, headers) == OUTER + "/sparql"


@pytest.mark.parametrize("headers", SAYINGS.values(), ids=SAYINGS)
def test_nobody_else_does(site: Site, headers: dict[str, str]) -> None:
    assert endpoint(site.url, headers) == site.url + "/sparql"


def test_a_redirect_holds_for_any_outer_address(behind: str) -> None:
    headers = SAYINGS["X-Forwarded"]
    answer = httpx.get(behind + "/id/inria", headers=headers)
    assert answer.headers["location"] in ("/doc/inria", OUTER + "/doc/inria")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "a b"},
        {"X-Forwarded-Host": "evil.example/path"},
        {"X-Forwarded-Host": "user@evil.example"},
        {"X-Forwarded-Host": '"><script>'},
        {"X-Forwarded-Proto": "javascript"},
        {"Forwarded": "host=evil.example; proto=https; for"},
        {"Forwarded": 'host="evil.example'},
    ],
)
def test_what_is_malformed_counts_for_nothing(behind: str, headers: dict[str, str]) -> None:
    assert endpoint(behind, headers) == behind + "/sparql"


def resolve(trusted: str, peer: str, headers: dict[str, str]) -> tuple[str, str, str]:
    """Scheme, host and client as the application sees them."""
    settings = Settings(trusted_proxies=trusted)
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def nothing(*_: object) -> None:
        raise AssertionError("the request was not passed on")

    raw = [(b"host", b"inner:8000")]
    raw += [(k.lower().encode(), v.encode()) for k, v in headers.items()]
    scope = {"type": "http", "scheme": "http", "headers": raw, "client": (peer, 4711)}
    asyncio.run(Proxies(app, settings.trusted_proxies)(scope, nothing, nothing))  # type: ignore[arg-type]
    (result,) = seen
    assert not [name for name, _ in result["headers"] if b"forwarded" in name]
    return result["scheme"], Headers(scope=result)["host"], result["client"][0]


CHAIN = {
    "X-Forwarded-For": "6.6.6.6, 203.0.113.7, 10.0.0.2",
    "X-Forwarded-Proto": "ftp, https, http",
    "X-Forwarded-Host": "liar.example, graph.example.org, inner.example",
}


@pytest.mark.parametrize(
    ("trusted", "peer", "headers", "expected"),
    [
        # Two proxies of ours in a row: the outer one names the client, whatever that one claims.
        ("10.0.0.0/8", "10.0.0.3", CHAIN, ("https", "graph.example.org", "203.0.113.7")),
        # Only the nearer one is ours: the other is the client.
        ("10.0.0.3", "10.0.0.3", CHAIN, ("http", "inner.example", "10.0.0.2")),
        ("", "10.0.0.3", CHAIN, ("http", "inner:8000", "10.0.0.3")),
        ("10.0.0.0/8", "192.0.2.1", CHAIN, ("http", "inner:8000", "192.0.2.1")),
        # One scheme for the whole way, as most set it.
        (
            "10.0.0.0/8 192.0.2.0/24",
            "10.0.0.3",
            {"X-Forwarded-For": "203.0.113.7, 192.0.2.4", "X-Forwarded-Proto": "https"},
            ("https", "inner:8000", "203.0.113.7"),
        ),
        (
            "2001:db8::/32",
            "2001:db8::1",
            {"Forwarded": 'for="[2001:db9::7]:1234";proto=https;host="[2001:db8::2]:8443"'},
            ("https", "[2001:db8::2]:8443", "2001:db9::7"),
        ),
        (
            "10.0.0.0/8",
            "::ffff:10.0.0.3",
            {"Forwarded": "For=203.0.113.7, for=10.0.0.2;Proto=HTTPS"},
            ("https", "inner:8000", "203.0.113.7"),
        ),
        (
            "10.0.0.0/8",
            "10.0.0.3",
            {"Forwarded": "for=unknown"},
            ("http", "inner:8000", "10.0.0.3"),
        ),
    ],
)
def test_the_chain_is_followed_from_here_as_far_as_it_is_trusted(
    trusted: str, peer: str, headers: dict[str, str], expected: tuple[str, str, str]
) -> None:
    assert resolve(trusted, peer, headers) == expected


@given(st.text(max_size=80).map(lambda t: t.encode("utf-8").decode("latin-1")), st.booleans())
def test_no_header_breaks_the_reading(text: str, is_standard: bool) -> None:
    name = "forwarded" if is_standard else "x-forwarded-for"
    hops(Headers(raw=[(name.encode(), text.encode("latin-1"))]))


@given(st.integers(0, 60))
def test_the_time_taken_does_not_explode(length: int) -> None:
    hops(Headers({"forwarded": 'for="' + "\\" * length * 500}))


HOSTS = {
    "none": b"",
    "two": b"Host: a.example\r\nHost: b.example\r\n",
    "with a path": b"Host: a.example/x\r\n",
    "with a user": b"Host: me@a.example\r\n",
    "markup": b"Host: <b>\r\n",
    "empty": b"Host:\r\n",
}


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_a_request_whose_host_is_none_is_refused(site: Site, host: bytes) -> None:
    name, _, port = site.url.removeprefix("http://").partition(":")
    with socket.create_connection((name, int(port)), timeout=PATIENCE) as connection:
        connection.sendall(
            b"GET /sparql HTTP/1.1\r\nAccept: text/turtle\r\n" + host + b"Connection: close\r\n\r\n"
        )
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400")
    head = answer.lower()
    if b"problem+json" in head:  # else the HTTP parser itself refused it
        assert b"access-control-allow-origin: *" in head
