"""No byte of a request is taken for a part of another, whatever frames it, whoever passes it on."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.patience import PATIENCE
from tests.server.corpus import CASES, Case
from tests.server.line import Answer, Line, connected

NEXT = (
    b"GET /sparql?query=ASK%%7B%%7D HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n"
    b"X-Request-Id: next-client-%d\r\n\r\n"
)
PROBLEM = "application/problem+json"
SOMEWHERE = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")

NGINX = """
daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log stderr crit;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' ''; }}
  upstream graph {{ server 127.0.0.1:{server}; keepalive 1; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://graph;
      proxy_http_version 1.1;
      proxy_request_buffering off;
      proxy_set_header Host $host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }}
  }}
}}
"""
HAPROXY = """
defaults
  mode http
  timeout connect 10s
  timeout client 20s
  timeout server 20s
  http-reuse always
frontend outside
  bind 127.0.0.1:{port}
  default_backend graph
backend graph
  server one 127.0.0.1:{server} pool-max-conn 1
"""


@pytest.fixture(scope="module")
def port(site: Site) -> int:
    return int(site.url.rpartition(":")[2])


@contextmanager
def _proxy(name: str, written: str, server: int, folder: Path) -> Iterator[int]:
    """Run a proxy in front of the server; its port."""
    program = shutil.which(name) or next(
        (found for path in SOMEWHERE if (found := shutil.which(name, path=path))), None
    )
    if program is None:
        pytest.skip(f"{name} is not installed: apt-get install {name}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = folder / "proxy.conf"
    conf.write_text(written.format(port=port, server=server))
    options = (
        ["-p", str(folder), "-c", str(conf), "-e", "stderr"]
        if name == "nginx"
        else ["-f", str(conf)]
    )
    process = subprocess.Popen([program, *options], cwd=folder)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, f"{name} ended"
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module", params=["nginx", "haproxy"])
def proxy(
    request: pytest.FixtureRequest, port: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """A proxy whose clients share one connection to the server."""
    written = {"nginx": NGINX, "haproxy": HAPROXY}[request.param]
    folder = tmp_path_factory.mktemp(request.param)
    with _proxy(request.param, written, port, folder) as found:
        yield found


def ask(line: Line, serial: int) -> None:
    """The next request is answered, and nobody else's."""
    line.send(NEXT % serial)
    found = line.answer()
    assert found is not None
    assert (found.status, found.number, found.body) == (200, f"next-client-{serial}", b"true")


def told(answers: list[Answer]) -> str:
    return "\n".join(f"{answer.headers} {answer.body!r}" for answer in answers)


def answers_to(line: Line, case: Case, pieces: int, more: int = 0) -> list[Answer]:
    line.send(case.sent, pieces)
    found: list[Answer] = []
    while len(found) < len(case.statuses) + more:
        answer = line.answer()
        if answer is None:
            break
        found.append(answer)
    return found


@pytest.mark.parametrize("pieces", [1, 2, 37], ids=["whole", "halves", "pieces"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_request_gets_one_answer(port: int, case: Case, pieces: int) -> None:
    with connected(port) as line:
        found = answers_to(line, case, pieces)
        assert tuple(answer.status for answer in found) == case.statuses
        for answer in found:
            assert answer.status not in (200, 404) or answer.number == "the-request"
            assert answer.headers.get("content-type", "").startswith(PROBLEM) == (
                answer.status >= 400
            )
            if case.sent.startswith(b"POST") and answer.status == 200:
                assert answer.body == b"true" or b'"status"' in answer.body
        assert "smuggled" not in told(found)
        assert "behind" not in told(found)
        if case.goes_on:
            ask(line, 1)
        else:
            line.send(NEXT % 1)
            assert line.answer() is None


@pytest.mark.parametrize("pieces", [1, 2], ids=["whole", "halves"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_behind_a_proxy_the_next_client_gets_its_own_answer(
    proxy: int, case: Case, pieces: int
) -> None:
    with connected(proxy) as line:
        line.send(case.sent, pieces)
        first = line.answer()
        if first is not None:
            if "x-request-id" in first.headers:  # else the proxy answers, and refuses it itself
                assert first.status in (*case.statuses, *case.mended)
            else:
                assert first.status >= 400 or not first.headers
            assert "smuggled" not in told([first])
            assert "behind" not in told([first])
        for serial in range(3):
            with connected(proxy) as other:
                ask(other, serial)


def test_the_clients_of_a_proxy_share_one_connection(proxy: int, port: int) -> None:
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("only Linux tells of connections in /proc/net/tcp")

    def held() -> set[str]:
        """Who holds a connection to the server."""
        lines = [line.split()[1:4] for line in table.read_text().splitlines()[1:]]
        return {to for of, to, state in lines if of.endswith(f":{port:04X}") and state == "01"}

    # Other tests hold connections to the same server; the first of these clients may add one.
    with connected(proxy) as line:
        ask(line, 0)
    before = held()
    for serial in range(1, 10):
        with connected(proxy) as line:
            ask(line, serial)
        assert held() == before
