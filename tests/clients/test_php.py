"""PHP: its file functions, which send an address as it was typed, and EasyRdf."""

import json
from typing import Final
from urllib.parse import urlencode

from tests.conftest import Site

from .programs import needed, run
from .questions import ABOUT, LORRAINE, MADE, MEMBERS, NAMED, NAMES, NO, YES, triples

FILE: Final = "echo file_get_contents($argv[1]);"
TABLE: Final = """$file = fopen($argv[1], 'r');
while ($row = fgetcsv($file)) $rows[] = $row;
echo json_encode(array_slice($rows, 1));"""
EASYRDF: Final = """require 'EasyRdf/autoload.php';
[, $endpoint, $rows, $yes, $no] = $argv;
$client = new EasyRdf\\Sparql\\Client($endpoint);
foreach ($client->query($rows) as $row) {
    $told['rows'][] = [$row->member->getUri(), $row->name->getValue()];
}
$told['yes'] = $client->query($yes)->isTrue();
$told['no'] = $client->query($no)->isTrue();
echo json_encode($told);"""
EASYRDF_GRAPHS: Final = """require 'EasyRdf/autoload.php';
[, $endpoint, $made, $described, $document] = $argv;
$client = new EasyRdf\\Sparql\\Client($endpoint);
$told['made'] = $client->query($made)->serialise('ntriples');
$told['described'] = $client->query($described)->serialise('ntriples');
$told['document'] = EasyRdf\\Graph::newAndLoad($document)->serialise('ntriples');
echo json_encode($told);"""


def php(script: str, *arguments: str) -> str:
    # What it complains of goes to the other stream, not among what is told.
    return run("php", "-d", "display_errors=stderr", "-r", script, "--", *arguments)


@needed("PHP")
def test_accents_are_read_as_they_were_typed(site: Site) -> None:
    hits = json.loads(php(FILE, f"{site.url}/search.json?q=université"))["hits"]
    assert [hit["iri"] for hit in hits] == [LORRAINE]


@needed("PHP")
def test_csv_is_read_line_by_line(endpoint: str) -> None:
    asked = urlencode({"query": NAMES, "format": "csv"})
    assert json.loads(php(TABLE, f"{endpoint}?{asked}")) == NAMED


@needed("EasyRdf")
def test_easyrdf_asks_for_rows_and_answers(endpoint: str) -> None:
    told = json.loads(php(EASYRDF, endpoint, NAMES, YES, NO))
    assert told == {"rows": NAMED, "yes": True, "no": False}


@needed("EasyRdf")
def test_easyrdf_reads_graphs_and_documents(site: Site, endpoint: str, described: set[str]) -> None:
    told = json.loads(php(EASYRDF_GRAPHS, endpoint, MEMBERS, ABOUT, site.url + "/doc/inria"))
    assert (triples(told["made"]), triples(told["described"])) == (MADE, described)
    assert described <= triples(told["document"])
