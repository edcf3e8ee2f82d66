"""The requests of the protocol suites, and the answers that they demand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx
import pyoxigraph as ox

from tests.conformance.suites import MF, RDFS, UT, Case, Graph, Node, manifest

HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
_STATUS: Final = "http://www.w3.org/2011/http-statusCodes#"
_CODES: Final = {
    "OK": range(200, 201),
    "Created": range(201, 202),
    "NoContent": range(204, 205),
    "NotFound": range(404, 405),
    **{f"StatusCode{n}xx": range(100 * n, 100 * n + 100) for n in range(1, 6)},
}


@dataclass(frozen=True)
class Exchange:
    """One request and what its answer must be; None for what the suite leaves open."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: tuple[str, ...]
    boolean: bool | None
    format: str | None

    def admits(self, status: int) -> bool:
        return any(status in _CODES[name] for name in self.statuses)

    def send(self, client: httpx.Client, service: str, address: str) -> httpx.Response:
        """Send the request to `address`, which stands in the suite as `service`."""
        path = self.path.replace(service, address, 1)
        return client.request(self.method, path, headers=self.headers, content=self.body)


def exchanges(case: Case) -> Iterator[Exchange]:
    graph = manifest(case.group, case.manifest)
    action = graph.one(_entry(graph, case), MF + "action")
    assert action is not None
    for request in graph.items(graph.one(action, HT + "requests")):
        answer = graph.one(request, HT + "resp")
        body = graph.one(request, HT + "body")
        assert answer is not None
        yield Exchange(
            method=_text(graph, request, HT + "methodName") or "",
            path=_text(graph, request, HT + "absolutePath") or "",
            headers=dict(_headers(graph, request)),
            body=_body(graph, body) if body is not None else b"",
            statuses=tuple(
                node.value.removeprefix(_STATUS)
                for node in graph.all(answer, MF + "expectedStatus")
                if isinstance(node, ox.NamedNode)
            ),
            boolean={"true": True, "false": False, None: None}[
                _text(graph, answer, MF + "expectedBoolean")
            ],
            format=_text(graph, answer, MF + "expectedFormat"),
        )


def graphs(folder: str) -> dict[str, str]:
    """The file of each graph that the tests of a folder name."""
    graph = manifest(folder)
    found: dict[str, str] = {}
    for data in graph.subjects(UT + "graph"):
        file, label = graph.one(data, UT + "graph"), _text(graph, data, RDFS + "label")
        if isinstance(file, ox.NamedNode) and label:
            found[label] = file.value
    return found


def _entry(graph: Graph, case: Case) -> Node:
    return next(e for e in graph.subjects(MF + "action") if str(e).endswith(f"#{case.name}>"))


def _headers(graph: Graph, request: Node) -> Iterator[tuple[str, str]]:
    for field in graph.items(graph.one(request, HT + "headers")):
        name, value = (_text(graph, field, HT + part) for part in ("fieldName", "fieldValue"))
        if name and value:
            yield name, value


def _body(graph: Graph, body: Node) -> bytes:
    text = _text(graph, body, CNT + "chars") or ""
    return text.encode(_text(graph, body, CNT + "characterEncoding") or "UTF-8")


def _text(graph: Graph, subject: Node, predicate: str) -> str | None:
    node = graph.one(subject, predicate)
    return node.value if isinstance(node, ox.Literal) else None
