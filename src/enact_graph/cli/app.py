"""The application of the command line: all commands, each loaded only when it is called."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, Final

import typer

from enact_graph.cli.program import NAME, program, settle_base
from enact_graph.errors import EnactGraphError


@dataclass(frozen=True)
class Command:
    """A command: its module and function, one line of help, and an example that runs.

    The function of a group returns the application of its commands.
    """

    module: str
    function: str
    summary: str
    example: str
    is_group: bool = False

    def load(self) -> Callable[..., Any]:
        """Import the function that does the work."""
        function: Callable[..., Any] = getattr(
            import_module(f"enact_graph.cli.{self.module}"), self.function
        )
        return function


#: In the order of use: begin, edit, check, refresh, build, serve, ask, verify.
COMMANDS: Final = {
    "new": Command(
        "new",
        "new",
        "Write the skeleton of a new document, organisation, person or membership.",
        "enact-graph new membership",
        is_group=True,
    ),
    "fmt": Command(
        "fmt",
        "fmt",
        "Put the authored files into their one canonical form and register new names in"
        " data/iris.txt.",
        "enact-graph fmt",
    ),
    "check": Command(
        "check",
        "check",
        "Check the authored files; each finding names file and line, what is wrong and the cure.",
        "enact-graph check",
    ),
    "refresh": Command(
        "refresh",
        "refresh",
        "Put the files into form, check them, and write anew what is committed of their"
        " consequences.",
        "enact-graph refresh",
    ),
    "build": Command(
        "build",
        "build",
        "Check the authored files and publish them as a release in public/.",
        "enact-graph build",
    ),
    "serve": Command(
        "serve",
        "serve",
        "Serve the current release: pages, linked data and SPARQL.",
        "enact-graph serve --port 8000",
    ),
    "query": Command(
        "query",
        "query",
        "Run a SPARQL query on the current release or on a remote endpoint.",
        "enact-graph query --name members-on-date --param day=2022-06-30",
    ),
    "verify-source": Command(
        "verify_source",
        "verify_source",
        "Compare a copy of a source document with the recorded checksums.",
        "enact-graph verify-source press-release-2024-05-22.txt",
    ),
}


#: What Python has on Unix alone, and a server is built on.
_UNIX: Final = ("fcntl", "resource", "pwd", "grp", "termios", "uvloop")


def application(arguments: Sequence[str]) -> typer.Typer:
    """Return the application for these arguments: the command they call in full, the others as
    a line of help, so that neither help nor a server waits for what only a build needs."""
    app = typer.Typer(
        name="enact-graph",
        help="Author, check, publish and serve a knowledge graph in which every statement has"
        " its source.",
        epilog=_examples(c.example for c in COMMANDS.values()),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    called = next((a for a in arguments if not a.startswith("-")), None)
    for name, command in COMMANDS.items():
        function: Callable[..., Any] = command.load() if name == called else _never
        short, epilog = command.summary, _examples([command.example])
        if command.is_group and name == called:
            group = function()
            app.add_typer(group, name=name, help=function.__doc__, short_help=short, epilog=epilog)
        else:
            app.command(name, short_help=short, epilog=epilog)(function)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error of the project's family is one message and exit status 1."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    settle_base(given)
    try:
        application(given)(args=given, prog_name="enact-graph")
    except EnactGraphError as error:
        from enact_graph.cli.calling import runnable  # noqa: PLC0415 - it needs the table above

        sys.stderr.write(runnable(f"{error.title}:\n{error.detail}\n"))
        sys.exit(1)
    except ModuleNotFoundError as error:
        if error.name not in _UNIX:
            raise
        sys.stderr.write(
            "This command needs Linux or macOS; on Windows run it in WSL"
            " (https://learn.microsoft.com/windows/wsl). To author and ask, Windows itself will"
            " do: new, fmt, check, refresh, verify-source and query run there.\n"
        )
        sys.exit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"enact-graph {version('enact-graph')}")
        raise typer.Exit


def _root(
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def _never() -> None:
    """Stand for a command that these arguments do not call."""


def _examples(examples: Iterable[str]) -> str:
    called = program()
    lines = "\n".join(f"  {called}{example.removeprefix(NAME)}" for example in examples)
    return f"\b\nExample:\n{lines}"
