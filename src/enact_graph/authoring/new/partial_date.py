"""Dates as people know them, to the year, the month or the day, and as the graph writes them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from enact_graph.authoring.new.refusal import Refusal

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
