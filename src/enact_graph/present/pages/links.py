"""Links between pages that keep the reader's language."""

import re
from typing import Final

#: Addresses of pages on this host; documents in other formats and files end in a suffix.
_PAGE: Final = re.compile(
    r' href="(?P<path>/'
    r"(?:(?:doc|source|graph|vocab)/[\w.~-]+?|vocab|ontology|shapes|quality|sparql|download/)?)"
    r'(?P<anchor>#[^"]*)?"'
)
_SUFFIX: Final = re.compile(r"\.(?:ttl|jsonld|nt|rdf|trig|nq|csv|html|svg|json)$")


def keep_language(html: str, lang: str) -> str:
    """Return the page with `?lang=` on every link to a page of ours that has no query yet."""

    def with_language(link: re.Match[str]) -> str:
        path = link["path"]
        if _SUFFIX.search(path):
            return link.group()
        return f' href="{path}?lang={lang}{link["anchor"] or ""}"'

    return _PAGE.sub(with_language, html)
