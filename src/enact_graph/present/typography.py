"""The typography of French, English and German, put on the text nodes of a finished page."""

import re
from collections.abc import Callable
from typing import Final

from enact_graph.rdf.characters import FIXED, RULES, Rule

_UNITS: Final = (
    r"(?:%|€|M€|Md€|k€|km|m|kB|MB|GB|Ko|Mo|ko|Mio\.|Mrd\.|million|millions|milliard|milliards"
    r"|ans?|mois|jours?|years?|months?|days?|Jahre?n?|Monate?n?|Tage?n?)(?![\w])"
)
_MONTHS: Final = {
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "de": "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
}


def _rules(lang: str) -> tuple[Rule, ...]:
    day = {"fr": r"(\d{1,2}|1er)", "en": r"(\d{1,2})", "de": r"(\d{1,2}\.)"}[lang]
    return (
        *RULES[lang],
        (re.compile(rf"(?<=\d) (?={_UNITS})"), FIXED),
        (re.compile(r"(?<=Mio\.) (?=€)|(?<=Mrd\.) (?=€)"), FIXED),
        (re.compile(rf"\b{day} (?={_MONTHS[lang]})"), rf"\1{FIXED}"),
        (re.compile(r"([§¶]) (?=\d)"), rf"\1{FIXED}"),
    )


_RULES: Final = {lang: _rules(lang) for lang in _MONTHS}
_TOKEN: Final = re.compile(r"<[^>]*>")
_LANG: Final = re.compile(r'\slang="([A-Za-z-]*)"')
_NAME: Final = re.compile(r"</?([a-zA-Z0-9]+)")
_VERBATIM: Final = frozenset({"code", "pre", "kbd", "samp", "textarea", "script", "style", "title"})
_VERBATIM_CLASS: Final = re.compile(r'\sclass="(?:[^"]* )?(?:iri|asked|verbatim)(?: [^"]*)?"')
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect"})


def set_text(text: str, lang: str) -> str:
    """Return `text` with the spaces and apostrophes of `lang`; another language is left alone."""
    for pattern, into in _RULES.get(lang, ()):
        text = pattern.sub(into, text)
    return text


def typeset(html: str, lang: str) -> str:
    """Return the page with `set_text` put on each text node, in the language in force there.

    Code, preformatted text, text areas and IRIs stay as they are, and so does every tag.
    """
    return _walk(html, lang, set_text)


def _walk(html: str, lang: str, change: Callable[[str, str], str]) -> str:
    out: list[str] = []
    # One entry an open element: its name, the language in it, whether text is verbatim there.
    stack: list[tuple[str, str, bool]] = [("", lang, False)]
    position = 0
    for token in _TOKEN.finditer(html):
        _, here, verbatim = stack[-1]
        between = html[position : token.start()]
        out.append(between if verbatim else change(between, here))
        tag = token.group()
        out.append(tag)
        position = token.end()
        name = _NAME.match(tag)
        if name is None:
            continue
        element = name.group(1).lower()
        if tag.startswith("</"):
            if len(stack) > 1 and stack[-1][0] == element:
                stack.pop()
        elif element not in _VOID and not tag.endswith("/>"):
            own = _LANG.search(tag)
            stack.append(
                (
                    element,
                    own.group(1) if own else here,
                    verbatim or element in _VERBATIM or bool(_VERBATIM_CLASS.search(tag)),
                )
            )
    _, here, verbatim = stack[-1]
    rest = html[position:]
    out.append(rest if verbatim else change(rest, here))
    return "".join(out)
