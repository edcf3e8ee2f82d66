"""The keywords of SPARQL, and what people mean who write a word that is none."""

from difflib import get_close_matches
from typing import Final

#: The keywords of SPARQL 1.1 Query and the names of its functions (section 19.8).
KEYWORDS: Final = tuple(
    """
    SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE WHERE DISTINCT REDUCED AS FROM NAMED GROUP BY HAVING
    ORDER ASC DESC LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH UNION MINUS FILTER BIND SERVICE SILENT
    EXISTS NOT IN TRUE FALSE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG
    LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
    ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES
    SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT
    SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE
    """.split()  # noqa: SIM905
)
#: Words of other languages for the same thing.
_FOREIGN_WORDS: Final = {
    "ALL": "*",
    "AND": "&&",
    "OR": "||",
    "CONCATENATE": "CONCAT",
    "GROUPCONCAT": "GROUP_CONCAT",
    "IFNULL": "COALESCE",
    "ISNULL": "!BOUND",
    "LENGTH": "STRLEN",
    "LOWER": "LCASE",
    "NOTEXISTS": "NOT EXISTS",
    "STARTSWITH": "STRSTARTS",
    "STRING_AGG": "GROUP_CONCAT",
    "SUBSTRING": "SUBSTR",
    "UPPER": "UCASE",
}
#: Operators of other languages, each with that of SPARQL.
SIGNS: Final = {"==": "=", "<>": "!=", "===": "=", "=>": ">=", "=<": "<=", "&": "&&", "|": "||"}


def meant(word: str) -> list[str]:
    """The keywords that a word may stand for, the likeliest first."""
    upper = word.upper()
    known = _FOREIGN_WORDS.get(upper)
    near = get_close_matches(upper, KEYWORDS, n=3, cutoff=0.7)
    return [w for w in dict.fromkeys([*([known] if known else []), *near]) if w != upper]
