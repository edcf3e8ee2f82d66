"""Each hostile query ends inside its limit with a clear answer, and others hardly notice."""

import contextlib
import http.client
import json
import threading
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE, until

from .conftest import Good, Running, served
from .hostile import ENDED, HOSTILE, LONG, Hostile
from .streams import figure


def send(port: int, query: str, source: str = "127.0.0.1") -> tuple[int, str | None, bytes]:
    """Send a query from an address of the loopback network; status, Retry-After and body."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=PATIENCE, source_address=(source, 0)
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
def test_a_hostile_query_gets_a_clear_answer(server: Running, case: Hostile) -> None:
    status, _, body = send(server.port, case.query)
    assert status in case.statuses, body[:300]
    if status != 200:
        told = json.loads(body)
        assert told["status"] == status
        assert len(told["detail"]) > 20
    assert send(server.port, "ASK { ?s ?p ?o }")[0] == 200


def test_lookups_are_answered_while_an_attack_goes_on(
    tiny_public: Path, good: tuple[Good, ...]
) -> None:
    """Who asks for little does not wait for the end of what others ask for without end."""
    endless = [case.query for case in HOSTILE.values() if case.statuses == ENDED]
    ended: list[int] = []

    def attack(number: int) -> None:
        # One client, always with another text, so that none is known to be endless.
        query = f"{endless[number % len(endless)]}\n# {number}"
        with contextlib.suppress(http.client.HTTPException, OSError):
            ended.append(send(server.port, query, "127.0.0.2")[0])

    limits = {"QUERY_TIMEOUT": str(PATIENCE), "QUERY_MEMORY": "2048", "GRACE_SECONDS": "0"}
    with served(tiny_public, **limits) as server:
        attackers = [threading.Thread(target=attack, args=(n,)) for n in range(4)]
        for thread in attackers:
            thread.start()
        until(lambda: figure(server, "enact_graph_processes_busy ") == 2)
        for serial in range(50):
            asked = good[serial % len(good)]
            status, _, body = send(server.port, f"{asked.query}\n# {serial}")
            assert (status, asked.is_right(body)) == (200, True)
        assert ended == []
    for thread in attackers:
        thread.join()


def test_a_query_that_takes_its_time_gives_way_and_leaves_no_trace(
    tiny_public: Path, good: tuple[Good, ...]
) -> None:
    some = " ".join(f"{{ SELECT (?o AS ?{name}) {{ ?s ?p ?o }} LIMIT 120 }}" for name in "abc")
    product = f"SELECT (COUNT(*) AS ?n) {{ {some} FILTER(STR(?a) != CONCAT(STR(?b), STR(?c))) }}"
    with served(tiny_public, QUERY_TIMEOUT=str(PATIENCE)) as server:
        usual = rank(server.process.pid)
        answers: list[int] = []
        ask = threading.Thread(target=lambda: answers.append(send(server.port, product)[0]))
        ask.start()
        ranks: set[int] = set()
        while ask.is_alive():
            ranks |= {rank(pid) for pid in server.query_processes}
            time.sleep(0.02)
        assert answers == [200]
        assert max(ranks) == 19
        assert send(server.port, good[0].query)[0] == 200
        until(
            lambda: {rank(pid) for pid in server.query_processes} == {usual},
            "a process of low rank was kept",
        )


def rank(pid: int) -> int:
    """The highest nice value of the threads of a process."""
    found = [0]
    for path in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):
            found.append(int(path.read_text().rpartition(")")[2].split()[16]))
    return max(found)
