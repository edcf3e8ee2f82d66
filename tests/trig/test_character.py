"""Characters: what is mended means the same, what is garbled is told, what is right stays."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph.rdf.characters import mend, superfluous, unfit, ungarbled


@settings(deadline=None)
@given(st.text())
def test_what_is_mended_is_composed_and_stays(text: str) -> None:
    mended = mend(text)
    assert unicodedata.is_normalized("NFC", mended)
    assert superfluous(mended) == ()
    assert mend(mended) == mended


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=0xA1, max_codepoint=0xFF), min_size=1, max_size=5))
def test_text_read_in_the_wrong_encoding_is_told_with_what_it_said(text: str) -> None:
    garbled = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8")
    )
    assert ungarbled(garbled) == text


@pytest.mark.parametrize(
    "text",
    [
        "Université de Lorraine, Œuvre, ÊTRE, naïve, Ångström",
        "„Straße“ – ‚Größe‘ …",
        "産総研",
        "«\u00a0Ça alors\u00a0!\u00a0»",
        "À l’École",
        "CAFÉ™",
    ],
)
def test_what_people_write_is_none(text: str) -> None:
    assert ungarbled(text) is None
    assert unfit(text) == superfluous(text) == ()
    assert mend(text) == text


def test_characters_are_told_by_their_code_points() -> None:
    assert superfluous("In\u00adria\u200b\u200b") == ("U+00AD", "U+200B")
    assert unfit("a\ufffdb\u202ec\x07") == ("U+FFFD", "U+202E", "U+0007")
