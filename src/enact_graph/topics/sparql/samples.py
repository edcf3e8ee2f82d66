"""The same query asked from elsewhere: with curl, in Python, in R.

    for sample in samples("https://example.org", is_graph=False):
        print(sample.title, sample.asking("ASK { }"))

Each is a text with a place for the query, and how the query is written there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Where the query comes in a text; nothing else in the texts looks like this.
PLACE: Final = "{query}"

_PYTHON: Final = '''from SPARQLWrapper import JSON, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}", returnFormat=JSON)
endpoint.setQuery("""
{query}
""")
answer = endpoint.queryAndConvert()
print(answer)'''
_PYTHON_GRAPH: Final = '''from SPARQLWrapper import TURTLE, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}", returnFormat=TURTLE)
endpoint.setQuery("""
{query}
""")
answer = endpoint.query().response.read().decode()
print(answer)'''
_CURL: Final = """curl -G -H 'Accept: {media_type}' '{endpoint}' --data-urlencode 'query=
{query}
'"""
_R: Final = """query <- '
{query}
'
address <- paste0('{endpoint}?format=csv&query=', URLencode(query, reserved = TRUE))
answer <- read.csv(address, encoding = 'UTF-8')
print(answer)"""
_R_GRAPH: Final = """query <- '
{query}
'
address <- paste0('{endpoint}?format=turtle&query=', URLencode(query, reserved = TRUE))
answer <- readLines(address, encoding = 'UTF-8')
cat(answer, sep = '\\n')"""


@dataclass(frozen=True)
class Sample:
    """A program that asks a query; `escapes` are replaced in the query one after the other."""

    title: str
    text: str
    escapes: tuple[tuple[str, str], ...]

    def asking(self, query: str) -> str:
        """The program that asks this query."""
        for written, escaped in self.escapes:
            query = query.replace(written, escaped)
        return self.text.replace(PLACE, query.strip("\n"))


def samples(origin: str, *, is_graph: bool) -> Sequence[Sample]:
    """The programs for the endpoint of a host; `is_graph` where the answer is no table."""
    endpoint = f"{origin}/sparql"
    media_type = "text/turtle" if is_graph else "text/csv"
    curl = _CURL.replace("{endpoint}", endpoint).replace("{media_type}", media_type)
    python = (_PYTHON_GRAPH if is_graph else _PYTHON).replace("{endpoint}", endpoint)
    r = (_R_GRAPH if is_graph else _R).replace("{endpoint}", endpoint)
    return (
        Sample("curl", curl, (("'", "'\\''"),)),
        Sample("Python", python, (("\\", "\\\\"), ('"""', '\\"\\"\\"'))),
        Sample("R", r, (("\\", "\\\\"), ("'", "\\'"))),
    )
