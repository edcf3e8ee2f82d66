"""The command `query`: one SPARQL query, on the current release or on an endpoint."""

import asyncio
import json
import re
import sys
from enum import StrEnum
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from enact_graph import formats
from enact_graph.cli import questions
from enact_graph.cli.language import locale_language
from enact_graph.client import Client
from enact_graph.engine import local
from enact_graph.errors import EnactGraphError, NotAcceptable, QueryMissing
from enact_graph.formats import BY_KEY, RDF_FORMATS, RESULT_FORMATS, Carries, Format
from enact_graph.release import store
from enact_graph.settings import Settings, read
from enact_graph.sparql.ask import Answer, Ask
from enact_graph.sparql.tokens import Kind, scan, unmarked
from enact_graph.terms import PREFIXES, shorten

if TYPE_CHECKING:
    from enact_graph.engine.protocol import Stream

_PLACE: Final = re.compile(r"\b([Ll]ine) (\d+), column")

Choice = StrEnum("Choice", ["table", *(f.key for f in (*RESULT_FORMATS, *RDF_FORMATS))])  # type: ignore[misc]


def query(  # noqa: PLR0913, PLR0917 - one for each option
    text: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="The query; - reads standard input.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="File that holds the query.")] = None,
    name: Annotated[
        str | None, typer.Option(help="Named question of the current release; --list shows all.")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Value of a parameter of the named question."),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the named questions and their parameters.")
    ] = False,
    url: Annotated[
        str | None, typer.Option(help="SPARQL endpoint to ask instead of the current release.")
    ] = None,
    format: Annotated[  # noqa: A002 - the option is called so
        Choice | None,
        typer.Option(
            help="Format of the answer [default: table on a terminal, else tsv; turtle for graphs]."
        ),
    ] = None,
    public: Annotated[
        Path | None, typer.Option(help="Folder of the releases [default: public].")
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds the query may take [default: 10].")
    ] = None,
) -> None:
    """Run a SPARQL query on the current release or on a remote endpoint.

    The usual prefixes need no declaration. On a terminal a table shows names with these prefixes;
    into a pipe or a file goes SPARQL's tab-separated format, with every term in full.
    """
    settings = read(public=public, query_timeout=timeout, workers=1)
    if list_:
        typer.echo(questions.listing(settings.public, locale_language(environ)))
        return
    if name is not None and text is None and file is None:
        written = questions.written(settings.public, name, param or ())
    elif param:
        raise QueryMissing("A parameter belongs to a named question; give its --name as well.")
    else:
        written = _written(text, file) if name is None else _written(None, None)
    asked, added = _declare(written)
    results, graph = _targets(format)
    is_table = results == formats.RESULTS_JSON and format in (None, "table")
    try:
        if url:
            body, target = _ask_endpoint(url, asked, settings.query_timeout, results, graph)
        else:
            ask = Ask(asked, results, graph)
            body, target = asyncio.run(_ask_release(ask, settings, is_whole=is_table))
    except NotAcceptable as error:
        others = RDF_FORMATS if graph is None else RESULT_FORMATS
        keys = ", ".join(f.key for f in others)
        raise NotAcceptable(
            f"The answer cannot be written as {format}; give --format one of {keys}."
        ) from error
    except EnactGraphError as error:
        raise _shown(error, written, added) from error
    if is_table and target == formats.RESULTS_JSON:
        _print_table(json.loads(body))
    else:
        typer.echo(body, nl=bool(body) and not body.endswith(b"\n"))


def _written(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise QueryMissing(
            "Give one query: as argument, with --file, with --name, or - for standard input."
        )
    if file is not None:
        try:
            return unmarked(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise QueryMissing(f"{file} cannot be read: {error}") from error
    return unmarked(sys.stdin.read() if text == "-" else text or "")


def _declare(written: str) -> tuple[str, int]:
    """Declare the usual prefixes that the query leaves out; also return the lines this adds."""
    declared, used = set[str](), set[str]()
    is_declaration = False
    for token in scan(written):
        if token.kind is Kind.NAME:
            (declared if is_declaration else used).add(token.text.partition(":")[0])
        is_declaration = token.ends("PREFIX")
    lacking = [p for p in PREFIXES if p in used - declared]
    lines = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in lacking]
    return "".join(lines) + written, len(lines)


def _targets(wanted: str | None) -> tuple[Format | None, Format | None]:
    """Return the formats for a table and for a graph; None where the wish excludes one."""
    if wanted is None:
        table = formats.RESULTS_JSON if sys.stdout.isatty() else formats.RESULTS_TSV
        return table, formats.TURTLE
    if wanted == "table":
        return formats.RESULTS_JSON, None
    chosen = BY_KEY[wanted]
    return (chosen, None) if chosen.carries is Carries.RESULTS else (None, chosen)


async def _ask_release(ask: Ask, settings: Settings, *, is_whole: bool) -> tuple[bytes, Format]:
    """The answer and its format; of one that comes in parts the last, the others are printed."""
    engine = await local.start(store.current(settings.public), settings)
    try:
        answer = await (engine.run(ask) if is_whole else engine.open(ask))
        if isinstance(answer, Answer):
            return answer.body, answer.format
        return await _print_parts(answer), answer.format
    finally:
        await engine.close()


async def _print_parts(stream: "Stream") -> bytes:
    """Print the parts of an answer as they come, but for the last."""
    held = b""
    try:
        while (part := await stream.next()) is not None:
            if part:
                typer.echo(held, nl=False)
                held = part
    finally:
        stream.close()
    return held


def _ask_endpoint(
    url: str, asked: str, timeout: float, results: Format | None, graph: Format | None
) -> tuple[bytes, Format]:
    accepted = [f for f in (results, graph) if f]
    reply = Client(url, timeout).fetch(asked, *accepted)
    for target in accepted:
        if reply.media_type in (target.media_type, *target.also):
            return reply.body, target
    raise NotAcceptable(f"{url} answered with {reply.media_type}.")


def _shown(error: EnactGraphError, written: str, added: int) -> EnactGraphError:
    """Return the error with its place as the user counts lines, and a caret under it."""
    detail = _PLACE.sub(lambda m: f"{m[1]} {max(1, int(m[2]) - added)}, column", error.detail)
    line, column = error.extra.get("line", 0) - added, error.extra.get("column", 0)
    lines = written.split("\n")
    if 1 <= line <= len(lines) and column >= 1:
        source = lines[line - 1].replace("\t", " ").rstrip("\r")
        number = f"{line:>4} | "
        gap = " " * (len(number) + cell_len(source[: column - 1]))
        detail += f"\n\n{number}{source}\n{gap}^"
    return type(error)(detail, **error.extra)


def _print_table(results: dict[str, Any]) -> None:
    if "boolean" in results:
        typer.echo("true" if results["boolean"] else "false")
        return
    names = results["head"].get("vars", [])
    bindings = results["results"]["bindings"]
    table = Table()
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for binding in bindings:
        table.add_row(*(Text(_cell(binding.get(name))) for name in names))
    console = Console()
    console.print(table)
    console.print(f"{len(bindings)} rows" if len(bindings) != 1 else "1 row", highlight=False)


def _cell(value: dict[str, str] | None) -> str:
    if value is None:
        return ""
    text = value["value"]
    if value["type"] == "uri":
        return shorten(text)
    if value["type"] == "bnode":
        return f"_:{text}"
    language = value.get("xml:lang")
    return f"{text}@{language}" if language else text
