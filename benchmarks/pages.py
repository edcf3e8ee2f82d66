"""How soon a page is seen and what it weighs, beside a bare page in the same browser and run.

Loads each kind of page (tests/browser/pages.py) with an empty cache in Chromium, in turns with a
page that holds one word, from a server on a free loopback port. Prints the median milliseconds to
the first contentful paint (W3C Paint Timing), their ratio to the bare page, and the kilobytes over
the wire: HTML, style, script and fonts, as compressed. Usage: python benchmarks/pages.py [ROUNDS]
"""

import http.server
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, sync_playwright
from tests.browser.conftest import CHROMIUM, OPTIONS
from tests.browser.pages import PAGES, address
from tests.conftest import running

from enact_graph.settings import Settings

PAINT = """() => new Promise(done => {
  const seen = () => performance.getEntriesByName('first-contentful-paint')[0];
  const look = () => seen() ? done(seen().startTime) : setTimeout(look, 5);
  look();
})"""


class _Bare(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'<!doctype html><html lang="en"><title>Bare</title><p>Bare'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def bare() -> Iterator[str]:
    """A server of a page with one word."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Bare)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def visit(browser: Browser, url: str) -> tuple[float, int]:
    """Milliseconds to the first contentful paint, and bytes over the wire."""
    context = browser.new_context()
    page = context.new_page()
    weights: list[int] = []

    def weigh(request: Any) -> None:
        sizes = request.sizes()
        weights.append(sizes["responseBodySize"] + sizes["responseHeadersSize"])

    page.on("requestfinished", weigh)
    page.goto(url, wait_until="networkidle")
    painted = page.evaluate(PAINT)
    context.close()
    return painted, sum(weights)


def main(rounds: int = 5) -> None:
    """Print the table for the release in the configured folder."""
    with (
        bare() as plain,
        running(Settings().public) as (_, url),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        print(f"{'first contentful paint, median':32}{'ms':>8}{'bare ms':>9}{'ratio':>7}{'kB':>8}")
        for kind in PAGES:
            ours, theirs = [], []
            for _ in range(rounds):
                ours.append(visit(browser, url + address(kind, "fr")))
                theirs.append(visit(browser, plain)[0])
            painted, beside = statistics.median(p for p, _ in ours), statistics.median(theirs)
            weight = ours[0][1] / 1000
            print(f"{kind:32}{painted:8.0f}{beside:9.0f}{painted / beside:7.1f}{weight:8.1f}")
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
