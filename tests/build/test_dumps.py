"""Dumps: two other readers get the same graph from every file, and the bytes never vary."""

import gzip

import pyoxigraph as ox
import pytest
import rdflib
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph import formats
from enact_graph.authoring import dataset
from enact_graph.authoring.archive import twin
from enact_graph.authoring.inference import infer, rules
from enact_graph.authoring.sources import load
from enact_graph.formats import Carries, Format
from enact_graph.publishing.dumps import dumps, zstd_twin
from enact_graph.rdf import jsonld
from tests.build.sample import TINY

FORMATS = pytest.mark.parametrize("form", formats.RDF_FORMATS, ids=lambda f: str(f.key))


@pytest.fixture(scope="module")
def held() -> ox.Store:
    found = dataset.collect(s.quad for s in load(TINY).statements)
    infer(found, rules(), "2024-06-01")
    return found


@pytest.fixture(scope="module")
def written(held: ox.Store) -> dict[Format, bytes]:
    context = jsonld.Context.of(dataset.merge(held))
    return {form: content for _, form, content in dumps(held, context)}


def expected(held: ox.Store, form: Format) -> set[ox.Quad]:
    is_dataset = form.carries is Carries.DATASET
    return set(dataset.named(held) if is_dataset else dataset.as_quads(dataset.merge(held)))


@FORMATS
def test_oxigraph_reads_the_same_statements(
    held: ox.Store, written: dict[Format, bytes], form: Format
) -> None:
    kind = ox.RdfFormat.from_media_type(form.media_type)
    assert set(ox.parse(written[form], format=kind)) == expected(held, form)


@FORMATS
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_rdflib_reads_the_same_statements(
    held: ox.Store, written: dict[Format, bytes], form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    names = {"jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml"}
    read = rdflib.Dataset() if form.carries is Carries.DATASET else rdflib.Graph()
    read.parse(data=written[form], format=names.get(form.key, form.key))
    again = read.serialize(format="nquads" if form.carries is Carries.DATASET else "nt")
    kind = ox.RdfFormat.N_QUADS
    assert set(ox.parse(again, format=kind)) == expected(held, form)


def test_there_is_a_dump_in_each_format(written: dict[Format, bytes]) -> None:
    assert tuple(written) == formats.RDF_FORMATS


def test_the_order_of_the_input_does_not_matter(
    held: ox.Store, written: dict[Format, bytes]
) -> None:
    other = dataset.collect(reversed(dataset.named(held)))
    context = jsonld.Context.of(reversed(dataset.merge(held)))
    assert {form: content for _, form, content in dumps(other, context)} == written


def test_n_quads_are_in_the_canonical_form_of_rdfc(
    held: ox.Store, written: dict[Format, bytes]
) -> None:
    canonical = ox.Dataset(dataset.named(held))
    canonical.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert written[formats.N_QUADS] == "".join(sorted(f"{q} .\n" for q in canonical)).encode()


def test_the_turtle_is_grouped_and_declares_only_what_it_uses(
    written: dict[Format, bytes],
) -> None:
    text = written[formats.TURTLE].decode()
    assert text.count("\nid:inria\n") == 1
    assert "@prefix dcat:" in text
    assert "@prefix geo:" not in text


def test_a_twin_unpacks_to_the_original_and_holds_no_time() -> None:
    assert gzip.decompress(twin(b"abc")) == b"abc"
    assert twin(b"abc")[4:8] == b"\0\0\0\0"


@settings(deadline=None)
@given(st.binary())
def test_a_twin_is_gzip_whatever_it_holds_and_names_no_system(content: bytes) -> None:
    assert gzip.decompress(twin(content)) == content
    # Byte 9 is the system (RFC 1952, section 2.3.1): what Python writes there depends on it.
    assert twin(content)[:10].hex() == "1f8b08000000000002ff"


def test_a_twin_in_zstd_is_always_the_same_and_needs_a_window_of_8_mebibytes_at_most() -> None:
    content = b"".join(b"<urn:%d> <urn:p> <urn:o> .\n" % number for number in range(300_000))
    packed = zstd_twin(content)
    assert packed == zstd_twin(content)
    assert zstandard.decompress(packed) == content
    assert zstandard.get_frame_parameters(packed).window_size <= 8 << 20
