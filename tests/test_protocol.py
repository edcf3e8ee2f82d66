"""The SPARQL 1.1 Protocol over a real connection: what is asked how, and what comes back."""

import csv
import io
import json
import socket
import subprocess
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import quote, quote_plus, urlencode
from xml.etree import ElementTree

import httpx
import openpyxl
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from enact_graph import terms
from enact_graph.formats import RDF_FORMATS, RESULT_FORMATS, XLSX, Format
from tests.conftest import Site, running
from tests.patience import PATIENCE

MEMBERS = """PREFIX enact: <https://w3id.org/enact-graph/ontology#>
PREFIX id: <https://w3id.org/enact-graph/id/>
SELECT ?member WHERE { id:enact enact:hasMember ?member } ORDER BY ?member"""
EXPECTED = [terms.ID + "inria", terms.ID + "universite-de-lorraine"]
CONSTRUCT = MEMBERS.replace("SELECT ?member WHERE", "CONSTRUCT WHERE").replace(
    "ORDER BY ?member", ""
)
DESCRIBE = f"DESCRIBE <{terms.ID}inria>"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
P16 = terms.GRAPH + "press-release-2024-05-22-p16"


def members(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["member"]["value"] for row in answer.json()["results"]["bindings"]]


class TestWaysToAsk:
    def test_get(self, site: Site) -> None:
        assert members(site.client.get("/sparql", params={"query": MEMBERS})) == EXPECTED

    def test_form(self, site: Site) -> None:
        assert members(site.client.post("/sparql", data={"query": MEMBERS})) == EXPECTED

    def test_body(self, site: Site) -> None:
        answer = site.client.post("/sparql", content=MEMBERS, headers=QUERY)
        assert members(answer) == EXPECTED

    @pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
    def test_body_with_charset(self, site: Site, charset: str) -> None:
        headers = {"Content-Type": f"application/sparql-query; charset={charset}"}
        assert members(site.client.post("/sparql", content=MEMBERS, headers=headers)) == EXPECTED

    def test_a_byte_order_mark_is_no_part_of_the_query(self, site: Site) -> None:
        marked = "\ufeff" + MEMBERS
        assert members(site.client.get("/sparql", params={"query": marked})) == EXPECTED
        assert members(site.client.post("/sparql", data={"query": marked})) == EXPECTED
        assert members(site.client.post("/sparql", content=marked, headers=QUERY)) == EXPECTED

    def test_body_in_pieces(self, site: Site) -> None:
        pieces = (MEMBERS[i : i + 7].encode() for i in range(0, len(MEMBERS), 7))
        assert members(site.client.post("/sparql", content=pieces, headers=QUERY)) == EXPECTED

    def test_head_has_the_headers_and_no_body(self, site: Site) -> None:
        got = site.client.get("/sparql", params={"query": MEMBERS})
        head = site.client.head("/sparql", params={"query": MEMBERS})
        assert head.status_code == 200
        assert head.content == b""
        for name in ("content-type", "content-length", "etag"):
            assert head.headers[name] == got.headers[name]

    def test_post_with_the_query_in_the_address_and_no_body(self, site: Site) -> None:
        # As requests.post(url, params=…) and curl -X POST send it.
        assert members(site.client.post("/sparql", params={"query": MEMBERS})) == EXPECTED
        empty = site.client.post("/sparql", params={"query": MEMBERS}, content=b"", headers=QUERY)
        assert members(empty) == EXPECTED
        text = site.client.post("/sparql", params={"query": MEMBERS}, content=b"x")
        assert text.status_code == 415
        assert site.client.post("/sparql").json()["type"].endswith("query-missing")

    @pytest.mark.parametrize("path", ["/sparql/", "/sparql"])
    def test_a_slash_at_the_end_makes_no_difference(self, site: Site, path: str) -> None:
        assert members(site.client.get(path, params={"query": MEMBERS})) == EXPECTED
        assert members(site.client.post(path, data={"query": MEMBERS})) == EXPECTED
        assert members(site.client.post(path, content=MEMBERS, headers=QUERY)) == EXPECTED
        told = site.client.options(path)
        assert (told.status_code, told.content) == (204, b"")
        assert "POST" in told.headers["access-control-allow-methods"]
        described = site.get(path, "text/turtle").content
        assert described == site.get("/sparql", "text/turtle").content

    def test_a_browser_of_another_origin_may_ask(self, site: Site) -> None:
        asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
        answer = site.client.options("/sparql", headers=asked)
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "POST" in answer.headers["access-control-allow-methods"]
        assert "Content-Type" in answer.headers["access-control-allow-headers"]
        assert "access-control-allow-credentials" not in answer.headers

    def test_it_may_send_whatever_header_it_has(self, site: Site) -> None:
        answer = site.client.options("/sparql", headers={"Origin": "https://a.example"})
        # The star stands for every name but Authorization (Fetch, 3.3.4).
        assert {"*", "Authorization"} <= set(
            answer.headers["access-control-allow-headers"].split(", ")
        )


