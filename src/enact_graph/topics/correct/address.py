"""Reporting an error: the address names statement and change, the answer is a checked patch.

Everything is a GET whose address holds all there is; nothing of it is kept but the outcome of the
check, under a digest of the change, in memory.
"""

import re
from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import BadParameter, NotFound, ProposalRefused
from enact_graph.formats import HTML
from enact_graph.graph.entity import Entity
from enact_graph.lookup.resolve import Resolved
from enact_graph.proposal import CHANGES, Outcome
from enact_graph.topics.correct.page import LISTED, Corrections
from enact_graph.topics.correct.proposals import judge, siblings
from enact_graph.topics.correct.reported import Answers, Case, Result, in_graph, key
from enact_graph.web import parameters
from enact_graph.web.address import Address
from enact_graph.web.made import NEVER
from enact_graph.web.openapi import (
    ANYWHERE,
    LANGUAGE,
    PAGE,
    Json,
    answer,
    described,
    in_query,
    of_text,
)
from enact_graph.web.reply import Made, language, refused, send, tag
from enact_graph.web.state import Serving, serving

#: The parameters, each with the characters it may have.
PARAMETERS: Final[Mapping[str, int]] = {
    "name": 300,
    "s": 220,
    "g": 220,
    "t": 12,
    "what": 10,
    "value": 600,
    "concept": 220,
    "in": 12,
    "end": 10,
    "thing": 300,
    "url": 600,
    "doc": 220,
    "par": 4,
    "title": 300,
    "by": 200,
    "issued": 10,
    "tongue": 12,
    "read": 10,
}
_FORM: Final = tuple(PARAMETERS)[4:]
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_PATCH: Final = "text/x-diff; charset=utf-8"


async def _page(request: Request) -> Response:
    serve, tongue = serving(request), language(request)
    answers = answers_of(request)
    pages = Corrections(serve.frame)
    if not answers.subject and not answers.graph:
        page, is_unknown = await _start(serve, pages, tongue, answers.form.get("name", ""))
        if is_unknown:
            return refused(page, tongue)
    elif not answers.subject:
        graph = _iri(answers.graph, "g")
        said = await serve.reader.look_into(graph, 0, LISTED)
        if said is None:
            raise NotFound(f"There is no graph {answers.graph[:80]!r} in this release.")
        page = await run_in_threadpool(pages.subjects, said, tongue, answers)
    elif not answers.graph:
        entity = await look_up(serve, answers.subject)
        page = await run_in_threadpool(pages.sources, entity, tongue, answers)
    elif not answers.statement:
        entity, graph = await look_up(serve, answers.subject), _iri(answers.graph, "g")
        page = await run_in_threadpool(pages.statements, entity, graph, tongue, answers)
    else:
        page = await _form(request, serve, pages, tongue, answers)
    body = page.encode()
    headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
    if answers.form:
        # What somebody proposes is his own affair until he sends it.
        headers["Cache-Control"] = NEVER
    return send(request, Made(body, HTML.content_type, tag(body), headers=headers))


async def _start(serve: Serving, pages: Corrections, tongue: str, said: str) -> tuple[str, bool]:
    """The page, and whether it says that nothing has the name."""
    found = await serve.resolve(said, tongue) if said else Resolved(None)
    things = (found.thing,) if found.thing else found.near
    is_near = bool(said) and not found.thing and not found.is_several
    labels = await serve.reader.labels(things)
    told = [(iri, labels.get(iri, {})) for iri in things]
    return pages.start(tongue, said, told, is_near), is_near


async def _form(
    request: Request, serve: Serving, pages: Corrections, tongue: str, answers: Answers
) -> str:
    case = await find(serve, answers)
    result = Result()
    if "what" in answers.form:
        result = await judge(request, serve, case, answers)
    return await run_in_threadpool(pages.form, case, tongue, answers, result)


async def _patch(request: Request) -> Response:
    """The patch of a proposal that holds; ProposalRefused with the reasons of one that does not."""
    serve, tongue = serving(request), language(request)
    parameters.check(request, *PARAMETERS, many=("thing",))
    answers = answers_of(request)
    if not (answers.subject and answers.graph and answers.statement and "what" in answers.form):
        raise BadParameter(
            "A patch needs s, g, t and what, as the page /correct makes its address.",
            parameter="what",
        )
    case = await find(serve, answers)
    result = await judge(request, serve, case, answers)
    outcome = result.outcome or Outcome()
    if not outcome.is_sound:
        raise _refusal(outcome)
    pages = Corrections(serve.frame)
    voice = serve.frame.voice(tongue)
    message = pages.message(pages.told(case, voice), answers, result, voice)
    head = "".join(f"# {line}\n" for line in message.split("\n"))
    body = f"{head}\n{outcome.patch}".encode()
    name = f"correction-{answers.statement}.patch"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Language": tongue,
        "Vary": "Accept-Language",
        "Cache-Control": NEVER,
    }
    return send(request, Made(body, _PATCH, tag(body), headers=headers))


