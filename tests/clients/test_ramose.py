"""RAMOSE makes an interface of its own over the endpoint, as its description says."""

import json
from pathlib import Path
from typing import Final

import pytest

from .programs import PYTHON, needed, run
from .questions import NAMED, NAMES

pytestmark = needed("RAMOSE")

CALL: Final = """import sys
from ramose import APIManager
told = APIManager([sys.argv[1]]).get_op("/api/members/fr").exec("get", "application/json")
assert told.status_code == 200, told
print(told.body)"""


def description(endpoint: str, method: str) -> str:
    api = {
        "url": "/api",
        "type": "api",
        "base": "http://127.0.0.1",
        "title": "Members",
        "description": "Members of ENACT",
        "endpoint": endpoint,
        "method": method,
    }
    operation = {
        "url": "/members/{lang}",
        "type": "operation",
        "lang": "str([a-z]{2})",
        "method": "get",
        "description": "Each member with its name",
        "field_type": "str(member) str(name)",
        "sparql": NAMES.replace('"fr"', '"[[lang]]"'),
    }
    parts = ("\n".join(f"#{name} {value}" for name, value in part.items()) for part in
             (api, operation))  # fmt: skip
    return "\n\n".join(parts)


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_operation_asks_the_endpoint(endpoint: str, tmp_path: Path, method: str) -> None:
    file = tmp_path / "api.hf"
    file.write_text(description(endpoint, method), "utf-8")
    rows = json.loads(run(PYTHON, "-c", CALL, file))
    assert [[row["member"], row["name"]] for row in rows] == NAMED
