"""The tree of the home page for use elsewhere: as a drawing of its own, and as a table."""

from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Entity
from enact_graph.present.frame import Frame
from enact_graph.present.site import of_topic
from enact_graph.present.table import csv_of
from enact_graph.topics.home.tree import Planter, Tree

_STYLE: Final = "glance.css"


@dataclass(frozen=True)
class Glance:
    """Renders the tree of a cluster apart from any page."""

    frame: Frame
    cluster: Entity

    def svg(self, lang: str) -> str | None:
        """The drawing with a style of its own and lasting links; None where there is no tree."""
        tree = self._tree(lang)
        if tree is None:
            return None
        voice = self.frame.voice(lang)
        style = of_topic("home", _STYLE)
        template = self.frame.environment.get_template("home/glance.svg")
        return template.render(
            lang=lang,
            tree=tree,
            t=voice.text,
            count=voice.count,
            number=voice.number,
            style=style.read_text(encoding="utf-8"),
        ).replace(' href="/', f' href="{terms.BASE}')

    def csv(self, lang: str) -> str | None:
        """Each name under its group, with its lasting address; None where there is no tree."""
        tree = self._tree(lang)
        if tree is None:
            return None
        voice, table = self.frame.voice(lang), [("group", "name", "page")]
        for group in tree.groups:
            for part in group.parts:
                page = terms.BASE + (part.href or "/")[1:]
                table.append((voice.text(f"tree.{group.key}"), part.name.text, page))
        return csv_of(table)

    def _tree(self, lang: str) -> Tree | None:
        return Planter(self.cluster, self.frame.voice(lang), self.frame.today).tree()
