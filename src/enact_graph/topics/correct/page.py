"""The pages on which an error is reported: find the statement, say what is wrong, see the patch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlencode

from enact_graph import terms
from enact_graph.graph.entity import Entity, Labels, Name, pick
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.notes import Notary
from enact_graph.present.rows import Rows
from enact_graph.present.values import Wording
from enact_graph.present.view import Part, address
from enact_graph.present.words import Voice
from enact_graph.proposal import CHANGES, Fault, Objection, Outcome
from enact_graph.topics.correct.reported import (
    LINES,
    Answers,
    Case,
    Choice,
    Group,
    Pick,
    Post,
    Result,
    Told,
    diffed,
    in_graph,
    key,
    language_of,
)
from enact_graph.vocabulary import ENACT, ORG, PRECISION, RDF

#: Classes whose members have a beginning and an end.
_DATED: Final = frozenset(
    (
        ENACT.Involvement,
        ENACT.Funding,
        ORG.Membership,
    )
)
#: Statements, or things, of one graph that are listed.
LISTED: Final = 300
#: The languages a new source may be in.
_SOURCES: Final = (*terms.LANGUAGES, "lb", "nl", "it", "es", "pt", "pl", "ja", "zh")


@dataclass(frozen=True)
class Corrections:
    """Renders the pages of a correction, in any of the three languages."""

    frame: Frame

    def start(self, lang: str, said: str, found: Sequence[tuple[str, Labels]], near: bool) -> str:
        """Which thing is it about: a form, and what a name may mean or, where `near`, is like."""
        choices = [_choice(iri, labels, lang) for iri, labels in found]
        return self._page(
            lang, Answers(form={"name": said}), "start", said=said, choices=choices, is_near=near
        )

    def sources(self, entity: Entity, lang: str, answers: Answers) -> str:
        """Which source is it about: the graphs that speak of a thing."""
        voice = self.frame.voice(lang)
        every = (*entity.statements, *(s for n in entity.nodes.values() for s in n))
        counts: dict[str, int] = defaultdict(int)
        for statement in every:
            for graph in statement.graphs:
                counts[graph] += 1
        notary = Notary(voice, entity.sources, entity.labels, entity.iri)
        notes = [(notary.note([graph]), counts[graph]) for graph in sorted(counts)]
        told = [(note, n) for note, n in notes if note.report and note.mark != "inferred"]
        told.sort(key=lambda pair: (pair[0].mark != "stated", pair[0].order, pair[0].report))
        subject = Wording(entity, voice).link(entity.iri)
        return self._page(lang, answers, "sources", subject, subject=subject, sources=told)

    def subjects(self, entity: Entity, lang: str, answers: Answers) -> str:
        """Which thing of a graph is it about."""
        voice = self.frame.voice(lang)
        wording = Wording(entity, voice)
        choices = [
            Part(wording.link(node).name, f"/correct?{urlencode({'s': short, 'g': answers.graph})}")
            for node in sorted(entity.nodes)
            if (short := terms.abbreviate(node))
        ]
        note = Notary(voice, entity.sources, entity.labels).note([entity.iri])
        return self._page(
            lang,
            answers,
            "subjects",
            source_note=replace(note, report=""),
            things=choices,
            is_cut=len(entity.nodes) >= LISTED,
        )

    def statements(self, entity: Entity, graph: str, lang: str, answers: Answers) -> str:
        """Which statement is it: those of a graph about a thing."""
        voice = self.frame.voice(lang)
        wording = Wording(entity, voice)
        notary = Notary(voice, entity.sources, entity.labels)
        labels = Rows(wording, notary)
        groups: dict[str, list[Pick]] = defaultdict(list)
        hidden = set(PRECISION.values())
        every = in_graph(entity, graph)
        for s in every[:LISTED]:
            if s.predicate in hidden:
                continue  # a date is corrected together with its precision
            asked = {"s": answers.subject, "g": answers.graph, "t": key(s)}
            parts = wording.parts(s.object, s.predicate, s.subject)
            groups[s.subject].append(
                Pick(
                    Part(labels.label(s.predicate).name),
                    tuple(replace(p, href=None) for p in parts),
                    f"/correct?{urlencode(asked, safe=':')}",
                    language_of(s),
                )
            )
        found = [Group(wording.link(subject), tuple(picks)) for subject, picks in groups.items()]
        return self._page(
            lang,
            answers,
            "statements",
            wording.link(entity.iri),
            subject=wording.link(entity.iri),
            source_note=replace(notary.note([graph]), report=""),
            is_inferred=graph.startswith(terms.GRAPH_INFERRED),
            groups=found,
            is_cut=len(every) > LISTED,
            others=f"/correct?{urlencode({'s': answers.subject}, safe=':')}",
        )

    def form(self, case: Case, lang: str, answers: Answers, result: Result) -> str:
        """What is wrong; with an outcome, the patch and what rules say of it."""
        voice = self.frame.voice(lang)
        told = self.told(case, voice)
        concepts = [_choice(iri, labels, lang) for iri, labels in case.siblings.items()]
        concepts.sort(key=lambda c: c.name.name.text.casefold())
        outcome = result.outcome or Outcome()
        message = self.message(told, answers, result, voice)
        post = Post()
        if outcome.is_sound:
            title = voice.text("correct.issue", thing=told.subject.name.text)
            post = Post(_filled(result.post.repository, title, message), result.post.contact)
        return self._page(
            lang,
            answers,
            "form",
            Wording(case.entity, voice).link(case.entity.iri),
            told=told,
            changes=[c for c in CHANGES if c != "ended" or told.is_dated],
            concepts=concepts,
            choices=[_choice(iri, labels, lang) for iri, labels in result.choices],
            outcome=result.outcome,
            faults={f.answer: self._fault(f, voice) for f in reversed(outcome.faults)},
            diff=diffed(outcome.patch),
            is_cut=outcome.patch.count("\n") > LINES,
            objections=[(o, _rule(o)) for o in outcome.objections],
            message=message,
            post=post,
            patch_href="/correct.patch?" + urlencode(answers.kept),
            cancel=f"/correct?{urlencode({'s': answers.subject, 'g': answers.graph}, safe=':')}",
        )

    def told(self, case: Case, voice: Voice) -> Told:
        """The statement in words."""
        entity, statement = case.entity, case.statement
        wording = Wording(entity, voice)
        notary = Notary(voice, entity.sources, entity.labels)
        of = entity.said(statement.subject)
        types = {s.object.value for s in of if s.predicate == RDF.type}
        stated = (g for g in statement.graphs if not g.startswith(terms.GRAPH_INFERRED))
        return Told(
            wording.link(statement.subject),
            Part(Rows(wording, notary).label(statement.predicate).name),
            tuple(wording.parts(statement.object, statement.predicate, statement.subject)),
            notary.note(stated),
            case.kind,
            bool(types & _DATED),
            language_of(statement),
        )

    def message(self, told: Told, answers: Answers, result: Result, voice: Voice) -> str:
        """A text for whoever maintains the data: what, why, where, and how it is applied."""
        outcome, form, text = result.outcome, answers.form, voice.text
        if not outcome or not outcome.patch:
            return ""
        value = "".join(p.name.text for p in told.value)
        proposed = next((form[n] for n in ("value", "concept", "thing", "end") if n in form), "")
        address = f"{result.origin}/correct?{urlencode(answers.kept)}"
        lines = {
            "statement": f"{told.subject.name.text} – {told.label.name.text} – {value}",
            "said-by": ", ".join(words for words in (told.note.what, told.note.when) if words),
            "wrong": text("correct.what." + form["what"]),
            "new": proposed,
            "evidence": form.get("url", ""),
            "place": f"{outcome.file}:{outcome.line}",
            "checked": self._verdict(outcome, voice),
            "page": address,
            "apply": "git apply correction.patch && make data",
        }
        colon = text("value.colon")
        rows = [(text(f"correct.{name}"), said) for name, said in lines.items() if said]
        return "\n".join(f"{name}{colon}{said}" for name, said in rows)

    def _verdict(self, outcome: Outcome, voice: Voice) -> str:
        broken = sum(o.severity == "violation" for o in outcome.objections)
        if broken:
            return voice.count("correct.broken", broken)
        return voice.text("correct.sound", n=voice.number(outcome.rules))

    def _fault(self, fault: Fault, voice: Voice) -> str:
        return voice.text(f"correct.fault.{fault.code}", **fault.details)

    def _page(
        self, lang: str, answers: Answers, stage: str, thing: Part | None = None, **values: object
    ) -> str:
        voice = self.frame.voice(lang)
        home = Part(Name(voice.text("nav.home"), lang), "/")
        return self.frame.render(
            "correct/page.html",
            lang,
            Heading(
                voice.text("correct.title"), voice.text("correct.description"), path="/correct"
            ),
            kept=answers.kept,
            crumbs=[{"name": p.name, "href": p.href} for p in (home, thing) if p and p.href],
            crumb_here=voice.text("correct.title"),
            stage=stage,
            asked=answers,
            form=defaultdict(str, answers.form),
            source_languages=_SOURCES,
            outcome=values.pop("outcome", None),
            faults=values.pop("faults", {}),
            verdict=self._verdict,
            voice=voice,
            **values,
        )


def _choice(iri: str, labels: Labels, lang: str) -> Choice:
    short = terms.abbreviate(iri) or ""
    return Choice(short, Part(pick(labels, lang) or Name(short, ""), address(iri)))


def _rule(objection: Objection) -> Part:
    """The rule that objects, linked to its words where it is one of the shapes."""
    anchor = objection.rule.removeprefix(terms.SHAPES)
    is_shape = anchor != objection.rule
    name = Name(terms.shorten(objection.rule), "")
    return Part(name, f"/shapes#{anchor}" if is_shape else None, "code")


def _filled(template: str, title: str, body: str) -> str:
    return template.replace("{title}", quote(title, safe="")).replace(
        "{body}", quote(body, safe="")
    )
