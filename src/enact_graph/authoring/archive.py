"""The authored files of a release as one archive: the same files always give the same bytes."""

import io
import struct
import tarfile
import zlib
from pathlib import Path
from typing import Final

from enact_graph.authoring.sources import Sources
from enact_graph.errors import CorruptRelease

#: Bytes that the files of an archive may have together.
_MOST: Final = 256 << 20
#: Deflated, no flags, no time, best compression, unknown system.
_GZIP_HEAD: Final = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255))


def contents(sources: Sources) -> dict[str, bytes]:
    """Return the bytes of the files that a build reads, by name, as they were when it read them."""
    further = {n: body for n, body in sources.further.items() if isinstance(body, bytes)}
    return {file.name: file.content for file in sources.files} | further


def pack(sources: Sources) -> bytes:
    """Return the files as a tar.gz without dates and owners."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, body in sorted(contents(sources).items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(body), 0o644
            archive.addfile(entry, io.BytesIO(body))
    return twin(content.getvalue())


def unpack(archive: Path, folder: Path) -> None:
    """Lay the files of an archive into a folder; CorruptRelease where it holds anything else."""
    try:
        with tarfile.open(archive, "r:gz") as content:
            entries = content.getmembers()
            if sum(entry.size for entry in entries) > _MOST:
                raise CorruptRelease(f"{archive}: the files are too large; build the release again")
            content.extractall(folder, entries, filter="data")
    except (OSError, EOFError, tarfile.TarError) as error:
        raise CorruptRelease(f"{archive}: {error}; build the release again") from error


def twin(content: bytes) -> bytes:
    """Compress with gzip (RFC 1952); equal input gives equal bytes with every version of Python.

    `gzip.compress` writes another system into the head in 3.11 than in 3.13.
    """
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeezer.compress(content) + squeezer.flush()
    return _GZIP_HEAD + body + struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)
