"""Passages: a copy is judged by words and offsets, and words that moved are found again."""

from hashlib import sha256

import pytest

from enact_graph.authoring.passages import Passage, SourceDocument, choose, compare, documents
from enact_graph.authoring.sources import load
from enact_graph.errors import SourceError
from tests.build.sample import TINY

TEXT = "Title\n\nFirst paragraph,\non two lines.\n\n\n  Second, with é and 😀.  \n"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def passage(words: str, name: str) -> Passage:
    start = TEXT.index(words)
    return Passage(name, start, start + len(words), digest(words))


FIRST = passage("First paragraph,\non two lines.", "press-p02")
SECOND = passage("Second, with é and 😀.", "press-p03")
DOCUMENT = SourceDocument("press", digest(TEXT), (FIRST, SECOND))


def test_the_recorded_documents_and_passages_are_found() -> None:
    (document,) = documents(load(TINY).statements)
    assert document.name == "press-release-2024-05-22"
    assert [(p.name[-3:], p.start, p.end) for p in document.passages] == [("p16", 7180, 7873)]


def test_a_true_copy_agrees_in_every_passage() -> None:
    assert DOCUMENT.is_copied_by(TEXT.encode())
    assert all(result.agrees and result.found is None for result in compare(DOCUMENT, TEXT))


def test_a_changed_word_is_a_difference_in_its_passage_alone() -> None:
    first, second = compare(DOCUMENT, TEXT.replace("two lines", "ten lines"))
    assert (first.agrees, first.found, second.agrees) == (False, None, True)


def test_words_that_moved_are_found_where_they_are_now() -> None:
    results = compare(DOCUMENT, "A new line.\n\n" + TEXT)
    assert [(r.agrees, r.found) for r in results] == [
        (False, (p.start + 13, p.end + 13)) for p in DOCUMENT.passages
    ]


def test_a_text_that_is_too_short_differs() -> None:
    assert [(r.agrees, r.found) for r in compare(DOCUMENT, "")] == [(False, None)] * 2


@pytest.mark.parametrize(
    ("content", "stem"),
    [(TEXT.encode(), "anything"), (b"other", "press"), (b"other", "my-press-copy")],
)
def test_a_document_is_known_by_its_checksum_or_its_name(content: bytes, stem: str) -> None:
    other = SourceDocument("other-one", "0" * 64, ())
    assert choose([other, DOCUMENT], content, stem) == DOCUMENT


def test_an_unknown_document_is_answered_with_the_known_names() -> None:
    with pytest.raises(SourceError, match=r"\(press\); name the document with --document"):
        choose([DOCUMENT], b"other", "letter")
    with pytest.raises(SourceError, match="none is recorded"):
        choose([], b"other", "letter")
