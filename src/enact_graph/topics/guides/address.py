"""The guides: about, cite, link; and each citation as a file of its own."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import NotFound
from enact_graph.formats import HTML
from enact_graph.graph.entity import Entity
from enact_graph.topics.correct.address import answers_of, find, look_up
from enact_graph.topics.correct.reported import Answers, Case, in_graph
from enact_graph.topics.guides import read as guide
from enact_graph.topics.guides.citation import FORMS
from enact_graph.topics.guides.page import Guides
from enact_graph.vocabulary import RDF
from enact_graph.web import parameters
from enact_graph.web.address import Address
from enact_graph.web.openapi import LANGUAGE, PAGE, answer, in_path, in_query, of_text
from enact_graph.web.reply import Made, language, origin, send, tag
from enact_graph.web.state import Serving, serving

_HEDGES = terms.VOCAB + "qualifier"
_PRECISIONS = terms.VOCAB + "precision"


async def _about(request: Request) -> Response:
    serve, tongue = serving(request), language(request)
    reader, guides = serve.reader, Guides(serve.frame)
    told = await guide.dataset(reader, serve.dataset)
    hedges, precisions = await guide.words(reader, _HEDGES), await guide.words(reader, _PRECISIONS)
    contact = (serve.settings.repository, serve.settings.contact)
    page = await run_in_threadpool(guides.about, told, tongue, hedges, precisions, contact)
    return _page(request, page, tongue)


async def _link(request: Request) -> Response:
    serve, tongue = serving(request), language(request)
    thing = await serve.cluster()
    page = await run_in_threadpool(
        Guides(serve.frame).link,
        tongue,
        await guide.dataset(serve.reader, serve.dataset),
        thing,
        await guide.links(serve.reader, thing.iri),
        origin(request),
    )
    return _page(request, page, tongue)


async def _cite(request: Request) -> Response:
    """The page, with the thing and the statement asked for, else with those of an example."""
    serve, tongue = serving(request), language(request)
    answers = answers_of(request)
    thing = await (look_up(serve, answers.subject) if answers.subject else serve.cluster())
    case = await _case(serve, answers)
    if case is None and not answers.subject:
        case = _example(thing)
    told = await guide.dataset(serve.reader, serve.dataset)
    page = await run_in_threadpool(
        Guides(serve.frame).cite, told, tongue, thing, case, dict(answers.kept)
    )
    return _page(request, page, tongue)


async def _citation(request: Request) -> Response:
    suffix = request.path_params["suffix"]
    if suffix not in FORMS:
        raise NotFound(f"/cite has no form .{suffix[:20]}; there are {', '.join(FORMS)}.")
    serve, tongue = serving(request), language(request)
    parameters.check(request, "s", "g", "t")
    answers = answers_of(request)
    thing = await look_up(serve, answers.subject) if answers.subject else None
    case = await _case(serve, answers)
    told = await guide.dataset(serve.reader, serve.dataset)
    cited = await run_in_threadpool(Guides(serve.frame).citation, told, tongue, thing, case)
    media_type, write, name = FORMS[suffix]
    body = write(cited).encode()
    headers = {
        "Content-Disposition": f'attachment; filename="{name.format(key=cited.key)}"',
        "Content-Language": tongue,
        "Vary": "Accept-Language",
    }
    return send(request, Made(body, media_type, tag(body), headers=headers))


async def _case(serve: Serving, answers: Answers) -> Case | None:
    """The statement asked for; None where none is."""
    if not (answers.subject and answers.graph and answers.statement):
        return None
    return await find(serve, answers)


def _example(thing: Entity) -> Case | None:
    """A statement that a document makes of the thing, if it can be one that leads to another."""
    stated = [g for g, source in thing.sources.items() if source.status == "stated"]
    said = [
        (s.target is None or not s.target.startswith(terms.ID), graph, s.predicate, s)
        for graph in stated
        for s in in_graph(thing, graph)
        if s.subject == thing.iri and s.predicate != RDF.type
    ]
    if not said:
        return None
    _, graph, _, statement = min(said, key=lambda told: told[:3])
    return Case(thing, statement, graph, {})


def _page(request: Request, page: str, tongue: str) -> Response:
    body = page.encode()
    headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
    return send(request, Made(body, HTML.content_type, tag(body), headers=headers))


_OF: Final = (
    in_query("s", of_text("The thing: `inria`, `v:role-member`, `src:…`, `g:…`, `enact:Target`.")),
    in_query("g", of_text("The graph that says so, by its name.")),
    in_query("t", of_text("The statement, by the digest that the page gives it.")),
)
ADDRESSES: Final = (
    Address(
        "/about",
        _about,
        "about",
        "What this is, how to read it",
        answer("The page.", PAGE),
        (LANGUAGE,),
        in_sitemap=True,
    ),
    Address(
        "/cite",
        _cite,
        "cite",
        "How to cite it",
        answer("The page.", PAGE),
        (*_OF, LANGUAGE),
        in_sitemap=True,
    ),
    Address(
        "/cite.{suffix}",
        _citation,
        "citation",
        "A citation",
        answer("The citation.", *(form[0].partition(";")[0] for form in FORMS.values())),
        (in_path("suffix", f"One of {', '.join(FORMS)}."), *_OF, LANGUAGE),
    ),
    Address(
        "/link",
        _link,
        "link",
        "How to link to it",
        answer("The page.", PAGE),
        (LANGUAGE,),
        in_sitemap=True,
    ),
)
