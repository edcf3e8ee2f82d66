"""A query with SERVICE is answered as if the other server's table stood in it."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from enact_graph import formats
from enact_graph.engine.forkserver import load
from enact_graph.errors import (
    EndpointError,
    EngineBusy,
    QueryError,
    QueryRefused,
    QuerySyntax,
    TooManyQueries,
)
from enact_graph.sparql.ask import Turn
from enact_graph.sparql.prefilter import changes
from enact_graph.sparql.service import GENID

from .conftest import AskPool, OpenPool
from .peer import Answer, engine, listening, says

HOSTS = "http://a.example"
THERE = "<http://a.example/sparql>"
#: What the other server knows.
OTHER = """\
<urn:inria> <urn:city> "Le Chesnay" .
<urn:inria> <urn:city> "Paris"@fr .
<urn:cnrs> <urn:city> "Paris"@fr .
<urn:cnrs> <urn:size> "33000"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:dfki> <urn:city> "quote \\" and \\\\ and \\n line"@de .
<urn:dfki> <urn:memberOf> <urn:enact> .
"""
QUERIES = (
    "SELECT * { ?s <urn:memberOf> ?o . SERVICE § { ?s <urn:city> ?c } }",
    "SELECT * { SERVICE § { ?s <urn:city> ?c } ?s <urn:memberOf> ?o }",
    "SELECT * { SERVICE § { ?s ?p ?c } }",
    "SELECT ?s ?n { ?s <urn:name> ?n } # SERVICE\n",
    "SELECT * { ?s <urn:memberOf> ?o OPTIONAL { SERVICE § { ?s <urn:size> ?n } } }",
    "SELECT * { { ?s <urn:name> ?n } UNION { SERVICE § { ?s <urn:size> ?n } } }",
    "SELECT * { ?s <urn:memberOf> ?o MINUS { SERVICE § { ?s <urn:size> ?n } } }",
    "SELECT * { ?s <urn:memberOf> ?o FILTER EXISTS { SERVICE § { ?s <urn:size> ?n } } }",
    "SELECT ?c (COUNT(*) AS ?n) { SERVICE § { ?s <urn:city> ?c } } GROUP BY ?c",
    "SELECT * { SERVICE § { SELECT ?s { ?s <urn:city> ?c } } ?s <urn:memberOf> ?o }",
    "SELECT * { SERVICE § { <urn:cnrs> <urn:size> 33000 } ?s <urn:memberOf> ?o }",
    "SELECT * { SERVICE § { <urn:cnrs> <urn:size> 1 } ?s <urn:memberOf> ?o }",
    "SELECT * { SERVICE § { ?s <urn:city> ?c } SERVICE § { ?s <urn:size> ?n } }",
    "SELECT * { SERVICE § { ?s <urn:city> ?c OPTIONAL { ?s <urn:size> ?n } } }",
    "PREFIX u: <urn:> SELECT ?t { SERVICE § { ?s u:city ?t FILTER(LANG(?t) = 'de') } }",
    "SELECT * { SERVICE § { ?s <urn:city> ?c } VALUES ?s { <urn:cnrs> <urn:dfki> } }",
)


def rows(found: object) -> Counter[tuple[tuple[str, str], ...]]:
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return Counter(tuple(sorted((n, str(row[n])) for n in names if row[n])) for row in found)


def other() -> ox.Store:
    store = ox.Store()
    store.load(input=OTHER, format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize("query", QUERIES)
def test_the_answer_is_that_of_a_graph_with_what_the_other_server_knows(
    open_pool: OpenPool, ask: AskPool, nquads: Path, query: str
) -> None:
    both = load(nquads)
    both.load(input=OTHER, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("urn:other"))
    expected = rows(both.query(query.replace("SERVICE §", "GRAPH <urn:other>")))

    async def scene() -> None:
        async with (
            listening(engine(other())) as peer,
            open_pool(remote=peer.remote(), service_hosts=HOSTS) as pool,
        ):
            asked = query.replace("§", THERE)
            answer = await ask(pool, asked, results=formats.RESULTS_JSON)
            got = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
            assert rows(got) == expected
            assert len(peer.queries) == query.count("§")
            assert changes(asked) == ("§" in query)

    asyncio.run(scene())


def answered(
    open_pool: OpenPool, ask: AskPool, answer: Answer, query: str, **settings: object
) -> str:
    """The answer as CSV, or the kind of error and its words."""

    async def scene() -> str:
        async with (
            listening(answer) as peer,
            open_pool(remote=peer.remote(seconds=0.5), service_hosts=HOSTS, **settings) as pool,
        ):
            try:
                found = await ask(pool, query.replace("§", THERE))
            except (QueryError, EndpointError) as error:
                return f"{type(error).__name__}: {error.detail}; asked {len(peer.queries)} times"
            assert isinstance(found.body, bytes)
            return found.body.decode()

    return asyncio.run(scene())


def table(*bindings: Mapping[str, object], names: tuple[str, ...] = ("s", "x")) -> str:
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}})


def test_columns_stand_in_the_order_of_the_query(open_pool: OpenPool, ask: AskPool) -> None:
    query = "SELECT * { ?z <urn:memberOf> ?b SERVICE § { ?z <urn:city> ?a } }"
    assert answered(open_pool, ask, engine(other()), query).startswith("z,b,a\r\n")


@pytest.mark.parametrize(
    "answer",
    [
        says("", "503 Away"),
        says("no JSON"),
        says('{"head":{},"boolean":true}'),
        says(table({"s": {"type": "uri", "value": "urn:x> } SELECT"}})),
        says(table({"s": {"type": "uri", "value": "relative"}})),
    ],
)
def test_silence_makes_a_failure_an_empty_row(
    open_pool: OpenPool, ask: AskPool, answer: Answer
) -> None:
    query = "SELECT ?o { <urn:cnrs> <urn:memberOf> ?o SERVICE SILENT § { ?s ?p ?x } }"
    assert answered(open_pool, ask, answer, query) == "o\r\nurn:enact\r\n"
    loud = answered(open_pool, ask, answer, query.replace("SILENT ", ""))
    assert loud.startswith("EndpointError: <http://a.example/sparql> ")
    assert loud.endswith("asked 1 times")


def test_nobody_is_asked_for_a_text_that_is_not_sparql(open_pool: OpenPool, ask: AskPool) -> None:
    told = answered(open_pool, ask, says(table()), "SELECT * {\n SERVICE § { ?s ?p } }")
    assert told.startswith("QuerySyntax: Line 2")
    assert told.endswith("asked 0 times")
    many = "SELECT * {" + " SERVICE § { ?s ?p ?o }" * 5 + "}"
    told = answered(open_pool, ask, says(table()), many)
    assert told.startswith("QueryRefused: The query has 5 SERVICE clauses, the limit is 4")
    assert told.endswith("asked 0 times")


def test_a_name_that_was_not_asked_for_is_not_taken(open_pool: OpenPool, ask: AskPool) -> None:
    sent = {"s": {"type": "uri", "value": "urn:cnrs"}, "o": {"type": "uri", "value": "urn:no"}}
    query = "SELECT ?s ?o { ?s <urn:memberOf> ?o SERVICE § { ?s <urn:city> ?x } }"
    answer = says(table(sent, names=("s", "o")))
    assert answered(open_pool, ask, answer, query) == "s,o\r\nurn:cnrs,urn:enact\r\n"


def test_blank_nodes_get_a_name_for_this_one_answer(open_pool: OpenPool, ask: AskPool) -> None:
    blank = {"s": {"type": "bnode", "value": "b0"}, "x": {"type": "bnode", "value": "b0"}}
    query = "SELECT ?s (?s = ?x AS ?e) (isIRI(?s) AS ?i) { SERVICE § { ?s ?p ?x } }"
    first = answered(open_pool, ask, says(table(blank)), query)
    assert first.partition("\n")[2].startswith(GENID)
    assert first.endswith(",true,true\r\n")
    assert answered(open_pool, ask, says(table(blank)), query) != first


def test_what_is_deep_or_long_stays_within_the_limits(open_pool: OpenPool, ask: AskPool) -> None:
    deep = '{"type":"triple","value":{"subject":' * 20_000
    told = answered(open_pool, ask, says(deep[:90_000]), "SELECT * { SERVICE § { ?s ?p ?x } }")
    assert told.startswith(("EndpointError", "QueryMemory"))
    node = {"s": {"type": "uri", "value": "urn:s"}}
    long = says(table(*[node] * 1500))
    query = "SELECT (COUNT(*) AS ?n) { SERVICE § { ?s ?p ?x } }"
    assert answered(open_pool, ask, long, query) == "n\r\n1500\r\n"
    big = says(table(*[node] * 3500))
    assert "more than 100000 bytes" in answered(open_pool, ask, big, query)


def test_one_client_waits_for_others_with_a_part_of_them_only(
    open_pool: OpenPool, ask: AskPool
) -> None:
    async def wait(_: str, __: object) -> None:
        await asyncio.sleep(5)

    async def scene() -> None:
        async with (
            listening(wait) as peer,
            open_pool(remote=peer.remote(seconds=0.6), service_hosts=HOSTS, workers=2) as pool,
        ):
            query = f"SELECT * {{ SERVICE {THERE} {{ ?s ?p ?o }} }}"
            waiting = [asyncio.ensure_future(ask(pool, query, turn=Turn(c))) for c in ("a", "b")]
            while len(peer.queries) < 2:
                await asyncio.sleep(0.01)
            with pytest.raises(TooManyQueries, match="from your address"):
                await ask(pool, query, turn=Turn("a"))
            with pytest.raises(EngineBusy, match="ask other servers already"):
                await ask(pool, query, turn=Turn("c"))
            # Who waits for others holds no process.
            assert (await ask(pool, "ASK {}")).body == b"true"
            for task in waiting:
                with pytest.raises(EndpointError, match=r"within 0\.6 s"):
                    await task
            with pytest.raises(EndpointError):
                await ask(pool, query, turn=Turn("a"))

    asyncio.run(scene())


def test_without_hosts_nobody_is_asked(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with listening(says(table())) as peer, open_pool(remote=peer.remote()) as pool:
            with pytest.raises(QueryRefused):
                await ask(pool, f"SELECT * {{ SERVICE {THERE} {{ ?s ?p ?o }} }}")
            with pytest.raises(QuerySyntax):
                await ask(pool, "SELECT * { SERVIC }")
            assert peer.queries == []

    asyncio.run(scene())
