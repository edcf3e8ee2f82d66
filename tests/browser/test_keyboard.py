"""With the keyboard alone one reaches everything, sees where one is, and is caught nowhere."""

from typing import Final

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.pages import LAID_OUT, THIN, address
from tests.conftest import Site
from tests.strata import EVERY, some

#: Numbers every element that should take the focus; returns how many there are.
NUMBER: Final = """() => {
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, '
    + '[tabindex="0"]';
  const seen = new Set();
  return [...document.querySelectorAll(wanted)].filter(e => {
    if (e.disabled || e.tabIndex < 0) return false;
    if (!e.checkVisibility({ visibilityProperty: true })) return false;
    // Of radio buttons of one name the keyboard stops at one: the one chosen, else the first.
    if (e.type === 'radio') {
      const chosen = document.querySelector(`input[type=radio][name="${e.name}"]:checked`);
      if (chosen ? chosen !== e : seen.has(e.name)) return false;
      seen.add(e.name);
    }
    return true;
  }).map((e, i) => { e.dataset.stop = i; return i; }).length;
}"""
#: The number of what has the focus, and whether one sees that.
HERE: Final = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const shown = style.outlineStyle !== 'none' || e.closest('.cm-focused, svg') !== null;
  const takes_tab = e.matches('.cm-content');
  // The editor comes in the place of the text area once that has the focus.
  const stop = (takes_tab ? document.querySelector('#query') : e).dataset.stop ?? null;
  return [stop, shown && box.width > 0, takes_tab, e.outerHTML.slice(0, 120)];
}"""


@pytest.mark.parametrize("kind", some(LAID_OUT, 1 / 2))
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    open_page: OpenPage, real_site: Site, kind: str
) -> None:
    page = open_page(real_site, width=820)
    page.goto(address(kind, "en"))
    if not EVERY:
        page.evaluate(THIN)
    count = page.evaluate(NUMBER)
    reached: set[str] = set()
    for _ in range(count + 10):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            break
        stop, is_shown, takes_tab, element = here
        # A date has stops of its own within it, which the browser marks itself.
        assert is_shown or stop in reached, element
        if stop is not None:
            reached.add(stop)
        if takes_tab:
            # An editor takes the tabulator for itself until Escape is pressed.
            page.keyboard.press("Escape")
    missed = sorted(set(map(str, range(count))) - reached, key=int)
    lost = [
        page.locator(f'[data-stop="{n}"]').evaluate("e => e.outerHTML.slice(0, 120)")
        for n in missed[:3]
    ]
    assert missed == [], lost
