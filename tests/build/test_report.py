"""The report of a release: readable as a page, in three languages, safe to open."""

from enact_graph.authoring.findings import Finding
from enact_graph.publishing.describe.report import page
from enact_graph.rdf.statement import Place

WARNING = Finding(
    severity="warning",
    code="Datatype",
    place=Place("data/x.trig", 7, 3),
    focus="https://w3id.org/enact-graph/id/enact",
    path="https://schema.org/value",
    value='"<script>alert(1)</script>"',
    rule="https://w3id.org/enact-graph/shapes#Value",
    messages={"fr": "« trop »", "en": "too <much>", "de": "zu viel"},
    cure={"fr": "a", "en": "b", "de": "c"},
)


def test_no_finding_is_said_in_three_languages() -> None:
    text = page((), shapes=12).decode()
    assert "Les données respectent toutes les formes. 12 formes appliquées, 0 constats." in text
    assert "The data conforms to every shape. 12 shapes applied, 0 findings." in text
    assert "Die Daten entsprechen allen Formen. 12 Formen angewandt, 0 Befunde." in text
    assert "<table>" not in text


def test_a_finding_is_shown_with_place_and_short_names() -> None:
    text = page((WARNING,), shapes=1).decode()
    for part in ("data/x.trig:7", "id:enact", "schema:value", "shape:Value", "« trop »", "zu viel"):
        assert part in text
    assert text.count("<tr>") == 2 * 3


def test_what_the_data_says_is_text_and_never_markup() -> None:
    text = page((WARNING,), shapes=1).decode()
    assert "<script>" not in text
    assert "too &lt;much&gt;" in text


def test_the_page_needs_nothing_else() -> None:
    text = page((WARNING,), shapes=1).decode()
    assert "http" not in text.replace("http-equiv", "")
    assert "src=" not in text
