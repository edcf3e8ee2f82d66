"""The command `verify-source`: is this copy the text the graph was made from?"""

from codecs import BOM_UTF8
from pathlib import Path
from typing import Annotated

import typer

from enact_graph.authoring.passages import Comparison, choose, compare, documents
from enact_graph.authoring.sources import load
from enact_graph.cli.root import Root, reading
from enact_graph.errors import SourceError
from enact_graph.rdf.faults import LOSSLESS


def verify_source(
    file: Annotated[Path, typer.Argument(help="Your copy of the document, as UTF-8 text.")],
    document: Annotated[
        str | None, typer.Option(help="Name of the document, such as press-release-2024-05-22.")
    ] = None,
    root: Root = None,
) -> None:
    """Compare a copy of a source document with the recorded checksums.

    The texts of the sources are not part of the repository; their checksums and the offsets of
    each passage are. The exit status is 0 where the document and all its passages agree, else 1.
    """
    sources = load(reading(root, "en"))
    if lost := [fault for fault in sources.faults if fault.code not in LOSSLESS]:
        raise SourceError("\n".join(map(str, lost)), faults=lost)
    try:
        content = file.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}; give the path of your copy") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{file}: this is not UTF-8 text; save it as UTF-8") from error
    chosen = choose(documents(sources.statements), content, file.stem, document)
    results = compare(chosen, text)
    for result in results:
        typer.echo(_line(result))
    agreeing = sum(result.agrees for result in results)
    typer.echo(f"{chosen.name}: {agreeing} of {len(results)} passages agree")
    if chosen.is_copied_by(content) and agreeing == len(results):
        return
    if not chosen.is_copied_by(content):
        typer.echo(f"{file}: the whole text differs from SHA-256 {chosen.checksum}")
        if b"\r\n" in content:
            typer.echo(f"{file}: the copy has Windows line ends; convert them to LF and try again")
        if content.startswith(BOM_UTF8):
            typer.echo(
                f"{file}: the copy begins with a byte order mark; save it as UTF-8 without one"
                " (without BOM) and try again"
            )
    raise typer.Exit(1)


def _line(result: Comparison) -> str:
    passage = result.passage
    where = f"{passage.name} ({passage.start}–{passage.end})"
    if result.agrees:
        return f"agrees   {where}"
    if result.found:
        return f"moved    {where}: the same words are at {result.found[0]}–{result.found[1]}"
    return f"differs  {where}: the words at these offsets are not those the graph was made from"
