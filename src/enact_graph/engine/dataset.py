"""The dataset of a query: the store as it is, or the graphs that the request or FROM names.

Several default graphs are answered as their RDF merge (SPARQL 1.1 Query, section 13.2): a triple
that two of them hold counts once. The engine alone would count it twice, and would leave every
named graph of the store in view.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from enact_graph.errors import BadParameter
from enact_graph.sparql.prefilter import form
from enact_graph.sparql.tokens import FORMS, Kind, Token, first_form, scan
from enact_graph.terms import BASE

_Functions = dict[
    ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]
]
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True)
class Dataset:
    """The graphs merged into the default graph, and those that GRAPH sees."""

    default: tuple[ox.NamedNode, ...]
    named: tuple[ox.NamedNode, ...]

    @classmethod
    def of_request(cls, default: Sequence[str], named: Sequence[str]) -> "Dataset | None":
        """Take the dataset from the protocol's parameters; None when there are none."""
        if not default and not named:
            return None
        return cls(
            tuple(_node("default-graph-uri", iri) for iri in dict.fromkeys(default)),
            tuple(_node("named-graph-uri", iri) for iri in dict.fromkeys(named)),
        )

    @classmethod
    def of_query(cls, query: str) -> "Dataset | None":
        """Take the dataset from FROM and FROM NAMED of a query that parses; None without them."""
        tokens = list(scan(query))
        clauses = list(_clauses(tokens))
        if not clauses:
            return None
        start = first_form(tokens).start
        # The engine itself resolves prefixes, relative IRIs and escapes.
        names = " ".join(token.text for _, token in clauses)
        rows = run(ox.Store(), f"{query[:start]} SELECT ?g {{ VALUES ?g {{ {names} }} }}", None)
        assert isinstance(rows, ox.QuerySolutions)
        nodes = [row["g"] for row in rows]
        kinds = {True: dict[ox.NamedNode, None](), False: dict[ox.NamedNode, None]()}
        for (is_named, _), node in zip(clauses, nodes, strict=True):
            assert isinstance(node, ox.NamedNode)
            kinds[is_named][node] = None
        return cls(tuple(kinds[False]), tuple(kinds[True]))


def form_of(query: str) -> str:
    """Return the form of a query that parses: select, ask, construct or describe."""
    if plain := form(query):
        return plain
    word = first_form(scan(query)).text.upper()
    return next(known.lower() for known in FORMS if word.startswith(known))


def run(
    store: ox.Store, query: str, dataset: Dataset | None, failing: Sequence[str] = ()
) -> Result:
    """Run a query over a dataset of the store, or over the whole of it for None.

    Each call of a function in `failing` is an error; one that the engine lacks is a RuntimeError.
    """
    functions: _Functions | None = None
    if failing:
        functions = {ox.NamedNode(iri): _no_value for iri in failing}
    if dataset is None:
        return store.query(query, base_iri=BASE, custom_functions=functions)
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*dataset.default]
    if len(default) > 1:
        store, default = _merge(store, dataset), [ox.DefaultGraph()]
    return store.query(
        query,
        base_iri=BASE,
        default_graph=default,
        named_graphs=list(dataset.named),
        custom_functions=functions,
    )


def _no_value(*_: object) -> None:
    return None


def _merge(store: ox.Store, dataset: Dataset) -> ox.Store:
    merged = ox.Store()
    for graph in dataset.default:
        merged.extend(
            ox.Quad(q.subject, q.predicate, q.object)
            for q in store.quads_for_pattern(None, None, None, graph)
        )
    for graph in dataset.named:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return merged


def _clauses(tokens: Iterable[Token]) -> Iterator[tuple[bool, Token]]:
    """Yield each graph that FROM names, and whether it is FROM NAMED."""
    is_from = is_named = False
    for token in tokens:
        if token.kind is Kind.WORD and token.text.upper() == "FROM":
            is_from, is_named = True, False
        elif is_from and token.kind is Kind.WORD and token.text.upper() == "NAMED":
            is_named = True
        else:
            if is_from and token.kind in (Kind.IRI, Kind.NAME):
                yield is_named, token
            is_from = False


def _node(parameter: str, iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise BadParameter(
            f"{parameter}: <{iri[:200]}> is not an absolute IRI; give the full address of a graph.",
            parameter=parameter,
        ) from error
