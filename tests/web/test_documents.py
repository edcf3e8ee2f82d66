"""Dereferencing: every IRI of the data leads to a document, in the form and language asked for."""

import csv
import io
import json
import re
from itertools import groupby

import pyoxigraph as ox
import pytest
import rdflib

from enact_graph import terms
from enact_graph.formats import HTML, RDF_FORMATS, Format
from enact_graph.vocabulary import DCTERMS, OWL
from tests.conftest import Site
from tests.strata import some

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
INRIA = rdflib.URIRef(terms.ID + "inria")
P16 = terms.GRAPH + "press-release-2024-05-22-p16"


def triples(body: bytes, format_: Format) -> set[str]:
    reader = ox.RdfFormat.from_media_type(format_.media_type)
    assert reader is not None
    return {str(q.triple) for q in ox.parse(body, format=reader)}


def iris(site: Site) -> list[str]:
    """Every IRI of ours in the release: in any place of a triple, or the name of a graph."""
    found: set[str] = set()
    for quad in ox.parse(path=site.release.file("enact-graph.nq"), format=ox.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode) and term.value.startswith(terms.BASE):
                found.add(term.value.partition("#")[0])
    return sorted(found)


def check_iris(site: Site, asked: list[str], accept: str) -> None:
    failures = []
    for iri in asked:
        path = "/" + iri.removeprefix(terms.BASE)
        answer = site.client.get(path, headers={"Accept": accept}, follow_redirects=True)
        if answer.status_code != 200:
            failures.append((iri, answer.status_code))
    assert failures == []


@pytest.mark.parametrize("accept", ["text/turtle", CHROME])
def test_every_iri_of_a_small_release_answers(site: Site, accept: str) -> None:
    asked = iris(site)
    assert len(asked) > 10
    check_iris(site, asked, accept)


@pytest.mark.parametrize(("accept", "share"), [("text/turtle", 0.06), (CHROME, 0.03)])
def test_the_iris_of_each_kind_answer_in_the_release(
    real_site: Site, accept: str, share: float
) -> None:
    def kind(iri: str) -> str:
        return iri.removeprefix(terms.BASE).partition("/")[0]

    kinds = [list(alike) for _, alike in groupby(iris(real_site), kind)]
    assert len(kinds) > 5
    check_iris(real_site, [iri for alike in kinds for iri in some(alike, share)], accept)


