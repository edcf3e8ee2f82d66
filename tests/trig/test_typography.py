"""The marks of three languages: made when a file is put into form, once and for all."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.lookup.normalise import fold
from enact_graph.rdf.characters import typographic
from enact_graph.rdf.writer import canonical

#: A hard space is written ~, a narrow one |.
MARKS = str.maketrans({"~": "\u00a0", "|": "\u202f"})
#: What a rule may change, and nothing else.
CHANGED = re.compile("[\\s'\"’«»„“”]|&#39;")
ALPHABET = "ab1 '\"’«»„“”:;!?.()\u00a0\u202f"


@pytest.mark.parametrize(
    ("lang", "before", "after"),
    [
        ("fr", "L'IA d'aujourd'hui", "L’IA d’aujourd’hui"),
        ("fr", "Quoi ? Ceci ; cela ! Voir : là", "Quoi|? Ceci|; cela|! Voir~: là"),
        ("fr", "le mot « juste » : ici", "le mot «~juste~»~: ici"),
        ("fr", "une\u202f: deux\u00a0; trois", "une~: deux|; trois"),
        ("fr", 'le mot "juste"', "le mot «~juste~»"),
        ("fr", "Hi! PARIS, https://a.example/?b, 12:30", "Hi! PARIS, https://a.example/?b, 12:30"),
        ("en", 'the team\'s "open" list: here', "the team’s “open” list: here"),
        ("de", 'die "offene" Liste: Côte d\'Azur', "die „offene“ Liste: Côte d’Azur"),
        ("es", 'l\'IA : "no" ?', 'l\'IA : "no" ?'),
        ("en", "a 12\" pipe, the students' list", "a 12\" pipe, the students' list"),
    ],
)
def test_before_and_after(lang: str, before: str, after: str) -> None:
    assert typographic(before, lang) == after.translate(MARKS)


@given(st.text(ALPHABET, max_size=40), st.sampled_from(["fr", "en", "de", "pl"]))
def test_twice_is_once_and_the_words_stay(text: str, lang: str) -> None:
    once = typographic(text, lang)
    assert typographic(once, lang) == once
    assert CHANGED.sub("", once) == CHANGED.sub("", text)
    assert fold(once) == fold(text)


def test_a_file_in_form_has_the_marks_of_each_language_and_its_code_is_left_alone() -> None:
    text = """@prefix ex: <https://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:a skos:prefLabel "L'IA : \\"ouverte\\" ?"@fr, "AI: \\"open\\"?"@en ; skos:notation "l'a : b" .
"""
    form = canonical(text, "a.ttl")
    assert '"L’IA\u00a0: «\u00a0ouverte\u00a0»\u202f?"@fr' in form
    assert '"AI: “open”?"@en' in form
    assert '"l\'a : b"' in form
    assert canonical(form, "a.ttl") == form
