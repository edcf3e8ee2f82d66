"""Comunica asks the endpoint, where it is at hand: `npm install @comunica/query-sparql@4`.

COMUNICA=folder/with/node_modules pytest tests/web/test_comunica.py
"""

import json
import os
import subprocess
from pathlib import Path
from shutil import which
from typing import Any, Final

import pytest

from enact_graph import terms
from tests.conftest import Site
from tests.patience import PATIENCE

FOLDER: Final = Path(os.environ.get("COMUNICA", "node_modules/..")).resolve()
pytestmark = pytest.mark.skipif(
    which("node") is None or not (FOLDER / "node_modules/@comunica/query-sparql").is_dir(),
    reason="there is no Comunica: COMUNICA names the folder that has it in node_modules",
)

SCRIPT: Final = """
const { QueryEngine } = require('@comunica/query-sparql');
const [kind, query, context] = JSON.parse(process.argv[1]);
(async () => {
  const found = await new QueryEngine()[kind](query, context);
  const rows = typeof found === 'boolean' ? found : (await found.toArray()).map(String);
  console.log(JSON.stringify(rows));
})();
"""
MEMBERS: Final = f"SELECT ?m WHERE {{ <{terms.ID}enact> <{terms.ENACT}hasMember> ?m }} ORDER BY ?m"


def ask(kind: str, query: str, **context: Any) -> Any:
    run = subprocess.run(
        ["node", "-e", SCRIPT, json.dumps([kind, query, context])],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "found out"])
def test_it_finds_out_by_the_description_that_this_is_an_endpoint(
    site: Site, is_told: bool
) -> None:
    url = site.url + "/sparql"
    rows = ask(
        "queryBindings", MEMBERS, sources=[{"type": "sparql", "value": url} if is_told else url]
    )
    assert [json.loads(row)["m"] for row in rows] == [
        terms.ID + "inria",
        terms.ID + "universite-de-lorraine",
    ]
    assert ask("queryBoolean", "ASK { ?s ?p ?o }", sources=[url]) is True


def test_triples_come_from_a_query_and_from_a_document(site: Site) -> None:
    query = f"CONSTRUCT WHERE {{ <{terms.ID}inria> ?p ?o }}"
    asked = ask("queryQuads", query, sources=[site.url + "/sparql"])
    # It takes N-Quads of a document, whose triples stand in the graphs that say them.
    read = ask("queryQuads", query, sources=[site.url + "/doc/inria"], unionDefaultGraph=True)
    assert len(asked) > 5
    assert len(read) >= len(asked)