class TestWithdrawn:
    """A name that was given up leads for good to the one that replaced it."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("/id/region-alsace", "/id/conseil-regional-d-alsace"),
            ("/id/region-alsace.ttl?lang=fr", "/id/conseil-regional-d-alsace.ttl?lang=fr"),
            ("/doc/region-alsace", "/doc/conseil-regional-d-alsace"),
            ("/doc/region-alsace.jsonld", "/doc/conseil-regional-d-alsace.jsonld"),
        ],
    )
    def test_each_of_its_addresses_does(self, real_site: Site, old: str, new: str) -> None:
        answer = real_site.client.get(old, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (301, new)
        assert "successor-version" in answer.headers["link"]

    def test_what_replaced_it_tells_of_it(self, real_site: Site) -> None:
        page = real_site.get("/doc/conseil-regional-d-alsace.html").text
        assert "region-alsace" in page
        said = real_site.get("/doc/conseil-regional-d-alsace.ttl").text
        assert "id:region-alsace\n    dcterms:isReplacedBy" in said

    def test_the_dumps_say_so(self, real_site: Site) -> None:
        old = ox.NamedNode(terms.ID + "region-alsace")
        path = real_site.release.file("enact-graph.nt")
        said = {q.predicate.value for q in ox.parse(path=path) if q.subject == old}
        assert said == {OWL.deprecated, DCTERMS.isReplacedBy}


class TestRedirect:
    def test_a_thing_leads_to_its_document(self, site: Site) -> None:
        answer = site.get("/id/inria")
        assert (answer.status_code, answer.headers["location"]) == (303, "/doc/inria")

    @pytest.mark.parametrize("rest", [".ttl", ".html?lang=de", "?lang=en"])
    def test_suffix_and_language_are_kept(self, site: Site, rest: str) -> None:
        assert site.get("/id/inria" + rest).headers["location"] == "/doc/inria" + rest

    def test_a_foreign_name_is_no_way_out(self, site: Site) -> None:
        for path in ("/id//evil.example", "/id/%2F%2Fevil.example", "/id/https:evil.example"):
            assert site.get(path).status_code == 404


class TestForms:
    @pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.key)
    def test_by_header_and_by_suffix_the_same(self, site: Site, format_: Format) -> None:
        negotiated = site.get("/doc/inria", format_.media_type)
        named = site.get(f"/doc/inria.{format_.extension}", "image/png")
        assert negotiated.headers["content-type"] == format_.content_type
        assert named.headers["content-type"] == format_.content_type
        assert negotiated.content == named.content
        assert negotiated.headers["vary"] == "Accept, Accept-Encoding"
        assert named.headers["vary"] == "Accept-Encoding"
        assert negotiated.headers["content-location"] == f"/doc/inria.{format_.extension}"

    def test_every_form_says_the_same(self, site: Site) -> None:
        said = [triples(site.get(f"/doc/inria.{f.extension}").content, f) for f in RDF_FORMATS]
        assert all(one == said[0] for one in said)

    def test_a_browser_gets_a_page_in_its_language(self, site: Site) -> None:
        page = site.get("/doc/inria", CHROME, accept_language="de-AT,en;q=0.5")
        assert page.headers["content-type"] == HTML.content_type
        assert page.headers["content-language"] == "de"
        assert page.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
        assert '<html lang="de"' in page.text

    def test_the_parameter_goes_before_the_header(self, site: Site) -> None:
        page = site.get("/doc/inria?lang=en", CHROME, accept_language="de")
        assert page.headers["content-language"] == "en"

    def test_what_cannot_be_had_is_answered_with_what_can(self, site: Site) -> None:
        answer = site.get("/doc/inria", "image/png, text/turtle;q=0")
        assert answer.status_code == 406
        assert answer.json()["offered"]["text/turtle"] == "/doc/inria.ttl"

    def test_head(self, site: Site) -> None:
        got, head = site.get("/doc/inria.ttl"), site.client.head("/doc/inria.ttl")
        assert head.content == b""
        assert head.headers["etag"] == got.headers["etag"]
        assert head.headers["content-length"] == got.headers["content-length"]

    @pytest.mark.parametrize("path", ["/doc/inria.ttl", "/doc/inria.html", "/", "/ontology"])
    def test_what_is_known_is_not_sent_again(self, site: Site, path: str) -> None:
        etag = site.get(path).headers["etag"]
        again = site.get(path, if_none_match=etag)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag

    def test_languages_and_forms_have_tags_of_their_own(self, site: Site) -> None:
        paths = ["/doc/inria.html?lang=fr", "/doc/inria.html?lang=en", "/doc/inria.ttl"]
        assert len({site.get(p).headers["etag"] for p in paths}) == 3

    def test_links_name_the_other_forms_and_the_lasting_address(self, site: Site) -> None:
        link = site.get("/doc/inria?lang=fr", CHROME).headers["link"]
        assert '</doc/inria.jsonld>; rel="alternate"; type="application/ld+json"' in link
        assert f'<{terms.BASE}doc/inria?lang=fr>; rel="canonical"' in link
        turtle = site.get("/doc/inria.ttl").headers["link"]
        assert f'<{terms.BASE}doc/inria>; rel="canonical"' in turtle
        assert f'<{terms.BASE}id/inria>; rel="cite-as"' in link
        for target in re.findall(r"<(/[^>]*)>", link):
            assert site.get(target).status_code == 200


class TestContent:
    def test_a_thing_comes_with_its_memberships_references_and_licence(self, site: Site) -> None:
        graph = rdflib.Graph().parse(data=site.get("/doc/inria.ttl").text, format="turtle")
        document = rdflib.URIRef(terms.DOC + "inria")
        foaf, dcterms = terms.PREFIXES["foaf"], terms.PREFIXES["dcterms"]
        membership = rdflib.URIRef(terms.ID + "enact-membership-inria")
        assert graph.value(document, rdflib.URIRef(foaf + "primaryTopic")) == INRIA
        assert graph.value(document, rdflib.URIRef(dcterms + "license"))
        role = rdflib.URIRef(terms.PREFIXES["org"] + "role")
        assert graph.value(membership, role) == rdflib.URIRef(terms.VOCAB + "role-member")
        has_member = rdflib.URIRef(terms.ENACT + "hasMember")
        assert (rdflib.URIRef(terms.ID + "enact"), has_member, INRIA) in graph

    def test_a_dataset_keeps_the_graph_of_each_statement(self, site: Site) -> None:
        body = site.get("/doc/inria.nq").content
        graphs = {str(q.graph_name) for q in ox.parse(body, format=ox.RdfFormat.N_QUADS)}
        assert f"<{P16}>" in graphs
        assert f"<{terms.GRAPH_CURATION}>" in graphs
        assert "DEFAULT" in graphs  # what is said of the document itself

    def test_no_data_is_rewritten_to_the_host(self, site: Site) -> None:
        assert site.url not in site.get("/doc/inria.ttl").text
        page = site.get("/doc/inria.html").text
        assert site.url not in page
        assert 'href="/doc/enact' in page

    def test_a_graph_says_what_its_passage_says(self, site: Site) -> None:
        body = site.get("/graph/press-release-2024-05-22-p16.nq").content
        quads = list(ox.parse(body, format=ox.RdfFormat.N_QUADS))
        assert sum(str(q.graph_name) == f"<{P16}>" for q in quads) == 8

    def test_a_passage_says_what_its_graph_says(self, site: Site) -> None:
        said = site.get("/source/press-release-2024-05-22-p16.ttl").text
        assert "enact-membership-inria" in said
        assert "oa:start 7180" in said

    def test_a_document_lists_its_passages(self, site: Site) -> None:
        said = site.get("/source/press-release-2024-05-22.ttl").text
        assert "src:press-release-2024-05-22-p16" in said

    def test_a_scheme_comes_with_its_concepts(self, site: Site) -> None:
        said = site.get("/vocab/role.ttl").text
        assert "v:role-lead\n" in said

    def test_the_context_of_json_ld_is_inside_and_published(self, site: Site) -> None:
        document = json.loads(site.get("/doc/inria.jsonld").text)
        published = json.loads(site.get("/context.jsonld").text)
        assert document["@context"].items() <= published["@context"].items()

    def test_a_document_agrees_with_the_endpoint(self, site: Site) -> None:
        query = f"SELECT ?p ?o {{ <{INRIA}> ?p ?o }}"
        asked = site.client.get("/sparql", params={"query": query, "format": "csv"})
        counted = len(list(csv.DictReader(io.StringIO(asked.text))))
        graph = rdflib.Graph().parse(data=site.get("/doc/inria.nt").text, format="nt")
        assert len(list(graph.predicate_objects(INRIA))) == counted


class TestWholes:
    @pytest.mark.parametrize(
        "path",
        ["/", "/catalog", "/ontology", "/vocab", "/vocab/", "/shapes", "/report", "/quality"],
    )
    def test_each_is_a_page_and_a_graph(self, site: Site, path: str) -> None:
        page = site.get(path, CHROME)
        assert (page.status_code, page.headers["content-type"]) == (200, HTML.content_type)
        for format_ in RDF_FORMATS:
            answer = site.get(path, format_.media_type)
            assert answer.headers["content-type"] == format_.content_type
            assert triples(answer.content, format_)

    @pytest.mark.parametrize("path", ["/ontology", "/vocab", "/shapes", "/catalog", "/void"])
    def test_each_has_a_form_by_suffix(self, site: Site, path: str) -> None:
        assert site.get(path + ".ttl").headers["content-type"].startswith("text/turtle")
        assert site.get(path + ".pdf").status_code == 404

    def test_the_ontology_answers_directly(self, site: Site) -> None:
        said = site.get("/ontology", "text/turtle")
        assert said.status_code == 200
        assert "enact:ConsortiumMembership" in said.text

    def test_void_is_where_harvesters_look(self, site: Site) -> None:
        graph = rdflib.Graph().parse(
            data=site.get("/.well-known/void", "text/turtle").text, format="turtle"
        )
        void = rdflib.Namespace(terms.PREFIXES["void"])
        counted = {int(str(o)) for o in graph.objects(None, void.triples)}
        assert site.release.manifest.counts["triples"] in counted

    def test_the_catalogue_is_at_the_root_for_programs(self, site: Site) -> None:
        said = site.get("/", "application/ld+json")
        assert "dcat:Dataset" in said.text or "Dataset" in said.text


def test_a_long_graph_is_told_in_parts_and_written_whole(real_site: Site) -> None:
    first = real_site.get("/graph/curation", "text/html")
    second = real_site.get("/graph/curation?part=2&lang=en", "text/html")
    assert first.status_code == second.status_code == 200
    assert first.headers["ETag"] != second.headers["ETag"]
    assert len(second.content) < 300_000
    assert "?part=3&amp;lang=en" in second.text
    whole = real_site.get("/graph/curation?part=2", "application/n-quads")
    assert whole.content == real_site.get("/graph/curation", "application/n-quads").content


@pytest.mark.parametrize(
    ("part", "status"), [("0", 400), ("-1", 400), ("two", 400), ("2x", 400), ("99999", 404)]
)
def test_a_part_that_is_none_is_refused(site: Site, part: str, status: int) -> None:
    page = site.get(f"/graph/curation?part={part}", "text/html")
    assert page.status_code == status
    # A document for programs is always whole, and a page that is short has no parts to ask for.
    assert site.get(f"/graph/curation?part={part}", "text/turtle").status_code == 200
    assert site.get(f"/vocab?part={part}", "text/html").status_code == 200


def test_commands_on_the_home_page_ask_the_host_that_was_asked(site: Site) -> None:
    """And no page kept for one host is shown under another."""
    for host in ("one.example", "two.example:8080", "one.example"):
        page = site.get("/?lang=en", "text/html", host=host).text
        assert f"http://{host}/id/" in page
        assert f"http://{host}/sparql" in site.get("/sparql", "text/html", host=host).text
