"""Workbooks: cells of their own types, and no text that a program would take for a formula."""

import io
import json
from datetime import datetime
from typing import Any

import openpyxl

from enact_graph.present.words import Labels, Voice
from enact_graph.present.workbook import About, write
from enact_graph.terms import PREFIXES

ABOUT = About("A question?", "What it means.", "http://127.0.0.1/q.xlsx", "1.2.3", "2026-01-31", "")
VOICE = Voice(Labels.load(), "en")
XSD = PREFIXES["xsd"]


def literal(value: str, kind: str | None = None, lang: str | None = None) -> dict[str, str]:
    more = {"datatype": XSD + kind} if kind else {"xml:lang": lang} if lang else {}
    return {"type": "literal", "value": value, **more}


def iri(value: str) -> dict[str, str]:
    return {"type": "uri", "value": value}


def workbook(*cells: dict[str, str] | None) -> Any:
    rows = [{} if cell is None else {"value": cell} for cell in cells]
    body = json.dumps({"head": {"vars": ["value"]}, "results": {"bindings": rows}}).encode()
    return openpyxl.load_workbook(io.BytesIO(write(body, ABOUT, VOICE, "test")))


def test_what_begins_like_a_formula_is_a_text() -> None:
    texts = ["=1+1", "+33", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "\t=1", "'=1"]
    sheet = workbook(
        *(literal(t) for t in texts), *(literal(t, lang="fr") for t in texts)
    ).worksheets[0]
    told = [sheet.cell(n, 1) for n in range(2, sheet.max_row + 1)]
    assert [cell.value for cell in told] == texts * 2
    assert {cell.data_type for cell in told} == {"s"}


def test_dates_numbers_and_truths_are_cells_of_their_type() -> None:
    sheet = workbook(
        literal("2024-05-22", "date"),
        literal("67000000", "integer"),
        literal("150.5", "decimal"),
        literal("true", "boolean"),
        None,
        literal("1789-07-14", "date"),
        literal("1234567890123456789", "integer"),
        literal("NaN", "double"),
    ).worksheets[0]
    told = [sheet.cell(n, 1).value for n in range(2, 10)]
    assert told == [
        datetime(2024, 5, 22),
        67000000,
        150.5,
        True,
        None,
        # A cell would show another day, other digits, or an error: they stay what they are.
        "1789-07-14",
        "1234567890123456789",
        "NaN",
    ]


def test_only_web_addresses_are_links() -> None:
    sheet = workbook(
        iri("https://w3id.org/enact-graph/id/inria"),
        iri("urn:x"),
        iri("javascript:alert(1)"),
        iri("file:///etc/passwd"),
        iri("https://example.org/" + "x" * 3000),
    ).worksheets[0]
    links = [sheet.cell(n, 1).hyperlink for n in range(2, 7)]
    assert [link is not None for link in links] == [True, False, False, False, False]
    assert sheet.cell(3, 1).value == "urn:x"


def test_the_second_sheet_says_what_it_is() -> None:
    about = workbook(None).worksheets[1]
    told = {row[0].value: row[1].value for row in about.iter_rows()}
    assert told["Version"] == "1.2.3"
    assert told["Date of the version"] == datetime(2026, 1, 31)
    assert told["Address"] == "http://127.0.0.1/q.xlsx"


def test_yes_or_no_is_one_cell() -> None:
    body = json.dumps({"head": {}, "boolean": True}).encode()
    book = openpyxl.load_workbook(io.BytesIO(write(body, ABOUT, VOICE, "test")))
    assert book.worksheets[0]["A2"].value is True
