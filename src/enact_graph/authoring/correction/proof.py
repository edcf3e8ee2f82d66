"""The proof of a correction: the graph of the document that says so, described first if need be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from enact_graph.authoring.checks.names import document_slug
from enact_graph.authoring.checks.names import slug as slug_of
from enact_graph.authoring.new import fields, skeleton
from enact_graph.authoring.new.fields import PartialDate, Refusal
from enact_graph.authoring.new.inventory import AGENT, ORGANIZATION, Inventory
from enact_graph.authoring.new.resolver import Resolver
from enact_graph.authoring.new.skeleton import Draft, Named, Source, Words
from enact_graph.proposal import Evidence
from enact_graph.terms import GRAPH, ID, LANGUAGES, SOURCE, VOCAB, shorten
from enact_graph.vocabulary import ORG

_PUBLISHER: Final = VOCAB + "kind-publisher"
#: What a document is taken for until a maintainer knows better.
_KIND: Final = VOCAB + "document-web-page"

T = TypeVar("T")


class Unusable(ValueError):
    """An answer of the form that cannot be used: which field, and why."""

    def __init__(self, field: str, refusal: Refusal) -> None:
        super().__init__(f"{field}: {refusal}")
        self.field = field
        self.refusal = refusal


@dataclass(frozen=True)
class Proof:
    """Where a proven statement goes: its graph, the file of that, and drafts of what is new.

    `names` are those of a document that is new.
    """

    graph: str
    file: str
    drafts: tuple[Draft, ...] = ()
    names: Words = field(default_factory=dict)


def find(inventory: Inventory, evidence: Evidence, graph: str) -> Proof:
    """Return the place of what the evidence says; `graph` is that of the statement in question.

    Unusable where the address is none or several documents have it, a paragraph is to be named, or
    the document is not described and what describes it is missing.
    """
    url = _read("url", fields.url, evidence.url)
    known = Resolver(inventory).documents(url)
    if not known:
        return _begin(inventory, evidence, url)
    document = _chosen(known, evidence.document, inventory.document(graph))
    graphs = inventory.graphs(document)
    if evidence.paragraph:
        chosen = graphs.get(evidence.paragraph)
    else:
        chosen = graph if graph in graphs.values() else graphs.get("")
        if chosen is None and len(graphs) == 1:
            chosen = next(iter(graphs.values()))
    if chosen is None:
        numbers = sorted((n for n in graphs if n), key=int)
        raise Unusable("paragraph", Refusal("no-paragraph", near=", ".join(numbers) or "–"))
    return Proof(chosen, inventory.file_of(chosen))


def _chosen(known: Sequence[str], named: str, own: str | None) -> str:
    """The one of the documents of an address that is named; else the statement's own, else the
    only one."""
    fitting = [document for document in known if document in (named, own)]
    if named in fitting:
        return named
    if not named and (fitting or len(known) == 1):
        return (fitting or known)[0]
    told = ", ".join(map(shorten, known))
    raise Unusable("document", Refusal("several", count=str(len(known)), near=told))


def _begin(inventory: Inventory, evidence: Evidence, url: str) -> Proof:
    """Draft the description of a document that nobody has entered yet."""
    for answer in ("title", "publisher", "language", "read"):
        if not getattr(evidence, answer):
            raise Unusable(answer, Refusal("new-document"))
    title = _read("title", fields.line, evidence.title)
    tongue = _read("language", fields.language, evidence.language)
    read = _read("read", fields.day, evidence.read)
    issued = _read("issued", PartialDate.read, evidence.issued) if evidence.issued else None
    try:
        fields.in_order(issued, read)
    except Refusal as refusal:
        raise Unusable("read", refusal) from refusal
    publisher, drafts = _publisher(inventory, evidence.publisher)
    day = issued.written if issued else "undated"
    publishing = publisher.removeprefix(ID).removeprefix("publisher-")
    proposed = document_slug(publishing, day, title)
    slug = _read("title", fields.free_slug(inventory, (SOURCE, GRAPH)), proposed)
    named = Named(slug, dict.fromkeys(LANGUAGES, title))
    source = Source(named, url, publisher, _KIND, tongue, read, issued)
    file = f"data/documents/{slug}.trig"
    hosts = (skeleton.publishing(publisher, url),) if drafts else ()
    begun = skeleton.document(source, file, inventory.sources.site.publisher)
    told = (*drafts, *hosts, begun)
    return Proof(GRAPH + slug, file, told, named.names)


def _publisher(inventory: Inventory, said: str) -> tuple[str, tuple[Draft, ...]]:
    """Return the publisher of this name, and a draft of it where nobody has described it."""
    name = _read("publisher", fields.line, said)
    try:
        return Resolver(inventory).find(name, inventory.things(ID, AGENT)), ()
    except Refusal as refusal:
        if refusal.code == "ambiguous":
            raise Unusable("publisher", refusal) from refusal
    proposed = f"publisher-{slug_of(name)}"
    slug = _read("publisher", fields.free_slug(inventory, (ID,)), proposed)
    named = Named(slug, dict.fromkeys(LANGUAGES, name))
    shelf = inventory.shelf(ORG.classification, _PUBLISHER)
    return ID + slug, (skeleton.organization(named, (ORGANIZATION,), _PUBLISHER, shelf),)


def _read(field: str, read: Callable[[str], T], said: str) -> T:
    try:
        return read(said)
    except Refusal as refusal:
        raise Unusable(field, refusal) from refusal
