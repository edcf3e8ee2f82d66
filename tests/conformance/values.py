"""Terms by their value: numbers and times that differ in spelling only become the same."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tests.conformance.answers import XSD, Row

_INTEGERS: Final = ("integer", "long", "int", "short", "byte", "nonNegativeInteger")


def _decimal(text: str) -> str:
    return str(Decimal(text).normalize() + 0)


def _float(text: str) -> str:
    return repr(float(text.replace("INF", "inf")))


def _boolean(text: str) -> str:
    return {"1": "true", "0": "false"}.get(text, text)


#: What the value of a text is, for each datatype whose spellings are many.
_VALUES: Final[dict[str, Callable[[str], str]]] = {
    **{XSD + name: lambda text: str(int(text)) for name in _INTEGERS},
    XSD + "decimal": _decimal,
    XSD + "double": _float,
    XSD + "float": _float,
    XSD + "boolean": _boolean,
    XSD + "date": lambda text: text.replace("+00:00", "Z"),
    XSD + "dateTime": lambda text: text.replace("+00:00", "Z"),
}


def of_term(term: Any) -> Any:
    """The term with its text replaced by that of its value; ill-typed ones stay as they are."""
    if not isinstance(term, tuple):
        return term
    if term[:1] == ("literal",):
        kind, text, *rest = term
        try:
            return (kind, _VALUES.get(rest[-1], str)(text), *rest)
        except (ValueError, InvalidOperation):
            return term
    return tuple(of_term(part) for part in term)


def of_rows(rows: Sequence[Row]) -> list[Row]:
    return [of_term(row) for row in rows]
