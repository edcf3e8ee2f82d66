"""Citations: each format read back by a reader of its grammar gives what was cited."""

import json
import re
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.topics.guides.citation import FORMS, Citation, bibtex, cff, csl, ris

TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), min_codepoint=33),
    min_size=1,
    max_size=30,
)
CITED = st.builds(
    Citation,
    key=st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True),
    title=TEXT,
    whole=st.one_of(st.just(""), TEXT),
    author=TEXT,
    issued=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    version=st.just("1.0.0"),
    url=st.just("https://w3id.org/enact-graph/id/enact?a=b%20c#d"),
    language=st.sampled_from(["fr", "en", "de"]),
    digest=st.just("ab" * 32),
    licence_name=st.sampled_from(["", "CC-BY-4.0"]),
    note=st.one_of(st.just(""), TEXT),
)


def read_bibtex(text: str) -> dict[str, str]:
    """One entry: kind, key, then fields whose braces balance, as BibTeX reads them."""
    head = re.match(r"@(\w+)\{([^\s,{}]+),\n", text)
    assert head, text
    found = {"kind": head[1], "key": head[2]}
    at = head.end()
    while not text.startswith("}", at):
        name = re.compile(r"\s*([a-z]+) = ").match(text, at)
        assert name, text[at:]
        at = name.end()
        if text[at] == "{":
            depth, start = 0, at
            while True:
                char = text[at]
                if char == "\\":
                    at += 2
                    continue
                depth += {"{": 1, "}": -1}.get(char, 0)
                at += 1
                if depth == 0:
                    break
            value = text[start + 1 : at - 1]
        else:
            word = re.compile(r"[a-z]{3}").match(text, at)
            assert word, text[at:]
            value, at = word[0], word.end()
        assert text[at] == ",", text[at:]
        found[name[1]] = value
        at = re.compile(r",\s*").match(text, at).end()  # type: ignore[union-attr]
    assert text[at:] == "}\n"
    return found


def spoken(tex: str) -> str:
    """The text that a typeset value shows."""
    for mark, command in (("\\", "backslash"), ("~", "asciitilde"), ("^", "asciicircum")):
        tex = tex.replace(f"\\text{command}{{}}", f"\0{ord(mark)};")
    tex = re.sub(r"\\([{}&%$#_])", lambda m: f"\0{ord(m[1])};", tex)
    assert not re.search(r"[\\{}&%$#_~^]", tex), tex
    return re.sub("\0(\\d+);", lambda m: chr(int(m[1])), tex)


@given(CITED)
def test_bibtex_reads_back(cited: Citation) -> None:
    found = read_bibtex(bibtex(cited))
    assert (found["kind"], found["key"]) == ("misc", cited.key)
    for name, value in (("title", cited.title), ("author", cited.author)):
        # Inner braces keep capitals and whole names as they are.
        assert found[name].startswith("{")
        assert found[name].endswith("}")
        assert spoken(found[name][1:-1]) == value
    assert found["year"] == str(cited.issued.year)
    assert found["month"] == cited.issued.strftime("%b").lower()
    assert cited.digest in found["note"]
    assert spoken(found.get("howpublished", "")) == cited.whole


@given(CITED)
def test_ris_reads_back(cited: Citation) -> None:
    text = ris(cited)
    lines = text.split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    fields = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in lines[:-1]]
    assert all(fields), text
    found = {f[1]: f[2] for f in fields if f}
    assert found["TI"] == cited.title
    assert found.get("T2", "") == cited.whole
    assert found["AU"].removesuffix(",") == cited.author
    assert re.fullmatch(r"\d{4}/\d{2}/\d{2}/", found["DA"])
    assert found["UR"] == cited.url


@given(CITED)
def test_csl_reads_back(cited: Citation) -> None:
    (item,) = json.loads(csl(cited))
    known = "id type title container-title author publisher issued version URL language note"
    assert set(item) <= set(known.split())
    assert item["type"] == "dataset"
    assert item["title"] == cited.title
    assert item["author"] == [{"literal": cited.author}]
    (parts,) = item["issued"]["date-parts"]
    assert date(*parts) == cited.issued


@given(CITED)
def test_cff_reads_back_and_has_what_it_must(cited: Citation) -> None:
    found = yaml.safe_load(cff(cited))
    assert {"cff-version", "message", "title", "authors"} <= set(found)
    assert found["cff-version"] == "1.2.0"
    assert found["type"] == "dataset"
    assert found["authors"] == [{"name": cited.author}]
    assert cited.title in found["title"]
    assert date.fromisoformat(found["date-released"]) == cited.issued
    assert found["identifiers"][0]["type"] in {"doi", "url", "swh", "other"}
    assert found.get("license", "") == cited.licence_name


@pytest.mark.parametrize("extension", FORMS)
def test_every_form_has_a_name_for_the_file(extension: str) -> None:
    media_type, _, name = FORMS[extension]
    assert "/" in media_type
    assert name.format(key="k").endswith(f".{extension}")
