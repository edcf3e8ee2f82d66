"""The quality report in words: the numbers of a release's quality.json, and queries behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from babel import Locale

from enact_graph import terms
from enact_graph.formats import TURTLE
from enact_graph.graph.entity import Name, pick
from enact_graph.present.frame import Frame, Heading, verdict
from enact_graph.present.view import File, Part, address
from enact_graph.present.words import Voice

#: So many publishers are listed; the query lists all.
_PUBLISHERS: Final = 12


@dataclass(frozen=True)
class Bar:
    """A row with a number and its share, in per cent, of the whole or of the largest."""

    label: Part
    number: int
    share: float
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Told:
    """A document and the day it appeared, or that it is not known."""

    title: Part
    day: str
    when: str


@dataclass(frozen=True)
class Side:
    """What one side of a disagreement says, and the documents that say so."""

    name: Part
    sources: tuple[Told, ...]


@dataclass(frozen=True)
class Quality:
    """The report of one release in one language."""

    report: Mapping[str, Any]
    voice: Voice

    def languages(self) -> list[Bar]:
        """Each language of this graph: names, descriptions, official names, names of ours."""
        names = self.report["names"]
        bodies = names["organizations"]
        return [
            Bar(
                Part(Name(self.voice.text("frame.own-name", row["language"]), row["language"])),
                row["names"],
                _share(row["official_names"], bodies),
                (row["descriptions"], row["official_names"], bodies - row["official_names"]),
            )
            for row in names["languages"]
            if row["language"] in terms.LANGUAGES
        ]

    def other_languages(self) -> str:
        """The other languages in which a body has an official name."""
        rows = self.report["names"]["languages"]
        others = [r["language"] for r in rows if r["language"] not in terms.LANGUAGES]
        spoken = Locale.parse(self.voice.lang).languages
        return self.voice.listed([spoken.get(tag.partition("-")[0], tag) for tag in others])

    def schemes(self) -> list[Bar]:
        """Each identifier scheme: the agents that have one, and all things that do."""
        known = self.report["identifiers"]
        return [
            Bar(
                self._link(row["scheme"], row["names"]),
                row["agents"],
                _share(row["agents"], known["agents"]),
                (row["things"],),
            )
            for row in known["schemes"]
        ]

    def types(self) -> list[Bar]:
        """The documents by type."""
        return self._documents("types", "type")

    def publishers(self) -> list[Bar]:
        """The documents by publisher, the most frequent ones."""
        return self._documents("publishers", "publisher")[:_PUBLISHERS]

    def support(self) -> list[Bar]:
        """The statements by the number of documents that make them."""
        said = self.report["statements"]
        return [
            Bar(
                self._text(self.voice.count("quality.by-documents", row["documents"])),
                row["statements"],
                _share(row["statements"], said["statements"]),
            )
            for row in said["by_documents"]
        ]

    def things(self) -> list[Bar]:
        """The things that documents describe, only name, or leave to the project."""
        found = self.report["things"]
        counted = {k: found[k.replace("-", "_")] for k in ("described", "named", "project-only")}
        return [
            Bar(
                self._text(self.voice.text(f"quality.things.{key}")),
                number,
                _share(number, found["things"]),
            )
            for key, number in counted.items()
        ]

    def years(self) -> list[Bar]:
        """The things by year of the newest document that speaks of them; last the undated ones."""
        fresh = self.report["freshness"]
        rows = [
            Bar(self._text(row["year"]), row["things"], _share(row["things"], fresh["things"]))
            for row in reversed(fresh["by_year_of_issue"])
        ]
        undated = self._text(self.voice.text("quality.undated"))
        share = _share(fresh["undated"], fresh["things"])
        return [*rows, *([Bar(undated, fresh["undated"], share)] if fresh["undated"] else [])]

    def disagreements(self) -> list[tuple[Side, ...]]:
        """The pairs of statements that differ."""
        return [
            tuple(self._side(side) for side in pair["sides"])
            for pair in self.report["disagreements"]
        ]

    def corroborated(self) -> str:
        """How many statements two documents or more make."""
        said = self.report["statements"]
        several = sum(r["statements"] for r in said["by_documents"] if r["documents"] > 1)
        return self._sentence("corroborated", several, said["statements"])

    def project_only(self) -> str:
        """How many things only the project describes."""
        found = self.report["things"]
        return self._sentence("project-only", found["project_only"], found["things"])

    def named(self) -> str:
        """How many things have a name, and how many a description in this language."""
        names = self.report["names"]
        told = next(r for r in names["languages"] if r["language"] == self.voice.lang)
        return self._sentence("named", told["descriptions"], names["things"])

    def identified(self) -> str:
        """How many agents have an identifier."""
        known = self.report["identifiers"]
        return self._sentence("identified", known["identified_agents"], known["agents"])

    def dated(self) -> str:
        """How many ties between things have a date."""
        dates = self.report["dates"]
        return self._sentence("dated", dates["dated_ties"], dates["ties"])

    def _sentence(self, key: str, part: int, base: int) -> str:
        numbers = {"n": part, "of": base, "share": round(_share(part, base))}
        words = {name: self.voice.number(number) for name, number in numbers.items()}
        return self.voice.text(f"quality.{key}", **words)

    def percent(self, share: float) -> str:
        """A share rounded to one per cent, but never to none."""
        is_little = 0 < share < 0.5
        number = self.voice.number(1 if is_little else round(share))
        return self.voice.text("quality.percent", n=f"< {number}" if is_little else number)

    def query(self, key: str) -> str:
        """The address of the query behind a number, ready to be run."""
        return "/sparql?" + urlencode({"query": _QUERIES[key], "lang": self.voice.lang})

    def _documents(self, part: str, key: str) -> list[Bar]:
        counted = self.report["sources"]
        return [
            Bar(
                self._link(row[key], row["names"]),
                row["documents"],
                _share(row["documents"], counted["documents"]),
            )
            for row in counted[part]
        ]

    def _side(self, side: Mapping[str, Any]) -> Side:
        sources = tuple(
            Told(self._link(s["iri"], s["names"]), s["issued"] or "", self._when(s))
            for s in side["sources"]
        )
        return Side(self._link(side["iri"], side["names"]), sources)

    def _when(self, source: Mapping[str, Any]) -> str:
        if source["issued"]:
            day = date.fromisoformat(source["issued"])
            return self.voice.date(day, source["precision"])
        if source["read"]:
            seen = self.voice.date(date.fromisoformat(source["read"]))
            return self.voice.text("quality.read", day=seen)
        return self.voice.text("quality.undated-document")

    def _link(self, iri: str, names: Mapping[str, str]) -> Part:
        name = pick(names, self.voice.lang) or Name(iri.rpartition("/")[2], "")
        return Part(name, address(iri))

    def _text(self, text: str) -> Part:
        return Part(Name(text, self.voice.lang))


def _share(part: int, base: int) -> float:
    return round(100 * part / base, 1) if base else 0.0


def _prefixed(query: str) -> str:
    used = sorted(p for p in terms.PREFIXES if f"{p}:" in query)
    return "".join(f"PREFIX {p}: <{terms.PREFIXES[p]}>\n" for p in used) + query


_QUERIES: Final[Mapping[str, str]] = {
    key: _prefixed(query)
    for key, query in {
        "official": """SELECT ?organisation ?name WHERE {
  ?organisation a org:Organization ; enact:officialName ?name
} ORDER BY ?organisation LANG(?name)""",
        "unidentified": """SELECT ?agent ?name WHERE {
  ?agent a foaf:Agent ; skos:prefLabel ?name
  FILTER(LANG(?name) = "en")
  FILTER NOT EXISTS { ?agent adms:identifier ?identifier }
} ORDER BY ?name""",
        "documents": """SELECT ?document ?publisher ?issued WHERE {
  ?document a enact:SourceDocument
  OPTIONAL { ?document dcterms:publisher ?publisher }
  OPTIONAL { ?document dcterms:issued ?issued }
} ORDER BY ?publisher ?issued ?document""",
        "support": """SELECT ?s ?p ?o (COUNT(DISTINCT ?document) AS ?documents) WHERE {
  GRAPH ?graph { ?s ?p ?o }
  ?graph prov:wasDerivedFrom ?source
  OPTIONAL { ?source oa:hasSource ?whole }
  BIND(COALESCE(?whole, ?source) AS ?document)
} GROUP BY ?s ?p ?o HAVING(COUNT(DISTINCT ?document) > 1)
ORDER BY DESC(?documents) ?s LIMIT 200""",
        "ours": """SELECT DISTINCT ?thing WHERE {
  ?thing a ?class FILTER(STRSTARTS(STR(?thing), STR(id:)))
  MINUS { ?g prov:wasDerivedFrom ?source . GRAPH ?g { ?thing ?p ?o } }
  MINUS { ?h prov:wasDerivedFrom ?other . GRAPH ?h { ?s ?q ?thing } }
} ORDER BY ?thing""",
        "disagreements": """SELECT ?one ?other ?document WHERE {
  ?one enact:differsFrom ?other
  OPTIONAL { GRAPH ?graph { ?one ?p ?o } ?graph prov:wasDerivedFrom ?document }
} GROUP BY ?one ?other ?document ORDER BY ?one ?other""",
    }.items()
}


def page(frame: Frame, report: Mapping[str, Any], lang: str) -> str:
    """The quality report, from the quality.json of the release."""
    voice = frame.voice(lang)
    shown = Quality(report, voice)
    sections = ("support", "names", "identifiers", "documents", "freshness", "disagreements")
    return frame.render(
        "quality/page.html",
        lang,
        Heading(
            voice.text("quality.title"),
            voice.text("quality.description"),
            "quality",
            path="/quality",
        ),
        page=shown,
        report=report,
        disagreements=shown.disagreements(),
        entries=[
            *((key, voice.text(f"quality.{key}")) for key in sections),
            ("data", voice.text("entity.data")),
        ],
        percent=shown.percent,
        verdict=verdict(frame, voice),
        files=[
            File("Turtle", "/quality.ttl", TURTLE.media_type),
            File("JSON", "/quality.json", "application/json"),
        ],
    )
