"""How two things are related: the ways between them as chains that read as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from enact_graph import terms
from enact_graph.graph.entity import Name, pick
from enact_graph.graph.network import Network
from enact_graph.lookup.resolve import Resolved
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.sentences import Step, Stop, Teller
from enact_graph.present.view import address
from enact_graph.present.words import Voice
from enact_graph.topics.connections import around
from enact_graph.topics.connections.chains import LENGTH, LONGEST, Way, Ways

#: Ties of one step that are told; a page of its own has the rest.
_TOLD: Final = 2


@dataclass(frozen=True)
class End:
    """One end of a question: what was written where that is no thing, and what it means."""

    text: str
    found: Resolved

    @property
    def thing(self) -> str | None:
        """The thing meant."""
        return self.found.thing

    @property
    def is_unclear(self) -> bool:
        """Whether something is written, and no one thing meant."""
        return bool(self.text) and not self.thing


@dataclass(frozen=True)
class Question:
    """What is asked: two ends and the limits of the search; `day` where ties must hold on one."""

    start: End
    end: End
    avoids_hubs: bool = True
    without: tuple[str, ...] = ()
    length: int = LENGTH
    day: str = ""

    def fields(self, **changed: str) -> list[tuple[str, str]]:
        """The fields of the address that ask it, with some changed; as usual is left out."""
        told = {
            "from": _slug(self.start),
            "to": _slug(self.end),
            "avoid": ",".join([*([] if self.avoids_hubs else ["none"]), *map(_last, self.without)]),
            "max": str(self.length) if self.length != LENGTH else "",
            "at": self.day,
        }
        return [(k, v) for k, v in (told | changed).items() if v]


@dataclass(frozen=True)
class Hop:
    """One step: its ties as they read, how many more there are and where all are told."""

    steps: tuple[Step, ...]
    more: int
    href: str


@dataclass(frozen=True)
class Chain:
    """A way as a page shows it; `query` is the SPARQL that finds it."""

    title: str
    stops: tuple[Stop, ...]
    hops: tuple[Hop, ...]
    alike: tuple[Stop, ...]
    alike_of: Stop | None
    hubs: tuple[Stop, ...]
    sentence: str
    query: str

    @property
    def run(self) -> str:
        """The address of the query's answer."""
        return "/sparql?" + urlencode({"query": self.query})


@dataclass(frozen=True)
class Paths:
    """Renders the path finder; `pairs` are things offered to begin with."""

    frame: Frame
    pairs: Sequence[tuple[str, str]] = ()

    def page(
        self, question: Question, network: Network, lang: str, found: Ways | None, teller: Teller
    ) -> str:
        """The form, and where both ends are known the ways between them."""
        voice = self.frame.voice(lang)
        stops = [_stop(teller, end.thing) for end in (question.start, question.end)]
        told = chains(found, teller) if found else ()
        title = voice.text("path.title")
        description = voice.text("path.description")
        if stops[0] and stops[1]:
            names = {"one": stops[0].name.name.text, "other": stops[1].name.name.text}
            title = voice.text("path.question", **names)
            description = told[0].sentence if told else voice.text("path.none", **names)
        swapped = {"from": _slug(question.end), "to": _slug(question.start)}
        return self.frame.render(
            "connections/page.html",
            lang,
            Heading(title, description, "path", path="/path"),
            kept=question.fields(),
            question=question,
            ends=stops,
            doubts=[
                (field, end, [teller.stop(t) for t in end.found.near])
                for field, end in (("from", question.start), ("to", question.end))
                if end.is_unclear
            ],
            found=found,
            chains=told,
            longest=LONGEST,
            without=[teller.stop(t) for t in question.without],
            names=_names(network, lang),
            swap="/path?" + urlencode(question.fields(**swapped)),
            json="/path.json?" + urlencode(question.fields(lang=lang)),
            with_hubs="/path?" + urlencode(question.fields(avoid="none")),
            examples=[] if found else _examples(network, teller, self.pairs),
            choose=lambda field, stop: "/path?" + urlencode(question.fields(**{field: stop.slug})),
            around=lambda stop: "/network/" + stop.slug,
        )


def chains(found: Ways, teller: Teller) -> tuple[Chain, ...]:
    """The ways as they are told."""
    return tuple(_chain(way, teller) for way in found.all)


