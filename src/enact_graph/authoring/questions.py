"""The reader of the named questions: `queries/<name>.rq`, a head of comments and one query.

# title@fr: …              the question, in each language
# about@fr: …              one line of explanation, in each language
# topic: money             one of enact_graph.release.questions.TOPICS
# question: 9              the number of the requirement it answers, if any
# param: day date @fr Jour @en Day @de Tag      once for each parameter
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring import dataset
from enact_graph.authoring.checks import names
from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.findings import Finding, from_fault
from enact_graph.authoring.sources import Sources, further
from enact_graph.rdf.statement import Fault, Place
from enact_graph.release.questions import KINDS, TOPICS, Parameter, Question, term
from enact_graph.terms import LANGUAGES, PREFIXES, shorten

_TEXT: Final = re.compile(r"# (title|about)@([a-z]+): (.+)")
_FIELD: Final = re.compile(r"# (topic|question): (\S+)")
_PARAMETER: Final = re.compile(r"# param: (\w+) (\w+) ((?:@[a-z]+ [^@]+)+)")
_TITLE: Final = re.compile(r"@([a-z]+) ([^@]+)")
#: Where a name of the query cannot be: strings and comments; an IRI may hold either's signs.
_APART: Final = re.compile(
    r"""(?P<iri><[^\x00-\x20<>"{}|^`\\]*>)|\#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
)
_PREFIX: Final = re.compile(r"\bPREFIX\s+(\w*):\s*<([^>]*)>", re.IGNORECASE)
_NAME: Final = re.compile(r"<(?P<iri>[^>]*)>|(?<![\w?$@:-])(?P<prefix>\w+):(?P<local>[\w-]+)")
_POSITION: Final = re.compile(r"at (\d+):\d+")


@dataclass
class File:
    """One file of a question as read: what it holds, and what is wrong with it."""

    name: str
    text: str
    head: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=lambda: {"title": {}, "about": {}})
    parameters: list[Parameter] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The name of the question."""
        return Path(self.name).stem

    @property
    def query(self) -> str:
        """The query below the head."""
        return "\n".join(self.text.split("\n")[self.head :]).strip("\n") + "\n"

    @property
    def question(self) -> Question:
        """The question; only meaningful without faults."""
        number = self.fields.get("question")
        return Question(
            self.slug,
            self.texts["title"],
            self.query,
            self.texts["about"],
            self.fields["topic"],
            int(number) if number else None,
            tuple(self.parameters),
        )

    def place(self, offset: int = 0) -> Place:
        """The place of an offset of the query."""
        return Place(self.name, self.head + self._gap + self.query.count("\n", 0, offset) + 1)

    @property
    def _gap(self) -> int:
        body = "\n".join(self.text.split("\n")[self.head :])
        return len(body) - len(body.lstrip("\n"))


def read(root: Path) -> tuple[Question, ...]:
    """Return the questions under a root that are without fault, by topic, number and name."""
    return of(further(root))


def of(named: Mapping[str, bytes | Fault]) -> tuple[Question, ...]:
    """Return the questions without fault of some files by name, in their order."""
    return ordered(file.question for file in files(named) if not file.faults)


def ordered(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return questions in the order they are shown; those without a number last in their topic."""
    return tuple(
        sorted(questions, key=lambda q: (TOPICS.index(q.topic), q.number or 1_000, q.name))
    )


def files(named: Mapping[str, bytes | Fault]) -> tuple[File, ...]:
    """Read every file of a question, with what is wrong in it; other files are passed over."""
    return tuple(_open(name, named[name]) for name in sorted(named) if name.endswith(".rq"))


def check(sources: Sources) -> Iterator[Finding]:
    """Yield what is wrong with the questions: the head, the syntax, and each unknown name."""
    judge = names.judge(sources)
    for file in files(sources.further):
        yield from file.faults
        yield from _misbound(file)
        for iri, offset in _names(file.query):
            if verdict := judge(iri):
                code, near = verdict
                yield finding(code, file.place(offset), near, name=shorten(iri))


def _misbound(file: File) -> Iterator[Finding]:
    """Yield each prefix of the project that a query binds to another namespace."""
    for found in _PREFIX.finditer(_mask(file.query)):
        prefix, namespace = found.groups()
        due = PREFIXES.get(prefix, namespace)
        if namespace != due:
            said = {"prefix": prefix, "expected": due, "found": namespace}
            yield from_fault(Fault(file.place(found.start()), "prefix-namespace", said))