class TestDecoding:
    @pytest.mark.parametrize("text", ["é", "100%", "a+b", "a&b=c", "%41", "\U0001f600", "=;"])
    @pytest.mark.parametrize("method", ["get", "form", "body"])
    def test_a_text_arrives_as_it_was_sent(self, site: Site, text: str, method: str) -> None:
        query = f'SELECT ("{text}" AS ?x) {{}}'
        if method == "get":
            answer = site.client.get(f"/sparql?query={quote(query, safe='')}")
        elif method == "form":
            answer = site.client.post("/sparql", content=f"query={quote_plus(query)}", headers=FORM)
        else:
            answer = site.client.post("/sparql", content=query.encode(), headers=QUERY)
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == text

    def test_what_is_escaped_twice_is_decoded_once(self, site: Site) -> None:
        answer = site.client.get("/sparql?query=" + quote(quote("ASK {}")))
        assert answer.status_code == 400
        assert answer.json()["type"].endswith("query-syntax")

    @pytest.mark.parametrize("bad", ["%FF", "%C3%28", "%ED%A0%80", "%C0%AF"])
    def test_what_is_no_utf8_is_refused(self, site: Site, bad: str) -> None:
        answer = site.client.get(f"/sparql?query=ASK%7B%7D%20%23{bad}")
        assert answer.status_code == 400
        assert "UTF-8" in answer.json()["detail"]

    def test_raw_utf8_in_a_form_is_read(self, site: Site) -> None:
        body = 'query=SELECT ("é" AS ?x) {}'.encode()
        answer = site.client.post("/sparql", content=body, headers=FORM)
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "é"


class TestDataset:
    COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def count(self, site: Site, query: str = COUNT, **graphs: list[str]) -> int:
        named = {name.replace("_", "-"): iris for name, iris in graphs.items()}
        answer = site.client.post("/sparql", data={"query": query, **named})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    def test_the_default_graph_is_the_merge_of_all(self, site: Site) -> None:
        counts = site.release.manifest.counts
        assert self.count(site) == counts["triples"] < counts["quads"]

    def test_a_default_graph_takes_its_place(self, site: Site) -> None:
        assert self.count(site, default_graph_uri=[P16]) == 8

    def test_several_default_graphs_are_merged(self, site: Site) -> None:
        twice = self.count(site, default_graph_uri=[P16, P16])
        both = self.count(site, default_graph_uri=[P16, terms.GRAPH_CURATION])
        assert twice == 8
        assert both == 8 + self.count(site, default_graph_uri=[terms.GRAPH_CURATION])

    def test_only_the_named_graphs_are_seen_by_graph(self, site: Site) -> None:
        query = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        assert self.count(site, query) == site.release.manifest.counts["graphs"]
        assert self.count(site, query, named_graph_uri=[P16, terms.GRAPH_CURATION]) == 2
        assert self.count(site, named_graph_uri=[P16]) == 0

    def test_what_nobody_filled_in_is_not_there(self, site: Site) -> None:
        assert self.count(site, default_graph_uri=[""]) == self.count(site)
        assert self.count(site, named_graph_uri=[""], update=[""]) == self.count(site)
        assert self.count(site, default_graph_uri=["", P16]) == 8
        update = site.client.post("/sparql", data={"query": self.COUNT, "update": "CLEAR ALL"})
        assert update.status_code == 403
        assert site.client.post("/sparql", data={"update": ""}).status_code == 400

    def test_the_graphs_of_a_direct_body_stand_in_the_address(self, site: Site) -> None:
        address = "/sparql?" + urlencode({"default-graph-uri": P16})
        answer = site.client.post(address, content=self.COUNT, headers=QUERY)
        assert answer.json()["results"]["bindings"][0]["n"]["value"] == "8"


