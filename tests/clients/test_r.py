"""R: its own readers of tables and lines, and its package SPARQL."""

import csv
import json
from typing import Final
from urllib.parse import urlencode

from tests.conftest import Site

from .programs import needed, run
from .questions import INRIA, LORRAINE, NAMED, NAMES

#: Prints a data frame as the CSV that it came as.
TELL: Final = 'write.csv(found, quote = TRUE, row.names = FALSE, fileEncoding = "UTF-8")'
READ_CSV: Final = f"""found <- read.csv(commandArgs(TRUE)[1], encoding = "UTF-8"); {TELL}"""
READ_LINES: Final = 'writeLines(readLines(commandArgs(TRUE)[1], encoding = "UTF-8"))'
SPARQL: Final = f"""suppressPackageStartupMessages(library(SPARQL))
asked <- commandArgs(TRUE)
found <- SPARQL(asked[1], asked[2])$results; {TELL}"""


def r(script: str, *arguments: str) -> str:
    return run("Rscript", "--vanilla", "-e", script, *arguments)


def rows(told: str) -> list[list[str]]:
    return list(csv.reader(told.splitlines()))[1:]


@needed("R")
def test_read_csv_reads_an_answer(endpoint: str) -> None:
    asked = urlencode({"query": NAMES, "format": "csv"})
    assert rows(r(READ_CSV, f"{endpoint}?{asked}")) == NAMED


@needed("R")
def test_read_lines_sends_accents_as_they_were_typed(site: Site) -> None:
    hits = json.loads(r(READ_LINES, f"{site.url}/search.json?q=université"))["hits"]
    assert [hit["iri"] for hit in hits] == [LORRAINE]


@needed("R SPARQL")
def test_the_package_sparql_reads_rows(endpoint: str) -> None:
    # It keeps names in the syntax of SPARQL, and garbles what is not ASCII: so only one of them.
    found = rows(r(SPARQL, endpoint, NAMES))
    assert [row[0] for row in found] == [f"<{INRIA}>", f"<{LORRAINE}>"]
    assert found[0][1] == '"Inria"@fr'