def _open(name: str, content: bytes | Fault) -> File:
    if isinstance(content, Fault):
        return File(name, "", faults=[from_fault(content)])
    try:
        return _read(name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        place = Place(name, content.count(b"\n", 0, error.start) + 1)
        return File(name, "", faults=[from_fault(Fault(place, "not-utf-8"))])


def _read(name: str, text: str) -> File:
    file = File(name, text.removeprefix("\ufeff").replace("\r\n", "\n"))
    declared: list[tuple[int, re.Match[str]]] = []
    for line in file.text.split("\n"):
        if not line.startswith("#"):
            break
        file.head += 1
        if found := _TEXT.fullmatch(line):
            file.texts[found[1]][found[2]] = found[3].strip()
        elif found := _FIELD.fullmatch(line):
            file.fields[found[1]] = found[2]
        elif found := _PARAMETER.fullmatch(line):
            declared.append((file.head, found))
        else:
            file.faults.append(finding("query-head", Place(name, file.head), line=line))
    file.faults += _check_head(file)
    if fault := _syntax(file):
        file.faults.append(fault)
        return file
    for number, match in declared:
        _declare(file, Place(name, number), match)
    return file


def _check_head(file: File) -> Iterator[Finding]:
    start = Place(file.name, 1)
    for key, texts in file.texts.items():
        if missing := [lang for lang in LANGUAGES if lang not in texts]:
            yield finding("query-text", start, languages=", ".join(missing), key=key)
    topic, number = file.fields.get("topic", ""), file.fields.get("question", "1")
    if topic not in TOPICS:
        yield finding("query-topic", start, name=topic or "–", topics=", ".join(TOPICS))
    if not re.fullmatch("[1-9][0-9]{0,2}", number):
        yield finding("query-head", start, line=f"# question: {number}")


def _syntax(file: File) -> Finding | None:
    """Return what the engine has against the query; it is asked on an empty store."""
    try:
        dataset.computed(file.query)
    except SyntaxError as error:
        found = _POSITION.search(str(error))
        lines = file.query.split("\n")[: int(found[1]) - 1 if found else 0]
        place = file.place(sum(len(line) + 1 for line in lines))
        return finding("query-syntax", place, detail=str(error).split("\n")[0][:160])
    return None


def _declare(file: File, place: Place, match: re.Match[str]) -> None:
    """Add a parameter, or what is wrong with it."""
    name, kind = match[1], match[2]
    titles = {found[1]: found[2].strip() for found in _TITLE.finditer(match[3])}
    if missing := [lang for lang in LANGUAGES if lang not in titles]:
        file.faults.append(finding("query-text", place, languages=", ".join(missing), key=name))
    if kind not in KINDS:
        kinds = ", ".join(KINDS)
        file.faults.append(finding("query-type", place, name=name, kind=kind, kinds=kinds))
        return
    clause = re.compile(rf"\bVALUES\s+\?{name}\s*\{{\s*(\S+)\s*\}}")
    clauses = list(clause.finditer(_mask(file.query, strings=False)))
    if len(clauses) != 1:
        file.faults.append(finding("query-default", place, name=name, kind=kind))
        return
    default = _value(file.query, clauses[0][0], name, kind)
    if default is None:
        said = {"name": name, "kind": kind, "value": clauses[0][1], "example": KINDS[kind]}
        file.faults.append(finding("query-value", file.place(clauses[0].start()), **said))
        return
    file.parameters.append(Parameter(name, kind, titles, default, clauses[0][0]))


def _value(query: str, clause: str, name: str, kind: str) -> str | None:
    """Return the default as a user would write it, or None if it is not of the type."""
    prefixes = "".join(f"{m[0]}\n" for m in _PREFIX.finditer(query))
    found = dataset.computed(f"{prefixes}SELECT ?{name} {{ {clause} }}")
    assert isinstance(found, ox.QuerySolutions)
    bound = next(found)[name]
    value = shorten(bound.value) if isinstance(bound, ox.NamedNode) else bound.value
    try:
        return value if term(kind, value) == bound else None
    except ValueError:
        return None


def _names(query: str) -> Iterator[tuple[str, int]]:
    """Yield each IRI of a query with its offset; those of prefixes stand for no thing."""
    prefixes = {found[1]: found[2] for found in _PREFIX.finditer(query)}
    body = _PREFIX.sub(lambda m: " " * len(m[0]), _mask(query))
    for found in _NAME.finditer(body):
        if found["iri"] is not None:
            yield found["iri"], found.start()
        elif found["prefix"] in prefixes:
            yield prefixes[found["prefix"]] + found["local"], found.start()


def _mask(query: str, strings: bool = True) -> str:
    """Return the query with comments, and if wished strings, as blanks of the same length."""

    def blank(found: re.Match[str]) -> str:
        is_kept = found["iri"] or (not strings and not found[0].startswith("#"))
        return found[0] if is_kept else " " * len(found[0])

    return _APART.sub(blank, query)
