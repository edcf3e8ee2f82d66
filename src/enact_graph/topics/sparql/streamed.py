"""An answer that is sent while it is made: as fast as it is taken, and never as if it were whole.

When the rest does not come, the connection is broken off in the middle of the body, so that every
client sees that something is missing. HTTP/1.0 has no way to show that, hence no such answers.
"""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from enact_graph.engine.protocol import Stream
from enact_graph.errors import EnactGraphError
from enact_graph.sparql.ask import Answer, Ask
from enact_graph.web.made import Made
from enact_graph.web.reply import tag
from enact_graph.web.state import serving


async def ask(request: Request, query: Ask) -> Answer | Stream:
    """Answer a query for a request: with a stream only where its breaking off can be seen."""
    asker = serving(request).asker
    can_show_an_end = request.scope["http_version"] != "1.0"
    return await (asker.open(query) if can_show_an_end else asker.run(query))


def tag_of(etag: str) -> str:
    """The tag of a stream, made of that which its answer would have as a whole.

    It is weak: the engine may give the rows in another order next time.
    """
    return f"W/{tag(etag, 'stream')}"


def stream(request: Request, found: Stream, made: Made) -> Response:
    """Send a stream with the headers of a finished answer, whose body is empty."""
    headers = {"Cache-Control": made.cache_control, **made.headers}
    headers["Content-Type"] = made.content_type
    if made.etag is not None:
        headers["ETag"] = made.etag
        headers["Last-Modified"] = serving(request).changed
    return Streamed(found, headers)


class Streamed(Response):
    """Sends the parts of a stream, and closes it, however that ends."""

    def __init__(self, stream: Stream, headers: Mapping[str, str]) -> None:
        self.status_code = 200
        self.background = None
        self.stream = stream
        self.init_headers(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head and each part; return without the end where the rest does not come."""
        left = asyncio.ensure_future(_leaves(receive))
        sending = asyncio.ensure_future(self._send(send, is_head=scope["method"] == "HEAD"))
        try:
            await asyncio.wait((left, sending), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            left.cancel()
            sending.cancel()
            await asyncio.gather(left, sending, return_exceptions=True)
            self.stream.close()

    async def _send(self, send: Send, *, is_head: bool) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        try:
            async with asyncio.timeout_at(self.stream.deadline):
                while (part := await self.stream.next()) is not None:
                    body = b"" if is_head else part
                    await send({"type": "http.response.body", "body": body, "more_body": True})
                    if is_head:
                        self.stream.close("answered")
                        break
        except TimeoutError:
            self.stream.outlast()
        except EnactGraphError:
            pass  # that the end is missing is the message
        else:
            await send({"type": "http.response.body", "body": b""})


async def _leaves(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
