"""File names for answers: what a browser calls the file when it saves one (RFC 6266)."""

import re
from typing import Final

from enact_graph.errors import BadParameter
from enact_graph.formats import Format

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")


def check(names: list[str]) -> str | None:
    """The value of the parameter `download`, empty where it has none; None where it is not there.

    BadParameter for what could not be the name of a file everywhere.
    """
    if not names:
        return None
    if len(names) > 1 or (names[0] and not _NAME.fullmatch(names[0])):
        raise BadParameter(
            f"download={','.join(names)[:80]}: name one file of at most 80 letters, digits, dots,"
            " hyphens and underscores, or leave the value out.",
            parameter="download",
        )
    return names[0]


def disposition(download: str | None, stem: str, format_: Format) -> str:
    """The header Content-Disposition of an answer in a format.

    With `download` (its value, or empty for a name made of `stem`) it is to be saved, else shown.
    """
    name = download or f"enact-graph-{stem}"
    if not name.lower().endswith("." + format_.extension):
        name += "." + format_.extension
    return f'{"inline" if download is None else "attachment"}; filename="{name}"'