def _refusal(outcome: Outcome) -> ProposalRefused:
    faults = [{"answer": f.answer, "code": f.code, **f.details} for f in outcome.faults]
    objections = [
        {
            "severity": o.severity,
            "file": o.file,
            "line": o.line,
            "rule": o.rule,
            "messages": dict(o.messages),
            "cure": dict(o.cure),
        }
        for o in outcome.objections
    ]
    if faults:
        told = "An answer of the form cannot be used; the page /correct says which and why."
    else:
        told = "; ".join(f"{o.file}:{o.line}: {o.messages['en']}" for o in outcome.objections)
    return ProposalRefused(told, faults=faults, objections=objections)


async def find(serve: Serving, answers: Answers) -> Case:
    """The statement that an address names; NotFound where the release does not hold it."""
    graph = _iri(answers.graph, "g")
    entity = await look_up(serve, answers.subject)
    for statement in in_graph(entity, graph):
        if key(statement) == answers.statement:
            value = statement.object.value if statement.target else ""
            return Case(entity, statement, graph, await siblings(serve.reader, value))
    raise NotFound(
        f"{terms.shorten(graph)} says no such thing of {answers.subject[:80]} in this release;"
        " it may have been corrected. Choose the statement again on its page."
    )


def answers_of(request: Request) -> Answers:
    """The parameters, each at most once, short, and of one line; BadParameter else."""
    found: dict[str, str] = {}
    for name, most in PARAMETERS.items():
        # A name and the choice among what it may mean come under one name, the choice last.
        said = [v.strip() for v in request.query_params.getlist(name) if v.strip()]
        if len(said) > (2 if name == "thing" else 1):
            raise BadParameter(f"{name} is there {len(said)} times; name it once.", parameter=name)
        if not said:
            continue
        if len(said[-1]) > most or _CONTROL.search(said[-1]):
            raise BadParameter(
                f"{name}: one line of at most {most} characters is read.",
                parameter=name,
                limit=most,
            )
        found[name] = said[-1]
    if (change := found.get("what")) and change not in CHANGES:
        raise BadParameter(
            f"what={change}: it is one of {', '.join(CHANGES)}.",
            parameter="what",
            allowed=list(CHANGES),
        )
    form = {name: found[name] for name in (*_FORM, "name") if name in found}
    return Answers(found.get("s", ""), found.get("g", ""), found.get("t", ""), form)


def _iri(short: str, prefix: str = "id") -> str:
    iri = terms.expand(short, prefix)
    if iri is None:
        raise BadParameter(f"{short[:80]!r} is no short name of this graph, such as v:role-member.")
    return iri


async def look_up(serve: Serving, short: str) -> Entity:
    """What is said of the thing of a short name; NotFound where nothing is."""
    entity = await serve.reader.look_up(_iri(short))
    if entity is None:
        raise NotFound(f"There is no {short[:80]!r} in this release.")
    return entity


#: What the form of a correction takes.
_TOLD: Final = {
    "s": "The thing: `inria`, `v:role-member`, `src:…`, `g:…`, `enact:Target`.",
    "g": "The graph that says so, by its name.",
    "t": "The statement, by the digest that the page gives it.",
    "value": "The new value: a text, a number, a date (2025, 2025-03, 2025-03-14) or a name.",
    "concept": "The new value of a role, a kind and the like: `v:role-member`.",
    "in": "The language of a text.",
    "end": "Until when it was true.",
    "thing": "The thing that is meant: its name or its address.",
    "url": "The address of the document that shows it.",
    "doc": "Which document, where several have that address: `src:…`.",
    "par": "The paragraph of that document.",
    "title": "Of a document that is not described yet: its title.",
    "by": "Its publisher.",
    "issued": "When it appeared, as far as that is known.",
    "tongue": "Its language.",
    "read": "The day it was read.",
}
_WHAT: Final[Json] = {
    "enum": list(CHANGES),
    "description": "What is wrong; with it the answer is checked.",
}
_TAKES: Final = (
    *(in_query(name, of_text(told)) for name, told in _TOLD.items()),
    in_query("what", _WHAT),
    LANGUAGE,
)
ADDRESSES: Final = (
    Address(
        "/correct",
        _page,
        "correct",
        "Report an error",
        answer("The page.", PAGE),
        (in_query("name", of_text("A name or an address to begin with.")), *_TAKES),
        in_sitemap=True,
        robots=("/correct?",),
    ),
    Address(
        "/correct.patch",
        _patch,
        "correctPatch",
        "The patch of a correction",
        {
            "200": described("The patch of a proposal that holds.", "text/x-diff"),
            "304": {"description": "The client holds the answer already."},
        },
        _TAKES,
        (*ANYWHERE, 422),
        robots=("/correct.patch",),
    ),
)
