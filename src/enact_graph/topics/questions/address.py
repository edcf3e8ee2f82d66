"""The named questions: the list, each question as a page, and its answer under stable addresses."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import formats, terms
from enact_graph.errors import NotAcceptable, NotFound
from enact_graph.formats import HTML, JSON, TURTLE, XLSX, Format
from enact_graph.present import workbook
from enact_graph.rdf import resultset
from enact_graph.release.questions import KINDS, Parameter, Question
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Ask
from enact_graph.sparql.prefilter import changes
from enact_graph.topics.questions import asked, values
from enact_graph.topics.questions.page import PATH, Questions
from enact_graph.topics.questions.values import (
    BY_EXTENSION,
    FILES,
    FORMS,
    SAVED,
    Given,
    address,
    alternates,
)
from enact_graph.web import parameters, wanted
from enact_graph.web.address import Address
from enact_graph.web.negotiation import choose
from enact_graph.web.openapi import (
    ASKING,
    DAY,
    LANGUAGE,
    PAGE,
    RESULTS,
    Json,
    answer,
    in_path,
    in_query,
    of_text,
    operation,
)
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
from enact_graph.web.state import Serving, serving


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
        page = await run_in_threadpool(Questions(serve.frame).all, serve.questions, tongue, sought)
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
            "answers": {f.extension: f"{PATH}/{q.name}.{f.extension}" for f in FILES},
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
    own = [p.name for p in question.parameters]
    if chosen == HTML:
        part, rest = values.part(fields)
        rest = [field for field in rest if field[0] in (*own, values.LANG)]
        return await asked.show(request, serve, question, rest, part)
    parameters.check(request, *own, values.DOWNLOAD)
    given = await values.read(serve, question, fields)
    return await _file(request, serve, question, given, chosen, headers)


def _named(serve: Serving, name: str) -> tuple[Question, Format | None]:
    """The question of a name, and the format that its suffix means."""
    by_name = {q.name: q for q in serve.questions}
    stem, dot, extension = name.rpartition(".")
    format_ = BY_EXTENSION.get(extension) if dot else None
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
    headers["Link"] = alternates(serve, question, given)
    if "Content-Location" in headers:
        headers["Content-Location"] = address(question, format_, given)
    stem = f"{question.name}-{given.lang}" if given.is_spoken or format_ == XLSX else question.name
    is_saved = format_ in SAVED or given.download is not None
    name = (given.download or f"enact-graph-{stem}") if is_saved else None
    headers["Content-Disposition"] = wanted.disposition(name, stem, format_)
    return send(request, Made(made.body, made.content_type, made.etag, made.cache_control, headers))


async def _body(
    request: Request, serve: Serving, question: Question, given: Given, format_: Format
) -> bytes:
    """The answer in a format; NotFound where an answer of its form has none like it."""
    is_made_of_json = format_ in (XLSX, TURTLE)
    results = formats.RESULTS_JSON if is_made_of_json else format_
    answer = await serve.asker.run(Ask(given.query, results))
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
    voice = serve.frame.voice(given.lang)
    return await run_in_threadpool(workbook.write, answer.body, sheet, voice, question.name)


def _json_link() -> str:
    return links((f"{PATH}.json", "alternate", {"type": JSON.media_type}))


_ANSWERS: Final = (*RESULTS, XLSX.media_type, TURTLE.media_type, PAGE)
_SCHEMAS: Final[dict[str, Json]] = {
    "date": DAY,
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "iri": {"type": "string", "maxLength": 300},
    "language": {"enum": list(terms.LANGUAGES)},
}
_ANY: Final = (
    LANGUAGE,
    in_query("download", of_text("Save the answer, under this name if there is one.")),
)


def _each(at: Address, _: Settings, asked: Sequence[Question]) -> dict[str, Json]:
    """Any question by its name, and each question of the release with its own parameters."""
    name = in_path("name", "The name of a question, which the extension of a format may follow.")
    if asked:
        name["schema"] = name["schema"] | {"examples": [q.name for q in asked]}
    found = {at.path: {"get": at.operation() | {"parameters": [name, *_ANY]}}}
    for q in asked:
        suffix = in_path("suffix", "The extension of the format.")
        suffix["schema"] = {"enum": [f.extension for f in FORMS]}
        own = [_described(p) for p in q.parameters if p.kind != "language"]
        key = "".join(part.capitalize() for part in q.name.split("-"))
        told = operation(
            f"question{key}", q.titles["en"], at.answers, [suffix, *own, *_ANY], ASKING
        )
        more = {"description": q.abouts.get("en", ""), "tags": [q.topic]}
        found[f"{PATH}/{q.name}.{{suffix}}"] = {"get": told | more}
    return found


def _described(parameter: Parameter) -> Json:
    typed: str | int | float = parameter.default
    if parameter.kind == "integer":
        typed = int(typed)
    elif parameter.kind == "decimal":
        typed = float(typed)
    example = typed if parameter.kind in ("integer", "decimal") else KINDS[parameter.kind]
    schema = _SCHEMAS[parameter.kind] | {"default": typed, "examples": [example]}
    return in_query(parameter.name, schema) | {"description": parameter.titles["en"]}


ADDRESSES: Final = (
    Address(
        PATH,
        _all,
        "questions",
        "All questions",
        answer("The list.", JSON.media_type, PAGE),
        (
            in_query("find", of_text("Words that the questions shown have in their texts.")),
            LANGUAGE,
        ),
        in_sitemap=True,
        menu="queries",
    ),
    Address(
        f"{PATH}.json",
        _list,
        "questionList",
        "All questions",
        answer("The questions, with parameters and addresses.", JSON.media_type),
        is_strict=True,
    ),
    Address(
        f"{PATH}/{{name}}",
        _one,
        "question",
        "The answer to a question",
        answer("The answer.", *_ANSWERS),
        errors=ASKING,
        described=_each,
    ),
)
