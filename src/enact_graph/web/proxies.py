"""Behind a proxy: the address the client used, believed only from the proxies that are trusted.

RFC 7239 `Forwarded` goes before the older `X-Forwarded-For`, `-Proto` and `-Host`. From anybody
else these fields are removed, so that nothing further in can fall for them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from enact_graph.errors import Misdirected, RequestError
from enact_graph.web import problems

Network = IPv4Network | IPv6Network

_FIELDS: Final = (
    b"forwarded",
    b"x-forwarded-for",
    b"x-forwarded-host",
    b"x-forwarded-port",
    b"x-forwarded-prefix",
    b"x-forwarded-proto",
    b"x-forwarded-scheme",
    b"x-forwarded-ssl",
    b"x-real-ip",
)
_HOST: Final = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*)|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_PORT: Final = re.compile(r":[0-9]+$")
#: Balancers ask these by number, and nothing in the answers depends on the host.
_ANYWHERE: Final = "/health/"
_SCHEMES: Final = ("http", "https")
_PAIR: Final = re.compile(r'[ \t]*([A-Za-z]+)=("(?:[^"\\]|\\.)*"|[^;,"]*)[ \t]*(;|,|$)')
#: More proxies in a row than anybody has.
_HOPS: Final = 32


@dataclass(frozen=True)
class Hop:
    """What one proxy says of the request that came to it; None where it says nothing."""

    client: str | None = None
    scheme: str | None = None
    host: str | None = None


class Proxies:
    """ASGI middleware that gives each request the scheme, host and client of the outer address.

    Where `hosts` are given, it passes on no request for another: example.org, with a port or
    without one for any, *.example.org for every name below.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[Network], hosts: Sequence[str] = ()) -> None:
        self._app = app
        self._trusted = tuple(trusted)
        self._hosts = tuple(hosts)
        self._above = tuple(host[1:] for host in hosts if host.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as it was meant; refuse a host that is none or not ours."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        raw = scope["headers"]
        if any(name in _FIELDS for name, _ in raw):
            scope = self._resolved(scope)
        refused = self._refusal(scope)
        if refused is None:
            await self._app(scope, receive, send)
            return
        # The name must not get into what is answered.
        bare = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"host"]}
        answer = await problems.answer(Request(bare, receive), refused)
        await answer(bare, receive, send)

    def _refusal(self, scope: Scope) -> RequestError | None:
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if not hosts and scope.get("http_version") == "1.0":
            return None
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            return RequestError(
                "The header Host is to name the host of this address, once and nothing else."
            )
        if self._hosts and not scope["path"].startswith(_ANYWHERE) and not self._is_ours(hosts[0]):
            return Misdirected(
                "This server does not answer for the host that the request names; ask it under"
                f" {', '.join(self._hosts)}.",
                hosts=list(self._hosts),
            )
        return None

    def _is_ours(self, host: str) -> bool:
        whole = host.lower()
        name = _PORT.sub("", whole).removesuffix(".")
        return any(asked in self._hosts or asked.endswith(self._above) for asked in (whole, name))

    def _resolved(self, scope: Scope) -> Scope:
        """The request without the fields of proxies, after what they say has been heeded."""
        headers = Headers(scope=scope)
        rest = [(name, value) for name, value in scope["headers"] if name not in _FIELDS]
        resolved = {**scope, "headers": rest}
        peer = scope.get("client")
        if not peer or not self._trusts(peer[0]):
            return resolved
        outer = self._outer(hops(headers))
        if outer.scheme:
            resolved["scheme"] = outer.scheme
        if outer.host:
            resolved["headers"] = [(k, v) for k, v in rest if k != b"host"]
            resolved["headers"].append((b"host", outer.host.encode("ascii")))
        if outer.client:
            resolved["client"] = (outer.client, 0)
        return resolved

    def _outer(self, told: Sequence[Hop]) -> Hop:
        """What the outermost trusted proxy says, where each in turn was named by a trusted one."""
        outer = Hop()
        for hop in reversed(told[-_HOPS:]):
            outer = Hop(
                hop.client or outer.client, hop.scheme or outer.scheme, hop.host or outer.host
            )
            if hop.client is None or not self._trusts(hop.client):
                break
        return outer

    def _trusts(self, address: str) -> bool:
        return trusts(self._trusted, address)


def trusts(networks: Sequence[Network], address: str) -> bool:
    """Whether an address is of one of these networks."""
    found = _address(address)
    return found is not None and any(found in network for network in networks)


def hops(headers: Headers) -> list[Hop]:
    """What the proxies on the way say, the one nearest to the client first; malformed: nothing."""
    if "forwarded" in headers:
        return _forwarded(", ".join(headers.getlist("forwarded")))
    clients = _list(headers, "x-forwarded-for")
    schemes = _list(headers, "x-forwarded-proto")
    hosts = _list(headers, "x-forwarded-host")
    count = max(len(clients), len(schemes), len(hosts), 1)
    # A list shorter than another was begun by a proxy nearer to this server.
    return [
        Hop(_client(client), _scheme(scheme), _host(host))
        for client, scheme, host in zip(
            _aligned(clients, count), _aligned(schemes, count), _aligned(hosts, count), strict=True
        )
    ]


def _forwarded(text: str) -> list[Hop]:
    """The elements of a Forwarded header (RFC 7239, 4); none where any part is malformed."""
    found: list[dict[str, str]] = [{}]
    position = 0
    while position < len(text):
        match = _PAIR.match(text, position)
        if match is None:
            return []
        value = match[2]
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        found[-1][match[1].lower()] = value.strip()
        position = match.end()
        if match[3] == ",":
            found.append({})
    return [
        Hop(_client(e.get("for")), _scheme(e.get("proto")), _host(e.get("host"))) for e in found
    ]


def _list(headers: Headers, name: str) -> list[str]:
    lines = headers.getlist(name)
    return [part.strip() for part in ",".join(lines).split(",")] if lines else []


def _aligned(values: Sequence[str], count: int) -> list[str | None]:
    return [*[None] * (count - len(values)), *values]


def _client(text: str | None) -> str | None:
    """An address without its port; None for what is none, as `unknown` and `_hidden`."""
    found = _address(text) if text else None
    return str(found) if found else None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _scheme(text: str | None) -> str | None:
    return text.lower() if text and text.lower() in _SCHEMES else None


def _host(text: str | None) -> str | None:
    return text if text and _HOST.fullmatch(text) else None
