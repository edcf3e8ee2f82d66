"""What a thing's page is made from, read through real query processes."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from enact_graph import terms
from enact_graph.engine.pool import Pool
from enact_graph.graph.provenance import DERIVED_FROM, HAS_SOURCE
from enact_graph.graph.reader import Reader
from enact_graph.release.store import current
from enact_graph.settings import Settings

INRIA = terms.ID + "inria"
MEMBERSHIP = terms.ID + "enact-membership-inria"
P16 = terms.GRAPH + "press-release-2024-05-22-p16"
PASSAGE = terms.SOURCE + "press-release-2024-05-22-p16"
DOCUMENT = terms.SOURCE + "press-release-2024-05-22"
OA = terms.PREFIXES["oa"]

#: Asks a reader over the tiny release.
Read = Callable[[Callable[[Reader], Awaitable[Any]]], Any]


@pytest.fixture
def read(tiny_public: Path) -> Read:
    def run(ask: Callable[[Reader], Awaitable[Any]]) -> Any:
        async def inside() -> Any:
            release = current(tiny_public)
            pool = await Pool.start(
                release.file("enact-graph.nq"), release.store, Settings(workers=1)
            )
            try:
                return await ask(Reader(pool))
            finally:
                await pool.close()

        return asyncio.run(inside())

    return run


def test_a_thing_has_its_statements_with_the_graphs_that_hold_them(read: Read) -> None:
    entity = read(lambda r: r.look_up(INRIA))
    label = next(s for s in entity.statements if s.predicate.endswith("prefLabel"))
    assert terms.GRAPH_CURATION in label.graphs
    assert entity.types[0] == terms.ENACT + "Institution"
    assert {s.subject for s in entity.incoming} >= {terms.ID + "enact", MEMBERSHIP}
    assert entity.incoming_total == len(entity.incoming)


def test_a_thing_has_the_nodes_tied_to_it(read: Read) -> None:
    entity = read(lambda r: r.look_up(INRIA))
    role = terms.PREFIXES["org"] + "role"
    assert [o.value for o in entity.objects(role, MEMBERSHIP)] == [terms.VOCAB + "role-member"]
    assert terms.ID + "enact" not in entity.nodes
    assert {s.subject for s in entity.everything} >= {INRIA, MEMBERSHIP}
    assert list(entity.everything) == sorted(set(entity.everything), key=entity.everything.index)


def test_a_statement_leads_to_its_passage_and_document(read: Read) -> None:
    source = read(lambda r: r.look_up(INRIA)).sources[P16]
    assert (source.status, source.passage, source.document) == ("stated", PASSAGE, DOCUMENT)
    assert [o.value for o in source.passage_facts[OA + "start"]] == ["7180"]
    issued = source.document_facts[terms.PREFIXES["dcterms"] + "issued"]
    assert [o.value for o in issued] == ["2024-05-22"]


def test_graphs_of_the_project_say_what_they_are(read: Read) -> None:
    sources = read(lambda r: r.look_up(INRIA)).sources
    assert sources[terms.GRAPH_CURATION].status == "curated"
    inferred = [s.status for g, s in sources.items() if g.startswith(terms.GRAPH_INFERRED)]
    assert set(inferred) == {"inferred"}


@pytest.mark.parametrize(
    ("iri", "language", "expected"),
    [
        (INRIA, "de", ("Inria", "de")),
        (terms.VOCAB + "role-member", "fr", ("membre", "fr")),
        ("http://example.org/a#unknown", "fr", ("unknown", "")),
    ],
)
def test_a_name_is_in_the_language_or_the_nearest(
    read: Read, iri: str, language: str, expected: tuple[str, str]
) -> None:
    name = read(lambda r: r.look_up(INRIA)).name(iri, language)
    assert (name.text.lower(), name.language) == (expected[0].lower(), expected[1])


def test_of_what_nothing_is_said_there_is_nothing(read: Read) -> None:
    assert read(lambda r: r.look_up(terms.ID + "nobody")) is None
    assert read(lambda r: r.look_into(terms.GRAPH + "nowhere")) is None
    assert not read(lambda r: r.exists(terms.ID + "nobody"))


def test_what_occurs_anywhere_exists(read: Read) -> None:
    for iri in (INRIA, P16, terms.ENACT + "hasMember", terms.VOCAB + "role-member"):
        assert read(partial(Reader.exists, iri=iri))


def test_a_graph_is_read_subject_by_subject(read: Read) -> None:
    graph = read(lambda r: r.look_into(P16))
    assert sorted(graph.nodes) == [MEMBERSHIP, MEMBERSHIP[:-5] + "universite-de-lorraine"]
    assert sum(len(said) for said in graph.nodes.values()) == 8
    assert all(P16 in s.graphs for said in graph.nodes.values() for s in said)
    assert DERIVED_FROM in {s.predicate for s in graph.statements}


def test_the_parts_of_a_document_are_read_with_it(read: Read) -> None:
    passages = read(lambda r: r.subjects(HAS_SOURCE, DOCUMENT))
    assert passages == (PASSAGE,)
    document = read(lambda r: r.look_up(DOCUMENT, passages))
    assert list(document.nodes) == [PASSAGE]


@pytest.mark.parametrize("iri", ["not an iri", "x> } INSERT", ""])
def test_what_is_no_iri_never_becomes_part_of_a_query(read: Read, iri: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        read(lambda r: r.look_up(iri))
