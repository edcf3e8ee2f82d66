"""The file that the engine writes an answer to: it counts, keeps the whole, or lets parts go.

The rows of a table are counted in its bytes as they pass, since the engine writes them in bulk.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, NoReturn, Protocol, cast

from enact_graph import formats
from enact_graph.errors import AnswerTooLarge, EnactGraphError, QueryTimeout
from enact_graph.formats import Format
from enact_graph.rdf.xml_safe import incomplete, well_formed

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: The least that one row takes, so that short answers need no counting.
_SHORTEST: Final = {
    formats.RESULTS_JSON: len(b"{},"),
    formats.RESULTS_XML: len(b"<result></result>"),
    formats.RESULTS_CSV: len(b"\r\n"),
    formats.RESULTS_TSV: len(b"\n"),
}


class Counter(Protocol):
    """Counts the rows of a table that comes in parts, cut wherever it may be."""

    def add(self, part: bytes) -> int:
        """How many rows have begun, this part included."""


def counter(target: Format) -> Counter:
    """What counts the rows of a table in this format."""
    return _COUNTERS[target]()


def may_be_longer(size: int, target: Format, rows: int) -> bool:
    """Whether so many bytes can hold more than so many rows; a graph's triples count elsewhere."""
    return size > rows * _SHORTEST.get(target, 1)


class _Json:
    """A row is an object that follows a bracket or a comma; all others follow a colon."""

    def __init__(self) -> None:
        self._rows = 0
        self._is_in_string = False
        self._held = b""
        self._before = b""

    def add(self, part: bytes) -> int:
        part = self._held + part
        is_cut = (len(part) - len(part.rstrip(b"\\"))) % 2 == 1
        self._held, part = (b"\\", part[:-1]) if is_cut else (b"", part)
        pieces = part.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        outside = pieces[self._is_in_string :: 2]
        if not self._is_in_string:
            outside[0] = self._before + outside[0]
        self._is_in_string ^= len(pieces) % 2 == 0
        self._before = b"" if self._is_in_string else outside[-1][-1:]
        text = b'"'.join(outside)
        self._rows += text.count(b",{") + text.count(b"[{")
        return self._rows


class _Xml:
    def __init__(self) -> None:
        self._rows = 0
        self._tail = b""

    def add(self, part: bytes) -> int:
        part = self._tail + part
        self._rows += len(_RESULT.findall(part))
        self._tail = part[-len(b"<result") :]
        return self._rows


class _Csv:
    """A line break within quotes is part of a value; the first line names the variables."""

    def __init__(self) -> None:
        self._lines = 0
        self._is_quoted = False

    def add(self, part: bytes) -> int:
        pieces = part.split(b'"')
        self._lines += sum(piece.count(b"\n") for piece in pieces[self._is_quoted :: 2])
        self._is_quoted ^= len(pieces) % 2 == 0
        return self._lines - 1


class _Tsv:
    def __init__(self) -> None:
        self._lines = 0

    def add(self, part: bytes) -> int:
        self._lines += part.count(b"\n")
        return self._lines - 1


_RESULT: Final = re.compile(rb"<result[ />]")
_COUNTERS: Final[dict[Format, type[_Json | _Xml | _Csv | _Tsv]]] = {
    formats.RESULTS_JSON: _Json,
    formats.RESULTS_XML: _Xml,
    formats.RESULTS_CSV: _Csv,
    formats.RESULTS_TSV: _Tsv,
}


#: Takes one part of an answer and returns when there is room for the next.
Send = Callable[[bytes], None]
#: Bytes of one part: few enough to hold, many enough to be worth a message.
PART: Final = 1 << 17


@dataclass(frozen=True)
class Limits:
    """What an answer may have: bytes, rows of a table or triples of a graph.

    `whole` is the size beyond which it goes out in parts, None where it never does; `seconds` the
    processor time that it may take from there on.
    """

    size: int
    rows: int = 500_000
    whole: int | None = None
    seconds: float = 10.0


class Sink:
    """Keeps what is written; beyond the limits it refuses, which ends the query that writes.

    `failure` then says why. With `send`, an answer that outgrows `limits.whole` goes out in parts.
    """

    def __init__(
        self, target: Format, limits: Limits, send: Send | None = None, *, is_table: bool
    ) -> None:
        self.failure: EnactGraphError | None = None
        self.is_streaming = False
        self._target = target
        self._limits = limits
        self._send = send
        self._counter: Counter | None = counter(target) if is_table else None
        self._kept = bytearray()
        self._size = 0
        self._until = 0.0
        self._has_sent = False

    @property
    def file(self) -> IO[bytes]:
        """This, as the engine's annotations want it; of a file it only needs to write to it."""
        return cast(IO[bytes], self)

    @property
    def may_stream(self) -> bool:
        """Whether what is too large to keep can go out in parts."""
        whole = self._limits.whole
        return self._send is not None and whole is not None and whole < self._limits.size

    def write(self, part: "Buffer") -> int:
        """Take some bytes; OverflowError beyond a limit."""
        size = memoryview(part).nbytes
        self.reserve(self._size + size)
        self._size += size
        self._kept += part
        if self.is_streaming:
            if len(self._kept) >= PART:
                self._pass_on()
        elif self.may_stream and self._size > (self._limits.whole or 0):
            self.stream()
        return size

    def flush(self) -> None:
        """What files have; nothing is due before the end or the next part."""

    def reserve(self, size: int) -> None:
        """Refuse an answer that will have so many bytes, where that is too many."""
        if size > self._limits.size:
            self.refuse(too_large(self._limits.size))

    def refuse(self, failure: EnactGraphError) -> NoReturn:
        """End the query that writes here, for a reason."""
        self.failure = failure
        raise OverflowError("the answer is refused")

    def stream(self) -> None:
        """Let out what is here and, from now on, whatever comes."""
        self.is_streaming = True
        self._until = time.process_time() + self._limits.seconds
        self._pass_on()

    def end(self) -> bytes:
        """What is left: the whole, or the last part. AnswerTooLarge when that has too many rows."""
        if self.is_streaming and not self._has_sent:
            self._pass_on()  # once it is a stream, it must be seen to be one
        if self.is_streaming or may_be_longer(self._size, self._target, self._limits.rows):
            self._count(bytes(self._kept))
        return well_formed(bytes(self._kept), self._target)

    def _pass_on(self) -> None:
        assert self._send is not None
        if time.process_time() > self._until:
            self.refuse(QueryTimeout("The query used all the processor time it may have."))
        size = len(self._kept) - incomplete(self._kept, self._target)
        judged = bytes(self._kept[:size])
        del self._kept[:size]
        self._count(judged)
        try:
            judged = well_formed(judged, self._target)
        except EnactGraphError as error:
            self.refuse(error)
        for start in range(0, len(judged), PART):
            self._has_sent = True
            self._send(judged[start : start + PART])

    def _count(self, part: bytes) -> None:
        if self._counter and self._counter.add(part) > self._limits.rows:
            self.refuse(too_many(self._limits.rows))


def too_many(rows: int) -> AnswerTooLarge:
    """The error of an answer with too many rows."""
    return AnswerTooLarge(
        f"The answer has more than {rows} rows; ask for a part of them with ORDER BY, LIMIT and"
        " OFFSET, or download the whole graph.",
        limit=rows,
    )


def too_large(limit: int) -> AnswerTooLarge:
    """The error of an answer with too many bytes."""
    return AnswerTooLarge(
        f"The answer is larger than {limit} bytes; ask for fewer rows with LIMIT and OFFSET, for"
        " fewer variables, or download the whole graph.",
        limit=limit,
    )
