"""The page on the questions: its table is that of the files."""

from pathlib import Path

from enact_graph.authoring import questions
from enact_graph.present.words import Labels, Voice
from enact_graph.release.questions import TOPICS, Question
from tests.test_queries import ONLY_PYOXIGRAPH

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/questions.md").read_text("utf-8")


def row(question: Question) -> str:
    name = f"[{question.name}](../queries/{question.name}.rq)"
    parameters = ", ".join(f"`{p.name}`" for p in question.parameters if p.kind != "language")
    return f"| {question.number or ''} | {name} | {question.titles['en']} | {parameters} |"


def table() -> str:
    """One table for each topic, from the heads of the files."""
    voice = Voice(Labels.load(), "en")
    lines: list[str] = []
    for topic in TOPICS:
        lines += [f"### {voice.text(f'sparql.topic.{topic}')}", ""]
        lines += ["| no. | name | question | parameters |", "|---|---|---|---|"]
        lines += [row(q) for q in questions.read(ROOT) if q.topic == topic]
        lines.append("")
    return "\n".join(lines)


def test_the_table_is_that_of_the_files() -> None:
    shown = PAGE.partition("<!-- questions -->\n")[2].partition("<!-- /questions -->")[0]
    assert shown == table()


def test_the_page_names_what_one_engine_cannot_run() -> None:
    for name in ONLY_PYOXIGRAPH:
        assert f"`{name}`" in PAGE.partition("<!-- /questions -->")[2]
