"""Each page's statements equal those of the SPARQL answer about the same thing.

**The answer** about a thing is what the endpoint gives for

    SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?s = <thing> || ?o = <thing>) }

and the same for the nodes tied to it (memberships, fundings, amounts, sites …), which have no life
of their own; about a passage or a graph, the content of the named graph. Conclusions of rules
count on the page of their subject; as the object of one a thing need not tell it again.

**Shown** is what a reader sees in the HTML: a link for an object that is a thing, to its address
and with its name in the language of the page; words for anything else. In particular

* of a text in several languages the reader's, else the first of English, French and German; but
  every name in every language, in the title or the table of names;
* a date no more precise than its precision says, which thereby is shown; a number as the language
  writes it, an amount or a value with its currency and its hedge, an identifier with its scheme, a
  place with address and coordinates: these nodes are told where they are objects, and need no link;
* the class at the end of the page or in its line of kind, the source of a statement in its note;
* `exactly` is what a number without a hedge says;
* a node as a line whose element has the node's name as `id`: with all that is stated of it, or
  with a link to its own page, where it is told in full.

Not looked for are which quantity of a scale a concept limits, dates or types (what has `about`,
`precision-year` or a class as object), since a concept's page is no index.

Both directions are checked: nothing of the answer is missing on the page, and nothing is shown that
the answer does not hold. Pages are fetched from the real server, and so are the answers.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from re import sub
from typing import Final

import pytest

from enact_graph import terms
from tests.conftest import Site
from tests.strata import some, turn
from tests.web.said import NAMES, PRECISION, TYPE, Claim, E, Fact, P, Said, V, address, select
from tests.web.tree import Element, plain, target, tree

LANGUAGES: Final = terms.LANGUAGES
SOURCE: Final = P["dcterms"] + "source"
LABEL: Final = P["skos"] + "prefLabel"
VALUE: Final = P["schema"] + "value"
DIFFERS: Final = E + "differsFrom"
QUALIFIER: Final = E + "qualifier"
IDENTIFIER: Final = P["adms"] + "identifier"
ROLES: Final = (P["org"] + "role", E + "role")
READ: Final = P["dcterms"] + "date"
START, END = P["schema"] + "startDate", P["schema"] + "endDate"
ELSEWHERE: Final = frozenset(
    {
        P["owl"] + "sameAs",
        P["skos"] + "exactMatch",
        P["skos"] + "closeMatch",
        P["skos"] + "broadMatch",
        P["schema"] + "sameAs",
    }
)
#: What limits, dates, types or documents something else is told there.
OF_OTHERS: Final = frozenset({TYPE, SOURCE, QUALIFIER, E + "notStated", *PRECISION.values()})
#: Ways from a page to other views of the same thing.
WAYS: Final = ("/correct", "/list", "/map", "/network/", "/path", "/timeline")
#: What may stand between words.
BETWEEN: Final = r"[·,;:–×()\s]+"


def page(site: Site, path: str, lang: str) -> Element:
    """The main part of a page, with its notes; of a long one, all its parts one after another."""
    whole = Element("main")
    number: int | None = 1
    while number is not None:
        asked = f"{path}?lang={lang}" + (f"&part={number}" if number > 1 else "")
        answer = site.get(asked, "text/html")
        assert answer.status_code == 200, asked
        main = tree(answer.text).first("main")
        assert main is not None
        # What leads to another part is told there.
        part = _pruned(main, _leads_on, is_first=number == 1)
        _go_on(whole, part)
        whole.children += part.children
        has_next = any(a.attributes.get("rel") == "next" for a in main.every("a"))
        number = number + 1 if has_next else None
    return whole


def _go_on(whole: Element, part: Element) -> None:
    """Move what a section tells in a further part to where the section began."""
    sections = {e.attributes["id"]: e for e in whole.every("section") if "id" in e.attributes}
    for parent in [part, *part.every()]:
        for child in parent.elements:
            begun = sections.get(child.attributes.get("id", ""))
            if begun and child.name == "section":
                headings: list[Element | str] = list(child.every("h2"))
                begun.children += [c for c in child.children if c not in headings]
                parent.children.remove(child)


def _leads_on(element: Element) -> bool:
    """Whether an element is a section that only says in which part of the page it is told."""
    if element.name != "section":
        return False
    links = [a.attributes["href"] for a in element.every("a")]
    return len(links) == 1 and links[0].startswith("?part=")


def _pruned(element: Element, is_out: Callable[[Element], bool], *, is_first: bool) -> Element:
    """An element without what is left out; of a further part without what all parts repeat."""
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(child)
        elif not is_out(child) and (is_first or not _is_repeated(child)):
            kept.append(_pruned(child, is_out, is_first=is_first))
    return Element(element.name, element.attributes, kept)


def _is_repeated(element: Element) -> bool:
    return element.name in ("header", "nav") or element.attributes.get("id") == "data"


def faults(block: Element, claims: Iterable[Claim], allowed: Iterable[str] = ()) -> list[str]:
    """What a part of a page lacks of some claims, and what it has beyond them."""
    claims = list(claims)
    links, text = set(block.links), block.text
    found = []
    for c in claims:
        found += [f"no link to {x}" for x in sorted(c.links - links)]
        found += [f"no words {x!r} in {text[:200]!r}" for x in c.texts if x not in text]
    known = {x for c in claims for x in c.links} | set(allowed)
    found += [f"a link to {x}" for x in sorted(links - known)]
    if rest := leftover(block, [*(t for c in claims for t in c.texts), *allowed]):
        found.append(f"the words {rest!r}")
    return found


def leftover(block: Element, words: Iterable[str]) -> str:
    """The words of a block that are neither those of a link nor among some words."""
    text = _unlinked(block).text
    for word in sorted(map(plain, words), key=len, reverse=True):
        if word:
            text = text.replace(word, " ")
    return sub(BETWEEN, " ", text).strip()


def _unlinked(block: Element) -> Element:
    kept: list[Element | str] = [
        c if isinstance(c, str) else _unlinked(c)
        for c in block.children
        if isinstance(c, str) or c.name != "a"
    ]
    return Element(block.name, block.attributes, kept)


def rows(section: Element) -> dict[str, Element]:
    """The values of each label in a list of facts; rows of one label are put together."""
    found: dict[str, Element] = {}
    for row in section.every("div", class_="fact"):
        label = row.first("dt")
        assert label is not None
        whole = found.setdefault(label.text, Element("dd"))
        for values in row.elements:
            if values.name == "dd" and "src" not in values.classes:
                whole.children += [*values.children, " "]
    return found


def check(site: Site, iri: str, lang: str) -> list[str]:
    """Every way in which the page of a thing differs from the answer about it."""
    return differences(Said(site, iri, lang), page(site, address(iri), lang))


def differences(said: Said, main: Element) -> list[str]:
    """Every way in which the main part of a page differs from an answer."""
    bare = main.without("note", "crumbs", "toc", "legend", "downloads")
    for says in bare.every("section", id="says"):
        says.children.clear()  # what a source says of other things is looked at by itself
    ids = Counter(e.attributes["id"] for e in main.every() if "id" in e.attributes)
    return [
        *(f"{i} is the id of several" for i, count in sorted(ids.items()) if count > 1),
        *_direct(said, main, bare),
        *_nodes(said, bare),
        *_incoming(said, bare),
        *_links(said, bare),
    ]


def _direct(said: Said, main: Element, bare: Element) -> Iterator[str]:
    """The statements with the thing as subject."""
    head = bare.first("header", class_="entity-head")
    assert head is not None
    by_label: dict[str, list[Claim]] = defaultdict(list)
    for fact in said.spoken(said.iri):
        yield from _elsewhere(said, fact, main, bare, head, by_label)
    told: dict[str, Element] = {}
    for anchor in ("facts", "inferred"):
        section = bare.first("section", id=anchor)
        for label, block in rows(section).items() if section else ():
            told.setdefault(label, Element("dd")).children.append(block)
    open_list = said.voice.text("value.open-list")
    for label, claims in by_label.items():
        block = told.pop(label, Element("dd"))
        shown = [c for c in claims if not _in_head(c, head)]
        hidden = [c for c in claims if c not in shown]
        yield from (
            f"{label}: {fault}"
            for fault in faults(block, shown, [open_list, *(t for c in hidden for t in c.texts)])
        )
    yield from (f"{label}: nothing of it is in the answer" for label in told)


def _in_head(claim: Claim, head: Element) -> bool:
    lines = {e.text for e in head.every()}
    return bool(claim.texts) and not claim.links and all(t in lines for t in claim.texts)


def _elsewhere(
    said: Said,
    fact: Fact,
    main: Element,
    bare: Element,
    head: Element,
    by_label: dict[str, list[Claim]],
) -> Iterator[str]:
    """What is told apart from the list of facts; the rest goes under its label."""
    text = plain(fact.object.value)
    match fact.predicate:
        case p if p in NAMES:
            names = bare.first("section", id="names")
            titles = [e.text for e in head.every()]
            if not (text in titles or (names and text in [e.text for e in names.every()])):
                yield f"no name {text!r}"
        case p if p == TYPE:
            data, follows = bare.first("section", id="data"), bare.first("section", id="inferred")
            links = [*(data.links if data else ()), *(follows.links if follows else ())]
            if address(fact.object.value) not in links:
                yield f"no class {fact.object.value}"
            elif follows and fact.is_inferred:
                by_label[said.name(TYPE)].append(said.claim(fact))
        case p if p in PRECISION.values():
            pass  # the date is shown as precise as it says
        case p if p == SOURCE:
            if address(fact.object.value) not in main.links:
                yield f"no note leads to {fact.object.value}"
        case p if p == READ and E + "SourceDocument" in {
            t.value for t in said.objects(said.iri, TYPE)
        }:
            read = plain(said.voice.text("note.read", day=said.day(fact.object, p, said.iri)))
            if read not in bare.text:
                yield f"no words {read!r}"
        case p if p == IDENTIFIER and fact.object.value in said.nodes:
            yield from _row(said, fact, bare.first("section", id="identifiers"))
        case p if p in ELSEWHERE and not fact.object.value.startswith(terms.BASE):
            section = bare.first("section", id="elsewhere")
            if section is None or fact.object.value not in section.links:
                yield f"no link elsewhere to {fact.object.value}"
            elif said.name(p) not in section.text:
                yield f"no words {said.name(p)!r} beside {fact.object.value}"
        case _:
            by_label[said.name(fact.predicate)].append(said.claim(fact))


def _row(said: Said, fact: Fact, section: Element | None) -> Iterator[str]:
    """An identifier has one row with its scheme and value."""
    links, texts = said.words(fact.object, fact.predicate, fact.subject)
    found = [
        row
        for row in (section.every("tr") if section else ())
        if set(links) <= set(row.links) and all(t in row.text for t in texts)
    ]
    if len(found) != 1:
        yield f"{len(found)} rows for the identifier {texts}"


def _nodes(said: Said, bare: Element) -> Iterator[str]:
    """The lines of nodes: nothing but what is said of them, and all of it or a link to more."""
    for element in bare.every():
        anchor = element.attributes.get("id", "")
        node = terms.ID + anchor
        if not anchor or node == said.iri or not any(f.subject == node for f in said.facts):
            continue
        if anchor in ("answer",) or node not in said.nodes:
            continue
        block = element.without("later")
        claims, allowed = _line(said, node)
        if address(node) in block.links:
            links = {x for c in claims for x in c.links} | {address(node), *allowed}
            yield from (f"{anchor}: a link to {x}" for x in sorted(set(block.links) - links))
            texts = [*(t for c in claims for t in c.texts), *allowed]
            if rest := leftover(block, texts):
                yield f"{anchor}: the words {rest!r}"
        else:
            # The label of the row, which is a role or a class, stands beside the line.
            told = [c for c in claims if not _is_label(said, c, node)]
            yield from (f"{anchor}: {fault}" for fault in faults(block, told, allowed))


def _is_label(said: Said, claim: Claim, node: str) -> bool:
    roles = {address(o.value) for p in ROLES for o in said.objects(node, p)}
    return bool(claim.links) and claim.links <= roles


def _line(said: Said, node: str) -> tuple[list[Claim], list[str]]:
    """What a line has to tell of a node, and what it may tell beside."""
    claims: list[Claim] = []
    voice = said.voice
    allowed = [address(said.iri), said.name(node), address(node), voice.text("date.undated")]
    allowed += [address(o.value) for p in ROLES for o in said.objects(node, p)]
    ratio = V + "ratio-to-baseline"
    if ratio in {o.value for o in said.objects(node, E + "valueKind")}:
        allowed.append("×")
    days = {p: said.day(o, p, node) for p in (START, END) for o in said.objects(node, p)}
    if days:
        span = voice.span(days.get(START), days.get(END)) or ""
        allowed += [plain(span), *map(plain, days.values())]
    allowed += [voice.text(f"roster.{key}") for key in ("unstated", "open", "unseen")]
    if seen := max((o.value for o in said.objects(node, E + "attestedOn")), default=""):
        allowed.append(voice.text("roster.seen", year=int(seen[:4])))
    for fact in said.spoken(node):
        p, o = fact.predicate, fact.object
        label = said.name(p)
        allowed.append(label)
        if fact.is_inferred or o.value == said.iri:
            links, texts = said.words(o, p, node)
            allowed += [*links, *texts, said.name(o.value)]
        elif p in NAMES or p in PRECISION.values() or p in (TYPE, SOURCE, DIFFERS):
            allowed += [plain(o.value), address(o.value)]
        elif p == QUALIFIER:
            claims.append(Claim(label, texts=tuple(said.hedges(node))))
        elif p in (START, END):
            claims.append(Claim(label, texts=(plain(days[p]),)))
        elif p == E + "dueBy":
            day = said.day(o, p, node)
            is_about = V + "about" in {q.value for q in said.objects(node, QUALIFIER)}
            due = voice.text("value.due-around" if is_about else "value.due-by", day=day)
            claims.append(Claim(label, texts=(plain(due),)))
        elif p == E + "dueWithinMonths":
            claims.append(Claim(label, texts=(plain(voice.count("value.within", int(o.value))),)))
        elif p == E + "notStated":
            what = voice.text("value.not-stated", what=said.name(o.value))
            claims.append(Claim(label, texts=(plain(what),)))
        elif p == P["adms"] + "status":
            claims.append(Claim(label, texts=(said.name(o.value),)))
        elif p == E + "valueKind":
            allowed += [address(o.value), said.name(o.value)]
        else:
            claims.append(said.claim(fact))
    return claims, allowed


def _incoming(said: Said, bare: Element) -> Iterator[str]:
    """What others say of the thing: a node as a line or by a link, the rest under its relation."""
    outside = bare.without("section")
    links = {
        x for s in bare.every("section") if s.attributes.get("id") != "mentions" for x in s.links
    }
    ids = {e.attributes["id"] for e in bare.every() if "id" in e.attributes}
    differing = {o.value for o in said.objects(said.iri, DIFFERS)}
    owed: dict[str, set[str]] = defaultdict(set)
    every: dict[str, set[str]] = defaultdict(set)
    for fact in said.facts:
        if fact.object.value != said.iri or fact.object.kind != "uri" or fact.is_inferred:
            continue
        if fact.subject == said.iri or fact.predicate in OF_OTHERS:
            continue
        if fact.predicate == DIFFERS and fact.subject in differing:
            continue  # each differs from the other
        where, local = address(fact.subject), fact.subject.rpartition("/")[2]
        is_line = local in ids or (fact.subject in said.nodes and where in links)
        every[said.name(fact.predicate)].add(where)
        if not is_line and where not in outside.links and not _is_passage(fact, bare):
            owed[said.name(fact.predicate)].add(where)
    section = bare.first("section", id="mentions")
    told = rows(section) if section else {}
    for label in owed.keys() | told.keys():
        shown = set(told[label].links) if label in told else set()
        yield from (f"{label}: nothing leads to {x}" for x in sorted(owed[label] - shown))
        yield from (f"{label}: {x} does not say so" for x in sorted(shown - every[label]))


def _is_passage(fact: Fact, bare: Element) -> bool:
    """Whether a passage stands in the list of those of its document."""
    listed = bare.first("section", id="passages")
    return listed is not None and address(fact.subject) in listed.links


def _links(said: Said, bare: Element) -> Iterator[str]:
    """Every link leads to something of the answer, and bears its name."""
    known: dict[str, set[str]] = defaultdict(set)
    for fact in said.facts:
        for iri in (fact.subject, fact.predicate, fact.object.value):
            if iri.startswith(("https://", "http://")):
                known[address(iri)].add(said.name(iri))
    for link in bare.every("a"):
        where = target(link.attributes["href"])
        if where.startswith(("#", "?", *WAYS)) or where == "/" or link.text == "":
            continue
        if where not in known:
            if not _is_document(link, bare):
                yield f"a link to {where} of which the answer says nothing"
        elif where.startswith(("/doc/", "/vocab/")) and not _is_called(link, known[where], bare):
            yield f"{where} is called {link.text!r} and not {known[where]}"


def _is_called(link: Element, names: Iterable[str], bare: Element) -> bool:
    """Whether a link bears a name; a key fact may put a word before it."""
    brief = bare.first("dl", class_="brief")
    if brief and any(a is link for a in brief.every("a")):
        return any(link.text.endswith(name) for name in names)
    return link.text in names


def _is_document(link: Element, bare: Element) -> bool:
    """Whether a link is one of the document's own: in the head, the tables of it, the data."""
    head = bare.first("header", class_="entity-head")
    if head and any(a is link for a in head.every("a")):
        return True
    for anchor in ("sources", "identifiers", "data"):
        section = bare.first("section", id=anchor)
        if section and any(a is link for a in section.every("a")):
            return True
    return False


