"""The dialogue of `new`: options where they are given, questions where there is a terminal."""

import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from os import environ
from typing import TypeVar

import typer

from enact_graph.authoring.new.fields import Refusal
from enact_graph.cli.check import Language
from enact_graph.cli.language import locale_language
from enact_graph.errors import SourceError
from enact_graph.terms import shorten

T = TypeVar("T")


@dataclass(frozen=True)
class Dialogue:
    """Asks in one language; without a terminal, what is missing is an error that says so."""

    language: str
    is_terminal: bool

    @classmethod
    def open(cls, language: Language | None) -> "Dialogue":
        """Speak the language asked for, or the locale's, with whoever runs the command."""
        spoken = str(language or locale_language(environ))
        return cls(spoken, sys.stdin.isatty() and sys.stdout.isatty())

    @cached_property
    def _table(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        text = files("enact_graph.cli").joinpath("dialogue.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)

    def ask(
        self, option: str, given: str | None, read: Callable[[str], T], default: str | None = None
    ) -> T:
        """Return the answer as `read` takes it; typer.BadParameter for one it refuses."""

        def needed(said: str) -> T:
            if not said.strip():
                raise Refusal("empty")
            return read(said.strip())

        return self._answer(option, given, needed, default)

    def ask_if_known(self, option: str, given: str | None, read: Callable[[str], T]) -> T | None:
        """Return the answer, or None where there is none."""

        def optional(said: str) -> T | None:
            return read(said.strip()) if said.strip() else None

        return self._answer(option, given, optional, "")

    def _answer(
        self, option: str, given: str | None, read: Callable[[str], T], default: str | None
    ) -> T:
        question = self._say("ask", option)
        if given is None and self.is_terminal:
            return self._prompt(question, read, default)
        try:
            if given is None and default is None:
                raise Refusal("missing", option=option, question=question)
            return read(given if given is not None else default or "")
        except Refusal as refusal:
            told = self.explain(refusal)
            raise typer.BadParameter(told, param_hint=f"--{option}") from refusal

    def _prompt(self, question: str, read: Callable[[str], T], default: str | None) -> T:
        while True:
            answer = typer.prompt(question, default=default or "", show_default=bool(default))
            try:
                return read(answer)
            except Refusal as refusal:
                typer.echo(self.explain(refusal), err=True)

    def list(self, rows: Iterable[tuple[str, str]]) -> None:
        """Show addresses with their names."""
        for iri, name in rows:
            typer.echo(f"  {shorten(iri)}  {name}")

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Turn a refusal that no single answer is to blame for into an error of the call."""
        try:
            yield
        except Refusal as refusal:
            raise typer.BadParameter(self.explain(refusal)) from refusal

    def insist(self, write: Callable[[], T]) -> T:
        """Return what `write` returns; on a terminal what it cannot do is tried again once mended.

        So no answer is lost to a file that is in the way; elsewhere the SourceError is passed on.
        """
        while True:
            try:
                return write()
            except SourceError as error:
                if not self.is_terminal:
                    raise
                typer.echo(error.detail, err=True)
                typer.prompt(self._say("tell", "again"), default="", show_default=False)

    def confirm(self, option: str, refusal: Refusal) -> None:
        """Ask whether to go on in spite of a refusal, which stays one where nobody can say yes."""
        told = self.explain(refusal)
        question = f"{told}\n{self._say('ask', option)}"
        if not (self.is_terminal and typer.confirm(question)):
            raise typer.BadParameter(f"{told} {self._say('refuse', option)}")

    def explain(self, refusal: Refusal) -> str:
        """Return in words why an answer was refused."""
        return self._say("refuse", refusal.code, **refusal.details)

    def tell(self, key: str, **details: str) -> None:
        """Say what was done."""
        typer.echo(self._say("tell", key, **details))

    def _say(self, part: str, key: str, **details: str) -> str:
        return self._table[part][key][self.language].format(**details)
