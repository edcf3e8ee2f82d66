"""Named questions on the command line: the query of a name, and the list of all."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from enact_graph.engine.local import InProcess
from enact_graph.errors import BadParameter
from enact_graph.graph.reader import Reader
from enact_graph.lookup.index import Index
from enact_graph.lookup.resolve import addresses, required
from enact_graph.release import questions, store
from enact_graph.release.questions import Question
from enact_graph.terms import shorten


def written(public: Path, name: str, given: Iterable[str]) -> str:
    """Return the query of a question with the values given as `name=value`.

    BadParameter for an unknown question or parameter, or a value that is not of its type.
    """
    values: dict[str, str] = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadParameter(f"{pair}: write a parameter as name=value.")
        if key in values:
            raise BadParameter(f"The parameter {key} is given twice.")
        values[key] = value
    question = questions.find(_read(public), name)
    things = {p.name for p in question.parameters if p.kind == "iri"} & values.keys()
    if things:
        release = store.current(public)
        index = Index.of(release)
        reader = Reader(InProcess.over(release))
        for each in sorted(things):
            values[each] = shorten(_thing(index, reader, each, values[each]))
    return question.fill(values)


def _thing(index: Index, reader: Reader, parameter: str, value: str) -> str:
    """The thing that a value means, as at the address of the question."""
    for iri in addresses(value.strip()):
        if iri not in index.codes.by_iri and asyncio.run(reader.exists(iri)):
            return iri
    return required(index, parameter, value)


def listing(public: Path, language: str) -> str:
    """Return each question with its title in a language, and its parameters with defaults."""
    lines: list[str] = []
    for asked in _read(public):
        lines.append(f"{asked.name}\t{asked.titles[language]}")
        lines += [
            f"\t--param {p.name}={p.default}\t{p.titles[language]} ({p.kind})"
            for p in asked.parameters
        ]
    return "\n".join(lines)


def _read(public: Path) -> tuple[Question, ...]:
    path = store.current(public).file(store.QUERIES)
    return questions.read(path.read_bytes())
