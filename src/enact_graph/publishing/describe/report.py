"""The validation report of a release as a page; `reporters` has its other forms."""

from collections.abc import Sequence
from html import escape
from typing import Final

from enact_graph.authoring.findings import Finding, is_clean
from enact_graph.terms import LANGUAGES, shorten

_TITLE: Final = {"fr": "Rapport de validation", "en": "Validation report", "de": "Prüfbericht"}
_CONFORMS: Final = {
    "fr": "Les données respectent toutes les formes.",
    "en": "The data conforms to every shape.",
    "de": "Die Daten entsprechen allen Formen.",
}
_DIFFERS: Final = {
    "fr": "Les données ne respectent pas toutes les formes.",
    "en": "The data does not conform to every shape.",
    "de": "Die Daten entsprechen nicht allen Formen.",
}
_COUNT: Final = {
    "fr": "{shapes} formes appliquées, {found} constats.",
    "en": "{shapes} shapes applied, {found} findings.",
    "de": "{shapes} Formen angewandt, {found} Befunde.",
}
_COLUMNS: Final = {
    "fr": ("Gravité", "Lieu", "Nœud", "Propriété", "Valeur", "Constat", "Forme"),
    "en": ("Severity", "Place", "Node", "Property", "Value", "Finding", "Shape"),
    "de": ("Schwere", "Ort", "Knoten", "Eigenschaft", "Wert", "Befund", "Form"),
}
_SEVERITY: Final = {
    "violation": {"fr": "violation", "en": "violation", "de": "Verstoß"},
    "warning": {"fr": "avertissement", "en": "warning", "de": "Warnung"},
    "info": {"fr": "remarque", "en": "remark", "de": "Hinweis"},
}
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; }}
div {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border-bottom: 1px solid #888; padding: .3rem .6rem; text-align: left; }}
td {{ overflow-wrap: anywhere; vertical-align: top; }}
@media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #eee; }} }}
</style>
</head>
<body>
<main>
<h1>{heading}</h1>
{sections}</main>
</body>
</html>
"""


def page(findings: Sequence[Finding], shapes: int) -> bytes:
    """Return the findings as one page in three languages that needs no other file."""
    sections = "".join(_section(findings, shapes, tag) for tag in LANGUAGES)
    titles = [f'<span lang="{tag}">{escape(_TITLE[tag])}</span>' for tag in LANGUAGES]
    title = " · ".join(_TITLE[tag] for tag in LANGUAGES)
    return _PAGE.format(title=title, heading=" · ".join(titles), sections=sections).encode()


def _section(findings: Sequence[Finding], shapes: int, tag: str) -> str:
    verdict = (_CONFORMS if is_clean(findings) else _DIFFERS)[tag]
    count = _COUNT[tag].format(shapes=shapes, found=len(findings))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in _COLUMNS[tag])
    rows = "".join(_row(finding, tag) for finding in findings)
    table = f"<div><table>\n<tr>{head}</tr>\n{rows}</table></div>\n" if findings else ""
    return (
        f'<section lang="{tag}">\n<h2>{escape(_TITLE[tag])}</h2>\n'
        f"<p>{escape(verdict)} {escape(count)}</p>\n{table}</section>\n"
    )


def _row(finding: Finding, tag: str) -> str:
    cells = (
        _SEVERITY[finding.severity][tag],
        f"{finding.place.file}:{finding.place.line}" if finding.place else "",
        shorten(finding.focus or ""),
        shorten(finding.path or ""),
        shorten(finding.value or ""),
        finding.message(tag),
        shorten(finding.rule or ""),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>\n"
