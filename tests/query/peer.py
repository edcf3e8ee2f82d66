"""Another endpoint on the loopback interface, and the way to it past what forbids that."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pyoxigraph as ox

from enact_graph.engine.federation import Line, Remote

#: An address that is public, and never asked by these tests.
PUBLIC = "8.8.8.8"
Answer = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Peer:
    """What it was asked, and over which lines: address, port and name."""

    port: int = 0
    heads: list[bytes] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    lines: list[tuple[str, int, str | None]] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)

    def remote(self, *answers: Sequence[str], seconds: float = 2, size: int = 100_000) -> Remote:
        """A way to it, on which a name resolves to each of the answers in turn."""
        turns = iter(answers or ([PUBLIC],) * 100)

        async def resolve(host: str, port: int) -> Sequence[str]:
            self.resolved.append(f"{host}:{port}")
            return next(turns)

        async def connect(address: str, port: int, name: str | None) -> Line:
            self.lines.append((address, port, name))
            return await asyncio.open_connection("127.0.0.1", self.port)

        return Remote(seconds, size, resolve, connect)


@asynccontextmanager
async def listening(answer: Answer) -> AsyncIterator[Peer]:
    peer = Peer()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        query = parse_qs((await reader.readexactly(size)).decode())["query"][0]
        peer.heads.append(head)
        peer.queries.append(query)
        try:
            await answer(query, writer)
            await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    peer.port = server.sockets[0].getsockname()[1]
    async with server:
        yield peer


def says(content: bytes | str, status: str = "200 OK", **headers: str) -> Answer:
    """Always the same answer."""
    body = content.encode() if isinstance(content, str) else content
    named = {"Content-Type": "application/sparql-results+json", "Content-Length": str(len(body))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)

    async def answer(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body)

    return answer


def engine(store: ox.Store) -> Answer:
    """The answer that the engine gives from a store."""

    async def answer(query: str, writer: asyncio.StreamWriter) -> None:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        await says(body)(query, writer)

    return answer