def check_graph(site: Site, iri: str, lang: str, main: Element | None = None) -> list[str]:
    """How the page of a passage, or of a graph, differs from what the named graph holds."""
    graph = iri
    if not iri.startswith(terms.GRAPH):
        derived = f"SELECT ?g WHERE {{ ?g <{P['prov']}wasDerivedFrom> <{iri}> }}"
        graph = select(site, derived)[0]["g"].value
    said = Said(site, iri, lang, graph=graph)
    says = list((main or page(site, address(iri), lang)).every("section", id="says"))
    told = {a.links[0]: a.without("note") for s in says for a in s.every("article")}
    return [
        fault
        for node in sorted(said.nodes)
        for fault in _subject(said, node, told.pop(address(node), None))
    ] + [f"{where} is no subject" for where in told]


def _subject(said: Said, node: str, shown: Element | None) -> Iterator[str]:
    """One subject of a graph: each statement under its label."""
    by_label: dict[str, list[Claim]] = defaultdict(list)
    for fact in said.spoken(node):
        if fact.predicate == LABEL and not _is_best(said, fact):
            continue
        if fact.predicate not in PRECISION.values():
            by_label[said.name(fact.predicate)].append(said.claim(fact))
    if shown is None:
        # A number is told where it is an object, with all there is to it.
        inner = {VALUE, QUALIFIER, P["schema"] + "currency", TYPE}
        is_told = any(f.object.value == node for f in said.facts)
        if not is_told or not inner.issuperset(f.predicate for f in said.of(node)):
            yield f"{node} is not told"
        return
    found = rows(shown)
    for label, claims in by_label.items():
        block = found.pop(label, Element("dd"))
        yield from (
            f"{node} {label}: {fault}"
            for fault in faults(block, claims, [said.voice.text("value.open-list")])
        )
    yield from (f"{node} {label}: nothing of it is in the answer" for label in found)


