"""Each hostile query ends inside its limit with a clear answer, and others hardly notice."""

import contextlib
import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import LIMITS, Good, Running, served
from .hostile import HOSTILE, LONG, Hostile

#: Time for the limit itself, for a new process, and for a machine that is busy.
_PATIENCE = float(LIMITS["QUERY_TIMEOUT"]) + 4


def send(port: int, query: str, source: str = "127.0.0.1") -> tuple[int, str | None, bytes]:
    """Send a query from an address of the loopback network; status, Retry-After and body."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=30, source_address=(source, 0)
    )
    headers = {"Content-Type": "application/sparql-query", "Accept": "*/*"}
    try:
        connection.request("POST", "/sparql", query.encode(), headers)
        reply = connection.getresponse()
        return reply.status, reply.headers["Retry-After"], reply.read()
    except ConnectionError:
        # Too long a body is refused before all of it was sent.
        reply = connection.getresponse()
        return reply.status, reply.headers["Retry-After"], reply.read()
    finally:
        connection.close()


@pytest.mark.parametrize("case", [*HOSTILE.values(), *LONG.values()], ids=[*HOSTILE, *LONG])
def test_a_hostile_query_gets_a_clear_answer_in_time(server: Running, case: Hostile) -> None:
    start = time.monotonic()
    status, _, body = send(server.port, case.query)
    assert time.monotonic() - start < _PATIENCE
    assert status in case.statuses, body[:300]
    if status != 200:
        told = json.loads(body)
        assert told["status"] == status
        assert len(told["detail"]) > 20
    assert send(server.port, "ASK { ?s ?p ?o }")[0] == 200


def quartiles(server: Running, good: tuple[Good, ...], count: int, first: int) -> list[float]:
    """Latencies of ordinary lookups that no cache knows; each answer must be right."""
    took = []
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        for serial in range(first, first + count):
            asked = good[serial % len(good)]
            start = time.perf_counter()
            connection.request("GET", asked.path(serial), headers={"Accept": "application/json"})
            reply = connection.getresponse()
            body = reply.read()
            took.append(time.perf_counter() - start)
            assert reply.status == 200, body[:200]
            assert asked.is_right(body)
    return statistics.quantiles(took, n=4)


def test_lookups_stay_quick_during_an_attack(
    server: Running, good: tuple[Good, ...], record_property: Callable[[str, object], None]
) -> None:
    quartiles(server, good, 50, 0)
    _, quiet, _ = quartiles(server, good, 200, 1000)
    is_over = threading.Event()
    ended = []

    def attack(number: int) -> None:
        # One client, always with another text, so that none is known to be endless.
        cases = [case for case in HOSTILE.values() if 503 in case.statuses]
        serial = number
        while not is_over.is_set():
            text = f"{cases[serial % len(cases)].query}\n# {number} {serial}"
            ended.append(send(server.port, text, "127.0.0.2")[0])
            serial += 1

    attackers = [threading.Thread(target=attack, args=(n,)) for n in range(4)]
    for thread in attackers:
        thread.start()
    time.sleep(0.5)
    try:
        _, attacked, slow = quartiles(server, good, 150, 5000)
    finally:
        is_over.set()
        for thread in attackers:
            thread.join()
    told = f"quiet {quiet * 1e3:.1f} ms, attacked {attacked * 1e3:.1f} ms ({slow * 1e3:.1f} ms)"
    record_property("latency", told)
    print(told, len(ended), sorted(set(ended)))
    assert set(ended) <= {200, 400, 413, 429, 503}
    assert attacked < 5 * quiet, told


def test_a_query_that_takes_its_time_gives_way_and_leaves_no_trace(
    tiny_public: Path, good: tuple[Good, ...]
) -> None:
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with served(tiny_public, QUERY_TIMEOUT="1.5") as server:
        asking = threading.Thread(target=send, args=(server.port, product))
        asking.start()
        ranks: set[int] = set()
        while asking.is_alive():
            ranks |= {rank(pid) for pid in server.query_processes}
            time.sleep(0.05)
        asking.join()
        assert max(ranks) == 19
        assert send(server.port, good[0].query)[0] == 200
        for _ in range(50):
            if {rank(pid) for pid in server.query_processes} == {0}:
                break
            time.sleep(0.05)
        else:
            pytest.fail("a process of low rank was kept")


def rank(pid: int) -> int:
    """The highest nice value of the threads of a process."""
    found = [0]
    for path in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):
            found.append(int(path.read_text().rpartition(")")[2].split()[16]))
    return max(found)
