"""Named questions on the command line: the query of a name, and the list of all."""

from collections.abc import Iterable
from pathlib import Path

from enact_graph.errors import BadParameter
from enact_graph.release import questions, store
from enact_graph.release.questions import Question


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
    return questions.find(_read(public), name).fill(values)


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
