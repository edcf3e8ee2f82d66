"""The last step of every answer: in which coding it goes, and whether it goes at all.

Handlers make plain answers with the tags of plain answers. This middleware puts them into the
coding the client wants, gives the coded form a tag of its own, and evaluates what the request makes
a condition (RFC 9110, 13) on what would be sent. Of an answer that is there as a whole, with a
strong tag and in no coding, it sends the part that is asked for (14). An answer that accepts ranges
before is a file, which has chosen among its twins by itself; only its conditions are looked at.
"""

from contextlib import suppress
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enact_graph.engine.cache import ByteCache
from enact_graph.errors import NotAcceptable, PreconditionFailed, RangeNotSatisfiable
from enact_graph.web import compression, problems
from enact_graph.web.compression import IDENTITY, OFFERED
from enact_graph.web.conditional import held, is_insisted_on_another, plain_tags, tag_in
from enact_graph.web.files import part
from enact_graph.web.made import NEVER
from enact_graph.web.reply import tag

#: Fewer bytes than this fit into one packet as they are.
_WORTHWHILE: Final = 1024
#: From here on compressing takes long enough to let other requests go on meanwhile.
_IN_THREAD: Final = 32_768
#: How many different Accept-Encoding headers are remembered, and of what length.
_CHOICES, _LONGEST = 256, 200
_CONDITIONAL: Final = (200, 206, 304)
#: What a body has and 304 has not.
_OF_BODY: Final = ("content-length", "content-type", "content-encoding", "repr-digest")


