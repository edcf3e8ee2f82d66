"""What is committed though it follows from the data, so that a change of the data shows in review.

The answers of the named questions (`tests/answers/`), and in the README its counts, its picture and
the answer of its query. `enact-graph refresh` writes them; the tests compare them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring import dataset, metadata, questions
from enact_graph.authoring.form import Change
from enact_graph.authoring.inference import infer, rules
from enact_graph.authoring.sources import Sources
from enact_graph.errors import SourceError
from enact_graph.release.questions import Question
from enact_graph.site import MOST_SAID_OF
from enact_graph.terms import ENACT, ID
from enact_graph.vocabulary import SKOS

ANSWERS: Final = "tests/answers"
README: Final = "README.md"

_QUERY: Final = re.compile(r"```sh\ncurl [^\n]*'query=\n(.*?)'\n```\n\n```csv\n(.*?)```", re.DOTALL)
_COUNTS: Final = (
    "Version {version}: {entities} things described, {sources} sources, {statements} sourced"
    " statements, {graphs} graphs, {triples} triples, {links} links to other datasets.\n"
)


@dataclass(frozen=True)
class Derived:
    """What follows from the data of one moment; `about` is the cluster that the site names."""

    questions: tuple[Question, ...]
    store: ox.Store
    version: str
    counts: Mapping[str, int]
    about: str = ""

    @classmethod
    def of(cls, sources: Sources) -> "Derived":
        """Draw the conclusions from files without fault and count."""
        store = dataset.collect(sources.facts)
        about = metadata.about(store)
        inferred = infer(store, rules(), about.issued)
        dataset.extend(store, sources.links)
        counts = metadata.count(store, inferred, 0)
        return cls(
            questions.of(sources.further), store, about.version, counts, sources.site.cluster
        )

    @cached_property
    def cluster(self) -> str:
        """The cluster that the site is about; empty where there is none."""
        found = self.store.query(MOST_SAID_OF)
        assert isinstance(found, ox.QuerySolutions), "this is a SELECT"
        return self.about or next((row["c"].value for row in found), "")

    def changes(self, root: Path) -> tuple[Change, ...]:
        """Return what is not as it follows, among the files that there are; none made up.

        SourceError where the README lacks a block that is filled.
        """
        found = [*self._answers(root), *self._readme(root)]
        return tuple(change for change in found if change.before != change.after)

    def answer(self, query: str) -> str:
        """Return the answer of a query as CSV, with the line ends of the repository."""
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions), "a named question is a SELECT"
        table = found.serialize(format=ox.QueryResultsFormat.CSV)
        assert table is not None, "without an output the table is returned"
        return table.decode().replace("\r\n", "\n")

    def picture(self) -> str:
        """Return the cluster between its members and those it or its partners rely on.

        SourceError where there is none.
        """
        if not (named := self._names(f"<{self.cluster}>", "")):
            raise SourceError(f"{README}: its picture needs a cluster with a name in English")
        ((hub, title),) = named
        lines = ["```mermaid", "flowchart LR", f'  {hub}(("{title}"))']
        leads = {slug for slug, _ in self._tied("leadInstitution")}
        for slug, name in self._tied("hasMember"):
            tie = "leads" if slug in leads else "member"
            lines.append(f'  {slug}["{name}"] -- {tie} --> {hub}')
        for slug, name in self._tied("cooperatesWith"):
            lines.append(f'  {hub} -- relies on --> {slug}["{name}"]')
        for slug, name in self._tied("partnersCooperateWith"):
            lines.append(f'  {hub} -- its partners rely on --> {slug}["{name}"]')
        return "\n".join([*lines, "```", ""])

    def readme(self, text: str) -> str:
        """Return a README with its counts, its picture and its answer as they follow."""
        text = _filled(text, "counts", _COUNTS.format(version=self.version, **self.counts))
        text = _filled(text, "picture", self.picture())
        if not (asked := _QUERY.search(text)):
            raise SourceError(f"{README}: no query with its answer in CSV below it")
        return text[: asked.start(2)] + self.answer(asked[1]) + text[asked.end(2) :]

    def _answers(self, root: Path) -> Iterator[Change]:
        if not (root / ANSWERS).is_dir():
            return
        for question in self.questions:
            name = f"{ANSWERS}/{question.name}.csv"
            path = root / name
            before = path.read_bytes() if path.exists() else b""
            yield Change(name, before, self.answer(question.text).encode())

    def _readme(self, root: Path) -> Iterator[Change]:
        if (root / README).is_file():
            before = (root / README).read_bytes()
            yield Change(README, before, self.readme(before.decode()).encode())

    def _tied(self, predicate: str) -> list[tuple[str, str]]:
        """Local name and English name of what the cluster is tied to, by one shortcut."""
        return self._names("?thing", f"<{self.cluster}> <{ENACT}{predicate}> ?thing .")

    def _names(self, thing: str, where: str) -> list[tuple[str, str]]:
        found = self.store.query(
            f"""SELECT (STR({thing}) AS ?iri) ?name WHERE {{
                {where} {thing} <{SKOS.prefLabel}> ?name . FILTER(LANG(?name) = "en")
            }} ORDER BY ?iri"""
        )
        assert isinstance(found, ox.QuerySolutions), "this is a SELECT"
        return [(s["iri"].value.removeprefix(ID), s["name"].value) for s in found]


def _filled(text: str, name: str, content: str) -> str:
    """Put a text between `<!-- name -->` and `<!-- /name -->`."""
    before, start, rest = text.partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- /{name} -->")
    if not start or not end:
        raise SourceError(f"{README}: no block <!-- {name} --> … <!-- /{name} -->")
    return before + start + content + end + after
