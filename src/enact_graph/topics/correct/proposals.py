"""What comes of the form of a correction: a proposal that is checked, or what the form lacks."""

import asyncio
import contextlib
import json
import math
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from starlette.requests import Request

from enact_graph import contact
from enact_graph.engine.cache import ByteCache
from enact_graph.errors import CheckLimit, ChecksBusy
from enact_graph.graph.entity import Labels
from enact_graph.graph.reader import Reader
from enact_graph.proposal import (
    NEED_EVIDENCE,
    Evidence,
    Fault,
    Outcome,
    Proposal,
)
from enact_graph.release.store import SOURCES, Release
from enact_graph.settings import Settings
from enact_graph.terms import VOCAB, expand
from enact_graph.topics.correct.reported import Answers, Case, Post, Result
from enact_graph.vocabulary import SKOS
from enact_graph.web.accounting import name_of
from enact_graph.web.reply import origin
from enact_graph.web.state import Serving

#: Never imported here: a server needs no SHACL.
_MODULE: Final = "enact_graph.authoring.correction.process"
_DATASET: Final = "enact-graph.nq"
#: Seconds that a check takes, as a client is told that waits for one.
_USUAL: Final = 15
#: Bytes of outcomes that are kept, and of one.
_KEPT: Final = 4 << 20
_MOST: Final = 4 << 20
#: Checks of one client that may run or wait.
_EACH: Final = 2


@dataclass
class Checks:
    """Checks proposals against the authored files of one release."""

    release: Release
    settings: Settings
    _kept: ByteCache[Outcome] = field(default_factory=lambda: ByteCache(_KEPT))
    _of: Counter[str] = field(default_factory=Counter)
    _turns: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._turns = asyncio.Semaphore(self.settings.checks)

    def known(self, proposal: Proposal) -> Outcome | None:
        """What came of this proposal, where it was checked before."""
        return self._kept.get(proposal.key)

    async def outcome(self, proposal: Proposal, client: str) -> Outcome:
        """What comes of a proposal; ChecksBusy where too many wait, CheckLimit if it is ended."""
        if (known := self.known(proposal)) is not None:
            return known
        async with self._turn(client):
            # Whoever waited here may have asked for the same as the one before.
            if (known := self.known(proposal)) is not None:
                return known
            content = await self._run(proposal)
            outcome = Outcome.from_json(content)
            self._kept.put(proposal.key, outcome, len(content))
            return outcome

    @contextlib.asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        waiting = self._of.total() - self.settings.checks
        if waiting >= self.settings.check_queue or self._of[client] >= _EACH:
            raise ChecksBusy(
                "A check takes some seconds, and others wait for theirs. Nothing is lost: ask"
                " again for the same address in a moment.",
                retry_after=_USUAL * (1 + max(waiting, 0)),
            )
        self._of[client] += 1
        try:
            async with self._turns:
                yield
        finally:
            self._of[client] -= 1
            self._of += Counter()  # forget who has none

    async def _run(self, proposal: Proposal) -> bytes:
        seconds = self.settings.check_seconds
        with tempfile.TemporaryDirectory(prefix="enact-graph-check-") as folder:
            order = {
                "folder": folder,
                "archive": str(self.release.file(SOURCES).resolve()),
                "nquads": str(self.release.file(_DATASET).resolve()),
                "memory": self.settings.check_memory,
                "seconds": math.ceil(seconds),
                "proposal": asdict(proposal),
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                _MODULE,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=Path(folder),
            )
            try:
                async with asyncio.timeout(seconds):
                    content, _ = await process.communicate(json.dumps(order).encode())
            except TimeoutError:
                content = b""
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0 or not content or len(content) > _MOST:
            raise CheckLimit(
                f"The check did not end within {seconds:g} seconds and"
                f" {self.settings.check_memory} megabytes. Try again when the server has less to"
                " do, or make the change in the files: docs/editing.md says how."
            )
        return content


#: What evidence consists of, and its names in the form.
_EVIDENCE: Final = {
    "url": "url",
    "paragraph": "par",
    "title": "title",
    "publisher": "by",
    "issued": "issued",
    "language": "tongue",
    "read": "read",
    "document": "doc",
}


def checks(serve: Serving) -> Checks:
    """The checks over the release that is served."""
    return Checks(serve.release, serve.settings)


