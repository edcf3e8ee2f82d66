"""Yasgui, the form that most portals show, in Chromium on a page of another origin."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import pytest

from .programs import NODE, needed
from .questions import NAMES

#: The page as their documentation has it; what is set beforehand goes for every query.
PAGE: Final = """<!doctype html><title>Yasgui</title>
<link rel="stylesheet" href="/yasgui.min.css">
<div id="yasgui"></div>
<script src="/yasgui.min.js"></script>
<script>
  const yasgui = new Yasgui(document.getElementById('yasgui'), {
    persistenceId: null,
    requestConfig: { endpoint: %(endpoint)s, method: %(method)s, headers: () => (%(headers)s) },
  });
</script>"""
#: What portals and their companions send of their own; each makes the browser ask beforehand.
OWN: Final = '{"X-Requested-With": "XMLHttpRequest", "traceparent": "00-0-0-00", "queryid": "1"}'


@contextmanager
def serving(folder: str, page: str) -> Iterator[str]:
    """The page and the files of a folder, on a port of their own."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/":
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())
            return None

        def log_message(self, *_: object) -> None:
            pass

    handler = partial(Handler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    "package",
    [
        pytest.param("@zazuko/yasgui", marks=needed("Yasgui (Zazuko)")),
        pytest.param("@triply/yasgui", marks=needed("Yasgui (Triply)")),
    ],
)
@pytest.mark.parametrize("headers", ["{}", OWN], ids=["plain", "own headers"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_typed_by_hand_shows_its_rows(
    browser: Any, endpoint: str, package: str, headers: str, method: str
) -> None:
    page_of = {"endpoint": f"'{endpoint}'", "method": f"'{method}'", "headers": headers}
    folder = str(NODE / "node_modules" / package / "build")
    with serving(folder, PAGE % page_of) as address:
        page = browser.new_page()
        page.set_default_timeout(240_000)  # a net for a machine at work; it takes two seconds
        page.goto(address)
        page.locator(".CodeMirror").first.click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(NAMES)
        page.locator(".yasqe_queryButton").first.click()
        page.locator(".yasr .dataTable, .yasr .errorResult").first.wait_for()
        told = page.locator(".yasr").inner_text()
        page.close()
    # It shortens names with the prefixes of the query.
    for shown in (
        "id:inria",
        '"Inria"@fr',
        "id:universite-de-lorraine",
        '"Université de Lorraine"',
    ):
        assert shown in told
