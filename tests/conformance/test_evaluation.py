"""The query evaluation tests of SPARQL 1.0, 1.1 and 1.2, asked of a real server over HTTP.

The data of all tests lie in one store; the parameters of the protocol choose each test's graphs.
"""

import csv
import io
import re

import httpx
import pyoxigraph as ox
import pytest

from enact_graph.formats import N_TRIPLES, RESULTS_CSV, RESULTS_JSON, RESULTS_TSV, RESULTS_XML
from tests.conformance import answers, suites, values
from tests.conformance.answers import Found, Table, Term
from tests.conformance.expected import outcome, parameters
from tests.conformance.suites import Case
from tests.conftest import Site

#: A graph that holds nothing: the dataset of a test without data.
EMPTY = "https://w3c.github.io/rdf-tests/empty"


def ask(site: Site, case: Case, accept: str) -> httpx.Response:
    query = suites.text(case.query)
    default, named = case.default, case.named
    if re.search(r"\bFROM\b", query):
        default, named = (), ()  # the query itself chooses its graphs
    elif not default and not named:
        default = (EMPTY,)
    fields: dict[str, str | list[str]] = {
        "query": f"BASE <{case.query}>\n{query}",
        "default-graph-uri": list(default),
        "named-graph-uri": list(named),
    }
    return site.client.post("/sparql", data=fields, headers={"Accept": accept})


def graph(content: bytes, syntax: ox.RdfFormat, address: str) -> list[ox.Triple]:
    return [q.triple for q in ox.parse(content, format=syntax, base_iri=address)]


def expected(address: str) -> Found | list[ox.Triple]:
    content = suites.read(address)
    match address.rpartition(".")[2]:
        case "srx":
            return answers.from_xml(content.decode())
        case "srj":
            return answers.from_json(content.decode())
        case extension:
            triples = graph(content, suites.SYNTAX[extension], address)
            table = answers.from_graph(triples)
            return triples if table is None else table


def show(found: Found) -> str:
    if isinstance(found, bool):
        return str(found)
    return "\n".join(map(str, (found.variables, *found.rows)))


def matches(found: Found, wanted: Found, case: Case, *, by_value: bool = False) -> bool:
    if isinstance(wanted, bool) or isinstance(found, bool):
        return found is wanted
    pick = values.of_rows if by_value else list
    mine, theirs = pick(found.rows), pick(wanted.rows)
    if found.variables != wanted.variables:
        return False
    if case.is_lax:
        return answers.within(mine, theirs)
    return answers.same(mine, theirs, is_ordered=wanted.is_ordered)


def check(found: Found, wanted: Found, case: Case) -> None:
    is_same = matches(found, wanted, case)
    if outcome(case) == "spelling":
        assert not is_same, "the spelling is right, too: take the test out of the table"
        is_same = matches(found, wanted, case, by_value=True)
    assert is_same, f"{show(found)}\n\nwanted\n\n{show(wanted)}"


def succeeded(answer: httpx.Response, case: Case) -> bool:
    """Whether there is an answer to look into; what the table says is refused must be."""
    is_refused = outcome(case) == "refused"
    assert answer.status_code == (403 if is_refused else 200), answer.text
    return not is_refused


TABLES = [c for c in suites.of_kind("QueryEvaluationTest") if c.result and c.result[-3:] != "tsv"]
TEXTS = [c for c in suites.cases() if c.result and c.result[-3:] in ("csv", "tsv")]


@pytest.mark.parametrize("case", parameters(TABLES))
def test_evaluation(suite_site: Site, case: Case) -> None:
    assert case.result
    wanted = expected(case.result)
    if isinstance(wanted, list):
        answer = ask(suite_site, case, N_TRIPLES.media_type)
        if succeeded(answer, case):
            found = graph(answer.content, ox.RdfFormat.N_TRIPLES, case.query)
            names = ("subject", "predicate", "object")
            one, other = (Table(names, answers.rows_of(g)) for g in (found, wanted))
            check(one, other, case)
        return
    for format_, read in ((RESULTS_JSON, answers.from_json), (RESULTS_XML, answers.from_xml)):
        answer = ask(suite_site, case, format_.media_type)
        if succeeded(answer, case):
            assert answer.headers["content-type"] == format_.content_type
            check(read(answer.text), wanted, case)


@pytest.mark.parametrize("case", parameters(TEXTS))
def test_result_format(suite_site: Site, case: Case) -> None:
    assert case.result
    format_ = RESULTS_CSV if case.result.endswith("csv") else RESULTS_TSV
    answer = ask(suite_site, case, format_.media_type)
    assert answer.headers["content-type"] == format_.content_type
    read = from_csv if format_ == RESULTS_CSV else from_tsv
    check(read(answer.text), read(suites.text(case.result)), case)


def from_csv(text: str) -> Table:
    """CSV tells texts only; a blank node is seen by its label."""
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    return answers.table(head, (dict(zip(head, map(cell, row), strict=True)) for row in rows))


def cell(text: str) -> Term:
    return ("bnode", text[2:]) if text.startswith("_:") else ("text", text)


def from_tsv(text: str) -> Table:
    head, *rows = (line.split("\t") for line in text.rstrip("\n").splitlines())
    names = [name.removeprefix("?") for name in head]
    return answers.table(names, (dict(zip(names, map(term, row), strict=True)) for row in rows))


def term(text: str) -> Term:
    """A term of TSV is one of Turtle."""
    if not text:
        return None
    statement = f"<urn:s> <urn:p> {text} ."
    return answers.of_node(next(iter(ox.parse(statement, format=ox.RdfFormat.TURTLE))).object)
