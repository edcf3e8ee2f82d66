"""The questions of `new`: what is given as an option, proposed by the files, or asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from enact_graph.authoring.checks.names import slug as slug_of
from enact_graph.authoring.form import Change
from enact_graph.authoring.new import fields, skeleton
from enact_graph.authoring.new.fields import PartialDate, Refusal
from enact_graph.authoring.new.inventory import AGENT, ORGANIZATION, Inventory
from enact_graph.authoring.new.resolver import Resolver
from enact_graph.authoring.new.save import minted, shelve
from enact_graph.authoring.new.skeleton import Draft, Named
from enact_graph.authoring.replacement import alone, replace
from enact_graph.authoring.sources import reload
from enact_graph.cli.check import Language
from enact_graph.cli.dialogue import Dialogue
from enact_graph.cli.program import program
from enact_graph.cli.root import writing
from enact_graph.terms import ID, LANGUAGES, SOURCE, VOCAB, shorten
from enact_graph.vocabulary import ENACT, ORG

CLASSIFICATION: Final = ORG.classification
#: Things alike that are named.
_TOLD: Final = 5
_PUBLISHER: Final = VOCAB + "kind-publisher"

T = TypeVar("T")


@dataclass(frozen=True)
class Questions:
    """Puts questions about one new thing; `given` are the options of the command by name."""

    dialogue: Dialogue
    inventory: Inventory
    given: Mapping[str, str | None]

    @classmethod
    def open(
        cls, root: Path | None, lang: Language | None, given: Mapping[str, str | None]
    ) -> "Questions":
        """Read the files of the repository, which must be without faults."""
        return cls(Dialogue.open(lang), Inventory.of(writing(root, lang)), given)

    @cached_property
    def resolver(self) -> Resolver:
        """What finds the things that answers mean."""
        return Resolver(self.inventory, self.dialogue.language)

    def ask(self, option: str, read: Callable[[str], T], default: str | None = None) -> T:
        """Ask for what is needed."""
        return self.dialogue.ask(option, self.given.get(option), read, default)

    def ask_if_known(self, option: str, read: Callable[[str], T]) -> T | None:
        """Ask for what may be unknown."""
        return self.dialogue.ask_if_known(option, self.given.get(option), read)

    def choose(
        self, option: str, among: Sequence[str], judge: Callable[[str], None] = lambda _: None
    ) -> str:
        """Ask which of the described things is meant; return its IRI, which `judge` may refuse.

        The answer `?` lists them on a terminal.
        """

        def read(said: str) -> str:
            if said == "?":
                self.dialogue.list(
                    (iri, self.inventory.name(iri, self.dialogue.language)) for iri in among
                )
                raise Refusal("empty")
            found = self.resolver.find(said, among)
            judge(found)
            return found

        return self.ask(option, read)

    def names(self) -> dict[str, str]:
        """Ask for the name in each language; the first stands in for those not given."""
        first = self.ask("name-fr", fields.line, self.given.get("name"))
        others = {tag: self.ask(f"name-{tag}", fields.line, first) for tag in LANGUAGES[1:]}
        return {LANGUAGES[0]: first, **others}

    def descriptions(self) -> dict[str, str]:
        """Ask for the description: in every language or in none."""
        options = [f"description-{tag}" for tag in LANGUAGES]
        is_begun = any(self.given.get(option) for option in options)
        if not is_begun and not self.dialogue.is_terminal:
            return {}
        ask = self.ask if is_begun else self.ask_if_known
        first = ask(options[0], fields.line)
        if first is None:
            return {}
        others = {tag: self.ask(f"description-{tag}", fields.line) for tag in LANGUAGES[1:]}
        return {LANGUAGES[0]: first, **others}

    def slug(self, proposed: str, *namespaces: str) -> str:
        """Ask for the slug, which must be free in each namespace."""
        return self.ask("slug", fields.free_slug(self.inventory, namespaces), proposed)

    def distinguish(self, code: str, known: Sequence[str]) -> None:
        """Refuse (`code`) to begin what may be there already, unless it is said to be another."""
        if known and not self.given.get("is-another"):
            told = [f"{shorten(iri)} ({self.inventory.where(iri)})" for iri in known[:_TOLD]]
            told += ["…"] if len(known) > _TOLD else []
            self.dialogue.confirm("is-another", Refusal(code, near=", ".join(told)))

    def period(self) -> tuple[PartialDate | None, PartialDate | None]:
        """Ask since when and until when."""
        start = self.ask_if_known("start", PartialDate.read)

        def read(said: str) -> PartialDate:
            end = PartialDate.read(said)
            fields.in_order(start, end)
            return end

        return start, self.ask_if_known("end", read)

    def graph(self) -> str:
        """Ask which document says so, and in which paragraph; return the graph of that."""
        documents = self.inventory.things(SOURCE, ENACT.SourceDocument)
        graphs = self.inventory.graphs(self.choose("document", documents))
        if "" in graphs and not self.given.get("paragraph"):
            return graphs[""]
        numbers = sorted((n for n in graphs if n), key=int)

        def read(said: str) -> str:
            if said not in numbers:
                raise Refusal("no-paragraph", near=", ".join(numbers) or "–")
            return graphs[said]

        return self.ask("paragraph", read)

    def publisher(self) -> tuple[str, tuple[Draft, ...]]:
        """Ask for the publisher; after a `+` stands the name of one that is new."""
        known = self.inventory.things(ID, AGENT)

        def read(said: str) -> tuple[str, tuple[Draft, ...]]:
            if not said.startswith("+"):
                return self._publisher(said, known), ()
            name = fields.line(said[1:].strip())
            if same := self.resolver.same({"": name}):
                raise Refusal("no-plus", near=", ".join(map(shorten, same)))
            if not slug_of(name):
                raise Refusal("no-latin", said=name)
            slug = fields.free_slug(self.inventory, (ID,))(f"publisher-{slug_of(name)}")
            named = Named(slug, dict.fromkeys(LANGUAGES, name))
            shelf = self.inventory.shelf(CLASSIFICATION, _PUBLISHER)
            return ID + slug, (skeleton.organization(named, (ORGANIZATION,), _PUBLISHER, shelf),)

        return self.ask("publisher", read)

    def _publisher(self, said: str, known: Sequence[str]) -> str:
        try:
            return self.resolver.find(said, known)
        except Refusal as refusal:
            if refusal.code != "unknown":
                raise
            raise Refusal("unknown-publisher", **refusal.details) from refusal

    def finish(self, iri: str, *drafts: Draft) -> None:
        """Write the drafts, say into which files, and what to do next."""
        for change in self.dialogue.insist(lambda: self._write(drafts)):
            self.dialogue.tell("extended" if change.before else "made", name=change.name)
        self.dialogue.tell("next", name=shorten(iri), program=program())

    def _write(self, drafts: Sequence[Draft]) -> tuple[Change, ...]:
        """Write the drafts into the files as they are by now, and return what has changed.

        Somebody may have saved or begun something since the first question: that stays.
        """
        root = self.inventory.sources.root
        with alone(root), self.dialogue.refusing():
            now = Inventory.over(reload(self.inventory.sources))
            new = minted(quad for draft in drafts for quad in draft.quads)
            for iri in now.taken.difference(self.inventory.taken).intersection(new):
                fields.refuse_taken(now, iri)
            changes = shelve(now.sources, drafts)
            replace(root, changes)
        return changes
