"""Lexical forms: is a text a value of its XML Schema datatype (XSD 1.1 part 2)?"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from enact_graph.terms import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_ZONE: Final = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_TIME: Final = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DATE: Final = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})(T{_TIME})?{_ZONE}")
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


def _is_date(text: str, is_time: bool = False) -> bool:
    match = _DATE.fullmatch(text)
    if match is None or (match[4] is not None) is not is_time:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    return _is_date(text, is_time=True)


def _is_stamp(text: str) -> bool:
    return _is_moment(text) and re.search(r"(?:Z|[+-]..:..)\Z", text) is not None


def _between(least: int | None, most: int | None) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        if not _INTEGER.fullmatch(text) or len(text) > 40:
            return False
        number = int(text)
        return (least is None or number >= least) and (most is None or number <= most)

    return check


_FLOAT: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_DURATION: Final = (
    r"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
    r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
)
_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "string": _matches(r"(?s:.*)"),
    "boolean": _matches(r"true|false|1|0"),
    "decimal": _matches(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    "double": _matches(_FLOAT),
    "float": _matches(_FLOAT),
    "date": _is_date,
    "dateTime": _is_moment,
    "dateTimeStamp": _is_stamp,
    "time": _matches(_TIME + _ZONE),
    "duration": _matches(_DURATION),
    "anyURI": _matches(r"[^\s<>\"{}|\\^`]*"),
    "language": _matches(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "hexBinary": _matches(r"(?:[0-9a-fA-F]{2})*"),
    "base64Binary": _matches(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
    "integer": _between(None, None),
    "nonNegativeInteger": _between(0, None),
    "positiveInteger": _between(1, None),
    "nonPositiveInteger": _between(None, 0),
    "negativeInteger": _between(None, -1),
    "long": _between(-(2**63), 2**63 - 1),
    "int": _between(-(2**31), 2**31 - 1),
    "short": _between(-(2**15), 2**15 - 1),
    "byte": _between(-(2**7), 2**7 - 1),
    "unsignedLong": _between(0, 2**64 - 1),
    "unsignedInt": _between(0, 2**32 - 1),
    "unsignedShort": _between(0, 2**16 - 1),
    "unsignedByte": _between(0, 2**8 - 1),
}

#: The datatypes of XML Schema that can be checked.
DATATYPES: Final = tuple(_XSD + name for name in _CHECKS)

#: Parts of dates, never used here: some engines drop or refuse them where dates are compared.
PARTIAL_DATES: Final = tuple(
    _XSD + name for name in ("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
)


def is_valid(text: str, datatype: str) -> bool:
    """Is the text in the lexical space of one of `DATATYPES`? Others are taken as they are."""
    check = _CHECKS.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None
    return check is None or check(text)
