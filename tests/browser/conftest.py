"""One real Chromium for the tests of this folder, and pages that note what they complain about."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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

#: Makes a page over a site: see `open_page`.
OpenPage = Callable[..., Any]


#: Address of a site, whether scripts run, the language a reader prefers, a script of the test.
Kind = tuple[str, bool, str | None, str | None]


@dataclass
class Window:
    """A page, and the list that what it complains about goes into."""

    page: Any
    complaints: list[str] = field(default_factory=list)

    def clean(self) -> None:
        """Make it as it was at first; what it complains about from now on nobody reads."""
        self.complaints = []
        self.page.unroute_all()
        # An address of the same site: for one of another the browser starts a new process.
        self.page.goto("/robots.txt")
        self.page.mouse.move(0, 0)
        self.page.emulate_media(media="null")


@dataclass
class Windows:
    """Pages used by one test after another: to open one costs more than most do in it.

    The pages of the portal keep nothing in a browser, so that nothing is left but what is loaded.
    """

    browser: Any
    _contexts: dict[Kind, Any] = field(default_factory=dict)
    _free: dict[Kind, list[Window]] = field(default_factory=lambda: defaultdict(list))

    def take(self, kind: Kind) -> Window:
        if self._free[kind]:
            return self._free[kind].pop()
        url, scripts, locale, script = kind
        if kind not in self._contexts:
            self._contexts[kind] = self.browser.new_context(
                base_url=url, java_script_enabled=scripts, locale=locale
            )
            self._contexts[kind].set_default_timeout(PATIENCE * 1000)
            self._contexts[kind].add_init_script(script or "")
        window = Window(self._contexts[kind].new_page())
        _listen(window, url)
        return window

    def give_back(self, kind: Kind, window: Window) -> None:
        if not window.page.is_closed():
            window.clean()
            self._free[kind].append(window)


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine; install it to run these")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def windows(browser: Any) -> Windows:
    return Windows(browser)


@pytest.fixture
def open_page(windows: Windows) -> Iterator[OpenPage]:
    """Pages for this test alone; what a page complains about goes into a list."""
    taken: list[tuple[Kind, Window]] = []

    def open_one(
        site: Site,
        *,
        width: int = 1440,
        height: int = 900,
        scheme: str = "light",
        complaints: list[str] | None = None,
        scripts: bool = True,
        locale: str | None = None,
        script: str | None = None,
    ) -> Any:
        kind = site.url, scripts, locale, script
        window = windows.take(kind)
        taken.append((kind, window))
        window.page.set_viewport_size({"width": width, "height": height})
        window.page.emulate_media(color_scheme=scheme)
        window.complaints = [] if complaints is None else complaints
        return window.page

    yield open_one
    for kind, window in taken:
        windows.give_back(kind, window)


def _listen(window: Window, url: str) -> None:
    def complain(said: str) -> None:
        window.complaints.append(said)

    page = window.page
    # A page that tells of a fault is sent as such, which the console repeats.
    page.on(
        "console",
        lambda m: None if "status of 40" in m.text else complain(f"{m.type}: {m.text}"),
    )
    page.on("pageerror", lambda error: complain(str(error)))
    # What is still on its way when the page is left is no fault.
    page.on(
        "requestfailed",
        lambda r: complain(r.url) if r.failure != "net::ERR_ABORTED" else None,
    )
    page.on(
        "request",
        lambda r: None if r.url.startswith(url) else complain(f"asked {r.url}"),
    )