async def judge(request: Request, serve: Serving, case: Case, answers: Answers) -> Result:
    """What comes of the form; with the things a name may mean where that is not one."""
    form, change = answers.form, answers.form["what"]
    faults = [*_missing(form, change), *_private(form, case.kind)]
    target, unclear, choices = await _target(serve, case, form, change)
    faults += unclear
    post = Post(serve.settings.repository, serve.settings.contact)
    if faults:
        return Result(Outcome(faults=tuple(faults)), choices, post, origin(request))
    proposal = Proposal(
        change,
        case.statement.subject,
        case.statement.predicate,
        str(case.statement.object),
        case.graph,
        form.get("end" if change == "ended" else "value", ""),
        form.get("in", "") if case.kind == "text" else "",
        target,
        Evidence(
            **{name: form.get(given, "") for name, given in _EVIDENCE.items()}
            | {"document": expand(form.get("doc", ""), "src") or ""}
        ),
    )
    client = name_of(request.client.host if request.client else None)
    outcome = await serve.held(checks).outcome(proposal, client)
    outcome = _with_own_names(outcome, change)
    return Result(outcome, await _documents(serve, outcome), post, origin(request))


async def _documents(serve: Serving, outcome: Outcome) -> Sequence[tuple[str, Labels]]:
    """The documents to choose from, where several have the address that was given."""
    near = [f.details["near"] for f in outcome.faults if f.code == "several"]
    documents = [iri for short in ", ".join(near).split(", ") if (iri := expand(short, "src"))]
    labels = await serve.reader.labels(documents)
    return [(iri, labels.get(iri, {})) for iri in documents]


def _missing(form: Mapping[str, str], change: str) -> list[Fault]:
    """What this change needs and the form lacks."""
    needed = ["end"] if change == "ended" else []
    needed += ["url"] if change in NEED_EVIDENCE else []
    return [Fault(name, "empty") for name in needed if not form.get(name)]


def _private(form: Mapping[str, str], written: str) -> list[Fault]:
    """Answers that look like somebody's address or number: nobody's belong here."""
    names = ["thing", "title", "by"]
    names += ["value"] if written in ("text", "string") else []
    found = [name for name in names if contact.in_text(form.get(name, ""))]
    addresses = [name for name in ("url", "value") if contact.in_address(form.get(name, ""))]
    found += addresses if written == "address" else addresses[:1] if "url" in addresses else []
    return [Fault(name, "contact") for name in dict.fromkeys(found)]


async def _target(
    serve: Serving, case: Case, form: Mapping[str, str], change: str
) -> tuple[str, list[Fault], Sequence[tuple[str, Labels]]]:
    """The IRI of the thing that is meant, if one is; else why not, and what may be meant."""
    is_value = change in ("value", "missing")
    if is_value and case.kind == "concept":
        target = expand(form.get("concept", ""), "v")
        known = target in case.siblings
        return (target or "", [], ()) if known else ("", [Fault("value", "empty")], ())
    if change == "thing":
        asked, said = "thing", form.get("thing", "")
    elif is_value and case.kind == "thing":
        asked, said = "value", form.get("thing") or form.get("value", "")
    else:
        return "", [], ()
    if not said:
        return "", [Fault(asked, "empty")], ()
    found = await serve.resolve(said, "en")
    if found.thing:
        return found.thing, [], ()
    labels = await serve.reader.labels(found.near)
    fault = Fault(asked, "ambiguous" if found.is_several else "unknown", {"said": said})
    return "", [fault], [(iri, labels.get(iri, {})) for iri in found.near]


def _with_own_names(outcome: Outcome, change: str) -> Outcome:
    """The faults by the names of the form: what is a value there may be an end here."""
    names = {**_EVIDENCE, **({"value": "end"} if change == "ended" else {})}
    faults = tuple(Fault(names.get(f.answer, f.answer), f.code, f.details) for f in outcome.faults)
    return Outcome(**{**vars(outcome), "faults": faults})


async def siblings(reader: Reader, concept: str) -> dict[str, Labels]:
    """The concepts of the schemes that a concept is in, with their labels; none of other things."""
    if not concept.startswith(VOCAB):
        return {}
    scheme = f"<{SKOS.inScheme}>"
    rows = await reader.select(
        f"SELECT DISTINCT ?s WHERE {{ {ox.NamedNode(concept)} {scheme} ?scheme ."
        f" ?s {scheme} ?scheme }} ORDER BY ?s LIMIT 300"
    )
    return await reader.labels(row["s"].value for row in rows)
