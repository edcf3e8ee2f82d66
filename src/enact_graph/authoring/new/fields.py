"""Answers of a person, read one by one: a name, a slug, a web address, a language, a day."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, NoReturn

from pyoxigraph import NamedNode

from enact_graph.authoring import registry
from enact_graph.authoring.checks.names import slug as well_formed
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.rdf.characters import mend
from enact_graph.terms import shorten


class Refusal(ValueError):
    """What was asked for cannot be written; `code` and `details` fill a message in any language."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(f"{code}: {', '.join(f'{k}={v}' for k, v in details.items())}")
        self.code = code
        self.details = details


_FORM: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_PRECISIONS: Final = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True)
class PartialDate:
    """A date written `2024`, `2024-05` or `2024-05-22`."""

    written: str

    @classmethod
    def read(cls, text: str) -> "PartialDate":
        """Read a date; Refusal `bad-date` where it is none of the calendar."""
        found = _FORM.fullmatch(text.strip())
        try:
            year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
            date(year, month, day)
        except ValueError as error:
            raise Refusal("bad-date", said=text) from error
        return cls(text.strip())

    @property
    def precision(self) -> str:
        """Return year, month or day."""
        return _PRECISIONS[len(self.written)]

    @property
    def first(self) -> str:
        """The first day that it may be, as an xsd:date."""
        return self.written + "-01-01"[len(self.written) - 4 :]

    @property
    def last(self) -> str:
        """The last day that it may be, as an xsd:date."""
        if self.precision == "year":
            return f"{self.written}-12-31"
        if self.precision == "month":
            year, month = map(int, self.written.split("-"))
            return f"{self.written}-{monthrange(year, month)[1]}"
        return self.written


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
