"""Answers: bytes with their headers, conditional requests, and what the client would like best."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import BadParameter
from enact_graph.present.negotiate import choose_language

#: May be kept by anyone, and asked about again each time: a release can change at any moment.
REVALIDATE: Final = "public, max-age=0, must-revalidate"
NEVER: Final = "no-store"
IMMUTABLE: Final = "public, max-age=31536000, immutable"

_TAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True)
class Made:
    """A finished answer; `etag` is quoted, `headers` are those beside Content-Type and ETag."""

    body: bytes
    content_type: str
    etag: str | None = None
    cache_control: str = REVALIDATE
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes it takes to keep."""
        return len(self.body) + sum(len(k) + len(v) for k, v in self.headers.items())


def tag(*parts: object) -> str:
    """A strong entity tag of everything an answer depends on, or of its bytes."""
    digest = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else str(part).encode()
        digest.update(len(content).to_bytes(8) + content)
    return f'"{digest.hexdigest()[:32]}"'


def known(request: Request) -> list[str]:
    """The entity tags of answers that the client holds, compared weakly (RFC 9110, 13.1.2)."""
    if request.method not in ("GET", "HEAD"):
        return []
    return _TAG.findall(", ".join(request.headers.getlist("if-none-match")))


def is_known(request: Request, etag: str | None) -> bool:
    """Whether the client holds the answer that is there and that this entity tag names."""
    if etag is None or request.method not in ("GET", "HEAD"):
        return False
    return request.headers.get("if-none-match", "").strip() == "*" or etag in known(request)


def send(request: Request, made: Made) -> Response:
    """Send an answer, or 304 and no body where the client holds it already."""
    headers = {"Cache-Control": made.cache_control, **made.headers}
    if made.etag is not None:
        headers["ETag"] = made.etag
    if is_known(request, made.etag):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = made.content_type
    return Response(made.body, headers=headers)


def accept(request: Request) -> str | None:
    """The Accept header, several lines as one; None where there is none."""
    lines = request.headers.getlist("accept")
    return ", ".join(lines) if lines else None


def language(request: Request) -> str:
    """The language of the page: `?lang=`, else what the client prefers; BadParameter if unknown."""
    asked = request.query_params.getlist("lang")
    if not asked:
        lines = request.headers.getlist("accept-language")
        return choose_language(", ".join(lines) if lines else None)
    if len(asked) > 1 or asked[0] not in terms.LANGUAGES:
        raise BadParameter(
            f"lang={','.join(asked)[:40]}: pages exist in {', '.join(terms.LANGUAGES)};"
            " name one of these, or leave the parameter out.",
            parameter="lang",
            allowed=list(terms.LANGUAGES),
        )
    return asked[0]


def origin(request: Request) -> str:
    """Scheme and authority of the address that was asked: http://127.0.0.1:8000."""
    return str(request.base_url).rstrip("/")


def links(*targets: tuple[str, str, Mapping[str, str]]) -> str:
    """A Link header (RFC 8288) of (address, relation, further attributes)."""
    return ", ".join(
        "; ".join([f"<{href}>", f'rel="{rel}"', *(f'{k}="{v}"' for k, v in more.items())])
        for href, rel, more in targets
    )