class Selection:
    """ASGI middleware that codes answers and heeds conditions; coded ones are `kept`."""

    def __init__(self, app: ASGIApp, kept: ByteCache[bytes]) -> None:
        self._app = app
        self._kept = kept
        # Clients have few ways to say which codings they take.
        self._choices: dict[str | None, list[str]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 406 where no coding is acceptable, not even none; else pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        lines = headers.getlist("accept-encoding")
        wanted = ", ".join(lines) if lines else None
        taken = self._choices.get(wanted)
        if taken is None:
            taken = self._choose(wanted)
        if not taken and scope["method"] != "OPTIONS":
            refused = NotAcceptable(
                f"No coding that Accept-Encoding: {(wanted or '')[:80]} admits is to be had; admit"
                f" {', '.join(OFFERED)} or identity.",
                offered=[*OFFERED, IDENTITY],
            )
            answer = await problems.answer(Request(scope, receive), refused)
            answer.headers.add_vary_header("Accept-Encoding")
            await answer(scope, receive, send)
            return
        if "range" in headers and IDENTITY in taken:
            # Who asks for a part expects one of the plain bytes.
            taken = list(dict.fromkeys([IDENTITY, *taken]))
        if "if-none-match" in headers:
            scope = {**scope, "headers": _plainly(headers, taken)}
        step = _Step(self._kept, Request(scope, receive), headers, taken or [IDENTITY], send)
        with suppress(_SettledError):
            await self._app(scope, receive, step.send)

    def _choose(self, wanted: str | None) -> list[str]:
        """The codings that a client takes, the one to use first; none where it refuses them all."""
        chosen = compression.choose(wanted, OFFERED)
        rest = [c for c in (IDENTITY, *OFFERED) if c != chosen and compression.accepts(wanted, c)]
        taken = [] if chosen is None else [chosen, *rest]
        if len(self._choices) >= _CHOICES:
            self._choices.clear()
        if wanted is None or len(wanted) <= _LONGEST:
            self._choices[wanted] = taken
        return taken


class _SettledError(Exception):
    """The answer is 304 or 412 after all: what makes the rest of its body need not go on."""


class _Step:
    """One answer on its way; `taken` are the codings the client takes, the one to use first."""

    def __init__(
        self,
        kept: ByteCache[bytes],
        request: Request,
        headers: Headers,
        taken: list[str],
        send: Send,
    ) -> None:
        self._kept = kept
        self._request = request
        self._asked = headers
        self._taken = taken
        self._send = send
        self._start: Message | None = None
        self._is_over = False
        self._stream: compression.Stream | None = None

    async def send(self, message: Message) -> None:
        """Hold the start back until it is known what follows it."""
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] != "http.response.body":
            await self._begin()
            await self._send(message)
        elif self._start is not None:
            await self._first(message)
        elif self._stream is not None:
            await self._more(self._stream, message)
        elif not self._is_over:
            await self._send(message)
        if self._is_over and message.get("more_body"):
            raise _SettledError

    async def _first(self, message: Message) -> None:
        """With the first piece of the body comes the choice: coded, as it is, or not at all."""
        assert self._start is not None
        # A copy: what made the answer may send the same list again.
        headers = MutableHeaders(raw=list(self._start["headers"]))
        self._start = {**self._start, "headers": headers.raw}
        status = self._start["status"]
        is_file = "accept-ranges" in headers or "content-encoding" in headers
        is_bodiless = status in (204, 304) or 300 <= status < 400
        body, goes_on = message.get("body", b""), message.get("more_body", False)
        coding, coded = IDENTITY, body
        if _lacks_tag(status, headers) and not goes_on and self._is_read():
            headers["etag"] = tag(body)
        if not is_file:
            if not is_bodiless or status == 304:
                headers.add_vary_header("Accept-Encoding")
            if not is_bodiless:
                coding, coded = await self._code(body, goes_on, headers.get("etag"))
        # A body coded piece by piece may differ in its bytes next time: its tag is weak.
        is_weak = goes_on and coding != IDENTITY
        if status in _CONDITIONAL and self._is_read():
            # A handler that answers 304 by itself knows the tag of the plain answer alone.
            first = [] if status == 304 else [coding]
            possible = [coding] if is_file else list(dict.fromkeys([*first, *self._taken]))
            if await self._is_settled(status, headers, possible, is_weak):
                return
        if coding != IDENTITY:
            self._mark(headers, coding, len(coded), goes_on=goes_on, is_weak=is_weak)
        elif status == 200 and not (is_file or goes_on) and _is_strong(headers):
            headers["accept-ranges"] = "bytes"
            if await self._is_cut(headers, body):
                return
        await self._begin()
        if self._stream is not None:
            await self._more(self._stream, message)
        else:
            await self._send({**message, "body": coded})

    def _mark(
        self, headers: MutableHeaders, coding: str, size: int, *, goes_on: bool, is_weak: bool
    ) -> None:
        """Say in the headers that the body is coded; what goes on is coded piece by piece."""
        headers["content-encoding"] = coding
        del headers["repr-digest"]
        if "etag" in headers:
            headers["etag"] = _tag(headers["etag"], coding, is_weak)
        if goes_on:
            del headers["content-length"]
            self._stream = compression.stream(coding)
        else:
            headers["content-length"] = str(size)

    async def _code(self, body: bytes, goes_on: bool, etag: str | None) -> tuple[str, bytes]:
        """The coding to use, and the body in it if it is all there is."""
        coding = self._taken[0]
        must = IDENTITY not in self._taken
        if coding == IDENTITY or not (must or goes_on or len(body) >= _WORTHWHILE):
            return IDENTITY, body
        if goes_on:
            return coding, b""
        key = (etag, coding)
        coded = self._kept.get(key) if etag else None
        if coded is None:
            if len(body) < _IN_THREAD:
                coded = compression.encode(coding, body)
            else:
                coded = await run_in_threadpool(compression.encode, coding, body)
            if etag and not etag.startswith("W/"):
                self._kept.put(key, coded, len(coded))
        return (coding, coded) if must or len(coded) < len(body) else (IDENTITY, body)

    async def _is_settled(
        self, status: int, headers: MutableHeaders, possible: list[str], is_weak: bool
    ) -> bool:
        """Answer 412 or 304 where the conditions of the request say so; else False.

        `possible` are the codings in which the client may hold the answer, its own one first.
        """
        etag, date = headers.get("etag"), headers.get("last-modified")
        tagged = etag and _tag(etag, possible[0], is_weak)
        if is_insisted_on_another(self._asked, tagged, date):
            await self._refuse()
            return True
        found = held(self._asked, etag, date, possible)
        if found is None and status != 304:
            return False
        if etag:
            headers["etag"] = _tag(etag, found or possible[0], is_weak)
        for name in _OF_BODY:
            del headers[name]
        assert self._start is not None
        self._start = {**self._start, "status": 304}
        await self._begin()
        self._is_over = True
        await self._send({"type": "http.response.body", "body": b""})
        return True

    async def _is_cut(self, headers: MutableHeaders, body: bytes) -> bool:
        """Answer with the part that is asked for, or say that there is none; else False."""
        path, changed = self._request.url.path, headers.get("last-modified")
        try:
            asked = part(self._request, path, len(body), headers["etag"], changed)
        except RangeNotSatisfiable as error:
            await self._instead(await problems.own(self._request, error))
            return True
        if asked is None:
            return False
        headers["content-range"] = f"bytes {asked.start}-{asked.stop - 1}/{len(body)}"
        headers["content-length"] = str(asked.stop - asked.start)
        assert self._start is not None
        self._start = {**self._start, "status": 206}
        await self._begin()
        await self._send({"type": "http.response.body", "body": body[asked]})
        return True

    def _is_read(self) -> bool:
        return self._request.method in ("GET", "HEAD")

    async def _refuse(self) -> None:
        error = PreconditionFailed(
            "The answer is not, or no longer, the one that If-Match or If-Unmodified-Since names;"
            " ask without the condition."
        )
        await self._instead(await problems.answer(self._request, error))

    async def _instead(self, response: Response) -> None:
        """Send another answer than the one that was made."""
        self._start, self._is_over = None, True
        await response(self._request.scope, self._request.receive, self._send)

    async def _begin(self) -> None:
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(start)

    async def _more(self, stream: compression.Stream, message: Message) -> None:
        """One more piece, coded; nothing is sent for pieces that are empty."""
        goes_on = message.get("more_body", False)
        chunk = message.get("body", b"")
        coded = await run_in_threadpool(stream.add, chunk) if chunk else b""
        coded += b"" if goes_on else stream.end()
        if coded or not goes_on:
            await self._send({"type": "http.response.body", "body": coded, "more_body": goes_on})


def _plainly(headers: Headers, taken: list[str]) -> list[tuple[bytes, bytes]]:
    """The headers of a request with the tags of plain answers, which are those handlers know."""
    known = ", ".join(plain_tags(headers, taken.__contains__))
    rest = [(k, v) for k, v in headers.raw if k != b"if-none-match"]
    return [*rest, (b"if-none-match", known.encode("latin-1"))] if known else rest


def _lacks_tag(status: int, headers: MutableHeaders) -> bool:
    """Whether an answer that may be kept does not say how to ask for it again."""
    return status == 200 and "etag" not in headers and headers.get("cache-control") != NEVER


def _is_strong(headers: MutableHeaders) -> bool:
    return headers.get("etag", "W/").startswith('"')


def _tag(etag: str, coding: str, is_weak: bool) -> str:
    tagged = tag_in(etag, coding)
    return f"W/{tagged}" if is_weak and not tagged.startswith("W/") else tagged
