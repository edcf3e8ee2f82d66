"""Answers of a person, read one by one: a name, a slug, a web address, a language, a day."""

import re
from collections.abc import Callable
from typing import Final, NoReturn

from pyoxigraph import NamedNode

from enact_graph.authoring import registry
from enact_graph.authoring.checks.names import slug as well_formed
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.authoring.new.partial_date import PartialDate
from enact_graph.authoring.new.refusal import Refusal
from enact_graph.rdf.characters import mend
from enact_graph.terms import shorten

_WEB: Final = re.compile(r"https?://[^\s/.]+\.[^\s]+")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TIDY: Final = re.compile(r"\S+( \S+)*")


def line(said: str) -> str:
    """Return a text of one line, composed and without what nobody sees.

    Refusal `untidy` where it has breaks or spaces too many.
    """
    text = mend(said)
    if not _TIDY.fullmatch(text):
        raise Refusal("untidy", said=said)
    return text


def url(said: str) -> str:
    """Return a web address; Refusal `bad-url` for anything else."""
    try:
        NamedNode(said)
    except ValueError as error:
        raise Refusal("bad-url", said=said) from error
    if not _WEB.fullmatch(said):
        raise Refusal("bad-url", said=said)
    return said


def language(said: str) -> str:
    """Return the tag of a language; Refusal `bad-language` for anything else."""
    if not _LANGUAGE.fullmatch(said):
        raise Refusal("bad-language", said=said)
    return said


def day(said: str) -> PartialDate:
    """Return a date to the day; Refusal `not-a-day` where it is less precise."""
    read = PartialDate.read(said)
    if read.precision != "day":
        raise Refusal("not-a-day", said=said)
    return read


def in_order(first: PartialDate | None, last: PartialDate | None) -> None:
    """Refuse (`order`) a first date that comes after the last."""
    if first and last and first.first > last.last:
        raise Refusal("order", first=first.written, last=last.written)


def free_slug(inventory: Inventory, namespaces: tuple[str, ...]) -> Callable[[str], str]:
    """Return the reader of a slug that is well formed and free in each of the namespaces.

    Refusal `bad-slug` or `taken`; a name that was withdrawn stays taken.
    """

    def read(said: str) -> str:
        for namespace in namespaces:
            iri = namespace + said
            if not registry.is_well_formed(iri):
                raise Refusal("bad-slug", said=said, near=well_formed(said) or "–")
            if iri in inventory.taken:
                refuse_taken(inventory, iri)
        return said

    return read


def refuse_taken(inventory: Inventory, iri: str) -> NoReturn:
    """Refuse (`taken`) an address that is there already, and say where."""
    raise Refusal("taken", name=shorten(iri), place=inventory.where(iri))
