"""The authored files of a release as one archive: the same files always give the same bytes."""

import io
import tarfile
from pathlib import Path

from enact_graph.build import questions, registry
from enact_graph.build.dumps import twin
from enact_graph.build.sources import Sources
from enact_graph.errors import CorruptRelease

#: Bytes that the files of an archive may have together.
_MOST = 256 << 20


def names(sources: Sources) -> list[str]:
    """Return the names of the files that a build reads, sorted, relative to the root."""
    further = [registry.FILE, *(file.name for file in questions.files(sources.root))]
    there = (name for name in further if (sources.root / name).is_file())
    return sorted({file.name for file in sources.files} | set(there))


def pack(sources: Sources) -> bytes:
    """Return the files as a tar.gz without dates and owners."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in names(sources):
            body = (sources.root / name).read_bytes()
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
