"""Long answers are sent while they are made: in constant memory, and cut where all can see it."""

import io
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.patience import PATIENCE, until
from tests.strata import EVERY

from .conftest import Running, served
from .streams import CSV, LONG, PRODUCT, address, figure, until_no_stream
from .test_hostile import send

MB = 1_000_000
#: Megabytes of an answer that is long: several times what may be held of it.
LENGTH = 100 if EVERY else 40


@pytest.fixture(scope="module")
def streaming(tiny_public: Path) -> Iterator[Running]:
    with served(tiny_public, **LONG) as running:
        yield running


def peak(pid: int) -> int:
    """Kilobytes that a process has held at most since `forget_peak`."""
    found = re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1])


def forget_peak(pid: int) -> int:
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    return peak(pid)


def ticks(pid: int) -> int:
    """Processor time of a process in hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def has_stopped(pid: int) -> bool:
    """Whether no thread wants the processor, however often one looks."""
    for _ in range(20):
        for path in Path(f"/proc/{pid}/task").glob("*/stat"):
            if path.read_text().rpartition(")")[2].split()[0] == "R":
                return False
        time.sleep(0.02)
    return True


def stream_process(server: Running) -> int:
    """The process that makes the one answer that is on its way: the one of the lowest rank."""
    ranks = {
        pid: int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[16])
        for pid in server.query_processes
    }
    (pid,) = (pid for pid, rank in ranks.items() if rank == 19)
    return pid


@pytest.mark.parametrize("coding", ["identity", "zstd", "gzip"])
def test_a_long_answer_takes_no_memory(streaming: Running, coding: str) -> None:
    query = f"SELECT * {PRODUCT} LIMIT {LENGTH * 3300} #{coding}"
    before = forget_peak(streaming.process.pid)
    size = 0
    made = 0
    headers = CSV | {"Accept-Encoding": coding}
    with httpx.stream("GET", address(streaming, query), headers=headers, timeout=PATIENCE) as reply:
        assert reply.status_code == 200
        assert reply.headers["Transfer-Encoding"] == "chunked"
        for part in reply.iter_bytes():
            size += len(part)
            if size > LENGTH * 0.6 * MB and not made:
                made = peak(stream_process(streaming))
    front = peak(streaming.process.pid)
    print(f"{coding}: {size / MB:.0f} MB; front {before} to {front} kB, query process {made} kB")
    assert size > LENGTH * MB
    assert front - before < 16_000
    assert made < 64_000
    until_no_stream(streaming)


def test_a_slow_reader_slows_the_query_and_nobody_else(streaming: Running) -> None:
    query = f"SELECT * {PRODUCT} LIMIT {LENGTH * 2000}"
    whole = httpx.get(address(streaming, query), headers=CSV, timeout=PATIENCE).content
    before = forget_peak(streaming.process.pid)
    with socket.create_connection(("127.0.0.1", streaming.port), timeout=PATIENCE) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        target = address(streaming, query).removeprefix(streaming.url)
        asked = f"GET {target} HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\nConnection: close\r\n\r\n"
        line.sendall(asked.encode())
        until(lambda: figure(streaming, "enact_graph_streams ") == 1)
        pid = stream_process(streaming)
        until(lambda: has_stopped(pid))
        spent = ticks(pid)
        for i in range(20):
            assert send(streaming.port, f"ASK {{ ?s ?p ?o }} #{i}")[0] == 200
        assert ticks(pid) <= spent + 1
        with line.makefile("rb") as file:
            content = b"".join(iter(lambda: file.read(65_536), b""))
    head, _, body = content.partition(b"\r\n\r\n")
    assert b" 200 OK" in head
    assert unchunked(body) == whole
    assert peak(streaming.process.pid) - before < 16_000


def unchunked(body: bytes) -> bytes:
    file, found = io.BytesIO(body), []
    while size := int(file.readline(), 16):
        found.append(file.read(size))
        assert file.read(2) == b"\r\n"
    return b"".join(found)


def cut(server: Running, query: str, kill_at: int | None = None) -> int:
    """The bytes of an answer that is seen to be cut, be it by a kill of its process."""
    size = 0
    url = address(server, query)
    with httpx.stream("GET", url, headers=CSV, timeout=PATIENCE) as reply:
        assert reply.status_code == 200
        parts = reply.iter_bytes()
        while True:
            try:
                size += len(next(parts))
            except httpx.TransportError:
                return size
            if kill_at is not None and size > kill_at:
                os.kill(stream_process(server), signal.SIGKILL)
                kill_at = None


def test_an_answer_whose_process_is_killed_is_seen_to_be_cut(streaming: Running) -> None:
    assert cut(streaming, f"SELECT * {PRODUCT} # to be killed", 10 * MB) > 10 * MB
    until_no_stream(streaming)
    assert send(streaming.port, "ASK {}")[0] == 200


def test_an_answer_beyond_the_limits_is_cut_and_then_refused(tiny_public: Path) -> None:
    with served(tiny_public, **LONG | {"ANSWER_BYTES": "9000000", "ANSWER_ROWS": "100000"}) as it:
        long = f"SELECT * {PRODUCT}"
        assert 4 * MB < cut(it, long) <= 9 * MB
        reply = httpx.get(address(it, long), headers=CSV)
        assert (reply.status_code, int(reply.headers["Retry-After"]) > 0) == (413, True)
        assert "larger than 9000000 bytes" in reply.json()["detail"]
        assert cut(it, f"SELECT ?a {PRODUCT}") < 9 * MB
        many = httpx.get(address(it, f"SELECT ?a {PRODUCT}"), headers=CSV)
        assert b"more than 100000 rows" in many.content
        assert figure(it, 'enact_graph_queries_total{outcome="answer-too-large"}') == 4


def test_an_answer_that_uses_up_its_processor_time_is_cut(tiny_public: Path) -> None:
    # Rows come until there are enough of them, then never again.
    dry = f'SELECT ?a ?b ?c ?d ?e ?f {PRODUCT[:-1]} FILTER(?g = ?a || STR(?h) = "") }}'
    with served(tiny_public, **LONG | {"QUERY_TIMEOUT": "1", "WHOLE_BYTES": "65536"}) as it:
        assert cut(it, dry) > 65_536
        assert send(it.port, "ASK {}")[0] == 200


def test_a_client_that_does_not_read_is_left_when_the_time_is_over(tiny_public: Path) -> None:
    with served(tiny_public, **LONG | {"STREAM_SECONDS": "2"}) as it:
        before = figure(it, "enact_graph_queries_total")
        with socket.create_connection(("127.0.0.1", it.port), timeout=PATIENCE) as line:
            target = address(it, f"SELECT * {PRODUCT}").removeprefix(it.url)
            line.sendall(f"GET {target} HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\n\r\n".encode())
            until(lambda: figure(it, "enact_graph_queries_total") == before + 1)
            until_no_stream(it)
            # What the client does not take of the rest is waited for, but not for ever.
            until(lambda: connections(it) <= 1)
        # The query was not at fault: it is answered again.
        reply = httpx.head(address(it, f"SELECT * {PRODUCT}"), headers=CSV)
        assert reply.status_code == 200


def connections(server: Running) -> int:
    folder = Path(f"/proc/{server.process.pid}/fd")
    port = f":{server.port:04X}"
    held = {str(entry.readlink()) for entry in folder.iterdir() if entry.is_symlink()}
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    fields = [line.split() for line in lines]
    return sum(f[1].endswith(port) and f[3] == "01" and f"socket:[{f[9]}]" in held for f in fields)


def test_a_client_that_goes_away_ends_its_query(streaming: Running) -> None:
    with httpx.stream("GET", address(streaming, f"SELECT * {PRODUCT} # left"), headers=CSV) as r:
        next(r.iter_bytes())
    until_no_stream(streaming)
    assert figure(streaming, 'enact_graph_queries_total{outcome="gone"}') >= 1


def test_one_client_takes_no_more_than_its_share_of_streams(tiny_public: Path) -> None:
    limits = LONG | {"CLIENT_STREAMS": "1", "STREAMS": "2"}
    with served(tiny_public, **limits) as it:
        other = httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2"))
        third = httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.3"))
        url = address(it, f"SELECT * {PRODUCT}")
        with other, third, httpx.stream("GET", url, headers=CSV) as first:
            assert first.status_code == 200
            again = httpx.get(url, headers=CSV)
            assert (again.status_code, again.headers["Retry-After"]) == (429, "1")
            with other.stream("GET", url, headers=CSV) as second:
                assert second.status_code == 200
                full = third.get(url, headers=CSV)
                assert (full.status_code, full.headers["Retry-After"]) == (503, "10")
                # Streams hold none of the processes of the others.
                assert httpx.get(address(it, "ASK {}")).status_code == 200
