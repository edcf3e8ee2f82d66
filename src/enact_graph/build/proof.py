"""The proof of a correction: the graph of the document that says so, described first if need be."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from enact_graph.build import answers, skeleton
from enact_graph.build.inventory import AGENT, ORGANIZATION, Inventory
from enact_graph.build.naming import document_slug
from enact_graph.build.naming import slug as slug_of
from enact_graph.build.partial import PartialDate
from enact_graph.build.refusal import Refusal
from enact_graph.build.skeleton import Draft, Named, Source
from enact_graph.proposal import Evidence
from enact_graph.terms import ENACT, GRAPH, ID, LANGUAGES, PREFIXES, SOURCE, VOCAB

_URL: Final = PREFIXES["schema"] + "url"
_CLASSIFICATION: Final = PREFIXES["org"] + "classification"
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
    """Where a proven statement goes: its graph, the file of that, and drafts of what is new."""

    graph: str
    file: str
    drafts: tuple[Draft, ...] = ()


def find(inventory: Inventory, evidence: Evidence, graph: str) -> Proof:
    """Return the place of what the evidence says; `graph` is that of the statement in question.

    Unusable where the address is none, a paragraph is to be named, or the document is not described
    and what describes it is missing.
    """
    url = _read("url", answers.url, evidence.url)
    document = _known(inventory, url)
    if document is None:
        return _begin(inventory, evidence, url)
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


def _known(inventory: Inventory, url: str) -> str | None:
    wanted = _plain(url)
    for document in inventory.things(SOURCE, ENACT + "SourceDocument"):
        if any(_plain(known) == wanted for known in inventory.values(document, _URL)):
            return document
    return None


def _plain(url: str) -> str:
    """An address without what does not tell two documents apart."""
    rest = url.partition("://")[2].partition("#")[0].rstrip("/")
    host, slash, path = rest.partition("/")
    return host.lower().removeprefix("www.") + slash + path


def _begin(inventory: Inventory, evidence: Evidence, url: str) -> Proof:
    """Draft the description of a document that nobody has entered yet."""
    for field in ("title", "publisher", "language", "read"):
        if not getattr(evidence, field):
            raise Unusable(field, Refusal("new-document"))
    title = _read("title", answers.line, evidence.title)
    tongue = _read("language", answers.language, evidence.language)
    read = _read("read", answers.day, evidence.read)
    issued = _read("issued", PartialDate.read, evidence.issued) if evidence.issued else None
    try:
        answers.in_order(issued, read)
    except Refusal as refusal:
        raise Unusable("read", refusal) from refusal
    publisher, drafts = _publisher(inventory, evidence.publisher)
    day = issued.written if issued else "undated"
    publishing = publisher.removeprefix(ID).removeprefix("publisher-")
    proposed = document_slug(publishing, day, title)
    slug = _read("title", answers.free_slug(inventory, (SOURCE, GRAPH)), proposed)
    named = Named(slug, dict.fromkeys(LANGUAGES, title))
    source = Source(named, url, publisher, _KIND, tongue, read, issued)
    file = f"data/documents/{slug}.trig"
    hosts = (skeleton.publishing(publisher, url),) if drafts else ()
    return Proof(GRAPH + slug, file, (*drafts, *hosts, skeleton.document(source, file)))


def _publisher(inventory: Inventory, said: str) -> tuple[str, tuple[Draft, ...]]:
    """Return the publisher of this name, and a draft of it where nobody has described it."""
    name = _read("publisher", answers.line, said)
    try:
        return inventory.find(name, inventory.things(ID, AGENT)), ()
    except Refusal as refusal:
        if refusal.code == "ambiguous":
            raise Unusable("publisher", refusal) from refusal
    proposed = f"publisher-{slug_of(name)}"
    slug = _read("publisher", answers.free_slug(inventory, (ID,)), proposed)
    named = Named(slug, dict.fromkeys(LANGUAGES, name))
    shelf = inventory.shelf(_CLASSIFICATION, _PUBLISHER)
    return ID + slug, (skeleton.organization(named, (ORGANIZATION,), _PUBLISHER, shelf),)


def _read(field: str, read: Callable[[str], T], said: str) -> T:
    try:
        return read(said)
    except Refusal as refusal:
        raise Unusable(field, refusal) from refusal
