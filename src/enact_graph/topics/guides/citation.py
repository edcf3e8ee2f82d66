"""Citations of the dataset, of one thing and of one statement, as BibTeX, RIS, CSL-JSON and CFF."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

_SPECIAL: Final = re.compile(r"[\\{}&%$#_~^]")
_SPELT: Final = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


@dataclass(frozen=True)
class Citation:
    """What is cited: `title` is its own, `whole` that of the dataset where it is a part of it.

    `language` is that of the titles, `digest` the SHA-256 of the dataset, `licence` an address and
    `licence_name` its SPDX identifier, both empty where the data name none.
    """

    key: str
    title: str
    whole: str
    author: str
    issued: date
    version: str
    url: str
    language: str
    digest: str
    licence: str = ""
    licence_name: str = ""
    note: str = ""


def bibtex(cited: Citation) -> str:
    """The entry for BibTeX and BibLaTeX, in UTF-8."""
    fields = {
        "author": f"{{{_tex(cited.author)}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "howpublished": _tex(cited.whole) if cited.whole else "",
        "year": str(cited.issued.year),
        "version": _tex(cited.version),
        "url": cited.url.replace("%", r"\%").replace("#", r"\#"),
        "note": _tex(_note(cited)),
        "langid": {"fr": "french", "en": "english", "de": "ngerman"}[cited.language],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines.insert(4 if cited.whole else 3, f"  month = {_MONTHS[cited.issued.month - 1]},")
    return "\n".join([f"@misc{{{cited.key},", *lines, "}", ""])


def ris(cited: Citation) -> str:
    """The record for reference managers; its lines end as the format wants, with CR and LF."""
    fields = [
        ("TY", "DATA"),
        ("ID", cited.key),
        ("TI", cited.title),
        ("T2", cited.whole),
        ("AU", cited.author + ","),  # the comma says that this is no person
        ("PB", cited.author),
        ("PY", str(cited.issued.year)),
        ("DA", cited.issued.strftime("%Y/%m/%d/")),
        ("ET", cited.version),
        ("LA", cited.language),
        ("UR", cited.url),
        ("N1", _note(cited)),
    ]
    told = "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value)
    return f"{told}ER  - \r\n"


def csl(cited: Citation) -> str:
    """The item for citation processors: CSL-JSON 1.0."""
    day = cited.issued
    item = {
        "id": cited.key,
        "type": "dataset",
        "title": cited.title,
        "container-title": cited.whole,
        "author": [{"literal": cited.author}],
        "publisher": cited.author,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": cited.version,
        "URL": cited.url,
        "language": cited.language,
        "note": _note(cited),
    }
    told = {name: value for name, value in item.items() if value}
    return json.dumps([told], ensure_ascii=False, indent=2) + "\n"


def cff(cited: Citation) -> str:
    """The file CITATION.cff of the Citation File Format 1.2.0, which is YAML."""
    told = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": f"{cited.title}, {cited.whole}" if cited.whole else cited.title,
        "version": cited.version,
        "date-released": cited.issued.isoformat(),
        "url": cited.url,
        "license": cited.licence_name,
        "license-url": "" if cited.licence_name else cited.licence,
    }
    lines = [f"{name}: {_yaml(value)}" for name, value in told.items() if value]
    lines += ["authors:", f"  - name: {_yaml(cited.author)}"]
    lines += [
        "identifiers:",
        "  - type: other",
        f"    value: {_yaml('sha256:' + cited.digest)}",
        '    description: "SHA-256 of the canonical N-Quads of this release"',
    ]
    return "\n".join([*lines, ""])


#: By the extension of its address: media type, writer, and the name of the file that is saved.
FORMS: Final[Mapping[str, tuple[str, Callable[[Citation], str], str]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", bibtex, "{key}.bib"),
    "ris": ("application/x-research-info-systems; charset=utf-8", ris, "{key}.ris"),
    "json": ("application/vnd.citationstyles.csl+json", csl, "{key}.json"),
    "cff": ("application/yaml; charset=utf-8", cff, "CITATION.cff"),
}


def _note(cited: Citation) -> str:
    told = f"SHA-256 {cited.digest}"
    return f"{cited.note}; {told}" if cited.note else told


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _SPELT.get(found[0], "\\" + found[0]), text)


def _yaml(text: str) -> str:
    """A scalar in double quotation marks: those of JSON mean the same in YAML 1.2."""
    return json.dumps(text, ensure_ascii=False)
