"""Asking another SPARQL endpoint for a table, as a stranger's query wants it: with all bounds.

The name is resolved once, the address is looked at, and that very address is connected to: what
the name resolves to later does not matter. A redirection is an error, since it leads elsewhere.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final
from urllib.parse import urlencode

import h11

from enact_graph.errors import EndpointError
from enact_graph.formats import FORM_TYPE, RESULTS_JSON
from enact_graph.sparql.service import Endpoint

#: The addresses of a name; the port helps to ask the system.
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
#: A line to an address and port; the name, where there is one, is checked by TLS.
Connect = Callable[[str, int, str | None], Awaitable[Line]]

_PART: Final = 1 << 16
_HEAD: Final = 1 << 14
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
#: Site-local addresses and 6to4 relays, both given up, yet global by the registry.
_ODD: Final = tuple(
    map(ipaddress.ip_network, ("fec0::/10", "2002::/16", "192.88.99.0/24", "3fff::/20"))
)


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


async def connect(address: str, port: int, name: str | None) -> Line:
    """Connect to a literal address; nothing is resolved again."""
    context = ssl.create_default_context() if name else None
    return await asyncio.open_connection(address, port, ssl=context, server_hostname=name)


def is_public(address: str) -> bool:
    """Whether an address is one of the open Internet, and not of a machine or network nearby."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    is_odd = any(found in network for network in _ODD if network.version == found.version)
    is_near = found.is_reserved or found.is_multicast or found.is_unspecified
    return found.is_global and not is_near and not is_odd


@dataclass(frozen=True)
class Remote:
    """The way to other endpoints: at most `seconds` and `size` bytes for an answer."""

    seconds: float
    size: int
    resolve: Resolve = resolve
    connect: Connect = connect

    async def ask(self, endpoint: Endpoint, query: str) -> bytes:
        """The answer as JSON, which nobody has read yet; EndpointError where there is none."""
        try:
            async with asyncio.timeout(self.seconds):
                return await self._ask(endpoint, query)
        except TimeoutError:
            raise _failed(endpoint, f"did not answer within {self.seconds:g} s") from None
        except (OSError, h11.RemoteProtocolError, UnicodeError) as error:
            raise _failed(endpoint, f"cannot be asked ({type(error).__name__})") from error

    async def _ask(self, endpoint: Endpoint, query: str) -> bytes:
        addresses = await self.resolve(endpoint.host, endpoint.port)
        if not addresses or not all(map(is_public, addresses)):
            raise _failed(endpoint, "has no public address, or not only such")
        name = endpoint.host if endpoint.scheme == "https" else None
        reader, writer = await self.connect(addresses[0], endpoint.port, name)
        try:
            return await self._exchange(endpoint, query, reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                # What is left in the air is nobody's concern.
                writer.transport.abort()

    async def _exchange(
        self,
        endpoint: Endpoint,
        query: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bytes:
        line = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)
        body = urlencode({"query": query}).encode()
        headers = [
            ("Host", endpoint.authority),
            ("User-Agent", f"enact-graph/{version('enact-graph')}"),
            ("Accept", RESULTS_JSON.media_type),
            ("Accept-Encoding", "identity"),
            ("Content-Type", FORM_TYPE),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ]
        for event in (
            h11.Request(method="POST", target=endpoint.target, headers=headers),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            writer.write(line.send(event) or b"")
        await writer.drain()
        content = bytearray()
        while True:
            event_ = line.next_event()
            if event_ is h11.NEED_DATA:
                line.receive_data(await reader.read(_PART))
            elif isinstance(event_, h11.Response):
                _check(endpoint, event_)
            elif isinstance(event_, h11.Data):
                content += event_.data
                if len(content) > self.size:
                    raise _failed(endpoint, f"answers with more than {self.size} bytes")
            elif isinstance(event_, h11.EndOfMessage):
                return bytes(content)
            elif not isinstance(event_, h11.InformationalResponse):
                raise _failed(endpoint, "broke off its answer")


def _check(endpoint: Endpoint, response: h11.Response) -> None:
    headers = {name: value.decode("latin-1").lower() for name, value in response.headers}
    if 300 <= response.status_code < 400:
        raise _failed(endpoint, "redirects to another address, which is not followed")
    if response.status_code != 200:
        raise _failed(endpoint, f"answers with the status {response.status_code}")
    media_type = headers.get(b"content-type", "").partition(";")[0].strip()
    if media_type not in (RESULTS_JSON.media_type, *RESULTS_JSON.also):
        raise _failed(endpoint, f"answers with {media_type[:80] or 'no type'}, not with JSON")
    if headers.get(b"content-encoding", "identity") != "identity":
        raise _failed(endpoint, "answers in a coding that was not asked for")


def _failed(endpoint: Endpoint, reason: str) -> EndpointError:
    return EndpointError(
        f"<{endpoint.iri}> {reason}; ask it for less, by a LIMIT or narrower patterns inside the"
        " SERVICE group, or later. With SERVICE SILENT the query goes on without it.",
        endpoint=endpoint.iri,
    )
