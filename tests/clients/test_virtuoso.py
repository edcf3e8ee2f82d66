"""Virtuoso, run beside the endpoint, asks it from within its own queries and loads a document."""

import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import Site
from tests.patience import PATIENCE, until

from .programs import needed, run
from .questions import LONG_PATTERN, NAMED, PATTERN, through

pytestmark = needed("Virtuoso")

SETTINGS: Final = """[Database]
DatabaseFile = virtuoso.db
TransactionFile = virtuoso.trx
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
"""
Virtuoso = Callable[[str], list[list[str]]]


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """Sends a statement to a server of its own and gives back the rows that its shell prints."""
    folder = tmp_path_factory.mktemp("virtuoso")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "virtuoso.ini").write_text(SETTINGS.format(port=port), "utf-8")

    def tell(statement: str) -> list[list[str]]:
        shell = ("isql-vt", f"127.0.0.1:{port}", "dba", "dba", "VERBOSE=OFF", "BANNER=OFF")
        told = run(*shell, "PROMPT=OFF", f"EXEC={' '.join(statement.split())}")
        return [re.split(r"\s{2,}", line.strip()) for line in told.splitlines() if line.strip()]

    with (folder / "said").open("w") as said:
        server = subprocess.Popen(
            ["virtuoso-t", "-f", "-c", "virtuoso.ini"], cwd=folder, stdout=said, stderr=said
        )
    try:
        _wait(port, server, folder / "virtuoso.log")
        yield tell
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until it takes connections: the database is made first."""

    def is_up() -> bool:
        assert server.poll() is None, log.read_text("utf-8", "replace")
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", port)) == 0

    until(is_up, "Virtuoso did not come up")


@pytest.mark.parametrize("pattern", [PATTERN, LONG_PATTERN], ids=["short", "long"])
def test_a_part_of_a_query_is_passed_on(virtuoso: Virtuoso, endpoint: str, pattern: str) -> None:
    assert virtuoso(f"SPARQL {through(endpoint, pattern)}") == NAMED


def test_a_document_is_loaded_by_its_address(
    virtuoso: Virtuoso, site: Site, described: set[str]
) -> None:
    virtuoso(f"SPARQL LOAD <{site.url}/doc/inria> INTO GRAPH <urn:loaded>")
    count = "SPARQL SELECT COUNT(*) FROM <urn:loaded> WHERE { ?s ?p ?o }"
    assert int(virtuoso(count)[0][0]) > len(described)
