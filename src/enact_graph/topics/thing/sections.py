"""The sections of the page of one thing, in their order; what has nothing to tell is left out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from enact_graph.graph.entity import Object
from enact_graph.present.notes import Notary
from enact_graph.present.rows import Rows
from enact_graph.present.sharing import rows
from enact_graph.present.ties import Ties
from enact_graph.present.values import DATE, START, Wording
from enact_graph.present.view import Item, Row, Section
from enact_graph.topics.thing.disputes import Disputes
from enact_graph.topics.thing.identifiers import ELSEWHERE, IDENTIFIER, NAMES, Lists
from enact_graph.topics.thing.roster import Rosters
from enact_graph.vocabulary import ENACT

#: Told in a table of its own, not among the facts.
_APART: Final = NAMES.union(ELSEWHERE, (IDENTIFIER,))


@dataclass(frozen=True)
class Sections:
    """Builds the sections of one page; `today` is the day of the release."""

    wording: Wording
    notary: Notary
    today: date

    def all(self, shown: Collection[Object]) -> tuple[Section, ...]:
        """The sections; what is `shown` in the head already is not told again."""
        ties = Ties(self.wording, self.notary)
        lines = Rows(self.wording, self.notary)
        nodes = ties.nodes()
        # The day on which a document was read stands in its head.
        apart = _APART | {DATE} if ENACT.SourceDocument in self.wording.entity.types else _APART
        roster = Rosters(self.wording, self.notary, self.today).roster()
        by_key = {
            key: [n for n in nodes if ties.section(n) == key]
            for key in set(map(ties.section, nodes))
        }
        if roster:
            by_key["alliances"] = []
        found = [
            self._section("roster", content=roster, form="roster"),
            self._section("facts", lines.stated(shown, apart)),
        ]
        found += [
            self._tied(ties, key, by_key.get(key, [])) for key in ("who", "alliances", "money")
        ]
        lists = Lists(self.wording, self.notary)
        identifiers = lists.identifiers()
        disputes = Disputes(self.wording, self.notary)
        about = {*nodes, *(o.value for o in self.wording.entity.objects(IDENTIFIER))}
        found.append(self._section("disputes", content=disputes.groups(about), form="disputes"))
        promises = self._promises(ties, by_key.get("promises", []))
        found.insert(1 if self._is_target() else len(found), promises)
        # What was counted after a promise stands beside it.
        counted = [] if self._is_target() else by_key.get("figures", [])
        found.append(self._tied(ties, "figures", counted))
        found.append(self._history(ties, by_key.get("history", [])))
        found.append(self._tied(ties, "here", by_key.get("here", [])))
        found.append(self._section("names", content=lists.names(), form="names"))
        found.append(self._section("identifiers", content=identifiers, form="identifiers"))
        found.append(self._section("elsewhere", content=lists.elsewhere(), form="elsewhere"))
        mentions = lines.incoming(frozenset(nodes))
        found.append(self._section("mentions", mentions, intro=True))
        found.append(self._section("inferred", lines.inferred(), form="inline", intro=True))
        return tuple(s for s in found if s.rows or s.content)

    def _section(
        self,
        key: str,
        told: tuple[Row, ...] = (),
        *,
        form: str = "facts",
        intro: bool = False,
        content: object = None,
    ) -> Section:
        voice = self.wording.voice
        said = voice.text(f"entity.{key}.intro") if intro else ""
        return Section(key, voice.text(f"entity.{key}"), told, form, said, content)

    def _tied(self, ties: Ties, key: str, nodes: list[str]) -> Section:
        return self._section(key, rows([ties.line(n) for n in nodes], self.notary))

    def _promises(self, ties: Ties, nodes: list[str]) -> Section:
        entity = self.wording.entity
        if self._is_target() and ties.later(entity.iri):
            nodes = [entity.iri]
        goals = [ties.promise(n) for n in nodes]
        return self._section("promises", rows(goals, self.notary), form="goals")

    def _history(self, ties: Ties, nodes: list[str]) -> Section:
        """What happened, the earliest first, the undated last."""
        objects = self.wording.entity.objects

        def day(node: str) -> tuple[str, str]:
            dates = [o.value for p in (DATE, START) for o in objects(p, node)]
            return min(dates, default="9"), node

        moments: tuple[Item, ...] = tuple(ties.item(n, dated=False) for n in sorted(nodes, key=day))
        return self._section("history", content=moments, form="history")

    def _is_target(self) -> bool:
        return ENACT.Target in self.wording.entity.types
