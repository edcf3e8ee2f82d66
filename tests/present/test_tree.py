"""The tree of the cluster and the key facts: the ties of today, each once, drawn in order."""

import asyncio
import csv
import io
import itertools
from datetime import date

import pyoxigraph as ox
import pytest

from enact_graph import terms
from enact_graph.engine.local import InProcess
from enact_graph.graph.entity import Entity
from enact_graph.graph.reader import Reader
from enact_graph.present.notes import Notary
from enact_graph.present.values import Wording
from enact_graph.present.words import Labels, Voice
from enact_graph.topics.home.address import Glance
from enact_graph.topics.home.tree import WIDTH, Planter, Tree
from enact_graph.topics.thing.key_facts import Brief
from tests.present.conftest import Real

TERMS = """
@prefix e: <https://w3id.org/enact-graph/ontology#> .
@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix v: <https://w3id.org/enact-graph/vocab/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:ai-a a e:ConsortiumMembership , org:Membership ; org:organization id:ai ; org:member id:a ;
  org:role v:role-member ; schema:endDate "2020-12-31"^^xsd:date .
id:ai-b a e:ConsortiumMembership , org:Membership ; org:organization id:ai ; org:member id:b ;
  org:role v:role-member ; schema:startDate "2021-01-01"^^xsd:date .
id:ai a e:Cluster .
"""
#: Whoever is tied to ENACT today and is no person, as SPARQL finds it.
TIED = f"""
?s a ?any FILTER NOT EXISTS {{ ?s a <http://xmlns.com/foaf/0.1/Person> }} FILTER EXISTS {{
  ?tie <{terms.PREFIXES["org"]}member>|<{terms.ENACT}agent> ?s ;
    <{terms.PREFIXES["org"]}organization>|<{terms.ENACT}consortium> <{terms.ID}enact> .
  FILTER NOT EXISTS {{ ?tie <{terms.PREFIXES["schema"]}endDate> ?end }}
}}
"""


def planted(real: Real, lang: str = "en") -> Tree:
    voice = Voice(Labels.load(), lang)
    tree = Planter(real.look_up("id/enact"), voice, real.frame.today).tree()
    assert tree is not None
    return tree


def test_everyone_tied_to_the_cluster_is_in_the_tree_once(real: Real) -> None:
    tree = planted(real)
    shown = [part.href for group in tree.groups for part in group.parts]
    wanted = {iri.replace(terms.ID, "/doc/") for iri in real.subjects(TIED)}
    assert len(shown) == len(set(shown)) == tree.total
    assert set(shown) == wanted


@pytest.mark.parametrize("lang", terms.LANGUAGES)
def test_labels_stand_apart_and_within_the_drawing(real: Real, lang: str) -> None:
    tree = planted(real, lang)
    for anchor in ("end", "start"):
        lines = sorted(
            [y for leaf in tree.leaves if leaf.anchor == anchor for y, _ in leaf.lines]
            + [title.y for title in tree.titles if title.anchor == anchor]
        )
        assert all(after - before >= 15 for before, after in itertools.pairwise(lines))
        assert lines[0] > 12
        assert lines[-1] < tree.height
    # A letter of 15 takes about 7.4 on average.
    longest = max(len(text) for leaf in tree.leaves for _, text in leaf.lines)
    assert longest * 7.4 < WIDTH - 662


def test_what_is_over_or_not_begun_is_not_in_the_tree(real: Real) -> None:
    store = ox.Store()
    for triple in ox.parse(TERMS, format=ox.RdfFormat.TURTLE):
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
        graph = ox.NamedNode(terms.GRAPH + "test")
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    entity = asyncio.run(Reader(InProcess(store)).look_up(terms.ID + "ai"))
    assert entity is not None

    def shown(day: date) -> list[str | None]:
        tree = Planter(entity, Voice(Labels.load(), "en"), day).tree()
        return [leaf.part.href for leaf in tree.leaves] if tree else []

    assert shown(date(2019, 6, 1)) == ["/doc/a"]
    assert shown(date(2022, 6, 1)) == ["/doc/b"]
    assert shown(date(2017, 1, 1)) == ["/doc/a"]


def test_nothing_tied_is_no_tree(real: Real) -> None:
    alone = Entity(terms.ID + "alone", (), (), 0, {}, {}, {})
    assert Planter(alone, Voice(Labels.load(), "en"), date(2026, 1, 1)).tree() is None
    glance = Glance(real.frame, alone)
    assert glance.svg("en") is None
    assert glance.csv("en") is None


def test_the_files_of_the_tree_hold_what_the_page_shows(real: Real) -> None:
    glance = Glance(real.frame, real.look_up("id/enact"))
    tree = planted(real, "de")
    table, drawing = glance.csv("de"), glance.svg("de")
    assert table is not None
    assert drawing is not None
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [r["name"] for r in rows] == [p.name.text for g in tree.groups for p in g.parts]
    for row in rows:
        assert row["page"].startswith(terms.BASE + "doc/")
        assert f'href="{row["page"]}"' in drawing


def test_the_key_facts_are_those_sparql_finds(real: Real) -> None:
    def told(slug: str) -> dict[str, str]:
        entity = real.look_up(slug)
        voice = Voice(Labels.load(), "en")
        notary = Notary(voice, entity.sources, entity.labels)
        facts = Brief(Wording(entity, voice), notary, real.frame.today).facts()
        assert all(f.note.graphs for f in facts)
        return {f.label.name.text: "".join(p.name.text for p in f.figure) for f in facts}

    def count(pattern: str) -> str:
        return str(len(real.subjects(pattern)))

    members = f"<{terms.ENACT}hasMember>"
    assert told("id/enact") == {
        "from France 2030": "€30 million",
        "members": count(f"<{terms.ID}enact> {members} ?s"),
        "promises in figures": count(
            f"?s a <{terms.ENACT}Target> ; <{terms.ENACT}commitmentOf> <{terms.ID}enact>"
        ),
        "university alliances": count(
            f"?tie <{terms.ENACT}role> <{terms.VOCAB}role-supporting-alliance> ;"
            f" <{terms.ENACT}agent> ?s ; <{terms.ENACT}consortium> <{terms.ID}enact>"
        ),
    }
    assert told("id/eucor")["members"] == count(f"<{terms.ID}eucor> {members} ?s")
    assert told("id/inria") == {}
