"""What has been drawn stays where it is: no layout shift, with and without the fonts at hand."""

from typing import Final

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.pages import PAGES, address
from tests.conftest import Site

#: The sum of all layout shifts since the page began (Layout Instability, W3C draft).
SHIFT: Final = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 150)));
})"""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("kind", PAGES)
def test_nothing_moves_once_it_is_drawn(
    open_page: OpenPage, real_site: Site, kind: str, width: int
) -> None:
    page = open_page(real_site, width=width)
    page.goto(address(kind, "fr"), wait_until="networkidle")
    assert page.evaluate(SHIFT) < 0.01
