"""One real Chromium for the tests of a module, and pages that note what they complain about."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import Site
from tests.patience import PATIENCE

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
#: Nothing of the browser's own is asked of the network; root needs to say that it has no sandbox.
OPTIONS = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]

#: Makes a page over a site: `open_page(site, width, scheme, complaints, scripts)`.
OpenPage = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine; install it to run these")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[OpenPage]:
    """Pages of this test, closed after it; what a page complains about goes into a list."""
    opened: list[Any] = []

    def open_one(
        site: Site,
        *,
        width: int = 1440,
        scheme: str = "light",
        complaints: list[str] | None = None,
        scripts: bool = True,
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            base_url=site.url,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        _listen(page, site, [] if complaints is None else complaints)
        opened.append(context)
        return page

    yield open_one
    for context in opened:
        context.close()


def _listen(page: Any, site: Site, complaints: list[str]) -> None:
    # A page that tells of a fault is sent as such, which the console repeats.
    page.on(
        "console",
        lambda m: None if "status of 40" in m.text else complaints.append(f"{m.type}: {m.text}"),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # What is still on its way when the page is left is no fault.
    page.on(
        "requestfailed",
        lambda r: complaints.append(r.url) if r.failure != "net::ERR_ABORTED" else None,
    )
    page.on(
        "request",
        lambda r: None if r.url.startswith(site.url) else complaints.append(f"asked {r.url}"),
    )
