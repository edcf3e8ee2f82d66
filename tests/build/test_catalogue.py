"""The catalogue and the VoID description: what they say agrees with the files, and DCAT-AP with
both."""

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF, SH, VOID

from enact_graph.publishing.describe.void import ADDRESS
from enact_graph.release.store import Release, current
from enact_graph.terms import BASE, PREFIXES
from tests.build.sample import ROOT

OFFICIAL = ROOT.parent / "shared/conformance/dcat-ap-3.0.1"
SPDX = rdflib.Namespace(PREFIXES["spdx"])


@pytest.fixture(scope="module")
def release(tiny_public: Path) -> Release:
    return current(tiny_public)


@pytest.fixture(scope="module")
def whole(real_public: Path) -> Release:
    """Return a release of the project's own files."""
    return current(real_public)


def read(release: Release, name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(release.file(name), format="turtle")


def test_each_dump_is_a_distribution_with_its_size_and_checksum(release: Release) -> None:
    catalogue = read(release, "catalog.ttl")
    # The twins in zstd are for the way over HTTP; harvesters are told of the plain files and gzip.
    dumps = {
        f.name: f
        for f in release.manifest.files
        if f.name.startswith("enact-graph.") and not f.name.endswith(".zst")
    }
    assert len(dumps) == 12
    for name, file in dumps.items():
        (part,) = catalogue.subjects(DCAT.downloadURL, rdflib.URIRef(f"{BASE}download/{name}"))
        assert (None, DCAT.distribution, part) in catalogue
        size = catalogue.value(part, DCAT.byteSize)
        assert (str(size), str(size.datatype)[-18:]) == (str(file.size), "nonNegativeInteger")  # type: ignore[union-attr]
        checksum = catalogue.value(part, SPDX.checksum)
        assert str(catalogue.value(checksum, SPDX.checksumValue)).lower() == file.sha256
        packed = catalogue.value(part, DCAT.compressFormat)
        assert (packed is not None) == name.endswith(".gz")


def test_the_checksum_of_the_n_quads_is_the_digest_of_the_manifest(release: Release) -> None:
    (entry,) = [f for f in release.manifest.files if f.name == "enact-graph.nq"]
    assert entry.sha256 == release.manifest.digest


def test_the_endpoint_serves_the_dataset(release: Release) -> None:
    catalogue = read(release, "catalog.ttl")
    (service,) = catalogue.subjects(RDF.type, DCAT.DataService)
    assert str(catalogue.value(service, DCAT.endpointURL)) == f"{BASE}sparql"
    (dataset,) = catalogue.subjects(RDF.type, DCAT.Dataset)
    assert catalogue.value(service, DCAT.servesDataset) == dataset
    languages = {t.language for t in catalogue.objects(service, DCTERMS.title)}  # type: ignore[attr-defined]
    assert languages == {"fr", "en", "de"}


def test_the_authored_description_is_kept_whole(whole: Release) -> None:
    authored = rdflib.Graph().parse(ROOT / "data/catalog.ttl")
    assert list(authored - read(whole, "catalog.ttl")) == []


def test_void_counts_what_the_dump_holds(release: Release) -> None:
    described = read(release, "void.ttl")
    dump = read(release, "enact-graph.nt")
    dataset = described.value(
        rdflib.URIRef(ADDRESS), rdflib.URIRef(PREFIXES["foaf"] + "primaryTopic")
    )
    assert dataset is not None
    expected = {
        VOID.triples: len(dump),
        VOID.properties: len(set(dump.predicates())),
        VOID.classes: len(set(dump.objects(None, RDF.type))),
        VOID.distinctSubjects: len(set(dump.subjects())),
        VOID.distinctObjects: len(set(dump.objects())),
        VOID.entities: release.manifest.counts["entities"],
    }
    assert {p: int(str(described.value(dataset, p))) for p in expected} == expected
    parts = list(described.objects(dataset, VOID.propertyPartition))
    assert len(parts) == len(set(dump.predicates()))
    assert sum(int(str(described.value(p, VOID.triples))) for p in parts) == len(dump)
    assert len(list(described.objects(dataset, VOID.dataDump))) == 12
    assert (dataset, VOID.vocabulary, rdflib.URIRef(PREFIXES["org"])) in described


def test_descriptions_have_no_blank_nodes(release: Release) -> None:
    for name in ("catalog.ttl", "void.ttl", "report.ttl", "ontology.ttl"):
        quads = ox.parse(path=str(release.file(name)), format=ox.RdfFormat.TURTLE)
        assert not any(isinstance(q.subject, ox.BlankNode) for q in quads), name


@pytest.mark.skipif(
    not OFFICIAL.is_dir(), reason=f"the official DCAT-AP 3.0.1 shapes are not in {OFFICIAL.name}"
)
@pytest.mark.parametrize(
    ("file", "tolerated"),
    [
        ("shapes.ttl", set()),
        ("deprecateduris.ttl", set()),
        # The names of the EU themes would have to be copied here to make them concepts.
        ("range.ttl", {"theme", "themeTaxonomy"}),
        # The project has no address of a person or office to give and no period; the type of an
        # agent and the box of a place are in the graph, not in the catalogue.
        (
            "shapes_recommended.ttl",
            {"contactPoint", "availability", "temporal", "type", "bbox", "centroid"},
        ),
    ],
)
def test_the_catalogue_conforms_to_the_official_shapes(
    whole: Release, file: str, tolerated: set[str]
) -> None:
    shapes = rdflib.Graph().parse(OFFICIAL / file)
    _, report, _ = pyshacl.validate(read(whole, "catalog.ttl"), shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    results = report.subjects(RDF.type, SH.ValidationResult)
    paths = {str(report.value(r, SH.resultPath)).rpartition("#")[2].rpartition("/")[2]
             for r in results}  # fmt: skip
    assert paths <= tolerated