def _is_best(said: Said, fact: Fact) -> bool:
    tags = {o.language for o in said.objects(fact.subject, fact.predicate)}
    order = (said.lang, "en", "fr", "de", *sorted(tags))
    return fact.object.language == next(t for t in order if t in tags)


def things(site: Site) -> list[str]:
    """Every thing and concept that has a page."""
    found = select(
        site,
        "SELECT DISTINCT ?s WHERE { ?s a ?c"
        f' FILTER(STRSTARTS(STR(?s), "{terms.ID}") || STRSTARTS(STR(?s), "{terms.VOCAB}")) }}'
        " ORDER BY ?s",
    )
    return [row["s"].value for row in found]


def spread(site: Site, count: int) -> list[str]:
    """At least one thing of each class, and as many as wanted in all."""
    found = select(
        site,
        "SELECT DISTINCT ?s ?c WHERE { GRAPH ?g { ?s a ?c }"
        f' FILTER(!STRSTARTS(STR(?g), "{terms.GRAPH_INFERRED}"))'
        f' FILTER(STRSTARTS(STR(?s), "{terms.ID}") || STRSTARTS(STR(?s), "{terms.VOCAB}")) }}'
        " ORDER BY ?c ?s",
    )
    by_class: dict[str, list[str]] = defaultdict(list)
    for row in found:
        by_class[row["c"].value].append(row["s"].value)
    pick = random.Random(1)  # the same things each time
    chosen = {pick.choice(members) for members in by_class.values()}
    chosen |= {terms.ID + slug for slug in ALWAYS}
    rest = sorted({row["s"].value for row in found} - chosen)
    chosen |= set(pick.sample(rest, max(0, count - len(chosen))))
    return sorted(chosen)


