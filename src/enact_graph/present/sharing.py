"""Items under their labels: those with one label and the same sources share a row and its note."""

from collections.abc import Iterable
from dataclasses import replace

from enact_graph.present.notes import Notary
from enact_graph.present.view import Item, Note, Part, Row


def rows(labelled: Iterable[tuple[Part, Item, tuple[str, ...]]], notary: Notary) -> tuple[Row, ...]:
    """Items under their labels: those with one label and the same witnesses share a note.

    Beside label and item stand the classes, roles or properties whose list a source may leave open.
    """
    by_label: dict[Part, dict[tuple[tuple[str, ...], str], list[Item]]] = {}
    lists: dict[Part, tuple[str, ...]] = {}
    for label, item, kinds in labelled:
        # What is disputed has a note of its own, though the same graphs may say other things.
        key = (item.note.graphs, item.note.what) if item.note else ((), "")
        by_label.setdefault(label, {}).setdefault(key, []).append(item)
        lists[label] = kinds
    found = []
    for label, by_graphs in by_label.items():
        for position, ((graphs, _), items) in enumerate(by_graphs.items()):
            note = _joint([i.note for i in items if i.note]) or notary.note(graphs)
            is_open = notary.is_open(graphs, lists[label])
            found.append(Row(label, tuple(items), note, again=position > 0, is_open=is_open))
    return tuple(found)


def _joint(notes: list[Note]) -> Note | None:
    """The one note of several items: what rules concluded them from is told of each."""
    if not notes:
        return None
    links = dict.fromkeys(link for note in notes for link in note.links)
    # The graphs of the rules stand after what they were applied to.
    ordered = sorted(links, key=lambda link: link.kind == "code")
    return replace(notes[0], links=tuple(ordered))
