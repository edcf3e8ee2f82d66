"""The OpenAPI document says what the server does: requests made up from it, and from nothing."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from enact_graph import errors
from enact_graph.app import addresses
from enact_graph.authoring.questions import read
from enact_graph.settings import Settings
from enact_graph.topics.service.address import describe
from tests.conftest import TINY, Site
from tests.patience import PATIENCE
from tests.strata import some

#: A status of the 5xx that says that a limit was reached is an answer, not a mistake.
LIMITS = {503}


@pytest.fixture(scope="module")
def described(site: Site) -> dict[str, object]:
    found: dict[str, object] = site.get("/openapi.json").json()
    return found


def test_every_route_is_described_and_nothing_else(
    site: Site, tiny_public: Path, described: dict[str, dict[str, object]]
) -> None:
    from tests.web.test_every_route import routes

    # Each named question is described with its own parameters; one route answers them all.
    named = {f"/queries/{q.name}.{{suffix}}" for q in read(TINY)}
    assert set(described["paths"]) == set(routes(tiny_public)) | named


def test_every_status_of_an_error_is_described(site: Site, described: dict[str, object]) -> None:
    statuses = {kind.status for kind in errors.family().values()} - {502}
    text = str(described)
    assert not {status for status in statuses if f"'{status}': " not in text}


def test_it_names_the_limits_that_hold() -> None:
    assert "4321" in str(describe(addresses(), Settings(query_chars=4321), "1.0"))


@schemathesis.serializer("application/sparql-query")
def sparql(context: schemathesis.SerializationContext, value: object) -> bytes:
    return str(value).encode("utf-8", "replace")


DOCUMENT = describe(addresses(), Settings(), "1.0", read(TINY))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
#: Some addresses a run: a dozen requests and those at the bounds of each parameter for each.
ASKED = some(sorted(DOCUMENT["paths"]), 1 / 3)


@SCHEMA.include(path=ASKED).parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_requests_made_up_from_it_get_what_it_says(
    case: "schemathesis.Case[Any]", site: Site
) -> None:
    response = case.call(base_url=site.url, timeout=PATIENCE)
    case.validate_response(
        response,
        checks=[status_code_conformance, content_type_conformance, response_schema_conformance],
    )
    assert response.status_code < 500 or response.status_code in LIMITS, response.text


NAMES = st.sampled_from(
    ["query", "format", "output", "default-graph-uri", "named-graph-uri", "download", "lang", "x"]
)
VALUES = st.one_of(
    st.sampled_from(
        ["ASK {}", "SELECT * {} LIMIT 1", "csv", "json", "urn:x", "file:///etc/passwd", ""]
    ),
    st.text(max_size=40),
)
CHARSETS = st.sampled_from(
    ["", "; charset=utf-8", "; charset=latin1", '; charset="UTF-8"', ";;", "; x=y"]
)


def is_answered_as_promised(answer: httpx.Response) -> bool:
    """Whether an answer is a good one, or a problem document of a client's error."""
    if answer.status_code in (200, 304):
        return True
    problem = answer.json()
    kinds = {kind.slug: kind.status for kind in errors.family().values()}
    slug = problem["type"].rpartition("/")[2]
    return (
        kinds[slug] == answer.status_code == problem["status"] and 400 <= answer.status_code < 500
    )


@given(
    fields=st.lists(st.tuples(NAMES, VALUES), max_size=5), method=st.sampled_from(["GET", "POST"])
)
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_any_parameters_get_an_answer_or_are_told_what_is_wrong(
    site: Site, fields: list[tuple[str, str]], method: str
) -> None:
    encoded = urlencode(fields, errors="surrogatepass").encode()
    headers = {"Accept": "application/json, text/turtle;q=0.5"}
    if method == "GET":
        answer = site.client.get("/sparql?" + encoded.decode(), headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = site.client.post("/sparql", content=encoded, headers=headers)
    assert is_answered_as_promised(answer)


@given(body=st.binary(max_size=60), charset=CHARSETS, is_form=st.booleans())
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_any_bytes_get_an_answer_or_are_told_what_is_wrong(
    site: Site, body: bytes, charset: str, is_form: bool
) -> None:
    kind = "application/x-www-form-urlencoded" if is_form else "application/sparql-query"
    headers = {"Content-Type": kind + charset, "Accept": "application/json"}
    content = b"query=" + quote(body).encode() if is_form else body
    assert is_answered_as_promised(site.client.post("/sparql", content=content, headers=headers))


@given(
    accept=st.one_of(
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.strip),
        st.lists(
            st.sampled_from(
                ["text/turtle", "*/*;q=0", "text/*;q=0.3", "text/html;q=0", "a/b", "q=1"]
            )
        ).map(",".join),
    ),
    codings=st.lists(st.sampled_from(["gzip", "zstd;q=0", "*;q=0", "identity;q=0", "br", ";"])),
)
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_any_wish_is_met_or_refused_with_what_there_is(
    site: Site, accept: str, codings: list[str]
) -> None:
    headers = {"Accept": accept, "Accept-Encoding": ", ".join(codings)}
    for path in ("/doc/inria", "/sparql"):
        answer = site.client.get(path, headers=headers)
        assert answer.status_code in (200, 400, 406)
        vary = answer.headers["vary"]
        assert "Accept" in vary.split(", ")
        assert "Accept-Encoding" in vary.split(", ")
        if answer.status_code == 406 and "html" not in answer.headers["content-type"]:
            assert answer.json()["offered"]
