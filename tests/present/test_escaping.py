"""Data is never markup: hostile names and texts leave the shape of a page as it is."""

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph import terms
from enact_graph.graph.entity import Entity, Source, Statement
from enact_graph.present.frame import Frame
from enact_graph.release.store import Manifest
from enact_graph.topics.thing.page import Things
from tests.present.outline import outline

_PIECES = (*"<>&\"'{}%a ", "<script>", "</p>", "&lt;", "{{ x }}", "\u2028")
HOSTILE = st.lists(st.sampled_from(_PIECES), min_size=1).map("".join).filter(str.strip)
IRI = terms.ID + "hostile"
GRAPH = terms.GRAPH + "hostile"


@settings(max_examples=60, deadline=None)
@given(HOSTILE, st.sampled_from(terms.LANGUAGES), st.sampled_from([None, "fr", "de"]))
def test_no_data_is_ever_markup(text: str, lang: str, tagged: str | None) -> None:
    literal = ox.Literal(text, language=tagged) if tagged else ox.Literal(text)
    skos, schema = terms.PREFIXES["skos"], terms.PREFIXES["schema"]
    said = [
        Statement(IRI, skos + "prefLabel", literal, (GRAPH,)),
        Statement(IRI, skos + "altLabel", ox.Literal(text + "long"), (GRAPH,)),
        Statement(IRI, schema + "description", literal, (GRAPH,)),
        Statement(IRI, schema + "url", ox.NamedNode("javascript:alert(1)"), (GRAPH,)),
        Statement(IRI, schema + "keywords", literal, (GRAPH,)),
    ]
    names = {tagged or "": text}
    source = Source(GRAPH, "stated", GRAPH, GRAPH, {}, {skos + "prefLabel": (literal,)})
    entity = Entity(
        IRI, tuple(said), (), 0, {}, {IRI: names, schema + "keywords": names}, {GRAPH: source}
    )
    page = Things(PLAIN).thing(entity, lang)
    seen = outline(page)
    assert "javascript:" not in "".join(seen.links)
    assert [tag for tag, _ in seen.elements] == [
        tag for tag, _ in outline(Things(PLAIN).thing(_calm(entity, text), lang)).elements
    ]


def _calm(entity: Entity, text: str) -> Entity:
    """The same entity with letters in the place of the hostile text."""

    def calm(term: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
        if isinstance(term, ox.NamedNode) or not term.value.startswith(text):
            return term
        value = "x" * len(text) + term.value[len(text) :]
        return ox.Literal(value, language=term.language) if term.language else ox.Literal(value)

    said = tuple(
        Statement(s.subject, s.predicate, calm(s.object), s.graphs) for s in entity.statements
    )
    labels = {i: {t: "x" * len(text) for t in names} for i, names in entity.labels.items()}
    return Entity(IRI, said, (), 0, {}, labels, entity.sources)


def _plain() -> Frame:
    manifest = Manifest("0.0.0", "0" * 64, "2024-05-22", "test", {}, ())
    return Frame.of(manifest)


PLAIN = _plain()
