"""Content codings: chosen as RFC 9110 says, whole again on the other side."""

import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.web.compression import (
    GZIP,
    IDENTITY,
    OFFERED,
    ZSTD,
    accepts,
    choose,
    encode,
    stream,
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, IDENTITY),
        ("", IDENTITY),
        ("gzip", GZIP),
        ("x-gzip", GZIP),
        ("GZip", GZIP),
        ("zstd", ZSTD),
        ("gzip, deflate, br, zstd", ZSTD),
        ("gzip;q=1.0, zstd;q=0.9", GZIP),
        ("gzip ; q=0.5, zstd; q=0.5", ZSTD),
        ("*", ZSTD),
        ("*;q=0.1, zstd;q=0", GZIP),
        ("gzip;q=0", IDENTITY),
        ("gzip;q=0, *", ZSTD),
        ("*;q=0", None),
        ("*;q=0, identity", IDENTITY),
        ("*;q=0, gzip", GZIP),
        ("identity;q=0", None),
        ("identity;q=0, br", None),
        ("identity;q=0, gzip;q=0.001", GZIP),
        ("identity, gzip", GZIP),
        ("identity, gzip;q=0.5", IDENTITY),
        ("identity;q=0.5, gzip", GZIP),
        ("br", IDENTITY),
        ("gzip;q=2, zstd;q=x", IDENTITY),
        ("gzip;q=0.0001", IDENTITY),
        (", ,gzip,", GZIP),
        ("gzip;level=9", IDENTITY),
    ],
)
def test_the_coding_is_the_one_the_client_likes_best(
    header: str | None, expected: str | None
) -> None:
    assert choose(header, OFFERED) == expected


@given(st.lists(st.sampled_from(["gzip", "zstd", "identity", "*", "br"]), unique=True), st.data())
def test_what_is_chosen_is_acceptable_and_none_only_where_nothing_is(
    names: list[str], data: st.DataObject
) -> None:
    weights = [data.draw(st.sampled_from(["0", "0.2", "0.5", "1"])) for _ in names]
    header = ", ".join(f"{name};q={weight}" for name, weight in zip(names, weights, strict=True))
    chosen = choose(header, OFFERED)
    acceptable = [c for c in (*OFFERED, IDENTITY) if accepts(header, c)]
    assert chosen in acceptable if acceptable else chosen is None


@given(st.text(max_size=60))
def test_no_header_breaks_the_choice(header: str) -> None:
    assert choose(header, OFFERED) in (*OFFERED, IDENTITY, None)


@given(st.binary(max_size=2000), st.sampled_from(OFFERED))
def test_bytes_come_back_and_equal_ones_give_equal_ones(content: bytes, coding: str) -> None:
    coded = encode(coding, content)
    assert coded == encode(coding, content)
    assert _decode(coding, coded) == content


@given(st.lists(st.binary(max_size=300), max_size=8), st.sampled_from(OFFERED))
def test_each_piece_can_be_read_as_soon_as_it_has_come(pieces: list[bytes], coding: str) -> None:
    work = stream(coding)
    reader = (
        zlib.decompressobj(31) if coding == GZIP else zstandard.ZstdDecompressor().decompressobj()
    )
    for piece in pieces:
        assert reader.decompress(work.add(piece)) == piece
    assert reader.decompress(work.end()) == b""
    assert reader.eof


def _decode(coding: str, coded: bytes) -> bytes:
    if coding == GZIP:
        return zlib.decompress(coded, 31)
    return zstandard.ZstdDecompressor().decompressobj().decompress(coded)
