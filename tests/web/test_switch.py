"""Another release takes the place of the one that is served: under load, damaged, and back."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from enact_graph.publishing.pipeline import build
from tests.conftest import COMMAND, TINY
from tests.patience import PATIENCE, until
from tests.strata import EVERY

NAMES = (
    "SELECT ?l { <https://w3id.org/enact-graph/id/enact>"
    " <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?l"
)
QUERY = {"Content-Type": "application/sparql-query"}
#: The requests of each of four threads, at the least.
EACH = 500 if EVERY else 100
#: Method, address and body; {i} makes each request another one.
REQUESTS = (
    ("GET", "/sparql?query=" + quote(NAMES), ""),
    ("GET", "/sparql?query=" + quote(NAMES) + "%20%23{i}", ""),
    ("POST", "/sparql", NAMES + " #{i}"),
    ("GET", "/search.json?q=anew&lang=en", ""),
    ("GET", "/suggest?q=enact&lang=en", ""),
    ("GET", "/doc/enact.html", ""),
    ("GET", "/doc/enact.ttl", ""),
    ("GET", "/download/manifest.json", ""),
    ("GET", "/download/enact-graph.nq", ""),
)


@dataclass(frozen=True)
class Served:
    """A server, where it is, and the lines of its log so far."""

    process: subprocess.Popen[str]
    url: str
    log: list[dict[str, object]] = field(default_factory=list)

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=PATIENCE)

    @property
    def release(self) -> str:
        return str(self.get("/health/ready").json().get("release"))

    def metric(self, line: str) -> float:
        found = [x for x in self.get("/metrics").text.splitlines() if x.startswith(line + " ")]
        return float(found[0].split()[-1]) if found else 0.0

    def said(self, event: str) -> list[dict[str, object]]:
        return [line for line in self.log if line["event"] == event]


@contextmanager
def served(public: Path, *options: str, **settings: str) -> Iterator[Served]:
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", "0", "--public", public, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"ENACT_GRAPH_SWITCH_SECONDS": "0.1"} | settings,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    errors = process.stderr
    server = Served(process, process.stdout.readline().split()[2].rstrip("/"))
    reader = threading.Thread(target=lambda: server.log.extend(map(json.loads, errors)))
    reader.start()
    try:
        yield server
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        reader.join()
        process.stdout.close()
        errors.close()


def point(public: Path, name: str) -> None:
    (public / "fresh").symlink_to(name)
    (public / "fresh").rename(public / "current")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A folder with two releases, and their names; the first is the current one."""
    folder = tmp_path_factory.mktemp("two")
    checkout, public = folder / "checkout", folder / "public"
    shutil.copytree(TINY, checkout)
    first = build(checkout, public).release.name
    catalogue = checkout / "data/catalog.ttl"
    catalogue.write_text(catalogue.read_text().replace("0.1.0", "0.2.0"))
    names = checkout / "data/curation.trig"
    names.write_text(names.read_text().replace('"ENACT"@en', '"ENACT anew"@en'))
    second = build(checkout, public).release.name
    point(public, first)
    return public, first, second


@pytest.fixture
def public(two: tuple[Path, str, str], tmp_path: Path) -> Path:
    """A copy of the folder that may be damaged."""
    return Path(shutil.copytree(two[0], tmp_path / "public", symlinks=True))


Seen = tuple[int, str, bytes]


def ask(line: http.client.HTTPConnection, request: tuple[str, str, str], i: int) -> Seen:
    method, path, body = (part.replace("{i}", str(i)) for part in request)
    line.request(method, path, body or None, QUERY if body else {})
    answer = line.getresponse()
    content = answer.read()
    return answer.status, answer.getheader("ETag") or "", content


