"""What who runs the server sees: figures, log, numbers of requests, readiness, a quiet end."""

import contextlib
import json
import os
import re
import signal
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import Site
from tests.patience import PATIENCE, until
from tests.web.test_switch import descendants, served

PATTERNS = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(16))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {PATTERNS} }}"


def test_the_figures_are_of_prometheus_and_say_what_happened(tiny_public: Path) -> None:
    with served(tiny_public, ENACT_GRAPH_QUERY_TIMEOUT="0.5") as server:
        for i in range(3):
            assert server.get(f"/sparql?query=ASK%7B%7D%20%23{i}").status_code == 200
        for _ in range(2):
            assert server.get("/sparql?query=ASK%7B%7D").status_code == 200
        assert server.get("/sparql?query=NO").status_code == 400
        assert httpx.post(server.url + "/sparql", data={"query": ENDLESS}).status_code == 503
        assert httpx.post(server.url + "/sparql", data={"query": ENDLESS}).status_code == 503
        assert server.get("/wp-login.php").status_code == 404
        answer = server.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"
    found = {
        (sample.name.removeprefix("enact_graph_"), *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["requests_total", "/sparql", "200"] + found["cache_hits_total", "repeats"] == 5
    assert found["requests_total", "/sparql", "400"] == 1
    assert found["requests_total", "/sparql", "503"] == 2
    assert found["requests_total", "404", "other"] == 1
    assert found["kills_total", "query-timeout"] == 1  # the second was refused at once
    assert found["queries_total", "query-timeout"] == 2
    assert found["query_seconds_count",] >= 4
    assert found["queue",] == 0
    assert found["processes",] >= 1
    assert found["cache_misses_total", "answers"] >= 4
    assert any(key[0] == "release_info" for key in found)
    assert found["process_open_fds",] > 5


def test_openmetrics_for_who_prefers_it(site: Site) -> None:
    answer = site.get("/metrics", "application/openmetrics-text; version=1.0.0")
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


@pytest.mark.parametrize("number", ["abcdefgh", "6f1c2a7e-11aa-4b7e-9d2a-0f5d6b1c9e77", "a" * 64])
def test_a_well_formed_number_comes_back(site: Site, number: str) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/nothing", "/health/live"):
        assert site.get(path, x_request_id=number).headers["x-request-id"] == number


@pytest.mark.parametrize("number", ["", "short", "a" * 65, "abc defgh", 'a"bcdefgh', "<script>x"])
def test_another_number_is_not_believed(site: Site, number: str) -> None:
    given = site.get("/health/live", x_request_id=number).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]+", given)


def test_no_two_requests_have_one_number(site: Site) -> None:
    got = [site.get(f"/doc/inria.ttl?number={n}").headers.get("x-request-id") for n in range(5)]
    numbers = [number for number in got if number]  # an answer that is repeated has none
    assert numbers
    assert len(set(numbers)) == len(numbers)


def test_the_log_tells_slow_queries_without_their_text_or_who_asked(tiny_public: Path) -> None:
    secret = ENDLESS + " # secret"
    with served(tiny_public, ENACT_GRAPH_QUERY_TIMEOUT="0.4") as server:
        headers = {"X-Request-Id": "my-number-1"}
        httpx.post(server.url + "/sparql", data={"query": secret}, headers=headers)
    (line,) = server.said("a slow query")
    assert line["request"] == "my-number-1"
    assert line["outcome"] == "query-timeout"
    assert line["characters"] == len(secret)
    assert re.fullmatch("[0-9a-f]{64}", str(line["query_sha256"]))
    assert 0.3 < float(str(line["seconds"])) < 2
    assert "secret" not in json.dumps(server.log)
    assert "127.0.0.1" not in json.dumps(server.log)


def test_the_text_of_a_slow_query_is_logged_where_that_is_wanted(tiny_public: Path) -> None:
    settings = {"ENACT_GRAPH_SLOW_SECONDS": "0.000001", "ENACT_GRAPH_LOG_QUERIES": "true"}
    with served(tiny_public, **settings) as server:
        # Longer than the clock of the event loop ticks, which is a millisecond.
        text = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000 } }"
        server.get("/sparql?" + urlencode({"query": text}))
    assert text in [line.get("query") for line in server.said("a slow query")]


