"""The values a named question is asked with: read from an address, by type, never into its text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request

from enact_graph import formats, terms
from enact_graph.errors import BadParameter
from enact_graph.formats import HTML, TURTLE, XLSX, Format
from enact_graph.lookup.index import Index
from enact_graph.lookup.resolve import resolve, unclear
from enact_graph.release.questions import Question, term
from enact_graph.topics.questions.page import PATH
from enact_graph.topics.sparql.protocol import read_fields
from enact_graph.web import wanted
from enact_graph.web.parameters import is_added
from enact_graph.web.reply import links
from enact_graph.web.state import Serving

LANG: Final = "lang"
DOWNLOAD: Final = "download"
PART: Final = "part"


@dataclass(frozen=True)
class Given:
    """What a question was asked with: values by parameter, the query they make, the language.

    `is_spoken` where the answer has names in the language, `is_lang_given` where it was asked for.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    lang: str = "en"
    is_spoken: bool = False
    is_lang_given: bool = False
    download: str | None = None

    @property
    def stated(self) -> list[tuple[str, str]]:
        """The values that an address has to name, the language aside."""
        return [(name, value) for name, value in self.values.items() if name != LANG]


def fields(request: Request) -> list[tuple[str, str]]:
    """The fields of an address; those left empty, as a form sends them, stand for the defaults.

    What others add to an address they share is left out.
    """
    found = read_fields(request.scope["query_string"], "query string")
    return [(n, v) for n, v in found if (v or n == DOWNLOAD) and not is_added(n)]


def part(given: Sequence[tuple[str, str]]) -> tuple[int, list[tuple[str, str]]]:
    """Which part of a long table a page shows, and the other fields; BadParameter of no number."""
    found = [value for name, value in given if name == PART]
    if len(found) > 1 or not all(re.fullmatch(r"[1-9][0-9]{0,4}", value) for value in found):
        raise BadParameter(
            f"part={','.join(found)[:40]}: the parts of a table are numbered from 1; name one, or"
            " leave the parameter out.",
            parameter=PART,
        )
    return int(found[0]) if found else 1, [f for f in given if f[0] != PART]


async def read(serve: Serving, question: Question, given: Iterable[tuple[str, str]]) -> Given:
    """Read values by the types of a question's parameters; BadParameter names what is wrong.

    A thing may be given by whatever names it.
    """
    given = list(given)
    tongue = dict(given).get(LANG, "")
    found: dict[str, str] = {}
    names: list[str] = []
    kinds = {p.name: p for p in question.parameters}
    lang: str | None = None
    for name, value in given:
        if name == DOWNLOAD:
            names.append(value)
            continue
        if name == LANG:
            if lang is not None and lang != value:
                raise BadParameter("lang is given twice; give it once.", parameter=LANG)
            if value not in terms.LANGUAGES:
                raise BadParameter(
                    f"lang={value[:40]}: answers come in {', '.join(terms.LANGUAGES)}; name one of"
                    " these, or leave the parameter out.",
                    parameter=LANG,
                    allowed=list(terms.LANGUAGES),
                )
            lang = value
            continue
        if name in found:
            raise BadParameter(f"{name} is given twice; give it once.", parameter=name)
        is_thing = name in kinds and kinds[name].kind == "iri"
        found[name] = terms.shorten(await thing(serve, name, value, tongue)) if is_thing else value
    spoken = [p for p in question.parameters if p.kind == "language"]
    query = question.fill(found | {p.name: lang for p in spoken if lang})
    default = spoken[0].default if spoken else "en"
    changed = {n: v for n, v in found.items() if v != kinds[n].default}
    return Given(
        changed,
        query,
        lang or default,
        bool(spoken),
        lang is not None,
        wanted.check(names),
    )


async def thing(serve: Serving, parameter: str, value: str, lang: str) -> str:
    """The IRI of the thing that a value means; BadParameter where there is none, or several."""
    found = await serve.resolve(value, lang)
    if found.thing is None:
        raise unclear(serve.index, parameter, value, found, lang)
    return found.thing


def iri(value: str) -> str:
    """The IRI that is written in full or with a prefix; ValueError of anything else."""
    return term("iri", value).value


def name(index: Index, thing_: str, language: str) -> str:
    """How a form names a thing: by its name where that leads back to it, else its identifier."""
    entry = index.entry(thing_)
    text = entry.label(language).text if entry else ""
    return text if resolve(index, text).thing == thing_ else terms.shorten(thing_)


def nearest(asked: str, questions: Iterable[str]) -> list[str]:
    """The names of questions most like one that is not there."""
    return get_close_matches(asked[:80].lower(), list(questions), 3, 0.5)


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
FILES: Final = tuple(f for f in FORMS if f != HTML)
BY_EXTENSION: Final = {f.extension: f for f in FORMS}
#: Opened by another program than a browser.
SAVED: Final = (formats.RESULTS_CSV, formats.RESULTS_TSV, XLSX)
#: How the page names the files, in its order.
LISTED: Final = (
    formats.RESULTS_CSV,
    XLSX,
    formats.RESULTS_TSV,
    formats.RESULTS_JSON,
    formats.RESULTS_XML,
    TURTLE,
)


def address(question: Question, format_: Format | None, given: Given) -> str:
    """The address of an answer, with the values that are not the defaults."""
    suffix = f".{format_.extension}" if format_ else ""
    fields = [*given.stated, *([("lang", given.lang)] if given.is_lang_given else [])]
    query = urlencode(fields, quote_via=quote, safe=":")
    return f"{PATH}/{question.name}{suffix}" + (f"?{query}" if query else "")


def alternates(serve: Serving, question: Question, given: Given) -> str:
    """The Link header of an answer: its other forms, its lasting address, its licence."""
    targets: list[tuple[str, str, dict[str, str]]] = [
        (address(question, f, given), "alternate", {"type": f.media_type}) for f in FILES
    ]
    targets.append((address(question, None, given), "alternate", {"type": HTML.media_type}))
    targets.append((terms.BASE + f"queries/{question.name}", "cite-as", {}))
    if serve.licence:
        targets.append((serve.licence, "license", {}))
    return links(*targets)
