"""The pages on ENACT and the clusters: each that the tables of facts cite is a document here."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pytest

from enact_graph.terms import ID, PREFIXES, SOURCE, VOCAB
from tests.authored import ROOT, copies, iri, read_quads

#: The tables of attested facts, where somebody has put them beside the checkout.
FACTS: Final = ROOT.parent / "shared" / "facts"
KEYS: Final = ROOT / "tests/facts_keys.csv"
TABLES: Final = ("enact", "more")
#: What a register or a code list says is tested with the identifiers and the places.
REGISTERS: Final = re.compile(r"^https://ror\.org/|^(npm|Python) package |^github:(dataesr|cpesr)/")
#: The press release, tested claim by claim, and what has no address to cite.
ELSEWHERE: Final = ("shared/source/enact-press-release-2024-05-22.txt", "none")


def attested() -> Iterator[tuple[str, str, str]]:
    """Subject, property and address of each row of the two tables that a page attests."""
    for name in TABLES:
        with (FACTS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                source = row["source_url"]
                is_page = not REGISTERS.search(source) and source not in ELSEWHERE
                if row["status"] in ("verified", "conflict") and is_page and source[0] != "(":
                    yield row["subject_key"], row["property"], source


def test_every_page_of_the_tables_is_a_document_that_speaks_of_its_subjects() -> None:
    if not FACTS.is_dir():
        pytest.skip(f"the tables of facts are not beside the checkout ({FACTS})")
    with KEYS.open(encoding="utf-8", newline="") as file:
        names = {k: n.replace("id:", ID).replace("v:", VOCAB) for k, n in csv.reader(file)}
    told: dict[str, set[str]] = defaultdict(set)
    quads = read_quads()
    for quad in quads:
        told[iri(quad.graph_name)] |= {iri(quad.subject), iri(quad.object)}
    pages: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == PREFIXES["schema"] + "url" and iri(quad.subject).startswith(
            SOURCE
        ):
            graph = iri(quad.subject).replace("/source/", "/graph/")
            pages[iri(quad.object)] |= told[graph]
    for copy, documents in copies().items():
        for document in documents:
            pages[copy] |= told[document.replace("/source/", "/graph/")]
    rows = list(attested())
    assert len(rows) > 400
    silent = [
        (subject, fact, source)
        for subject, fact, source in rows
        if names[subject] not in pages[source.replace("github:", "https://github.com/")]
    ]
    assert silent == [], silent
