"""Content and language negotiation after RFC 9110 (section 12) and RFC 4647 (lookup).

    choose("text/html;q=0.5, application/*", (TURTLE, JSON_LD, HTML))   -> JSON_LD
    choose_unrefused("text/csv, text/turtle;q=0", (TURTLE, N_TRIPLES))   -> N_TRIPLES
    choose_language("de-CH, fr;q=0.8")                                   -> "de"

Of formats of equal weight, one that is named outright goes before one that only a wildcard covers,
and `text/plain`, which says least, after every other name; then the server's own order decides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from enact_graph import terms
from enact_graph.formats import Format

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_RANGE = re.compile(rf"({_WORD})/({_WORD})")
_PARAMETER = re.compile(rf"({_WORD})=({_WORD}|{_QUOTED})")
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_LANGUAGE = re.compile(r"\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
#: A list element ends at a comma, a parameter at a semicolon, except inside a quoted string; one
#: that is never closed runs to the end, so that the time taken grows with the length alone.
_OPEN = r'"(?:[^"\\]|\\.?)*+"?'
_ELEMENTS = re.compile(rf"(?:{_OPEN}|[^,])++")
_PARTS = re.compile(rf"(?:{_OPEN}|[^;])++")

#: Parameters that what is sent does satisfy: everything is UTF-8 (RFC 9110, 8.3.2).
_SATISFIED = {"charset": "utf-8"}
#: A profile is a wish that a server may leave open (RFC 6906; JSON-LD 1.1, appendix C).
_WISHES = {"profile"}
#: Programs that want JSON name this beside it for whatever else can be read.
_ANY_TEXT = "text/plain"


@dataclass(frozen=True)
class Range:
    """One entry of an Accept header; `parameters` are those of the media type, without `q`."""

    type: str
    subtype: str
    parameters: Mapping[str, str]
    weight: float

    @property
    def precision(self) -> int:
        """How closely it names a type: 0 for `*/*`, 1 for `type/*`, 2 and more for a full name."""
        named = (self.type != "*") + (self.subtype != "*")
        return named + len(self.parameters)

    def covers(self, media_type: str) -> bool:
        """Whether a media type is in this range, parameters apart."""
        main, _, sub = media_type.partition("/")
        return self.type in ("*", main) and self.subtype in ("*", sub)

    @property
    def satisfied(self) -> bool:
        """Whether what is sent has every parameter asked for."""
        return all(_SATISFIED.get(k) == v.lower() for k, v in self.parameters.items())


def ranges(accept: str) -> Iterator[Range]:
    """The well-formed entries of an Accept header; malformed ones are left out."""
    for element in _ELEMENTS.findall(accept):
        if element.lstrip(" \t").startswith(";"):
            continue
        head, *rest = (part.strip(" \t") for part in _PARTS.findall(element))
        name = _RANGE.fullmatch(head)
        if name is None or (name[1] == "*" and name[2] != "*"):
            continue
        pairs = [_PARAMETER.fullmatch(part) for part in rest if part]
        if None in pairs:
            continue
        parameters: dict[str, str] = {}
        weight = "1"
        for pair in pairs:
            assert pair is not None
            key = pair[1].lower()
            if key == "q":
                weight = pair[2]
                break  # what follows the weight is no part of the media type
            if key not in _WISHES:
                parameters[key] = _unquote(pair[2])
        if _WEIGHT.fullmatch(weight):
            yield Range(name[1].lower(), name[2].lower(), parameters, float(weight))


def choose(accept: str | None, offered: Sequence[Format]) -> Format | None:
    """The format to send, or None where the header admits none of those offered.

    `offered` is in the server's order. No header, or one without a single well-formed entry, admits
    everything. A format asked for under one of its other media types comes back bearing that type.
    Several header lines are joined by commas before (RFC 9110, 5.3).
    """
    asked = tuple(ranges(accept or ""))
    if not asked:
        return offered[0] if offered else None
    satisfied = tuple(r for r in asked if r.satisfied)
    # A parameter nobody here knows is read as if it were absent, rather than answer 406.
    bare = tuple(replace(r, parameters={}) for r in asked if "charset" not in r.parameters)
    return _best(satisfied, offered) or _best(bare, offered)


def choose_unrefused(accept: str | None, offered: Sequence[Format]) -> Format | None:
    """The first format that the header does not refuse by a weight of 0, named there or not.

    A server may disregard a header that names nothing it has (RFC 9110, 12.4.1).
    """
    refused = [r for r in ranges(accept or "") if r.weight == 0]
    admitted = (f for f in offered if not any(r.covers(f.media_type) for r in refused))
    return next(admitted, None)


def _best(asked: Sequence[Range], offered: Sequence[Format]) -> Format | None:
    best: Format | None = None
    rank = (0.0, False, False)
    for format_ in offered:
        for media_type in (format_.media_type, *format_.also):
            is_alias = media_type != format_.media_type
            # A wildcard stands for the registered type: text/* does not ask for JSON as text/json.
            fits = [r for r in asked if r.covers(media_type) and not (is_alias and r.precision < 2)]
            if not fits:
                continue
            closest = max(fits, key=lambda r: (r.precision, r.weight))
            found = (closest.weight, closest.precision >= 2, media_type != _ANY_TEXT)
            if closest.weight > 0 and found > rank:
                best, rank = replace(format_, media_type=media_type), found
    return best


def choose_language(accept_language: str | None, offered: Sequence[str] = terms.LANGUAGES) -> str:
    """The language of a page: the best match of an Accept-Language header, else the first offered.

    A range fits a language that it begins with (`de-CH` fits `de`); `*` stands for those not named;
    a language of weight 0 is not taken while another is left. A page is never refused for want of
    a language.
    """
    weights: dict[str, float] = {}
    depth: dict[str, int] = {}
    any_other: float | None = None
    for element in (accept_language or "").split(","):
        tag, _, parameter = (part.strip(" \t") for part in element.partition(";"))
        weight = parameter[2:] if parameter[:2].lower() == "q=" else "" if parameter else "1"
        if not _LANGUAGE.fullmatch(tag) or not _WEIGHT.fullmatch(weight):
            continue
        if tag == "*":
            any_other = max(any_other or 0.0, float(weight))
            continue
        subtags = tag.lower().split("-")
        language = next((o for o in offered if o.split("-") == subtags[: len(o.split("-"))]), None)
        # The plain tag speaks for the language; of regional ones alone, the heaviest does.
        closeness = -len(subtags)
        if language is None or depth.get(language, -99) > closeness:
            continue
        if depth.get(language) == closeness:
            weights[language] = max(weights[language], float(weight))
        else:
            weights[language], depth[language] = float(weight), closeness
    fallback = any_other if any_other is not None else 0.0
    candidates = [(weights.get(o, fallback), o in weights) for o in offered]
    best = max(range(len(offered)), key=lambda i: (candidates[i][0], -i))
    if candidates[best][0] > 0:
        return offered[best]
    return next((o for o in offered if o not in weights), offered[0])


def _unquote(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