def rows(body: bytes, format_: Format) -> list[str]:
    """The members in a result of any format, read by another library than the one that wrote."""
    text = body.decode()
    match format_.key:
        case "json":
            return [r["member"]["value"] for r in json.loads(text)["results"]["bindings"]]
        case "xml":
            return [
                e.text or "" for e in ElementTree.fromstring(text).iter() if e.tag[-4:] == "}uri"
            ]
        case "csv":
            return [row["member"] for row in csv.DictReader(io.StringIO(text))]
        case _:
            return [line.strip("<>") for line in text.splitlines()[1:]]


class TestFormats:
    @pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda f: f.key)
    @pytest.mark.parametrize("by", ["header", "key", "extension", "media type"])
    def test_rows(self, site: Site, format_: Format, by: str) -> None:
        name = {"key": format_.key, "extension": format_.extension}.get(by, format_.media_type)
        fields = {"query": MEMBERS} | ({} if by == "header" else {"format": name})
        accept = format_.media_type if by == "header" else "image/png"
        answer = site.client.post("/sparql", data=fields, headers={"Accept": accept})
        assert answer.headers["content-type"] == format_.content_type
        assert answer.headers["vary"] == "Accept, Accept-Encoding"
        assert rows(answer.content, format_) == EXPECTED

    @pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.key)
    @pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
    def test_graphs(self, site: Site, format_: Format, query: str) -> None:
        answer = site.client.get(
            "/sparql", params={"query": query}, headers={"Accept": format_.media_type}
        )
        assert answer.headers["content-type"] == format_.content_type
        reader = ox.RdfFormat.from_media_type(format_.media_type)
        assert reader is not None
        found = {str(q.triple) for q in ox.parse(answer.content, format=reader)}
        assert len(found) == (2 if query == CONSTRUCT else 12)

    @pytest.mark.parametrize("format_", RESULT_FORMATS[:2], ids=lambda f: f.key)
    def test_yes_and_no(self, site: Site, format_: Format) -> None:
        for query, expected in (("ASK { ?s ?p ?o }", True), ("ASK { <urn:x> ?p ?o }", False)):
            answer = site.client.get("/sparql", params={"query": query, "output": format_.key})
            reader = ox.QueryResultsFormat.from_media_type(format_.media_type)
            assert bool(ox.parse_query_results(answer.content, format=reader)) is expected

    def test_a_client_that_takes_json_gets_it_under_that_name(self, site: Site) -> None:
        for query in (MEMBERS, CONSTRUCT, MEMBERS):
            answer = site.get("/sparql?" + urlencode({"query": query}), "application/json")
            assert answer.headers["content-type"] == "application/json"

    def test_results_xml_is_the_answer_to_bare_xml_for_rows_and_rdf_xml_for_graphs(
        self, site: Site
    ) -> None:
        for query, root in ((MEMBERS, "sparql"), (CONSTRUCT, "RDF")):
            answer = site.client.post("/sparql", data={"query": query, "format": "xml"})
            assert ElementTree.fromstring(answer.text).tag.endswith("}" + root)

    def test_nothing_acceptable_lists_what_there_is(self, site: Site) -> None:
        answer = site.get("/sparql?query=ASK%7B%7D", "image/png")
        assert answer.status_code == 406
        offered = answer.json()["offered"]
        assert {f.media_type for f in (*RESULT_FORMATS, *RDF_FORMATS)} < set(offered)

    @pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
    def test_who_asks_every_query_for_rows_gets_a_graph_as_turtle(
        self, site: Site, query: str
    ) -> None:
        for accept in ("application/sparql-results+json", "text/csv, text/tab-separated-values"):
            answer = site.get("/sparql?" + urlencode({"query": query}), accept)
            assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
        refused = site.get("/sparql?" + urlencode({"query": query}), "text/csv, */*;q=0")
        assert refused.status_code == 406
        named = site.get("/sparql?" + urlencode({"query": query, "format": "csv"}))
        assert named.status_code == 406
        rows = site.get("/sparql?" + urlencode({"query": MEMBERS}), "text/turtle")
        assert rows.status_code == 406

    def test_a_spreadsheet_gets_a_workbook(self, site: Site) -> None:
        address = "/sparql?" + urlencode({"query": MEMBERS, "lang": "de"})
        by_name, by_header = site.get(address + "&format=xlsx"), site.get(address, XLSX.media_type)
        assert by_name.headers["content-type"] == XLSX.media_type
        assert by_name.headers["content-disposition"].endswith('.xlsx"')
        assert by_name.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
        assert by_name.content == by_header.content
        book = openpyxl.load_workbook(io.BytesIO(by_name.content))
        answer, about = book.worksheets
        assert [row[0].value for row in answer.iter_rows(min_row=2)] == EXPECTED
        told = {row[0].value: row[1].value for row in about.iter_rows(min_row=2)}
        assert told["query"] == MEMBERS
        assert site.url in told["Adresse"]
        truth = site.get("/sparql?" + urlencode({"query": "ASK {}", "format": "xlsx"}))
        assert openpyxl.load_workbook(io.BytesIO(truth.content)).worksheets[0]["A2"].value is True
        graph = site.get("/sparql?" + urlencode({"query": CONSTRUCT, "format": "xlsx"}))
        assert graph.status_code == 406
        page = site.get("/sparql?" + urlencode({"query": MEMBERS}), "text/html").text
        assert "format=xlsx" in page

    def test_a_workbook_of_more_than_is_made_whole_is_refused(self, tiny_public: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ENACT_GRAPH_WHOLE_BYTES", "2000")
            with running(tiny_public) as (_, url):
                query = {"query": "SELECT * { ?s ?p ?o }", "format": "xlsx"}
                refused = httpx.get(url + "/sparql", params=query)
                assert refused.status_code == 413
                assert refused.json()["limit"] == 2000
                few = query | {"query": "SELECT * { ?s ?p ?o } LIMIT 3"}
                assert httpx.get(url + "/sparql", params=few).status_code == 200

    def test_a_property_without_a_name_is_refused_in_rdf_xml_alone(self, site: Site) -> None:
        query = "CONSTRUCT { <urn:s> <http://example.org/1> 1 } {}"
        refused = site.get("/sparql?" + urlencode({"query": query}), "application/rdf+xml")
        assert refused.status_code == 406
        assert refused.json()["unwritable"] == "http://example.org/1"
        assert site.get("/sparql?" + urlencode({"query": query}), "text/turtle").status_code == 200


class TestLimits:
    def test_every_thing_of_the_graph_may_be_named_in_one_query(self, site: Site) -> None:
        values = " ".join(f"<{terms.ID}thing-{n}>" for n in range(20_000))
        query = MEMBERS.replace("WHERE {", f"WHERE {{ VALUES ?member {{ id:inria {values} }}")
        assert len(query) > 900_000
        for how in ({"data": {"query": query}}, {"content": query, "headers": QUERY}):
            assert members(site.client.post("/sparql", **how)) == EXPECTED[:1]

    def test_a_long_text_is_refused_for_its_words_as_a_short_one_is(self, site: Site) -> None:
        for start, slug in (
            ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "query-refused"),
            ("ASK " + "{" * 600 + "}" * 600, "query-too-deep"),
            ("DROP ALL", "query-refused"),
            ("ASK { 'x }", "query-syntax"),
        ):
            query = start + "\n#" + "x" * 100_000
            answer = site.client.post("/sparql", content=query, headers=QUERY)
            assert answer.json()["type"].endswith(slug)

    def test_a_form_has_so_many_fields_and_no_more(self, site: Site) -> None:
        body = "query=ASK%7B%7D" + "&x=1" * 10_001
        answer = site.client.post("/sparql", content=body, headers=FORM)
        assert answer.json()["type"].endswith("bad-parameter")

    def test_a_body_is_not_read_beyond_the_limit(self, site: Site) -> None:
        host, _, port = site.url.removeprefix("http://").partition(":")
        head = (
            "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
            connection.sendall(head.encode())
            sent = 0
            try:
                while sent < 400 * len(chunk):
                    connection.sendall(chunk)
                    sent += len(chunk)
            except OSError:
                pass  # closed before all was sent, as hoped
            answer = connection.recv(12)
        assert answer == b"HTTP/1.1 413"


class TestCaching:
    def test_a_known_answer_is_not_sent_again(self, site: Site) -> None:
        params = {"query": MEMBERS}
        first = site.client.get("/sparql", params=params)
        etag = first.headers["etag"]
        assert etag.startswith('"')
        for value in (etag, "W/" + etag, f'"other", {etag}', "*"):
            again = site.client.get("/sparql", params=params, headers={"If-None-Match": value})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == etag
            assert again.headers["vary"] == "Accept, Accept-Encoding"

    def test_another_query_format_or_dataset_is_another_answer(self, site: Site) -> None:
        def tag(**params: str) -> str:
            named = {k.replace("_", "-"): v for k, v in params.items()}
            return site.client.get("/sparql", params=named).headers["etag"]

        tags = [
            tag(query=MEMBERS),
            tag(query=MEMBERS + " "),
            tag(query=MEMBERS, format="csv"),
            tag(query=MEMBERS, default_graph_uri=P16),
            tag(query=MEMBERS, named_graph_uri=P16),
        ]
        assert len(set(tags)) == len(tags)

    @pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
    def test_what_changes_each_time_is_never_kept(self, site: Site, function: str) -> None:
        params = {"query": f"SELECT ({function} AS ?x) {{}}"}
        answers = [site.client.get("/sparql", params=params) for _ in range(2)]
        assert "etag" not in answers[0].headers
        assert answers[0].headers["cache-control"] == "no-store"
        if function not in ("NOW()", "BNODE()"):
            assert answers[0].content != answers[1].content

    def test_an_error_is_never_kept(self, site: Site) -> None:
        answer = site.client.get("/sparql?query=nonsense", headers={"If-None-Match": "*"})
        assert answer.headers["cache-control"] == "no-store"


class TestWithoutQuery:
    def test_a_program_gets_the_description_of_the_service(self, site: Site) -> None:
        for accept in ("text/turtle", "application/ld+json", "application/rdf+xml", "*/*"):
            answer = site.get("/sparql", accept)
            assert answer.status_code == 200
            assert answer.headers["content-type"].split(";")[0] in (accept, "text/turtle")
        answer = site.get("/sparql", "text/turtle")
        graph = rdflib.Graph().parse(data=answer.text, format="turtle")
        sd = rdflib.Namespace(terms.PREFIXES["sd"])
        endpoint = rdflib.URIRef(site.url + "/sparql")
        assert graph.value(endpoint, sd.endpoint) == endpoint
        assert (endpoint, sd.supportedLanguage, sd.SPARQL11Query) in graph
        assert len(list(graph.objects(endpoint, sd.resultFormat))) == 10

    def test_the_description_counts_what_the_endpoint_holds(self, site: Site) -> None:
        graph = rdflib.Graph().parse(data=site.get("/sparql", "text/turtle").text, format="turtle")
        described = graph.query(
            "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
            " PREFIX void: <http://rdfs.org/ns/void#>"
            " SELECT ?g ?n { ?d sd:namedGraph [ sd:name ?g ; sd:graph/void:triples ?n ] }"
        )
        query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        asked = site.client.get("/sparql", params={"query": query, "format": "csv"})
        counted = {row["g"]: row["n"] for row in csv.DictReader(io.StringIO(asked.text))}
        assert {str(g): str(n) for g, n in described} == counted  # type: ignore[misc]
        assert len(counted) == site.release.manifest.counts["graphs"]

    def test_a_browser_gets_a_form(self, site: Site) -> None:
        page = site.get("/sparql", "text/html", accept_language="de")
        assert page.headers["content-language"] == "de"
        assert 'name="query"' in page.text

    def test_a_browser_gets_its_answer_as_a_page(self, site: Site) -> None:
        page = site.get("/sparql?" + urlencode({"query": MEMBERS}), "text/html")
        assert "/doc/inria" in page.text
        wrong = site.get("/sparql?" + urlencode({"query": "SELEKT"}), "text/html")
        assert wrong.status_code == 400
        assert "SELEKT" in wrong.text

    def test_a_graph_is_shown_as_turtle_with_links_to_its_other_forms(self, site: Site) -> None:
        page = site.get("/sparql?" + urlencode({"query": CONSTRUCT}), "text/html").text
        assert "enact:hasMember" in page
        assert "format=jsonld" in page

    def test_the_query_of_a_page_is_text_and_never_markup(self, site: Site) -> None:
        page = site.get(
            "/sparql?" + urlencode({"query": "</textarea><script>x</script>"}), "text/html"
        )
        assert "<script>" not in page.text


class TestClients:
    """Three clients that are not ours get the same right answer."""

    @pytest.mark.filterwarnings("ignore:.*Dataset:DeprecationWarning")  # its own use of rdflib
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_sparqlwrapper(self, site: Site, method: str) -> None:
        wrapper: Any = SPARQLWrapper(site.url + "/sparql")
        wrapper.setMethod(method)
        wrapper.setQuery(MEMBERS)
        wrapper.setReturnFormat(JSON)
        found = wrapper.queryAndConvert()
        assert [row["member"]["value"] for row in found["results"]["bindings"]] == EXPECTED
        wrapper.setReturnFormat(CSV)
        assert wrapper.queryAndConvert().decode().split() == ["member", *EXPECTED]
        wrapper.setReturnFormat(XML)
        values = wrapper.queryAndConvert().getElementsByTagName("uri")
        assert [value.firstChild.data for value in values] == EXPECTED
        wrapper.setQuery(CONSTRUCT)
        for wanted in (RDFXML, TURTLE, N3, XML, JSONLD):
            wrapper.setReturnFormat(wanted)
            graph = wrapper.queryAndConvert()
            if isinstance(graph, bytes):
                graph = rdflib.Graph().parse(data=graph, format="turtle")
            assert sorted(map(str, graph.objects())) == EXPECTED
        wrapper.setQuery(MEMBERS)
        wrapper.setReturnFormat(TSV)
        assert wrapper.queryAndConvert().decode().split()[0] == "?member"

    def test_rdflib(self, site: Site) -> None:
        graph = rdflib.Graph(SPARQLStore(site.url + "/sparql"))
        assert [str(row[0]) for row in graph.query(MEMBERS)] == EXPECTED  # type: ignore[index]
        subject = rdflib.URIRef(terms.ID + "enact")
        predicate = rdflib.URIRef(terms.ENACT + "hasMember")
        assert sorted(map(str, graph.objects(subject, predicate))) == EXPECTED
        assert len(graph) == site.release.manifest.counts["triples"]
        every = rdflib.Graph(SPARQLStore(site.url + "/sparql", returnFormat="json"))
        assert len(list(every.query(CONSTRUCT))) == 2

    @pytest.mark.skipif(which("curl") is None, reason="there is no curl here")
    def test_curl(self, site: Site) -> None:
        run = subprocess.run(
            [
                "curl",
                "-sS",
                "--data-urlencode",
                f"query={MEMBERS}",
                "-H",
                "Accept: text/csv",
                site.url + "/sparql",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.split() == ["member", *EXPECTED]
