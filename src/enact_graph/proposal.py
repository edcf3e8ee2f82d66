"""A proposal to correct one statement, and what comes of it: a checked patch, or why there is none.

The server asks in these terms, and a process of the build answers in them, both as JSON.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

#: What may be wrong: the value; it is over; something is missing; a wrong thing; a wrong source.
CHANGES: Final = ("value", "ended", "missing", "thing", "source")
#: The changes that need a source of their own.
NEED_EVIDENCE: Final = ("ended", "missing")


@dataclass(frozen=True)
class Evidence:
    """The document that shows the error; what is beside `url` is for one not described yet.

    `document` is the IRI of the one meant where several have that address. `issued` and `read` are
    dates as far as they are known: 2025, 2025-03 or 2025-03-14.
    """

    url: str = ""
    paragraph: str = ""
    title: str = ""
    publisher: str = ""
    issued: str = ""
    language: str = ""
    read: str = ""
    document: str = ""


@dataclass(frozen=True)
class Proposal:
    """A statement (IRIs, and the object in N-Triples) of a graph, and how it is to change.

    `value` is what people write: a text, a number, a date; `language` goes with a text; `target` is
    the IRI of the thing that is meant.
    """

    change: str
    subject: str
    predicate: str
    object: str
    graph: str
    value: str = ""
    language: str = ""
    target: str = ""
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def key(self) -> str:
        """A short name for exactly this proposal."""
        return hashlib.sha256(self.to_json()).hexdigest()[:12]

    def to_json(self) -> bytes:
        """Return the one JSON form."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Proposal":
        """Read what `to_json` wrote."""
        members: dict[str, Any] = json.loads(content)
        return cls(**members | {"evidence": Evidence(**members["evidence"])})


@dataclass(frozen=True)
class Fault:
    """An answer that cannot be used: its name in the form, why, and details of the reason."""

    answer: str
    code: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Objection:
    """What a rule holds against the proposal; message and cure in each language."""

    severity: str
    file: str
    line: int
    rule: str
    messages: Mapping[str, str]
    cure: Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """What comes of a proposal: a patch against `file`, from `line` on, and what rules object.

    With `faults` there is no patch. `files` are all that it touches.
    """

    patch: str = ""
    file: str = ""
    line: int = 0
    files: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    faults: tuple[Fault, ...] = ()
    rules: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether there is a patch that violates no rule."""
        return bool(self.patch) and all(o.severity != "violation" for o in self.objections)

    def to_json(self) -> bytes:
        """Return the JSON form."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Outcome":
        """Read what `to_json` wrote."""
        members: dict[str, Any] = json.loads(content)
        return cls(
            **members
            | {
                "files": tuple(members["files"]),
                "objections": tuple(Objection(**o) for o in members["objections"]),
                "faults": tuple(Fault(**f) for f in members["faults"]),
            }
        )