def _chain(way: Way, teller: Teller) -> Chain:
    voice = teller.voice
    stops = tuple(teller.stop(iri) for iri in way.chain)
    hops = []
    for start, end, ties in zip(way.chain, way.chain[1:], way.steps, strict=False):
        told = teller.steps(start, ties)
        all_of_them = urlencode({"from": _last(start), "to": _last(end)})
        shown = told if way.length == 1 else told[:_TOLD]
        hops.append(Hop(shown, len(told) - len(shown), "/path?" + all_of_them))
    inner = [s.name.name.text for s in stops[1:-1]]
    return Chain(
        _title(way, inner, voice),
        stops,
        tuple(hops),
        tuple(teller.stop(iri) for iri in way.alike),
        stops[way.place] if way.alike else None,
        tuple(teller.stop(iri) for iri in way.hubs),
        _sentence(stops, hops, voice),
        around.query(way.chain, [ties[0] for ties in way.steps]),
    )


def _title(way: Way, inner: Sequence[str], voice: Voice) -> str:
    if not inner:
        return voice.text("path.direct")
    length = voice.count("path.steps", way.length)
    if way.hubs:
        return voice.text("path.by-hub", steps=length)
    return voice.text("path.by", steps=length, what=voice.listed(inner))


def _sentence(stops: Sequence[Stop], hops: Sequence[Hop], voice: Voice) -> str:
    """The chain read aloud."""
    told = [
        f"{stop.name.name.text} {hop.steps[0].verb} {after.name.name.text}"
        for stop, hop, after in zip(stops, hops, stops[1:], strict=False)
    ]
    return voice.text("path.semicolon").join(told) + "."


def _names(network: Network, lang: str) -> list[str]:
    """The names offered while one is being written."""
    named = (pick(network.labels.get(t, {}), lang) for t, ties in network.ties.items() if ties)
    return sorted({n.text for n in named if n}, key=str.casefold)


def _examples(
    network: Network, teller: Teller, pairs: Sequence[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Pairs to begin with: the two names and the address of the answer."""
    found = []
    for pair in pairs:
        if all(network.ties.get(thing) for thing in pair):
            one, other = (teller.stop(thing).name.name.text for thing in pair)
            ends = {"from": _last(pair[0]), "to": _last(pair[1])}
            found.append((one, other, "/path?" + urlencode(ends)))
    return found


def _stop(teller: Teller, thing: str | None) -> Stop | None:
    return teller.stop(thing) if thing else None


def _last(iri: str) -> str:
    return iri.removeprefix(terms.ID)


def _slug(end: End) -> str:
    return _last(end.thing) if end.thing else end.text


def as_json(question: Question, found: Ways, teller: Teller) -> dict[str, Any]:
    """The same as data: names and readings in the language of the teller."""

    def thing(iri: str) -> dict[str, Any]:
        stop = teller.stop(iri)
        name: Name = stop.name.name
        return {"iri": iri, "name": name.text, "kind": stop.sort, "page": address(iri)}

    def tie(step: Step) -> dict[str, Any]:
        told = step.tie
        return {
            "reading": step.verb,
            "relation": told.relation.key,
            "kind": told.relation.kind,
            "node": told.node,
            "role": told.role,
            "forward": not step.is_back,
            "start": told.start or None,
            "end": told.end or None,
            "origin": step.origin,
            "graphs": list(step.note.graphs),
        }

    def way(one: Way, chain: Chain) -> dict[str, Any]:
        steps = zip(one.chain, one.steps, strict=False)
        return {
            "length": one.length,
            "sentence": chain.sentence,
            "hubs": list(one.hubs),
            "stops": [thing(iri) for iri in one.chain],
            "steps": [[tie(s) for s in teller.steps(start, ties)] for start, ties in steps],
            "alike": [thing(iri) for iri in one.alike],
            "alike_at": one.place if one.alike else None,
            "sparql": chain.query,
            "answer": chain.run,
        }

    assert question.start.thing
    assert question.end.thing
    return {
        "from": thing(question.start.thing),
        "to": thing(question.end.thing),
        "avoids_hubs": question.avoids_hubs,
        "without": list(question.without),
        "max": question.length,
        "at": question.day or None,
        "complete": found.is_whole,
        "ways": [way(w, c) for w, c in zip(found.all, chains(found, teller), strict=True)],
    }