#: One of each kind of page that readers come for.
ALWAYS: Final = (
    "enact",
    "inria",
    "universite-de-lorraine",
    "unigr",
    "gilles-simon",
    "france-2030",
    "enact-target-theses-2030",
    "enact-axis-1",
    "nancy",
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_the_small_release_shows_what_sparql_answers(site: Site, lang: str) -> None:
    found = things(site)
    assert len(found) >= 10
    assert {i: f for i in found if (f := check(site, i, lang))} == {}


def test_pages_of_every_kind_show_what_sparql_answers(real_site: Site) -> None:
    chosen = spread(real_site, 75)
    assert len(chosen) >= 60
    wrong = {}
    for number, iri in some(enumerate(chosen), 0.4):
        lang = LANGUAGES[number % len(LANGUAGES)]
        if found := check(real_site, iri, lang):
            wrong[iri, lang] = found
    assert wrong == {}


@pytest.mark.parametrize("slug", ALWAYS)
def test_the_main_pages_do_so_in_every_language(real_site: Site, slug: str) -> None:
    for lang in turn(LANGUAGES, ALWAYS.index(slug)):
        assert check(real_site, terms.ID + slug, lang) == [], lang


@pytest.mark.parametrize("lang", turn(LANGUAGES, 0))
def test_a_source_shows_what_it_says_and_what_is_said_of_it(real_site: Site, lang: str) -> None:
    pick = random.Random(2)
    wrong = {}
    for kind, count in (("SourceDocument", 6), ("Passage", 5), ("AssertionGraph", 6)):
        found = select(real_site, f"SELECT ?s WHERE {{ ?s a <{E}{kind}> }} ORDER BY ?s")
        for iri in pick.sample([row["s"].value for row in found], count):
            faulty = check(real_site, iri, lang)
            if kind != "SourceDocument":
                faulty += check_graph(real_site, iri, lang)
            if faulty:
                wrong[iri] = faulty
    assert wrong == {}


def test_graphs_of_rules_show_what_they_hold(real_site: Site) -> None:
    for slug in turn(("inferred-member", "provenance"), 0):
        assert check_graph(real_site, terms.GRAPH + slug, "fr") == []


def lines(main: Element) -> list[tuple[Element, Element]]:
    """Each statement of a page that can be taken away, with the element it stands in."""
    found = []
    for parent in [main, *main.every()]:
        for child in parent.elements:
            is_line = child.name in ("tr", "li") and parent.name in ("tbody", "ul", "ol")
            is_fact = "fact" in child.classes
            in_note = any(
                child is e for n in main.every("details", class_="note") for e in n.every()
            )
            if (is_line or is_fact) and not in_note:
                found.append((parent, child))
    return found


def told_apart(main: Element) -> set[int]:
    """Elements that tell no statement of their own, or one that the page tells twice.

    Names stand in the head, too, and what happened among what rules conclude or what differs.
    """
    twice = ("names", "history", "disputes")
    sections = [main.first("section", id=i) for i in ("sources", "data", *twice)]
    others = [*main.every("ul", class_="legend"), *main.every("nav")]
    return {id(e) for s in [*sections, *others] if s for e in [s, *s.every()]}


@pytest.mark.parametrize("slug", ["inria", "unigr", "enact-target-students", "enact-axis-1"])
def test_a_statement_taken_from_a_page_is_missed(real_site: Site, slug: str) -> None:
    """Lines, rows and facts, one at a time: without it the page no longer equals the answer."""
    said = Said(real_site, terms.ID + slug, "en")
    main = page(real_site, f"/doc/{slug}", "en")
    assert differences(said, main) == []
    apart = told_apart(main)
    taken = [(p, c) for p, c in lines(main) if id(c) not in apart]
    assert len(taken) > 5
    for parent, child in some(random.Random(3).sample(taken, min(len(taken), 30)), 1 / 6):
        at = next(n for n, c in enumerate(parent.children) if c is child)
        del parent.children[at]
        assert differences(said, main), f"nobody misses {child.text[:120]!r}"
        parent.children.insert(at, child)
    assert differences(said, main) == []


@pytest.mark.parametrize("slug", ["inria", "unigr"])
def test_what_a_page_adds_or_changes_is_seen(real_site: Site, slug: str) -> None:
    said = Said(real_site, terms.ID + slug, "en")
    main = page(real_site, f"/doc/{slug}", "en")
    fact = next(main.every("div", class_="fact"))
    value = next(e for e in fact.elements if e.name == "dd")
    value.children.append(Element("a", {"href": "/doc/cnrs"}, ["CNRS"]))
    assert differences(said, main)
    value.children[-1] = " and more"
    assert differences(said, main)
    value.children.pop()
    linked = next(a for a in main.every("a") if a.attributes["href"].startswith("/doc/"))
    before, linked.children = linked.children, ["Another name"]
    assert differences(said, main)
    linked.children = before
    label = fact.first("dt")
    assert label is not None
    label.children = ["another relation"]
    assert differences(said, main)
