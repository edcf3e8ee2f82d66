"""The language in which a command speaks: the one asked for, else that of the locale."""

from collections.abc import Mapping
from os import environ

from enact_graph.terms import LANGUAGES


def spoken(wanted: str | None) -> str:
    """Return the language asked for, else that of this process's locale."""
    return str(wanted or locale_language(environ))


def locale_language(environment: Mapping[str, str]) -> str:
    """Return the language that the locale asks for, if the messages speak it, else English."""
    wanted = next(
        (environment[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(k)), ""
    )
    language = wanted[:2].lower()
    return language if language in LANGUAGES else "en"
