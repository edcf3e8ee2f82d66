"""The pages of the named questions: the list of all, and each with its form and its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode

from enact_graph.errors import EnactGraphError
from enact_graph.graph.entity import Name
from enact_graph.lookup.normalise import fold
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.view import File, Part
from enact_graph.present.words import Voice
from enact_graph.release.questions import TOPICS, Parameter, Question
from enact_graph.terms import LANGUAGES
from enact_graph.topics.questions.answers import Answer, Reckoner

PATH: Final = "/queries"
#: Lines on a page; the files hold all rows.
LINES: Final = 60
#: The sign of a topic.
_ICONS: Final = {
    "people": "person",
    "money": "programme",
    "science": "concept",
    "targets": "target",
    "ecosystem": "cluster",
    "abroad": "alliance",
    "territory": "place",
    "trust": "document",
}


@dataclass(frozen=True)
class Field:
    """A parameter as a field of the form.

    `value` stands in it, `options` are offered as (value, name); `is_wrong` if it does not fit.
    """

    parameter: Parameter
    value: str
    options: Sequence[tuple[str, Name]] = ()
    is_wrong: bool = False

    @property
    def control(self) -> str:
        """The type of the input."""
        kinds = {"date": "date", "integer": "number", "decimal": "number"}
        return kinds.get(self.parameter.kind, "text")

    @property
    def step(self) -> str:
        """How fine a number may be."""
        return "any" if self.parameter.kind == "decimal" else "1"


@dataclass(frozen=True)
class Asked:
    """A question as it was put: its fields, the values beside defaults, the query that was run.

    `origin` is where the reader is, for addresses to be used elsewhere; `given` is in the address.
    """

    question: Question
    origin: str
    fields: Sequence[Field] = ()
    given: Sequence[tuple[str, str]] = ()
    query: str = ""
    files: Sequence[tuple[str, str, str]] = ()
    problem: EnactGraphError | None = None
    others: Sequence[Question] = field(default_factory=tuple)


@dataclass(frozen=True)
class Questions:
    """Renders the list of questions and the page of each."""

    frame: Frame

    def all(self, questions: Sequence[Question], lang: str, sought: str = "") -> str:
        """All questions by topic, or those in whose texts the words sought occur."""
        voice = self.frame.voice(lang)
        found = find(questions, sought, voice)
        groups = [
            (topic, _ICONS[topic], [q for q in found if q.topic == topic]) for topic in TOPICS
        ]
        return self.frame.render(
            "questions/overview.html",
            lang,
            Heading(
                voice.text("queries.title"),
                voice.text("queries.description", n=voice.number(len(questions))),
                "queries",
                path=PATH,
            ),
            kept=[("find", sought)] if sought else [],
            crumbs=[Part(Name(voice.text("nav.home"), lang), "/")],
            crumb_here=voice.text("nav.queries"),
            groups=[g for g in groups if g[2]],
            total=len(questions),
            found=len(found),
            words=sought,
            href=lambda q: f"{PATH}/{q.name}",
        )

    def one(
        self, asked: Asked, lang: str, answer: Answer | str | bool | None, part: int = 1
    ) -> str:
        """A question with its answer: a table, the Turtle of a graph, yes or no; None of none.

        Of a long table, its part of this number.
        """
        voice, question = self.frame.voice(lang), asked.question
        title, about = question.titles[lang], question.abouts.get(lang, "")
        sheet = None
        if isinstance(answer, Answer):
            sheet = Reckoner(answer, voice, question.name).sheet(part, LINES)
        spoken = [*asked.given, ("lang", lang)]
        address = f"{PATH}/{question.name}"
        return self.frame.render(
            "questions/page.html",
            lang,
            Heading(title, about or title, "queries", path=address),
            kept=[*asked.given, *([("part", str(part))] if part > 1 else [])],
            crumbs=[
                Part(Name(voice.text("nav.home"), lang), "/"),
                Part(Name(voice.text("nav.queries"), lang), PATH),
            ],
            crumb_here=question.name,
            data_links=[
                File(name, _address(address, suffix, spoken), media_type)
                for name, suffix, media_type in asked.files
            ],
            asked=asked,
            question=question,
            about=about,
            icon=_ICONS.get(question.topic, "concept"),
            sheet=sheet,
            graph=answer if isinstance(answer, str) else None,
            truth=answer if isinstance(answer, bool) else None,
            stable=asked.origin + _address(address, "csv", spoken),
            editor="/sparql?" + urlencode({"query": asked.query, "lang": lang}, quote_via=quote),
            codes=_codes(asked, lang),
            action=address,
            turn=lambda n: "?" + urlencode([*asked.given, ("part", n), ("lang", lang)]),
            href=lambda q: f"{PATH}/{q.name}",
            problem_title=voice.text("queries.wrong") if asked.problem else "",
        )


def find(questions: Sequence[Question], sought: str, voice: Voice) -> list[Question]:
    """The questions with all words sought in name, texts or topic, in any language; else any."""
    wanted = set(fold(sought).split())
    if not wanted:
        return list(questions)

    def hits(question: Question) -> int:
        topic = f"sparql.topic.{question.topic}"
        topics = [voice.text(topic, lang) for lang in LANGUAGES] if question.topic else []
        texts = [question.name, *question.titles.values(), *question.abouts.values(), *topics]
        known = set(fold(" ".join(texts)).split())
        return sum(any(k.startswith(w) for k in known) for w in wanted)

    scores: Mapping[str, int] = {q.name: hits(q) for q in questions}
    best = max(scores.values(), default=0)
    return [q for q in questions if best and scores[q.name] == best]


def _address(path: str, suffix: str, fields: Sequence[tuple[str, str]]) -> str:
    query = urlencode(fields, quote_via=quote, safe=":")
    return f"{path}.{suffix}" + (f"?{query}" if query else "")


def _codes(asked: Asked, lang: str) -> list[tuple[str, str]]:
    """The same answer in a shell, in Python and in R."""
    address = asked.origin + _address(
        f"{PATH}/{asked.question.name}", "csv", [*asked.given, ("lang", lang)]
    )
    return [
        ("curl", f'curl "{address}"'),
        ("Python", f'import pandas\n\nanswer = pandas.read_csv("{address}")'),
        ("R", f'answer <- read.csv("{address}")'),
    ]
