"""One address for each kind of page, with what makes it the one to look at."""

from typing import Final

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


def address(kind: str, lang: str) -> str:
    """The address of a kind of page in a language."""
    path = PAGES[kind]
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"