def test_the_log_of_requests_is_json_without_addresses(tiny_public: Path) -> None:
    with served(tiny_public, "--access-log") as server:
        for _ in range(3):
            server.get("/sparql?query=ASK%7B%7D&secret=1")
        server.get("/nothing")
    lines = server.said("a request")
    assert [(x["path"], x["status"]) for x in lines] == [("/sparql", 200)] * 3 + [("/nothing", 404)]
    assert all(isinstance(x["seconds"], float) and x["bytes"] for x in lines)
    assert "secret" not in json.dumps(server.log)
    assert "127.0.0.1" not in json.dumps(server.log)


def test_a_server_without_the_parent_of_its_processes_is_not_ready_until_it_is_back(
    tiny_public: Path,
) -> None:
    with served(tiny_public, ENACT_GRAPH_SWITCH_SECONDS="0") as server:
        until(lambda: len(descendants(server.process.pid)) == 4)
        pid = server.process.pid
        statuses: list[int] = []
        while 503 not in statuses:
            assert len(statuses) < 5
            parent = int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
            os.kill(parent, signal.SIGKILL)
            time.sleep(0.02)
            # The server looks by itself once a second, and may have been the first to see it.
            statuses.append(server.get("/health/ready").status_code)
            until(lambda: server.get("/health/ready").status_code == 200)
        assert server.get("/sparql?query=ASK%7B%7D").status_code == 200
        assert server.get("/health/live").status_code == 200
        until(lambda: server.get("/health/ready").status_code == 200)


def test_an_ending_server_says_so_and_answers_on(tiny_public: Path) -> None:
    with served(tiny_public, ENACT_GRAPH_DRAIN_SECONDS=str(10 * PATIENCE)) as server:
        server.process.terminate()
        until(lambda: server.get("/health/ready").status_code == 503)
        problem = server.get("/health/ready").json()
        assert problem["type"].endswith("/not-ready")
        assert server.get("/sparql?query=ASK%7B%7D").status_code == 200
        server.process.send_signal(signal.SIGINT)  # who asks twice is not made to wait
        assert server.process.wait(timeout=PATIENCE) == 0


def test_an_ending_server_finishes_what_runs(tiny_public: Path) -> None:
    settings = {"ENACT_GRAPH_GRACE_SECONDS": str(PATIENCE), "ENACT_GRAPH_QUERY_TIMEOUT": "3"}
    answers: list[httpx.Response] = []
    with served(tiny_public, **settings) as server:

        def one() -> None:
            data = {"query": ENDLESS}
            answers.append(httpx.post(server.url + "/sparql", data=data, timeout=PATIENCE))

        thread = threading.Thread(target=one)
        thread.start()
        until(lambda: server.metric("enact_graph_processes_busy") == 1)
        server.process.terminate()
        thread.join()
        # Its own limit ended it, after the signal: the server awaited it.
        assert answers[0].json()["type"].endswith("/query-timeout")
        assert server.process.wait(timeout=PATIENCE) == 0


def test_one_client_beyond_its_share_is_told_when_to_come_again(tiny_public: Path) -> None:
    settings = {
        "ENACT_GRAPH_CLIENT_QUERIES": "3",
        "ENACT_GRAPH_QUERY_TIMEOUT": str(PATIENCE),
        "ENACT_GRAPH_QUERY_MEMORY": "2048",
        "ENACT_GRAPH_GRACE_SECONDS": "0",
        "ENACT_GRAPH_TRUSTED_PROXIES": "127.0.0.1",
    }
    with served(tiny_public, **settings) as server:
        statuses: list[httpx.Response] = []

        def one(i: int) -> None:
            data = {"query": f"{ENDLESS} # {i}"}
            headers = {"X-Forwarded-For": "192.0.2.1"}
            # Those that run are given up when the server ends.
            with contextlib.suppress(httpx.TransportError):
                statuses.append(httpx.post(server.url + "/sparql", data=data, headers=headers))

        threads = [threading.Thread(target=one, args=(i,)) for i in range(8)]
        for thread in threads:
            thread.start()
        until(lambda: len(statuses) == 5)
        for i in range(5):
            answer = httpx.get(
                server.url + f"/sparql?query=ASK%7B%7D%20%23{i}",
                headers={"X-Forwarded-For": "192.0.2.2"},
            )
            assert answer.status_code == 200
        assert len(statuses) == 5  # nobody had to await the end of what runs
    for thread in threads:
        thread.join()
    refused = [answer for answer in statuses if answer.status_code == 429]
    assert len(refused) == 5
    assert all(a.headers["retry-after"] == "1" for a in refused)
    assert all(a.json()["type"].endswith("/too-many-queries") for a in refused)
    assert all(a.json()["limit"] == 3 for a in refused)