def test_requests_during_switches_fail_never_and_are_of_one_release_each(
    two: tuple[Path, str, str],
) -> None:
    """Four threads ask until each has asked enough and the release has changed three times."""
    public, first, second = two
    with served(public) as server:
        host = server.url.removeprefix("http://")
        expected: list[dict[int, Seen]] = []
        for name in (second, first):
            point(public, name)
            until(lambda name=name: server.release == name)  # type: ignore[misc]
            with closing(http.client.HTTPConnection(host, timeout=PATIENCE)) as line:
                expected.append({k: ask(line, request, 0) for k, request in enumerate(REQUESTS)})
        for k in range(len(REQUESTS)):
            assert expected[0][k][2] != expected[1][k][2], REQUESTS[k]
        seen: Counter[tuple[int, int]] = Counter()
        wrong: list[object] = []
        switched: list[str] = []
        done = threading.Event()

        def load(thread: int) -> None:
            with closing(http.client.HTTPConnection(host, timeout=PATIENCE)) as mine:
                ask_all(mine, thread)

        def ask_all(mine: http.client.HTTPConnection, thread: int) -> None:
            for i in count():
                if i >= EACH and (len(switched) >= 3 or not switcher.is_alive()):
                    break
                k = (i + thread) % len(REQUESTS)
                try:
                    got = ask(mine, REQUESTS[k], 1_000_000 * thread + i)
                except (OSError, http.client.HTTPException) as error:
                    wrong.append((REQUESTS[k], repr(error)))
                    mine.close()  # it opens itself again
                    continue
                # The tag of a query that is another one each time is another one each time.
                parts = slice(0, 3, 2) if "{i}" in "".join(REQUESTS[k]) else slice(0, 3)
                of = [n for n in (0, 1) if got[parts] == expected[n][k][parts]]
                if len(of) == 1:
                    seen[of[0], k] += 1
                else:
                    wrong.append((REQUESTS[k], got))
                time.sleep(0.002)

        def switch() -> None:
            target = second
            while not done.is_set():
                point(public, target)
                until(lambda target=target: server.release == target)  # type: ignore[misc]
                switched.append(target)
                target = first if target == second else second

        threads = [threading.Thread(target=load, args=(n,)) for n in range(4)]
        switcher = threading.Thread(target=switch)
        before = server.metric('enact_graph_switches_total{outcome="switched"}')
        for thread in (switcher, *threads):
            thread.start()
        for thread in threads:
            thread.join()
        done.set()
        switcher.join()
        switches = server.metric('enact_graph_switches_total{outcome="switched"}') - before
        assert not wrong, (len(wrong), wrong[:3])
        assert sum(seen.values()) >= 4 * EACH
        assert switches >= 3
        assert {n for n, _ in seen} == {0, 1}
        # The old processes end: as many are left as there were.
        until(lambda: server.metric("enact_graph_processes") >= 3)
        until(lambda: len(descendants(server.process.pid)) == 4)
        point(public, first)


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = [int(child) for child in children]
    return [*found, *(below for child in found for below in descendants(child))]


def test_a_damaged_release_is_refused_with_a_line_and_the_old_one_served_on(
    public: Path, two: tuple[Path, str, str]
) -> None:
    _, first, second = two
    damaged = public / second / "void.ttl"
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-10])
    with served(public) as server:
        point(public, second)
        until(lambda: bool(server.said("a release was refused, the one before is served on")))
        assert server.release == first
        time.sleep(0.5)
        (line,) = server.said("a release was refused, the one before is served on")
        assert (line["level"], line["release"], line["served"]) == ("error", second, first)
        assert "void.ttl" in str(line["reason"])
        assert "enact-graph build" in str(line["reason"])
        damaged.write_bytes(whole)
        server.process.send_signal(signal.SIGHUP)
        until(lambda: server.release == second)
        assert "ENACT anew" in server.get("/doc/enact.ttl").text


def test_without_polling_the_signal_is_needed(public: Path, two: tuple[Path, str, str]) -> None:
    _, first, second = two
    with served(public, ENACT_GRAPH_SWITCH_SECONDS="0") as server:
        point(public, second)
        time.sleep(1.5)
        assert server.release == first
        server.process.send_signal(signal.SIGHUP)
        until(lambda: server.release == second)


def test_a_pointer_that_is_gone_changes_nothing(public: Path, two: tuple[Path, str, str]) -> None:
    with served(public) as server:
        (public / "current").unlink()
        time.sleep(0.5)
        assert server.release == two[1]
        point(public, "1.0.0-000000000000")
        until(lambda: bool(server.said("a release was refused, the one before is served on")))
        assert server.get("/doc/enact.ttl").status_code == 200


def test_a_slow_query_of_the_old_release_is_finished(
    public: Path, two: tuple[Path, str, str]
) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) } #"
    with served(public, ENACT_GRAPH_QUERY_TIMEOUT="3", ENACT_GRAPH_GRACE_SECONDS="5") as server:
        answers: list[httpx.Response] = []

        def one() -> None:
            data = {"query": slow}
            answers.append(httpx.post(server.url + "/sparql", data=data, timeout=PATIENCE))

        thread = threading.Thread(target=one)
        thread.start()
        time.sleep(0.3)
        point(public, two[2])
        until(lambda: server.release == two[2])
        thread.join()
        # It ends by its own limit or with its answer, not because its release is gone.
        assert answers[0].status_code == 200 or "query-timeout" in answers[0].text
