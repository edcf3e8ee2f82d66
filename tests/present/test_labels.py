"""Interface texts: complete, used, and dates, numbers and money as each language writes them."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.present.words import Labels, Voice
from enact_graph.terms import LANGUAGES

LABELS = Labels.load()
ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/enact_graph"
WIDGETS = ROOT / "frontend/src"
#: Words that of the three languages only one has.
WORDS = {
    "fr": "aucun aucune aux avec cette dans elle est et ici il la le les leur nous ou par pas pour"
    " que qui sans sont une vous",
    "en": "and are by for from has how is it its not of or that the this to what when where which"
    " who with",
    "de": "auf aus das dem den der die ein eine für hier ist kein keine mit nicht nur oder sie sind"
    " und von wer wie wird zu zum zur",
}
#: What no language has of its own: fields to be filled in, names, words of SPARQL.
FOREIGN = re.compile(r"\{\w+\}|CC BY|GROUP BY|Grand Est")


def test_every_text_exists_in_every_language_and_is_not_empty() -> None:
    for key, texts in LABELS.table.items():
        assert set(texts) == set(LANGUAGES), key
        assert all(text.strip() for text in texts.values()), key


def test_every_text_names_the_same_fields_in_every_language() -> None:
    for key, texts in LABELS.table.items():
        fields = {tuple(sorted(re.findall(r"\{(\w+)\}", text))) for text in texts.values()}
        assert len(fields) == 1, key


def test_no_text_has_words_of_another_language() -> None:
    found = [
        (key, lang, word)
        for key, texts in LABELS.table.items()
        for lang, text in texts.items()
        for other, words in WORDS.items()
        for word in re.findall(r"\w+", FOREIGN.sub("", text).lower())
        if other != lang and word in words.split()
    ]
    assert found == []


def test_every_count_has_both_forms() -> None:
    counted = {key.rpartition(".")[0] for key in LABELS.table if key.endswith((".one", ".other"))}
    assert all(f"{key}.one" in LABELS.table and f"{key}.other" in LABELS.table for key in counted)


def test_every_text_is_used() -> None:
    """Keys stand in code and templates whole, or with the part that varies left open."""
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *WIDGETS.rglob("*.ts")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    quoted = re.findall(r'"([a-z][a-z.-]*(?:\{[^}"]*\}[a-z.-]*)*)"', text)
    quoted += re.findall(r"`([a-z][a-z.-]*(?:\$\{[^}`]*\}[a-z.-]*)*)`", text)
    patterns = {
        re.sub(r"(?:\\\$)?\\\{.*?\\\}", "[a-z-]+", re.escape(q)) for q in quoted if "." in q
    }
    # A key may also be put together in a template: t("nav." + section.key).
    patterns |= {p + "[a-z-]+" for p in patterns if p.endswith("\\.")}
    used = re.compile("|".join(f"(?:{p})" for p in sorted(patterns)))
    unused = [
        key
        for key in LABELS.table
        if not used.fullmatch(key) and not used.fullmatch(re.sub(r"\.(one|other)$", "", key))
    ]
    assert not unused


@pytest.mark.parametrize(
    ("precision", "lang", "written"),
    [
        ("day", "fr", "22 mai 2024"),
        ("day", "en", "22 May 2024"),
        ("day", "de", "22. Mai 2024"),
        ("month", "fr", "mai 2024"),
        ("month", "de", "Mai 2024"),
        ("year", "en", "2024"),
    ],
)
def test_a_date_is_no_more_precise_than_it_is_known(
    precision: str, lang: str, written: str
) -> None:
    assert LABELS.date(date(2024, 5, 22), precision, lang) == written


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    first = date(2024, 6, 1)
    assert [LABELS.date(first, "day", lang) for lang in LANGUAGES] == [
        "1er juin 2024",
        "1 June 2024",
        "1. Juni 2024",
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("30000000", "EUR", ("30 M€", "€30 million", "30 Mio. €")),
        ("15500000", "EUR", ("15,5 M€", "€15.5 million", "15,5 Mio. €")),
        ("12500", "EUR", ("12\u202f500 €", "€12,500", "12\u202f500 €")),
        ("54000000000", "EUR", ("54 Md€", "€54 billion", "54 Mrd. €")),
        ("30000000", "CHF", ("30 M CHF", "CHF 30 million", "30 Mio. CHF")),
    ],
)
def test_money_is_written_as_the_language_writes_it(
    amount: str, currency: str, written: tuple[str, str, str]
) -> None:
    assert tuple(LABELS.money(Decimal(amount), currency, lang) for lang in LANGUAGES) == written


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(LANGUAGES))
def test_a_number_can_be_read_back(value: int, lang: str) -> None:
    digits = re.sub("[\u202f,]", "", LABELS.number(value, lang))
    assert int(digits) == value


@given(st.integers(min_value=0, max_value=10**13), st.sampled_from(LANGUAGES))
def test_a_size_is_short_and_names_its_unit(octets: int, lang: str) -> None:
    number, unit = LABELS.size(octets, lang).rsplit(" ", 1)
    assert unit in {"octets", "bytes", "ko", "Mo", "Go", "kB", "MB", "GB"}
    assert len(re.sub(r"\D", "", number)) <= 5


def test_nought_is_singular_in_french_and_plural_elsewhere() -> None:
    assert [Voice(LABELS, lang).count("sparql.rows", 0) for lang in LANGUAGES] == [
        "0 ligne",
        "0 rows",
        "0 Zeilen",
    ]


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2024", "2029", "2024–2029"),
        ("2024", "2024", "2024"),
        ("2024", None, "since 2024"),
        (None, "2029", "until 2029"),
        (None, None, None),
    ],
)
def test_a_period_may_be_open_at_either_end(
    start: str | None, end: str | None, written: str | None
) -> None:
    assert Voice(LABELS, "en").span(start, end) == written
