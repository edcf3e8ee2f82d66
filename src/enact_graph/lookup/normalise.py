"""Folding: the one form in which names are compared, whatever their accents, case and marks.

fold("Université de Lorraine")        # universite de lorraine
key("L’Université de la Sarre")       # universite sarre
variants("Saarbrücken")               # saarbrucken, saarbruecken
"""

import re
import unicodedata
from typing import Final

#: Letters that Unicode does not take apart.
_LETTERS: Final = str.maketrans(
    {
        **{"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"},
        **{"ß": "ss", "ŋ": "n", "ħ": "h", "ŧ": "t"},
    }
)
#: How German writes its vowels where a keyboard has none of them.
_WRITTEN_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
_INITIALS: Final = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
_WORDS: Final = re.compile(r"[^\W_]+")
#: Short for another word, in the names of places.
_SHORT: Final = {"st": "saint", "ste": "sainte"}
#: Articles and joints, which people leave out or add as they like.
_JOINTS: Final = frozenset(
    {
        *("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "un"),
        *("une", "an", "and", "at", "for", "in", "of", "on", "the", "to", "am", "das", "dem"),
        *("den", "der", "die", "ein", "eine", "fur", "im", "und", "von", "vom", "zu", "zum"),
        *("zur", "fuer"),
    }
)


def fold(text: str) -> str:
    """Return the words of a text in lower case without accents, a blank between two.

    Folding what is folded changes nothing. Signs and scripts that are no letters or digits vanish.
    """
    folded = _bare(_INITIALS.sub(lambda found: found.group().replace(".", ""), text))
    return " ".join(_SHORT.get(word, word) for word in _WORDS.findall(folded))


def key(text: str) -> str:
    """Return a text folded, without articles and joints unless it is made of nothing else."""
    words = fold(text).split()
    return " ".join([w for w in words if w not in _JOINTS] or words)


def variants(text: str) -> tuple[str, ...]:
    """Return a text as it is and, where it differs, with German vowels written out: ü as ue."""
    composed = unicodedata.normalize("NFC", text)
    written = composed.translate(_WRITTEN_OUT)
    return (text,) if written == composed else (text, written)


def compact(text: str) -> str:
    """Return the letters and digits of a text alone: identifiers are compared so."""
    return "".join(_WORDS.findall(_bare(text)))


def _bare(text: str) -> str:
    while True:
        apart = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
        bare = "".join(c for c in apart if not unicodedata.combining(c))
        if bare == text:
            return bare
        text = bare
