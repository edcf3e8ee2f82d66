"""The typography of each language: before and after, on text nodes alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.present.typography import set_text, typeset
from enact_graph.terms import LANGUAGES


@pytest.mark.parametrize(
    ("lang", "before", "after"),
    [
        ("fr", "Qui porte ENACT ?", "Qui porte ENACT\u202f?"),
        ("fr", "un ; deux ! trois", "un\u202f; deux\u202f! trois"),
        ("fr", "Règle : une", "Règle\u00a0: une"),
        ("fr", "« IA Cluster »", "«\u00a0IA Cluster\u00a0»"),
        ("fr", "§ 5 et 16, 22 mai 2024", "§\u00a05 et 16, 22\u00a0mai 2024"),
        ("fr", "l'IA et 30 M€", "l’IA et 30\u00a0M€"),
        ("fr", "l&#39;IA", "l’IA"),
        ("fr", "le 1er juin", "le 1er\u00a0juin"),
        ("en", "22 May 2024, 5 years", "22\u00a0May 2024, 5\u00a0years"),
        ("en", "it's 12 kB", "it’s 12\u00a0kB"),
        ("en", "Who leads ?", "Who leads ?"),
        ("de", "22. Mai 2024", "22.\u00a0Mai 2024"),
        ("de", "30 Mio. €", "30\u00a0Mio.\u00a0€"),
        ("it", "30 km ?", "30 km ?"),
    ],
)
def test_before_and_after(lang: str, before: str, after: str) -> None:
    assert set_text(before, lang) == after


def test_code_addresses_and_attributes_are_left_alone() -> None:
    page = (
        '<p title="a ?">a ?</p><pre><code>x ?</code> y ?</pre><textarea>z ?</textarea>'
        '<span class="iri">i ?</span><a class="verbatim x" href="/?a=b">v ?</a><br>b ?'
    )
    assert typeset(page, "fr") == page.replace(
        '<p title="a ?">a ?', '<p title="a ?">a\u202f?'
    ).replace("<br>b ?", "<br>b\u202f?")


def test_a_text_in_another_language_follows_its_own_rules() -> None:
    page = '<p>ici ?<span lang="en">here ?</span>là ?</p>'
    assert typeset(page, "fr") == '<p>ici\u202f?<span lang="en">here ?</span>là\u202f?</p>'


@given(st.text(alphabet="ab 1§«»:;!?'&€Mmai.", max_size=60), st.sampled_from(LANGUAGES))
def test_only_spaces_and_apostrophes_change_and_twice_is_once(text: str, lang: str) -> None:
    once = set_text(text, lang)
    assert re.sub("[\u00a0\u202f]", " ", once).replace("’", "'") == text
    assert set_text(once, lang) == once
