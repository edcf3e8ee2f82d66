"""The limits bind a whole process, so each is tried in one of its own."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE


def run(code: str) -> subprocess.CompletedProcess[str]:
    head = "import os, socket\nfrom enact_graph.engine.sandbox import *\n"
    return subprocess.run(
        [sys.executable, "-c", head + code],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_memory_beyond_the_limit_cannot_be_had() -> None:
    done = run("Confinement(64)\nbytearray(32 << 20)\nprint('32')\nbytearray(80 << 20)")
    assert done.stdout == "32\n"
    assert "MemoryError" in done.stderr


def test_a_process_is_worn_when_a_quarter_of_its_memory_is_not_given_back() -> None:
    code = "c = Confinement(64)\nprint(c.is_worn)\nkept = bytearray(20 << 20)\nprint(c.is_worn)"
    assert run(code).stdout == "False\nTrue\n"


def test_processor_time_is_counted_from_each_query_on() -> None:
    code = """
import time
c = Confinement(64)
for _ in range(2):
    c.allow_seconds(0.1)
    start = time.process_time()
    while time.process_time() - start < 0.8:
        pass
print("twice", flush=True)
while True:
    pass
"""
    done = run(code)
    assert done.stdout == "twice\n"
    assert done.returncode == -signal.SIGXCPU


def test_no_file_and_no_socket_opens_any_more() -> None:
    code = """
low = os.open(os.devnull, os.O_RDONLY)
high = os.dup2(low, 40)
close_files()
for opened in (lambda: os.open(os.devnull, os.O_RDONLY), socket.socket):
    try:
        opened()
    except OSError as error:
        print(error.strerror)
print(len(os.read(40, 1)))
"""
    assert run(code).stdout == "Too many open files\n" * 2 + "0\n"


def test_a_process_that_left_the_network_reaches_nothing() -> None:
    code = """
import threading
server = socket.create_server(("127.0.0.1", 0))
print(leave_network(), flush=True)
socket.create_connection(server.getsockname(), timeout=2)
"""
    done = run(code)
    if done.stdout == "False\n":
        pytest.skip("the system permits no network namespaces")
    assert done.stdout == "True\n"
    assert "unreachable" in done.stderr


def test_a_store_on_disk_answers_though_no_further_file_opens(disk: Path) -> None:
    code = f"""
import pyoxigraph
store = pyoxigraph.Store.read_only({str(disk)!r})
close_files()
for pattern in ("?s ?p ?o", "GRAPH ?g {{ ?s ?p ?o }}"):
    print(len(list(store.query(f"SELECT * {{{{ {{pattern}} }}}}"))))
"""
    assert run(code).stdout == "3000\n3000\n"
