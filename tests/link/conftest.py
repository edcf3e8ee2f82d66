"""The index of the release of this repository, and a small one."""

from pathlib import Path

import pytest

from enact_graph.lookup.index import Index
from enact_graph.lookup.listing import Code, Entry, Listing, Naming
from enact_graph.release.store import current
from enact_graph.terms import ID

SCHEMES = {
    "scheme-ror": {"fr": "ROR", "en": "ROR", "de": "ROR"},
    "scheme-siren": {"fr": "SIREN", "en": "SIREN", "de": "SIREN"},
    "scheme-cordis-pic": {"fr": "PIC", "en": "PIC", "de": "PIC"},
    "scheme-hal-structure": {"fr": "structure HAL", "en": "HAL structure", "de": "HAL-Struktur"},
    "scheme-isni": {"fr": "ISNI", "en": "ISNI", "de": "ISNI"},
    "scheme-wikidata": {"fr": "Wikidata", "en": "Wikidata", "de": "Wikidata"},
}


def entry(
    slug: str,
    kind: str,
    *names: tuple[str, str, str],
    weight: int = 1,
    gists: dict[str, str] | None = None,
    codes: tuple[Code, ...] = (),
) -> Entry:
    """A thing with names of (text, language, role)."""
    return Entry(ID + slug, kind, weight, tuple(Naming(*n) for n in names), gists or {}, codes)


@pytest.fixture(scope="session")
def small() -> Index:
    """A town, two universities of it, a document about one, and a number two bodies share."""
    strasbourg = entry(
        "strasbourg",
        "place",
        ("Strasbourg", "fr", "label"),
        ("Strasbourg", "en", "label"),
        ("Straßburg", "de", "label"),
        gists={"fr": "Commune du Bas-Rhin."},
    )
    university = entry(
        "universite",
        "organisation",
        ("Université de Strasbourg", "fr", "label"),
        ("University of Strasbourg", "en", "label"),
        ("Universität Straßburg", "de", "label"),
        ("UNISTRA", "", "acronym"),
        ("Université Louis Pasteur", "fr", "former"),
        weight=100,
        gists={"fr": "Université publique d’Alsace.", "en": "Public university in Alsace."},
        codes=(
            Code("scheme-ror", "00pg6eq24", "https://ror.org/00pg6eq24"),
            Code("scheme-isni", "0000000121579291", "https://isni.org/isni/0000000121579291"),
            Code("scheme-wikidata", "Q157575", "http://www.wikidata.org/entity/Q157575"),
            Code("scheme-siren", "130005457"),
            Code("scheme-hal-structure", "413221"),
            Code("web", "https://www.unistra.fr", "https://www.unistra.fr"),
            Code("web", "http://nuts.example/FRF1", "http://nuts.example/FRF1", is_same=False),
        ),
    )
    saarland = entry(
        "sarre",
        "organisation",
        ("Université de la Sarre", "fr", "label"),
        ("Universität des Saarlandes (Saarbrücken)", "de", "label"),
        weight=40,
        codes=(Code("scheme-cordis-pic", "130005457"),),
    )
    record = entry(
        "record",
        "document",
        ("Fiche ROR : Université de Strasbourg", "fr", "label"),
        weight=5,
        codes=(Code("web", "https://ror.org/00pg6eq24", "https://ror.org/00pg6eq24"),),
    )
    return Index.over(Listing((record, saarland, strasbourg, university), SCHEMES))


@pytest.fixture(scope="session")
def real_index(real_public: Path) -> Index:
    """The index of the release of this repository."""
    return Index.of(current(real_public))
