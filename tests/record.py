"""What a server answers at every address, written down, to hold a rebuilt house against it.

    python -m tests.record make PUBLIC FOLDER   # PUBLIC holds a release; FOLDER gets the record
    python -m tests.record compare BEFORE AFTER

A request is a method, an address and an Accept header; of its answer are kept the status, the
headers but for what differs each time, and the bytes. `compare` ends with 1 where two differ.
"""

import difflib
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import httpx

from enact_graph.formats import ALL_FORMATS
from enact_graph.release.store import current
from enact_graph.terms import LANGUAGES
from tests.browser.pages import PAGES
from tests.conftest import Site, running
from tests.patience import PATIENCE
from tests.web.test_every_route import VALUES, address, routes

#: Differs from one answer to the next of the same server.
_DIFFERS: Final = {"date", "x-request-id", "last-modified"}
#: Answers name the host that was asked, and no port of today.
_SENT: Final = {"Host": "record.example", "Accept-Encoding": "identity"}
#: Their answers count what happened before.
_COUNTED: Final = ("/metrics", "/health")
_QUERIES: Final = (
    "SELECT * { ?s a ?kind } ORDER BY ?s LIMIT 3",
    "ASK {}",
    "DESCRIBE <https://w3id.org/enact-graph/id/inria>",
    "CONSTRUCT { ?s a ?kind } WHERE { ?s a ?kind } LIMIT 0",
    "SELECT * { ?s ",
    "INSERT DATA { <a:b> <a:b> <a:b> }",
)
_MISTAKES: Final = ("nosuch=1", "lang=fr&lang=de", "lang=xx", "format=nosuch", "s=nosuch&q=%00")
#: Lines of a difference that are printed.
_LINES: Final = 12


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    accept: str = "*/*"

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.accept})"


def _requests(paths: list[str], things: list[str]) -> Iterator[Asked]:
    accepts = ["*/*", *dict.fromkeys(form.media_type for form in ALL_FORMATS), "image/svg+xml"]
    for path in paths:
        yield from (Asked(method, path) for method in ("HEAD", "OPTIONS", "DELETE"))
        yield from (Asked("GET", path, accept) for accept in accepts)
        join = "&" if "?" in path else "?"
        yield from (Asked("GET", f"{path}{join}{mistake}") for mistake in _MISTAKES)
        yield from (Asked("GET", f"{path}{join}lang={lang}", "text/html") for lang in LANGUAGES)
    for page in PAGES.values():
        join = "&" if "?" in page else "?"
        yield from (Asked("GET", f"{page}{join}lang={lang}", "text/html") for lang in LANGUAGES)
    for query in _QUERIES:
        yield from (Asked("GET", "/sparql?" + urlencode({"query": query}), a) for a in accepts)
    for number, thing in enumerate(things):
        lang = LANGUAGES[number % len(LANGUAGES)]
        yield Asked("GET", f"{thing}?lang={lang}", "text/html" if number % 2 else "text/turtle")


def make(public: Path, folder: Path) -> int:
    """Serve a release and write down every answer; return how many."""
    bodies = folder / "bodies"
    bodies.mkdir(parents=True)
    with (
        running(public) as (_, url),
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
        (folder / "answers.jsonl").open("w", encoding="utf-8") as file,
    ):
        site = Site(url, current(public), client)
        paths = sorted({address(path, site) for path in routes(public)} | set(VALUES.values()))
        kept = [path for path in paths if not path.startswith(_COUNTED)]
        found = re.findall("<loc>([^<]+)", client.get("/sitemap.xml").text)
        things = [httpx.URL(unescape(loc)).raw_path.decode() for loc in found]
        count = 0
        for asked in dict.fromkeys(_requests(kept, things)):
            headers = _SENT | {"Accept": asked.accept}
            answer = client.request(asked.method, asked.path, headers=headers)
            number = answer.headers.get("x-request-id", "-")
            body = answer.content.replace(number.encode(), b"NUMBER")
            digest = hashlib.sha256(body).hexdigest()
            (bodies / digest).write_bytes(body)
            told = {n: v for n, v in sorted(answer.headers.items()) if n not in _DIFFERS}
            kept_answer = [str(asked), answer.status_code, told, digest]
            file.write(json.dumps(kept_answer, ensure_ascii=False) + "\n")
            count += 1
    return count


def _read(folder: Path) -> dict[str, list[object]]:
    lines = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    return {asked: rest for asked, *rest in map(json.loads, lines)}


def _told(folder: Path, answer: list[object]) -> list[str]:
    status, headers, digest = answer
    assert isinstance(headers, dict)
    body = (folder / "bodies" / str(digest)).read_bytes().decode("utf-8", "replace")
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return [str(status), *lines, "", *body.replace(">", ">\n").splitlines()]


def compare(before: Path, after: Path) -> int:
    """Print each request that is answered otherwise, and how; return how many there are."""
    old, new = _read(before), _read(after)
    count = 0
    for asked in dict.fromkeys([*old, *new]):
        if old.get(asked) == new.get(asked):
            continue
        count += 1
        if asked not in old or asked not in new:
            print(f"{asked}: asked only {'before' if asked in old else 'after'}")
            continue
        print(asked)
        pair = (_told(before, old[asked]), _told(after, new[asked]))
        lines = list(difflib.unified_diff(*pair, n=0, lineterm=""))[2:]
        print("\n".join("    " + line[:200] for line in lines[:_LINES]))
    print(f"{count} of {len(old)} answered otherwise", file=sys.stderr)
    return count


def main(arguments: list[str]) -> int:
    """Run the command line of this module."""
    match arguments:
        case ["make", public, folder]:
            print(f"{make(Path(public), Path(folder))} answers in {folder}")
            return 0
        case ["compare", before, after]:
            return 1 if compare(Path(before), Path(after)) else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
