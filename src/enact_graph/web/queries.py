"""The named questions: the list, each question as a page, and its answer under stable addresses."""

import json
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph import formats, terms
from enact_graph.errors import BadParameter, EnactGraphError, NotAcceptable, NotFound
from enact_graph.formats import HTML, JSON, TURTLE, XLSX, Format
from enact_graph.present import resultset, workbook
from enact_graph.present.negotiate import choose
from enact_graph.present.pages.answers import Answer
from enact_graph.present.pages.questions import LINES, PATH, Asked, Field, Questions
from enact_graph.query.cache import changes
from enact_graph.query.naming import like
from enact_graph.question import Question
from enact_graph.web import attachment, values
from enact_graph.web.answered import answered
from enact_graph.web.reply import (
    NEVER,
    REVALIDATE,
    Made,
    accept,
    known,
    language,
    links,
    origin,
    send,
    tag,
)
from enact_graph.web.serving import Serving, serving
from enact_graph.web.values import Given

#: The forms of an answer; the first is what a client gets that takes anything.
FORMS: Final = (
    formats.RESULTS_JSON,
    formats.RESULTS_CSV,
    formats.RESULTS_TSV,
    formats.RESULTS_XML,
    XLSX,
    TURTLE,
    HTML,
)
_FILES: Final = tuple(f for f in FORMS if f != HTML)
_BY_EXTENSION: Final = {f.extension: f for f in FORMS}
#: Opened by another program than a browser.
_SAVED: Final = (formats.RESULTS_CSV, formats.RESULTS_TSV, XLSX)
#: How the page names the files, in its order.
_LISTED: Final = (
    formats.RESULTS_CSV,
    XLSX,
    formats.RESULTS_TSV,
    formats.RESULTS_JSON,
    formats.RESULTS_XML,
    TURTLE,
)
_OTHERS: Final = 5


def routes() -> list[Route]:
    """The routes of the list and of each question, whose name the suffix of a format may follow."""
    return [
        Route(PATH, _all),
        Route(f"{PATH}.json", _list),
        Route(f"{PATH}/{{name}}", _one),
    ]


async def _all(request: Request) -> Response:
    """The list as a page, or as JSON to who would rather have that."""
    chosen = choose(accept(request), (HTML, JSON))
    if chosen is None:
        offered = [HTML.media_type, JSON.media_type]
        raise NotAcceptable("The list of questions is a page or JSON.", offered=offered)
    vary = "Accept, Accept-Language"
    if chosen == JSON:
        return _listing(request, {"Vary": vary, "Content-Location": f"{PATH}.json"})
    serve, tongue = serving(request), language(request)
    sought = " ".join(request.query_params.get("find", "").split())[:200]
    key = ("queries", sought, tongue)
    made = serve.made.get(key)
    if made is None:
        page = await run_in_threadpool(
            Questions(serve.pages.frame).all, serve.questions, tongue, sought
        )
        headers = {"Content-Language": tongue, "Vary": vary, "Link": _json_link()}
        made = Made(page.encode(), HTML.content_type, tag(page), headers=headers)
        serve.made.put(key, made, made.size)
    return send(request, made)


async def _list(request: Request) -> Response:
    return _listing(request, {})


def _listing(request: Request, headers: Mapping[str, str]) -> Response:
    """Every question with its texts, parameters and addresses, for programs."""
    serve = serving(request)
    listed = [
        {
            "name": q.name,
            "topic": q.topic,
            "title": q.titles,
            "about": q.abouts,
            "page": f"{PATH}/{q.name}",
            "answers": {f.extension: f"{PATH}/{q.name}.{f.extension}" for f in _FILES},
            "parameters": [
                {"name": p.name, "type": p.kind, "title": p.titles, "default": p.default}
                for p in q.parameters
            ],
            "query": q.text,
        }
        for q in serve.questions
    ]
    body = (json.dumps({"questions": listed}, ensure_ascii=False, indent=1) + "\n").encode()
    return send(request, Made(body, JSON.media_type, tag(body), headers=headers))


