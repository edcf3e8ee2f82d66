"""The guides: what this is and how to read it, how to cite it, how to link to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote, urlencode

from enact_graph import terms
from enact_graph.formats import RDF_FORMATS
from enact_graph.graph.entity import Entity, Name, local_name, pick
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.notes import Notary
from enact_graph.present.rows import Rows
from enact_graph.present.values import Wording
from enact_graph.present.view import File, Part, address
from enact_graph.present.words import Voice
from enact_graph.topics.correct.reported import Case, key
from enact_graph.topics.guides.citation import FORMS, Citation
from enact_graph.topics.guides.read import Dataset, Identified, Links, Word

_TITLES: Final = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON", "cff": "CITATION.cff"}
#: Licences by address and their names in the list of SPDX.
_SPDX: Final = {
    "https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
}


@dataclass(frozen=True)
class Cited:
    """A citation as the page shows it: the line to copy, and the files to fetch."""

    citation: Citation
    line: str
    files: tuple[File, ...]
    what: Part | None = None


@dataclass(frozen=True)
class Guides:
    """Renders the guides in any of the three languages."""

    frame: Frame

    def about(
        self,
        dataset: Dataset,
        lang: str,
        hedges: Sequence[Word],
        precisions: Sequence[Word],
        contact: tuple[str, str],
    ) -> str:
        """What this is, how to read a page, sources, licence, privacy; whom to turn to."""
        voice = self.frame.voice(lang)
        anchors = ("what", "read", "hedges", "dates", "policy", "licence", "privacy", "contact")
        return self.frame.render(
            "guides/about.html",
            lang,
            Heading(voice.text("about.title"), voice.text("about.description"), path="/about"),
            dataset=dataset,
            counts=self.frame.site.manifest.counts,
            hedges=[_told(w, lang) for w in hedges],
            precisions=[_told(w, lang) for w in precisions],
            repository=contact[0].partition("?")[0],
            contact=contact[1],
            licence_name=_SPDX.get(dataset.licence, dataset.licence).replace("-", " ", 1),
            entries=[(anchor, voice.text(f"about.{anchor}")) for anchor in anchors],
        )

    def cite(
        self, dataset: Dataset, lang: str, thing: Entity, case: Case | None, kept: Mapping[str, str]
    ) -> str:
        """How to cite the dataset, one thing, one statement; `kept` says which were asked for."""
        voice = self.frame.voice(lang)
        name = thing.name(thing.iri, lang)
        short = terms.abbreviate(thing.iri) or ""
        shown = [
            self._cited(self.citation(dataset, lang), voice, {}),
            self._cited(
                self.citation(dataset, lang, thing),
                voice,
                {"s": short},
                Part(name, address(thing.iri)),
            ),
        ]
        if case:
            asked = {
                "s": short,
                "g": terms.abbreviate(case.graph, "g") or "",
                "t": key(case.statement),
            }
            wording = Wording(case.entity, voice)
            told = self.statement(case, voice)
            what = Part(Name(told, lang), wording.link(case.statement.subject).href)
            citation = self.citation(dataset, lang, thing, case)
            shown.append(self._cited(citation, voice, asked, what))
        anchors = ("dataset", "thing", "statement")[: len(shown)]
        return self.frame.render(
            "guides/cite.html",
            lang,
            Heading(voice.text("cite.title"), voice.text("cite.description"), path="/cite"),
            kept=list(kept.items()),
            cited=list(zip(anchors, shown, strict=True)),
            release=self.frame.site.manifest.release_name,
            manifest=self.frame.site.manifest,
            graph=case and Part(Name(case.graph, ""), address(case.graph), "iri"),
            entries=[(anchor, voice.text(f"cite.{anchor}")) for anchor in (*anchors, "release")],
        )

    def link(
        self,
        lang: str,
        dataset: Dataset,
        thing: Entity,
        links: Links,
        origin: str,
    ) -> str:
        """How to link to the graph, and how it links to others, with examples from the data."""
        identified, linksets = links.identified, links.linksets
        voice = self.frame.voice(lang)
        name = thing.name(thing.iri, lang)
        path = "/doc/" + local_name(thing.iri)
        anchors = ("addresses", "formats", "find", "embed", "linksets", "back")
        return self.frame.render(
            "guides/link.html",
            lang,
            Heading(voice.text("link.title"), voice.text("link.description"), path="/link"),
            thing=thing.iri,
            slug=local_name(thing.iri),
            kinds=_kinds(thing),
            name=name,
            path=path,
            formats=[(f.title, f.media_type, f"{path}.{f.extension}") for f in RDF_FORMATS],
            curl=f'curl -L -H "Accept: text/turtle" \\\n  {origin}/id/{local_name(thing.iri)}',
            lookup=_lookup(identified),
            ask="/sparql?" + urlencode({"query": _lookup(identified)}) if identified else "",
            found_at=f"/search?q={quote(identified[0].value)}" if identified else "",
            identified=[
                (
                    Part(pick(i.labels, lang) or Name(local_name(i.thing), ""), address(i.thing)),
                    Part(pick(i.scheme_labels, lang) or Name(i.scheme, ""), address(i.scheme)),
                    Part(Name(i.value, ""), address(i.href) if i.href else None, "iri"),
                )
                for i in identified
            ],
            linksets=[
                (Part(pick(s.labels, lang) or Name(s.dataset, ""), address(s.dataset)), s)
                for s in linksets
            ],
            total=sum(s.links for s in linksets),
            table="links.sssom.tsv"
            if any(f.name == "links.sssom.tsv" for f in self.frame.site.manifest.files)
            else "",
            html=f'<a href="{thing.iri}">{name.text}</a>',
            jsonld=f'"sameAs": "{thing.iri}"',
            quoted=self._cited(self.citation(dataset, lang, thing), voice, {}).line,
            entries=[(anchor, voice.text(f"link.{anchor}")) for anchor in anchors],
        )

    def statement(self, case: Case, voice: Voice) -> str:
        """A statement in one line."""
        wording = Wording(case.entity, voice)
        s = case.statement
        label = Rows(wording, Notary(voice, {}, {})).label(s.predicate).name.text
        value = "".join(p.name.text for p in wording.parts(s.object, s.predicate, s.subject))
        subject = wording.link(s.subject).name.text
        return f"{subject} – {label}{voice.text('value.colon')}{value}"

    def citation(
        self, dataset: Dataset, lang: str, thing: Entity | None = None, case: Case | None = None
    ) -> Citation:
        """What is cited, as far as the release and the data say."""
        manifest = self.frame.site.manifest
        voice = self.frame.voice(lang)
        whole = (pick(dataset.titles, lang) or Name(self.frame.site.title, "")).text
        name, title, note = "enact-graph", whole, ""
        url = terms.BASE
        if thing:
            name, url = f"enact-graph-{local_name(thing.iri)}", thing.iri
            title = thing.name(thing.iri, lang).text
        if case:
            name = f"{name}-{key(case.statement)}"
            title = self.statement(case, voice)
            url, note = case.statement.subject, voice.text("cite.says", graph=case.graph)
        return Citation(
            key=f"{name}-{manifest.version}",
            title=title,
            whole=whole if thing else "",
            author=(pick(dataset.creator, lang) or Name(voice.text("cite.nobody"), lang)).text,
            issued=date.fromisoformat(manifest.issued),
            version=manifest.version,
            url=url,
            language=lang,
            digest=manifest.digest,
            licence=dataset.licence,
            licence_name=_SPDX.get(dataset.licence, ""),
            note=note,
        )

    def _cited(
        self, cited: Citation, voice: Voice, asked: Mapping[str, str], what: Part | None = None
    ) -> Cited:
        line = voice.text(
            "cite.line" if not cited.whole else "cite.line-part",
            author=cited.author,
            year=cited.issued.year,
            title=cited.title,
            whole=cited.whole,
            version=cited.version,
            url=cited.url,
        )
        query = urlencode({**asked, "lang": voice.lang}, safe=":")
        files = tuple(
            File(_TITLES[ext], f"/cite.{ext}?{query}", FORMS[ext][0])
            for ext in FORMS
            if ext != "cff" or not asked
        )
        return Cited(cited, line, files, what)


def _kinds(thing: Entity) -> list[tuple[str, str]]:
    """An address of each kind, as the data about the thing have them."""
    told = (s for said in (thing.statements, *thing.nodes.values()) for s in said)
    targets = [s.target for s in told if s.target]
    stated = [s for s in thing.sources.values() if s.passage]
    found = {
        "thing": thing.iri,
        "concept": next((t for t in targets if t.startswith(terms.VOCAB)), ""),
        "term": next((t for t in targets if t.startswith(terms.ENACT)), ""),
        "source": next((s.passage for s in stated if s.passage), ""),
        "graph": next((s.graph for s in stated), ""),
    }
    return [(kind, iri) for kind, iri in found.items() if iri]


def _told(word: Word, lang: str) -> tuple[Part, Name | None]:
    name = pick(word.labels, lang) or Name(local_name(word.iri), "")
    return Part(name, address(word.iri)), pick(word.definitions, lang)


def _lookup(identified: Sequence[Identified]) -> str:
    """The query that finds a thing by an identifier others know."""
    if not identified:
        return ""
    first = identified[0]
    return (
        "PREFIX adms: <http://www.w3.org/ns/adms#>\n"
        "PREFIX dcterms: <http://purl.org/dc/terms/>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n\n"
        "SELECT ?thing WHERE {\n"
        "  ?thing adms:identifier ?identifier .\n"
        f"  ?identifier dcterms:conformsTo <{first.scheme}> ;\n"
        f'    skos:notation "{first.value}" .\n'
        "}\n"
    )
