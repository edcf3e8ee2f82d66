"""The choice of format and language, case by case and as laws."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.formats import (
    ALL_FORMATS,
    HTML,
    JSON_LD,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    RESULT_FORMATS,
    RESULTS_CSV,
    RESULTS_JSON,
    RESULTS_XML,
    TRIG,
    TURTLE,
    Format,
)
from enact_graph.web.negotiation import choose, choose_language, choose_unrefused, ranges

DOCUMENT = (*RDF_FORMATS, HTML)
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
EASYRDF = (
    "application/x-httpd-php-source,application/json,application/ld+json,application/n-triples,"
    "text/json;q=0.9,application/rdf+json;q=0.9,text/plain;q=0.9,text/ntriples;q=0.9,"
    "text/turtle;q=0.8,application/rdf+xml;q=0.8"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        pytest.param(None, TURTLE, id="no header admits everything"),
        pytest.param("", TURTLE, id="an empty header admits everything"),
        pytest.param("*/*", TURTLE, id="anything is the first offered"),
        pytest.param("text/turtle", TURTLE, id="a name"),
        pytest.param("TEXT/Turtle", TURTLE, id="names ignore case"),
        pytest.param("application/ld+json", JSON_LD, id="a structured suffix"),
        pytest.param("text/html", HTML, id="a page"),
        pytest.param(CHROME, HTML, id="Chrome"),
        pytest.param(FIREFOX, HTML, id="Firefox"),
        pytest.param("text/*", TURTLE, id="a type wildcard"),
        pytest.param("application/*", N_TRIPLES, id="the first of the type"),
        pytest.param("image/png", None, id="nothing of the kind"),
        pytest.param("text/turtle;q=0", None, id="weight 0 refuses"),
        pytest.param("text/turtle;q=0, */*", N_TRIPLES, id="anything but"),
        pytest.param("*/*;q=0", None, id="nothing at all"),
        pytest.param("*/*;q=0, application/trig", TRIG, id="nothing but"),
        pytest.param("text/turtle;q=0.5, application/trig;q=0.8", TRIG, id="the heavier one"),
        pytest.param("text/turtle;q=0.500,application/trig;q=0.501", TRIG, id="three digits"),
        pytest.param("text/html;q=0.9, text/*;q=1", TURTLE, id="precise weight lowers a type"),
        pytest.param("text/*;q=0.2, text/html;q=0.3, */*;q=0.1", HTML, id="precision wins"),
        pytest.param("application/trig, text/turtle", TURTLE, id="ties: the server's order"),
        pytest.param("application/trig, */*", TRIG, id="ties: a name before a wildcard"),
        pytest.param("text/turtle;charset=utf-8", TURTLE, id="the charset that is sent"),
        pytest.param("text/turtle; charset=UTF-8 ; q=0.3", TURTLE, id="spaces around"),
        pytest.param('text/turtle;charset="utf-8"', TURTLE, id="a quoted charset"),
        pytest.param("text/turtle;charset=iso-8859-1", None, id="a charset that is not sent"),
        pytest.param("text/turtle;version=1.2", TURTLE, id="a parameter unknown here"),
        pytest.param(
            "text/html;level=3;q=0.3, text/html;q=0.7, text/turtle;q=0.5",
            HTML,
            id="a parameter that is not met does not lower the plain name",
        ),
        pytest.param(
            'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted", */*;q=0.1',
            JSON_LD,
            id="a profile is a wish",
        ),
        pytest.param('text/turtle;a="x,y;q=0";q=0.1, text/html', HTML, id="commas in quotes"),
        pytest.param("text/turtle;q=1.5, text/html;q=0.1", HTML, id="a weight above 1 is skipped"),
        pytest.param("text/turtle;q=high, text/html;q=0.1", HTML, id="a word as weight is skipped"),
        pytest.param("text/turtle;q=0.1234, text/html;q=0.1", HTML, id="four digits are skipped"),
        pytest.param("*/html, application/trig", TRIG, id="a half wildcard is skipped"),
        pytest.param("turtle, application/trig", TRIG, id="no slash is skipped"),
        pytest.param(";text/turtle, application/trig", TRIG, id="a leading semicolon is skipped"),
        pytest.param(",, application/trig,", TRIG, id="empty elements are allowed"),
        pytest.param("text/turtle;;q=0.2, text/html;q=0.1", TURTLE, id="empty parameters too"),
        pytest.param("text/turtle;Q=0.1, text/html;q=0.2", HTML, id="a capital q"),
        pytest.param("text/turtle;q=0.1;ext=1, text/html;q=0.2", HTML, id="extensions after q"),
        pytest.param("garbage", TURTLE, id="nothing well formed admits everything"),
        pytest.param("application/xhtml+xml", HTML, id="another name of a page"),
        pytest.param("application/json", JSON_LD, id="another name of JSON-LD"),
        pytest.param("application/json, text/plain, */*", JSON_LD, id="axios wants JSON"),
        pytest.param(EASYRDF, N_TRIPLES, id="EasyRdf: what every library reads"),
        pytest.param("application/ld+json, application/rdf+xml", RDF_XML, id="ties: RDF/XML"),
        pytest.param("text/n3", TURTLE, id="Turtle is Notation3"),
        pytest.param("text/plain", N_TRIPLES, id="another name of N-Triples"),
        pytest.param("text/xml;q=0.4, text/html;q=0.3", RDF_XML, id="another name weighs as much"),
        pytest.param("application/rdf+xml;q=0.2, application/xml", RDF_XML, id="the heavier name"),
    ],
)
def test_a_document_is_sent_as(accept: str | None, expected: Format | None) -> None:
    chosen = choose(accept, DOCUMENT)
    assert (chosen and chosen.key) == (expected and expected.key)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/csv, application/sparql-results+json", RESULTS_JSON),
        ("application/sparql-results+xml,application/rdf+xml;q=0.9", RESULTS_XML),
        ("text/*", RESULTS_CSV),
        ("application/json", RESULTS_JSON),
        ("text/csv;header=present", RESULTS_CSV),
        ("text/turtle", None),
    ],
)
def test_results_are_sent_as(accept: str, expected: Format | None) -> None:
    chosen = choose(accept, RESULT_FORMATS)
    assert (chosen and chosen.key) == (expected and expected.key)


def test_what_is_asked_for_under_another_name_is_sent_under_it() -> None:
    chosen = choose("application/json", RESULT_FORMATS)
    assert chosen is not None
    assert chosen.content_type == "application/json"
    chosen = choose("application/json;q=0.4, application/ld+json", RDF_FORMATS)
    assert chosen is not None
    assert chosen.content_type == "application/ld+json"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/sparql-results+json", TURTLE),
        ("text/csv, text/turtle;q=0", N_TRIPLES),
        ("text/csv, text/*;q=0.0", N_TRIPLES),
        ("text/csv, */*;q=0", None),
        (None, TURTLE),
    ],
)
def test_what_is_not_refused_may_be_sent(accept: str | None, expected: Format | None) -> None:
    assert choose_unrefused(accept, RDF_FORMATS) == expected


def test_nothing_offered_is_nothing_chosen() -> None:
    assert choose(None, ()) is None
    assert choose("*/*", ()) is None


weights = st.sampled_from(["", ";q=0", ";q=0.001", ";q=0.3", ";q=0.300", ";q=0.9", ";q=1"])
names = st.sampled_from(["*/*", "text/*", "application/*", *(f.media_type for f in ALL_FORMATS)])
headers = st.lists(st.tuples(names, weights).map("".join), min_size=1, max_size=6)


@given(headers)
def test_the_choice_has_the_greatest_weight_of_all_offered(entries: list[str]) -> None:
    accept = ", ".join(entries)

    def weight(format_: Format) -> float:
        fitting = [r for r in ranges(accept) if r.covers(format_.media_type)]
        return max(fitting, key=lambda r: (r.precision, r.weight)).weight if fitting else 0.0

    chosen = choose(accept, ALL_FORMATS)
    greatest = max(weight(f) for f in ALL_FORMATS)
    assert (chosen is None) == (greatest == 0)
    if chosen is not None:
        assert weight(chosen) == greatest


@given(headers, st.randoms())
def test_the_order_of_the_entries_does_not_matter(entries: list[str], random: object) -> None:
    shuffled = sorted(entries, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert choose(", ".join(entries), ALL_FORMATS) == choose(", ".join(shuffled), ALL_FORMATS)


@given(st.text() | st.text(alphabet=' ,;/*="\\q01.a'))
def test_any_text_is_taken_without_error(text: str) -> None:
    assert choose(text, ALL_FORMATS) in (None, *ALL_FORMATS) or "/" in text
    assert choose_language(text) in ("fr", "en", "de")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param(None, "fr", id="no header: the first language of the project"),
        pytest.param("", "fr", id="an empty header"),
        pytest.param("*", "fr", id="any language"),
        pytest.param("en", "en", id="a language"),
        pytest.param("EN-gb", "en", id="a region of it"),
        pytest.param("de-CH-1996, fr;q=0.8", "de", id="a longer tag"),
        pytest.param("it, de;q=0.3, en;q=0.7", "en", id="weights"),
        pytest.param("it", "fr", id="a language that is not offered"),
        pytest.param("it, *;q=0.1", "fr", id="the rest"),
        pytest.param("fr;q=0", "en", id="a refused language"),
        pytest.param("fr;q=0, en;q=0", "de", id="two refused languages"),
        pytest.param("*;q=0", "fr", id="all refused: a page is better than none"),
        pytest.param("fr;q=0, *", "en", id="any but one"),
        pytest.param("en;q=0.5, en-GB;q=1, de;q=0.7", "de", id="the plain tag speaks for it"),
        pytest.param("en-GB, de;q=0.7", "en", id="a region alone speaks for it"),
        pytest.param("english, de;q=x, fr-", "fr", id="malformed entries"),
        pytest.param("de;q=0.9,en;q=0.9", "en", id="ties: the project's order"),
        pytest.param("english", "fr", id="a word that only begins like a language"),
    ],
)
def test_a_page_is_written_in(header: str | None, expected: str) -> None:
    assert choose_language(header) == expected


@pytest.mark.parametrize("unit", ['\\"', '"', '""', ",", ";", "*/*,", "a=b;", "text/html;q=0,"])
def test_a_hostile_header_takes_no_time(unit: str) -> None:
    started = time.process_time()
    choose("text/html;a=" + unit * (60_000 // len(unit)), ALL_FORMATS)
    assert time.process_time() - started < 2
