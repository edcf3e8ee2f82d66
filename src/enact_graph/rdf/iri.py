"""References made absolute against a base (RFC 3986, section 5.2)."""

import re
from typing import Final, NamedTuple

_PARTS: Final = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)


class _Parts(NamedTuple):
    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


def is_absolute(iri: str) -> bool:
    """Does the IRI begin with a scheme?"""
    return _split(iri).scheme is not None


def resolve(reference: str, base: str) -> str:
    """Return the IRI that a reference means where `base` is in force."""
    ref, start = _split(reference), _split(base)
    if ref.scheme is not None:
        parts = ref._replace(path=_without_dots(ref.path))
    elif ref.authority is not None:
        parts = ref._replace(scheme=start.scheme, path=_without_dots(ref.path))
    elif not ref.path:
        query = ref.query if ref.query is not None else start.query
        parts = start._replace(query=query, fragment=ref.fragment)
    else:
        path = ref.path if ref.path.startswith("/") else _merge(start, ref.path)
        parts = start._replace(path=_without_dots(path), query=ref.query, fragment=ref.fragment)
    return _join(parts)


def _split(iri: str) -> _Parts:
    match = _PARTS.fullmatch(iri)
    assert match is not None  # every part is optional
    return _Parts(
        match["scheme"], match["authority"], match["path"], match["query"], match["fragment"]
    )


def _join(parts: _Parts) -> str:
    text = f"{parts.scheme}:" if parts.scheme is not None else ""
    if parts.authority is not None:
        text += f"//{parts.authority}"
    text += parts.path
    if parts.query is not None:
        text += f"?{parts.query}"
    if parts.fragment is not None:
        text += f"#{parts.fragment}"
    return text


def _merge(base: _Parts, path: str) -> str:
    if base.authority is not None and not base.path:
        return f"/{path}"
    return base.path[: base.path.rfind("/") + 1] + path


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
