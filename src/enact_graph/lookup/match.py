"""The ways in which a text meets the names, identifiers and descriptions of an index."""

from collections.abc import Iterable, Iterator

from enact_graph.lookup.hit import Hit, How, Rank
from enact_graph.lookup.index import Index
from enact_graph.lookup.names import Number
from enact_graph.lookup.normalise import fold, key, variants

#: Characters of a text that is looked for; what is longer is cut.
CHARACTERS = 300
#: Words of it that are looked for one by one.
WORDS = 24


def keys(text: str) -> tuple[str, ...]:
    """Return the folded forms of what is asked for; none of a text without letters or digits."""
    found = (key(form) for form in variants(text[:CHARACTERS]))
    return tuple(dict.fromkeys(k for k in found if k))


def by_identifier(index: Index, text: str) -> Iterator[Hit]:
    """The things that a text is an identifier or address of."""
    for found in index.codes.find(text[:CHARACTERS]):
        how = How.IDENTIFIER if found.code.is_same else How.NEAR
        yield Hit(index.entries[found.entry], how, code=found.code)


def by_name(index: Index, asked: str) -> Iterator[Hit]:
    """The things that have a key for a name."""
    for number, is_close in index.names.exact(asked):
        is_acronym = index.names.names[number].role == "acronym"
        how = How.ACRONYM if is_acronym else How.LABEL
        yield _hit(index, number, how, is_loose=not is_close)


def by_beginning(index: Index, asked: str, has_words: bool = True) -> Iterator[Hit]:
    """The things with a name that begins with a key, or in which each word of it begins a word."""
    known = set()
    for number, is_within in index.names.prefixed(asked):
        known.add(number)
        yield _hit(index, number, How.PREFIX, is_loose=is_within)
    if has_words:
        words = asked.split()[:WORDS]
        whole = [index.names.by_word.get(word, frozenset()) for word in words]
        numbers = index.names.worded(words) - known
        exact = frozenset.intersection(*whole) if whole else frozenset()
        for number in numbers:
            yield _hit(index, number, How.WORDS, is_loose=number not in exact)


def by_description(index: Index, asked: str) -> Iterator[Hit]:
    """The things in whose description each word of a key stands, in one language."""
    words = asked.split()[:WORDS]
    places = [index.told.get(word, frozenset()) for word in words]
    for place in frozenset.intersection(*places) if places else ():
        entry = index.entries[place]
        for tag, gist in entry.gists.items():
            if set(words) <= set(fold(gist).split()):
                yield Hit(entry, How.DESCRIPTION, gist=tag)


def by_likeness(index: Index, text: str, is_unfinished: bool = False) -> Iterator[Hit]:
    """The things with a name like a text but for one letter in four to seven, two in more."""
    for form in variants(text[:CHARACTERS]):
        words = key(form).split()[:WORDS]
        found = index.names.mistyped(words, fold(form), is_unfinished)
        for number, (slips, is_part) in found.items():
            yield _hit(index, number, How.TYPO, slips=slips, is_loose=is_part)


def best(hits: Iterable[Hit], language: str) -> list[Hit]:
    """Return each thing once, found in its surest way, and sorted by that.

    Of names that fit alike, the one in the reader's language is told.
    """
    found: dict[str, tuple[tuple[int, ...], Rank, Hit]] = {}
    for hit in hits:
        rank = hit.rank(language)
        named = hit.naming.language if hit.naming else hit.gist
        order = (*rank[:4], named != language, len(hit.naming.text) if hit.naming else 0)
        known = found.get(hit.entry.iri)
        if known is None or order < known[0]:
            found[hit.entry.iri] = (order, rank, hit)
    return [hit for _, _, hit in sorted(found.values(), key=lambda kept: kept[1])]


def _hit(index: Index, number: Number, how: How, *, slips: int = 0, is_loose: bool = False) -> Hit:
    names = index.names
    entry = index.entries[names.owners[number]]
    return Hit(entry, how, names.names[number], slips=slips, is_loose=is_loose)
