"""PHP: its file functions, which send an address as it was typed, and EasyRdf."""

import json
from typing import Any, Final
from urllib.parse import urlencode

from tests.conftest import Site

from .programs import needed, run
from .questions import ABOUT, LORRAINE, MADE, MEMBERS, NAMED, NAMES, NO, YES, triples

FILE: Final = "echo file_get_contents($argv[1]);"
TABLE: Final = """$file = fopen($argv[1], 'r');
while ($row = fgetcsv($file)) $rows[] = $row;
echo json_encode(array_slice($rows, 1));"""
EASYRDF: Final = """require 'EasyRdf/autoload.php';
use EasyRdf\\Graph;
use EasyRdf\\Sparql\\Client;
[, $endpoint, $rows, $yes, $no, $made, $described, $document] = $argv;
$client = new Client($endpoint);
foreach ($client->query($rows) as $row) {
    $told['rows'][] = [$row->member->getUri(), $row->name->getValue()];
}
$told['yes'] = $client->query($yes)->isTrue();
$told['no'] = $client->query($no)->isTrue();
$told['made'] = $client->query($made)->serialise('ntriples');
$told['described'] = $client->query($described)->serialise('ntriples');
$told['document'] = Graph::newAndLoad($document)->serialise('ntriples');
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
def test_easyrdf_asks_and_reads_documents(
    site: Site, endpoint: str, described: set[str]
) -> None:
    document = site.url + "/doc/inria"
    told: dict[str, Any] = json.loads(
        php(EASYRDF, endpoint, NAMES, YES, NO, MEMBERS, ABOUT, document)
    )
    assert (told["rows"], told["yes"], told["no"]) == (NAMED, True, False)
    assert (triples(told["made"]), triples(told["described"])) == (MADE, described)
    assert described <= triples(told["document"])
