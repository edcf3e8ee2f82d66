"""One address for each kind of page, with what makes it the one to look at."""

from typing import Final

#: Kind of page to its address.
PAGES: Final = {
    "home": "/",
    "consortium": "/doc/enact",
    "organisation": "/doc/universite-de-lorraine",
    "alliance": "/doc/unigr",
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
    "quality": "/quality",
    "validation report": "/report",
    "downloads": "/download/",
    "query form": "/sparql",
    "query answered": "/sparql?query=SELECT+%3Fs+%3Fkind+%7B+%3Fs+a+%3Fkind+%7D+LIMIT+3",
    "nothing there": "/nothing-of-the-kind",
}


def address(kind: str, lang: str) -> str:
    """The address of a kind of page in a language."""
    path = PAGES[kind]
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"
