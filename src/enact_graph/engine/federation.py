"""Queries that ask other servers: their questions are put beforehand, by the HTTP process.

So a query process stays without network; it gets the bytes that were answered and reads them. A
stranger's query asks with all bounds: the name is resolved once, the address is looked at, and that
very address is connected to; what the name resolves to later does not matter. A redirection is an
error, since it leads elsewhere.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urlencode

import h11

from enact_graph.errors import EndpointError, EngineBusy, QueryRefused, TooManyQueries
from enact_graph.formats import FORM_TYPE, RESULTS_JSON
from enact_graph.settings import Settings
from enact_graph.sparql.service import (
    Clause,
    Endpoint,
    Table,
    clauses,
    local,
    pack_tables,
    question,
)

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


_SOON: Final = 2


#: Raises QuerySyntax where a text is not SPARQL.
Parse = Callable[[str], Awaitable[None]]


class Federation:
    """Asks for the clauses of queries, so many at once and of one client."""

    def __init__(self, settings: Settings, remote: Remote | None = None) -> None:
        self._settings = settings
        self._remote = remote or Remote(settings.service_seconds, settings.service_bytes)
        self._asking: Counter[str] = Counter()

    def is_asked_by(self, query: str) -> bool:
        """Whether a query may ask other servers, at a glance."""
        return bool(self._settings.service_hosts) and "SERVICE" in query.upper()

    async def frame(self, query: str, client: str, parse: Parse) -> tuple[list[Any], bytes]:
        """The tables of a query for the header of a frame, and its body.

        Nobody is asked before `parse` has found the whole to be SPARQL. QueryRefused for too many
        clauses; EndpointError where a server did not answer and its clause minds.
        """
        found = clauses(query, self._settings.service_hosts)
        most = self._settings.service_requests
        if len(found) > most:
            raise QueryRefused(
                f"The query has {len(found)} SERVICE clauses, the limit is {most}; ask in parts.",
                keyword="SERVICE",
                limit=most,
            )
        plain = local(query, found)
        await parse(plain)
        return pack_tables(plain, await self._tables(query, found, client))

    async def _tables(self, query: str, found: Sequence[Clause], client: str) -> tuple[Table, ...]:
        most = self._settings.workers
        if self._asking[client] >= max(1, most // 2):
            raise TooManyQueries(
                "As many queries from your address as may do so ask other servers already; await"
                f" an answer, and try again in {_SOON} s.",
                retry_after=_SOON,
            )
        if self._asking.total() >= most:
            raise EngineBusy(
                f"Too many queries ask other servers already; try again in {_SOON} s.",
                retry_after=_SOON,
            )
        self._asking[client] += 1
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._table(query, clause)) for clause in found]
        except* EndpointError as errors:
            raise errors.exceptions[0] from None
        finally:
            self._asking[client] -= 1
            if not self._asking[client]:
                del self._asking[client]
        return tuple(task.result() for task in tasks)

    async def _table(self, query: str, clause: Clause) -> Table:
        answer: bytes | None = None
        try:
            answer = await self._remote.ask(clause.endpoint, question(query, clause))
        except EndpointError:
            if not clause.is_silent:
                raise
        return Table(clause.start, clause.end, clause.endpoint.iri, clause.is_silent, answer)