async def _one(request: Request) -> Response:
    serve = serving(request)
    question, suffix = _named(serve, request.path_params["name"])
    headers: dict[str, str] = {}
    chosen = suffix
    if chosen is None:
        chosen = choose(accept(request), FORMS)
        headers["Vary"] = "Accept, Accept-Language"
        headers["Content-Location"] = ""
    if chosen is None:
        offered = {f.media_type: f"{PATH}/{question.name}.{f.extension}" for f in FORMS}
        raise NotAcceptable(
            f"This answer is not to be had as Accept: {accept(request)} wants; there are"
            f" {', '.join(offered)}.",
            offered=offered,
        )
    fields = values.fields(request)
    if chosen == HTML:
        part, rest = values.part(fields)
        return await _page(request, serve, question, rest, part)
    given = await values.read(serve.reader, question, fields)
    return await _file(request, serve, question, given, chosen, headers)


def _named(serve: Serving, name: str) -> tuple[Question, Format | None]:
    """The question of a name, and the format that its suffix means."""
    by_name = {q.name: q for q in serve.questions}
    stem, dot, extension = name.rpartition(".")
    format_ = _BY_EXTENSION.get(extension) if dot else None
    found = by_name.get(stem if format_ else name)
    if found is None:
        near = values.nearest(stem if dot else name, by_name)
        listed = ", ".join(near) or f"all are listed at {PATH}"
        raise NotFound(f"There is no question {name[:80]!r}; there is {listed}.", questions=near)
    return found, format_


async def _file(  # noqa: PLR0913, PLR0917 - what an answer depends on
    request: Request,
    serve: Serving,
    question: Question,
    given: Given,
    format_: Format,
    headers: dict[str, str],
) -> Response:
    etag = tag(
        serve.release.manifest.digest, serve.software, question.name, given.query, given.lang,
        format_.key, origin(request) if format_ == XLSX else "",
    )  # fmt: skip
    volatile = changes(given.query)
    key = ("query", etag)
    made = None if volatile else serve.made.get(key)
    if made is None and not volatile and etag in known(request):
        made = Made(b"", "", etag)
    if made is None:
        body = await _body(request, serve, question, given, format_)
        cached = NEVER if volatile else REVALIDATE
        made = Made(body, format_.content_type, None if volatile else etag, cached)
        if not volatile:
            serve.made.put(key, made, made.size)
    headers["Link"] = _links(serve, question, given)
    if "Content-Location" in headers:
        headers["Content-Location"] = address(question, format_, given)
    stem = f"{question.name}-{given.lang}" if given.is_spoken or format_ == XLSX else question.name
    is_saved = format_ in _SAVED or given.download is not None
    name = (given.download or f"enact-graph-{stem}") if is_saved else None
    headers["Content-Disposition"] = attachment.disposition(name, stem, format_)
    return send(request, Made(made.body, made.content_type, made.etag, made.cache_control, headers))


async def _body(
    request: Request, serve: Serving, question: Question, given: Given, format_: Format
) -> bytes:
    """The answer in a format; NotFound where an answer of its form has none like it."""
    is_made_of_json = format_ in (XLSX, TURTLE)
    results = formats.RESULTS_JSON if is_made_of_json else format_
    answer = await serve.pool.run(given.query, results=results, graph=TURTLE)
    is_graph = answer.form not in ("select", "ask")
    if is_graph and format_ != TURTLE:
        raise NotFound(f"{question.name} answers with a graph; ask for it as .ttl.")
    if is_graph or not is_made_of_json:
        return answer.body
    if format_ == TURTLE:
        return await run_in_threadpool(resultset.write, answer.body)
    sheet = workbook.About(
        question.titles[given.lang],
        question.abouts.get(given.lang, ""),
        origin(request) + address(question, XLSX, given),
        serve.release.manifest.version,
        serve.release.manifest.issued,
        serve.licence or "",
        [(p.titles[given.lang], given.values.get(p.name, p.default)) for p in question.parameters],
    )
    voice = serve.pages.frame.voice(given.lang)
    return await run_in_threadpool(workbook.write, answer.body, sheet, voice, question.name)


