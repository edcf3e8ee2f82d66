"""One address for each kind of page, and how to make a page smaller that repeats itself."""

from typing import Final

from tests.strata import some

#: Kind of page to its address.
PAGES: Final = {
    "home": "/",
    "consortium": "/doc/enact",
    "organisation": "/doc/universite-de-lorraine",
    "alliance": "/doc/unigr",
    "consortium, second part": "/doc/enact?part=2",
    "person": "/doc/gilles-simon",
    "programme": "/doc/france-2030",
    "axis": "/doc/enact-axis-1",
    "target": "/doc/enact-target-chairs",
    "place": "/doc/nancy",
    "document": "/source/press-release-2024-05-22",
    "document with figures": "/source/universite-de-lorraine-2025-05-20-enact-launch",
    "passage": "/source/press-release-2024-05-22-p05",
    "graph": "/graph/curation",
    "inferred graph": "/graph/inferred-member",
    "ontology": "/ontology",
    "vocabularies": "/vocab",
    "concept": "/vocab/role-member",
    "rules": "/shapes",
    "rules of a class": "/shapes?of=Target",
    "quality": "/quality",
    "validation report": "/report",
    "downloads": "/download/",
    "query form": "/sparql",
    "about": "/about",
    "cite": "/cite",
    "cite a thing": "/cite?s=inria",
    "link": "/link",
    "correct": "/correct",
    "correct: which source": "/correct?s=inria",
    "correct: which thing": "/correct?g=press-release-2024-05-22-p16",
    "correct: which statement": "/correct?s=enact&g=press-release-2024-05-22-p16",
    "correct: the form": "/correct?s=inria&g=curation&t=e94dddab3fad",
    "correct: something missing": "/correct?s=inria&g=curation&t=e94dddab3fad&what=missing",
    "query answered": "/sparql?query=SELECT%20*%20%7B%20%3Fs%20a%20%3Fk%20%7D%20LIMIT%203",
    "query at fault": "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%7D",
    "lists": "/list",
    "list": "/list/organisations?country=germany",
    "list of documents": "/list/documents",
    "search": "/search?q=strasbourg",
    "search with a slip": "/search?q=nanci",
    "search in vain": "/search?q=xqzw+nancy+abc",
    "map": "/map",
    "map of Europe": "/map?zoom=europe&alliance=epicur",
    "funding": "/funding",
    "path": "/path?from=aist&to=chru-de-nancy",
    "path asked": "/path",
    "network": "/network/chru-de-nancy",
    "alliances": "/alliances",
    "timeline": "/timeline",
    "questions": "/queries",
    "question": "/queries/members",
    "question with parameters": "/queries/members-near",
    "nothing there": "/nothing-of-the-kind",
}
#: Kinds that are laid out as another one before them.
ALIKE: Final = frozenset(
    {
        "organisation",
        "consortium, second part",
        "programme",
        "axis",
        "document with figures",
        "inferred graph",
        "concept",
        "rules of a class",
        "cite a thing",
        "correct: which source",
        "correct: which thing",
        "correct: something missing",
        "list of documents",
        "search with a slip",
        "map of Europe",
        "question",
    }
)
#: One kind of each template, and some of those that are alike.
LAID_OUT: Final = [
    *(kind for kind in PAGES if kind not in ALIKE),
    *some((kind for kind in PAGES if kind in ALIKE), 1 / 4),
]

#: Takes away what is built and marked as two before it in the same place: neither axe-core,
#: nor the style sheets, nor the keyboard see a difference. What something else refers to stays.
THIN: Final = """() => {
  const names = ['for', 'headers', 'aria-controls', 'aria-describedby', 'aria-labelledby'];
  const referring = new Map();
  for (const e of document.querySelectorAll(names.map(name => `[${name}]`).join()))
    for (const id of names.flatMap(name => (e.getAttribute(name) ?? '').split(' ')))
      referring.set(id, [...(referring.get(id) ?? []), e]);
  const isNeeded = (e, i) => i.id && (referring.get(i.id) ?? []).some(r => !e.contains(r));
  const built = e => [e.localName, ...e.classList, ...e.getAttributeNames().sort(),
    e.textContent.trim() === ''].join(' ');
  const seen = new Map();
  const repeated = 'tr, li, article, section, details, p, pre, .fact, svg *';
  for (const e of document.querySelectorAll(`main :is(${repeated})`)) {
    const all = [e, ...e.querySelectorAll('*')];
    if (!e.isConnected || all.some(i => isNeeded(e, i))) continue;
    let key = [...new Set(all.map(built))].sort().join();
    for (let p = e.parentElement; p; p = p.parentElement) key += ` < ${built(p)}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (seen.get(key) > 2) e.remove();
  }
}"""


def address(kind: str, lang: str) -> str:
    """The address of a kind of page in a language."""
    path = PAGES[kind]
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"
