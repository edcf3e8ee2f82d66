"""A small typed client of a SPARQL endpoint, ours or any other.

    client = Client("http://127.0.0.1:8000/sparql")
    for row in client.select("SELECT ?name { ?s a enact:Cluster ; skos:prefLabel ?name }"):
        print(row["name"], row["name"].language)

Each call opens a connection of its own, so a client may be shared between threads.
"""

import ast
import http.client
import json
import urllib.error
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from rdflib import BNode, Graph, Literal, URIRef
from SPARQLWrapper import GET, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from enact_graph import errors, formats
from enact_graph.errors import EnactGraphError, EndpointError, QueryTimeout
from enact_graph.formats import Format

__all__ = ["Client", "Reply", "Row", "Term"]

Term = URIRef | Literal | BNode
#: A solution: the variables that are bound, without question mark, and their values.
Row = dict[str, Term]

#: Servers and proxies on the way commonly take addresses up to some 8000 characters.
_GET_CHARS: Final = 2000
_QUOTED: Final = 300
_FAMILY: Final = errors.family()


@dataclass(frozen=True)
class Reply:
    """An answer as it came: its bytes and its media type, without parameters."""

    body: bytes
    media_type: str


class Client:
    """A client of the endpoint at an address; `timeout` is in seconds.

    Every error is of this package's family: one the endpoint explains in a problem document
    (RFC 9457) comes back as what it was, such as QuerySyntax with line and column; QueryTimeout
    when no answer came in time; EndpointError when there is no endpoint or no SPARQL answer.
    """

    def __init__(self, endpoint: str, timeout: float = 30.0) -> None:
        self.endpoint = endpoint
        self.timeout = timeout

    def ask(self, query: str) -> bool:
        """Return the answer to an ASK query.

        >>> Client("http://127.0.0.1:8000/sparql").ask("ASK { ?s ?p ?o }")  # doctest: +SKIP
        True
        """
        answer = self._results(query).get("boolean")
        if not isinstance(answer, bool):
            raise EndpointError(f"{self.endpoint} gave no yes or no; ask() takes an ASK query.")
        return answer

    def construct(self, query: str) -> Graph:
        """Return the graph that a CONSTRUCT or DESCRIBE query makes.

        >>> client = Client("http://127.0.0.1:8000/sparql")
        >>> client.construct("DESCRIBE <urn:nobody>")  # doctest: +SKIP
        <Graph identifier=N… (<class 'rdflib.graph.Graph'>)>
        """
        reply = self.fetch(query, formats.TURTLE)
        if reply.media_type != formats.TURTLE.media_type:
            raise EndpointError(
                f"{self.endpoint} answered with {reply.media_type or 'no media type'}, not with"
                " Turtle; construct() takes a CONSTRUCT or DESCRIBE query."
            )
        try:
            return Graph().parse(data=reply.body, format="turtle", publicID=self.endpoint)
        except (SyntaxError, ValueError, IndexError) as error:  # as its parser raises them
            raise EndpointError(f"{self.endpoint} answered with broken Turtle.") from error

    def select(self, query: str) -> list[Row]:
        """Return the solutions of a SELECT query, in order; a row lacks what is not bound.

        >>> client = Client("http://127.0.0.1:8000/sparql")
        >>> client.select("SELECT ?n { VALUES ?n { 1 } }")  # doctest: +SKIP
        [{'n': rdflib.term.Literal('1', datatype=...)}]
        """
        results = self._results(query).get("results")
        if not isinstance(results, dict):
            raise EndpointError(f"{self.endpoint} gave no table; select() takes a SELECT query.")
        try:
            return [
                {name: _term(value) for name, value in binding.items()}
                for binding in results["bindings"]
            ]
        except (KeyError, TypeError, AttributeError) as error:
            raise EndpointError(
                f"{self.endpoint} answered with JSON that is no SPARQL table."
            ) from error

    def fetch(self, query: str, *accepted: Format) -> Reply:
        """Return the answer as bytes, in one of the formats, the first being wanted most."""
        wrapper = SPARQLWrapper(self.endpoint)
        wrapper.setOnlyConneg(True)  # no parameters beside the query name a format
        wrapper.setQuery(query)
        wrapper.setMethod(POST if len(query) > _GET_CHARS else GET)
        # Its own setter would cut the fraction of a second.
        wrapper.timeout = self.timeout  # type: ignore[assignment]
        weights = (f"{f.media_type};q={1 - i / 20:g}" for i, f in enumerate(accepted))
        wrapper.addCustomHttpHeader("Accept", ", ".join(weights))
        try:
            with wrapper.query().response as response:
                media_type = response.headers.get_content_type()
                return Reply(response.read(), media_type)
        except SPARQLWrapperException as error:
            self._refused(_body_of(error), error)
        except urllib.error.HTTPError as error:
            with error:
                self._refused(error.read(), error)
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            if isinstance(reason, TimeoutError):
                raise QueryTimeout(
                    f"{self.endpoint} did not answer within {self.timeout:g} s; ask for less, or"
                    " give a longer timeout.",
                    limit=self.timeout,
                ) from error
            raise EndpointError(f"{self.endpoint} cannot be reached: {reason}.") from error

    def _results(self, query: str) -> dict[str, Any]:
        body = self.fetch(query, formats.RESULTS_JSON).body
        try:
            results = json.loads(body)
        except ValueError as error:
            raise EndpointError(
                f"{self.endpoint} answered with something that is not JSON, or with only a part"
                f" of it: {_start(body)}"
            ) from error
        return results if isinstance(results, dict) else {}

    def _refused(self, body: bytes, cause: Exception) -> NoReturn:
        raise _problem(body) or EndpointError(
            f"{self.endpoint} refused the query: {_start(body) or cause}"
        ) from cause


def _term(value: Mapping[str, str]) -> Term:
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return URIRef(text)
    if kind == "bnode":
        return BNode(text)
    language, datatype = value.get("xml:lang"), value.get("datatype")
    return Literal(
        text, lang=language, datatype=None if language or not datatype else URIRef(datatype)
    )


def _body_of(error: SPARQLWrapperException) -> bytes:
    """Read the body of the response, which the library only keeps inside its message."""
    _, _, shown = str(error).partition("Response:\n")
    return ast.literal_eval(shown) if shown else b""


def _problem(body: bytes) -> EnactGraphError | None:
    """Read a problem document; None where it is none of ours."""
    try:
        problem = json.loads(body)
        kind = _FAMILY[problem["type"].rpartition("/")[2]]
        known = ("type", "title", "status", "detail", "instance")
        extra = {key: value for key, value in problem.items() if key not in known}
        return kind(problem["detail"], **extra)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _start(body: bytes) -> str:
    text = " ".join(body.decode("utf-8", "replace").split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