async def _page(
    request: Request,
    serve: Serving,
    question: Question,
    fields: Sequence[tuple[str, str]],
    part: int,
) -> Response:
    """The question with its answer, or with what is wrong with the values."""
    tongue, here = language(request), origin(request)
    key = ("question", question.name, tuple(fields), part, tongue, here)
    made = serve.made.get(key)
    if made is not None:
        return send(request, made)
    problem: EnactGraphError | None = None
    answer: Answer | str | bool | None = None
    given = Given({}, "", tongue)
    try:
        given = await values.read(serve.reader, question, [*fields, ("lang", tongue)])
    except BadParameter as error:
        problem = error
    else:
        answer = await _answer(serve, given.query)
        rows = len(answer.rows) if isinstance(answer, Answer) else 0
        if part > max(-(-rows // LINES), 1):
            raise NotFound(f"This answer has no part {part}; leave the parameter out.")
    typed = dict(fields)
    asked = Asked(
        question,
        here,
        await _fields(serve, question, given, typed, problem, tongue),
        given.stated,
        given.query,
        [(f.title, f.extension, f.media_type) for f in _LISTED],
        problem,
        _others(serve, question),
    )
    page = await run_in_threadpool(Questions(serve.pages.frame).one, asked, tongue, answer, part)
    headers = {
        "Content-Language": tongue,
        "Vary": "Accept, Accept-Language",
        "Link": _links(serve, question, given),
    }
    if problem:
        refused = {"Content-Type": HTML.content_type, "Cache-Control": NEVER, **headers}
        return Response(page, problem.status, refused)
    body = page.encode()
    if changes(given.query):
        return send(request, Made(body, HTML.content_type, None, NEVER, headers))
    made = Made(body, HTML.content_type, tag(body), headers=headers)
    serve.made.put(key, made, made.size)
    return send(request, made)


async def _answer(serve: Serving, query: str) -> Answer | str | bool:
    found = await serve.pool.run(query, results=formats.RESULTS_JSON, graph=TURTLE)
    if found.form == "ask":
        return bool(ox.parse_query_results(found.body, format=ox.QueryResultsFormat.JSON))
    if found.form != "select":
        return found.body.decode()
    return await answered(serve.reader, query, found.body)


async def _fields(  # noqa: PLR0913, PLR0917 - a form as it was filled in
    serve: Serving,
    question: Question,
    given: Given,
    typed: Mapping[str, str],
    problem: EnactGraphError | None,
    tongue: str,
) -> list[Field]:
    """The form: what was typed where it is wrong, else the names of the values."""
    found = []
    for p in question.parameters:
        if p.kind == "language":
            continue  # the language of the page
        options: list[tuple[str, object]] = []
        value = typed.get(p.name) if problem else given.values.get(p.name)
        value = value or p.default
        if p.kind == "iri":
            default = values.iri(p.default)
            told = await like(serve.reader, default, tongue)
            options = [*told]
            if not problem or p.name not in typed:
                value = await values.name(serve.reader, values.iri(value), tongue, p.default)
        wrong = problem is not None and problem.extra.get("parameter") == p.name
        text = problem.detail if problem and wrong else ""
        found.append(Field(p, value, options, text))  # type: ignore[arg-type]
    return found


def _others(serve: Serving, question: Question) -> list[Question]:
    """Further questions of the same topic, those that follow it first."""
    group = [q for q in serve.questions if q.topic == question.topic]
    at = group.index(question)
    return (group[at + 1 :] + group[:at])[:_OTHERS]


def address(question: Question, format_: Format | None, given: Given) -> str:
    """The address of an answer, with the values that are not the defaults."""
    suffix = f".{format_.extension}" if format_ else ""
    fields = [*given.stated, *([("lang", given.lang)] if given.is_lang_given else [])]
    query = urlencode(fields, quote_via=quote, safe=":")
    return f"{PATH}/{question.name}{suffix}" + (f"?{query}" if query else "")


def _links(serve: Serving, question: Question, given: Given) -> str:
    targets: list[tuple[str, str, dict[str, str]]] = [
        (address(question, f, given), "alternate", {"type": f.media_type}) for f in _FILES
    ]
    targets.append((address(question, None, given), "alternate", {"type": HTML.media_type}))
    targets.append((terms.BASE + f"queries/{question.name}", "cite-as", {}))
    if serve.licence:
        targets.append((serve.licence, "license", {}))
    return links(*targets)


def _json_link() -> str:
    return links((f"{PATH}.json", "alternate", {"type": JSON.media_type}))
