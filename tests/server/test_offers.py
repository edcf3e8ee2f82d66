"""Programs that offer HTTP/2 in clear text beside a query: they are answered in HTTP/1.1."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.faults.conftest import served
from tests.patience import PATIENCE
from tests.server.corpus import CASES
from tests.server.line import connected

SOURCE = Path(__file__).with_name("Post.java")


def said(*command: str | Path) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_java_posts_queries(site: Site) -> None:
    java = shutil.which("java")
    if java is None or "jdk.compiler" not in said(java, "--list-modules"):
        pytest.skip("a JDK is not installed: apt-get install default-jdk-headless")
    assert said(java, SOURCE, site.url).splitlines() == [
        "HTTP_1_1 200 true",
        "HTTP_1_1 200 false",
    ]


@pytest.mark.parametrize("body", ["query=ASK%7B%7D", "query=ASK%7B%7D%23" + "x" * 20_000])
def test_curl_posts_queries(site: Site, body: str) -> None:
    curl = shutil.which("curl")
    if curl is None or "HTTP2" not in said(curl, "--version"):
        pytest.skip("curl with HTTP/2 is not installed: apt-get install curl")
    found = said(
        *(curl, "--silent", "--http2", "--data", body, "--header", "Accept: text/csv"),
        *("--write-out", " %{http_version} %{http_code}", f"{site.url}/sparql"),
    )
    assert found == "true 1.1 200"


def test_nothing_is_logged_of_an_offer(tiny_public: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    shell = ("sh", "-c", f'exec "$@" 2>{log}', "sh")
    with served(tiny_public, *shell) as server:
        for name, case in CASES.items():
            if name.startswith("upgrade"):
                with connected(server.port) as line:
                    line.send(case.sent)
                    assert line.answer() is not None
    assert log.read_text("utf-8") == ""
