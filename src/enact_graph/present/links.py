"""Links between pages: they keep the reader's language, and one leads to a correction."""

import re
from typing import Final
from urllib.parse import urlencode

from enact_graph.terms import abbreviate

#: Links on this host; an empty path is the home page.
_LINK: Final = re.compile(r' href="(?P<path>/(?!/)[^"?#]*)(?P<query>\?[^"#]*)?(?P<anchor>#[^"]*)?"')
#: What has no language: files, other formats, and what machines read.
_PLAIN: Final = re.compile(
    r"\.(?:ttl|jsonld|nt|rdf|trig|nq|csv|tsv|json|geojson|xlsx|svg|html|xml|txt|gz|js|css)$"
    r"|^/(?:static|id|health)/|^/(?:metrics|graphs|catalog|void|\.well-known/void|docs)$"
)
_NAMED: Final = re.compile(r"[?;&](?:lang|format|output)=")


def keep_language(html: str, lang: str) -> str:
    """Return the page with `lang=` on every link to a page of ours that names none yet."""

    def with_language(link: re.Match[str]) -> str:
        path, query, anchor = link["path"], link["query"] or "", link["anchor"] or ""
        if _PLAIN.search(path) or _NAMED.search(query):
            return link.group()
        joint = "&amp;" if query else "?"
        return f' href="{path}{query}{joint}lang={lang}{anchor}"'

    return _LINK.sub(with_language, html)


def report(about: str, graph: str) -> str:
    """Where an error is reported in what a graph says of a thing; empty for what is not ours."""
    of, said = abbreviate(about), abbreviate(graph, "g")
    asked = {"s": of, "g": said} if of else {"g": said}
    return f"/correct?{urlencode(asked, safe=':')}" if said else ""
