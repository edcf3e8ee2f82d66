"""The command `new`: each skeleton holds, goes where it belongs, and harms nothing."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from enact_graph.authoring.review import review
from enact_graph.cli.app import main

ROOT = Path(__file__).parents[2]
RELEASE = "data/documents/press-release-2024-05-22.trig"
DOCUMENT = {
    "--name": "Page d’essai de l’ANR",
    "--name-en": "ANR trial page",
    "--name-de": "Probeseite der ANR",
    "--url": "https://anr.fr/fr/essai",
    "--publisher": "anr",
    "--type": "web-page",
    "--language": "fr",
    "--issued": "2025-03",
    "--read": "2026-11-22",
}
ORGANIZATION = {
    "--name": "Université d’Essai",
    "--name-en": "Trial University",
    "--kind": "university",
    "--document": "press-release-2024-05-22",
    "--paragraph": "5",
}
PERSON = {
    "--name": "Jeanne Zoë Straße",
    "--organization": "inria",
    "--role": "research-director",
    "--document": "press-release-2024-05-22",
    "--paragraph": "16",
    "--start": "2024",
}
MEMBERSHIP = {
    "--member": "emmanuel-vincent",
    "--organization": "enact",
    "--role": "project-manager",
    "--document": "press-release-2024-05-22",
    "--paragraph": "16",
    "--start": "2024-02",
    "--end": "2026",
}
KINDS = {
    "document": DOCUMENT,
    "organization": ORGANIZATION,
    "person": PERSON,
    "membership": MEMBERSHIP,
}

New = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(part: Path) -> Path:
    return part


@pytest.fixture
def new(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> New:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("COLUMNS", "300")

    def call(kind: str, options: dict[str, str], /, **changed: str | None) -> tuple[int, str, str]:
        given = options | {f"--{k.replace('_', '-')}": v for k, v in changed.items()}
        words = [word for k, v in given.items() if v is not None for word in (k, v)]
        with pytest.raises(SystemExit) as ended:
            main(["new", kind, "--root", str(root), *words])
        return (ended.value.code or 0, *capsys.readouterr())  # type: ignore[return-value]

    return call


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def read(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def block(text: str, graph: str) -> str:
    return text.split(f"GRAPH {graph} {{\n")[1].split("\n}\n", maxsplit=1)[0]


def test_skeletons_of_every_kind_pass_the_check(root: Path, new: New) -> None:
    ours = {"publisher": "enact", "url": "https://cluster-ia-enact.ai/essai"}
    for kind, options in KINDS.items():
        changed = ours if kind == "document" else {}
        status, _, err = new(kind, options, **changed)
        assert (status, err) == (0, "")
    reviewed = review(root)
    assert reviewed.is_whole
    assert reviewed.findings == ()


def test_the_examples_of_the_guide_run_in_their_order_and_pass_the_check(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (ROOT / "docs/editing.md").read_text("utf-8")
    examples = re.findall(r"```console\n\.venv/bin/enact-graph (new .+)\n```", guide)
    assert len(examples) == 5
    for example in examples:
        with pytest.raises(SystemExit) as ended:
            main([*shlex.split(example), "--root", str(root)])
        assert ended.value.code in {None, 0}, capsys.readouterr().err
    stated = read(root, "data/documents/exemple-editions-2025-03-example-page-members.trig")
    lines = guide.split("```turtle\nid:eureca-pro-")[1].split("```")[0].splitlines()
    assert all(line.strip() in stated for line in lines)
    assert review(root).findings == ()


def test_a_document_begins_a_file_of_its_own(root: Path, new: New) -> None:
    status, out, _ = new("document", DOCUMENT)
    assert status == 0
    name = "data/documents/anr-2025-03-trial-page.trig"
    assert out.startswith(f"{name}: made\ndata/iris.txt: extended\n")
    text = read(root, name)
    assert text.startswith("# ANR trial page: what it says.\n")
    assert 'dcterms:issued "2025-03-01"^^xsd:date ;' in text
    assert "enact:issuedPrecision v:precision-month ;" in text
    assert "prov:wasDerivedFrom src:anr-2025-03-trial-page ;" in text
    assert "g:anr-2025-03-trial-page\n" in read(root, "data/iris.txt")


def test_a_document_without_a_date_says_none(root: Path, new: New) -> None:
    assert new("document", DOCUMENT, issued=None)[0] == 0
    assert "dcterms:issued" not in read(root, "data/documents/anr-undated-trial-page.trig")


def test_a_publisher_nobody_described_is_made(root: Path, new: New) -> None:
    status, out, _ = new("document", DOCUMENT, publisher="+ Journal d’Essai")
    assert status == 0
    shelf = out.partition(":")[0]
    assert shelf.startswith("data/curation")
    assert "id:publisher-journal-d-essai\n        a org:Organization ;" in read(root, shelf)
    assert (root / "data/documents/journal-d-essai-2025-03-anr-trial-page.trig").exists()


def test_a_publisher_that_is_there_or_has_no_latin_letters_is_not_made(
    root: Path, new: New
) -> None:
    before = files(root)
    for said, told in (
        ("+ Inria", "this publisher is described already: id:inria"),
        ("+ agence nationale de la Recherche", "is described already: id:anr"),
        ("+ 日本経済新聞", "add its name in Latin letters"),
        ("日本経済新聞", "write “+ 日本経済新聞”"),
    ):
        status, _, err = new("document", DOCUMENT, publisher=said)
        assert status == 2
        assert told in " ".join(err.split())
    assert files(root) == before
    assert new("document", DOCUMENT, publisher="+ Nikkei (日本経済新聞)")[0] == 0
    assert (root / "data/documents/nikkei-2025-03-anr-trial-page.trig").exists()


def test_what_is_alike_is_begun_only_where_it_is_said_to_be_another(root: Path, new: New) -> None:
    assert new("document", DOCUMENT)[0] == 0
    before = files(root)
    body = {"name": "Universite de Lorraine", "name_en": "Lorraine", "slug": "univ-lorraine"}
    home = {"slug": "essai", "url": "http://www.cluster-ia-enact.ai/"}
    page = {"url": "http://www.anr.fr/fr/essai/", "slug": "essai"}
    for kind, changed, told in (
        ("organization", body, "id:universite-de-lorraine (data/"),
        ("organization", home, "described already: id:enact (data/"),
        ("document", page, "src:anr-2025-03-trial-page (data/documents/"),
    ):
        status, _, err = new(kind, KINDS[kind], **changed)
        assert status == 2
        assert told in " ".join(err.split())
        assert "add --is-another" in " ".join(err.split())
    assert files(root) == before
    again = DOCUMENT | {f"--{option}": value for option, value in page.items()}
    call = [word for k, v in again.items() for word in (k, v)]
    with pytest.raises(SystemExit) as ended:
        main(["new", "document", "--root", str(root), *call, "--is-another"])
    assert not ended.value.code


def test_a_member_that_leaves_is_told_with_its_end(root: Path, new: New) -> None:
    left = {"member": "Inria", "role": "member", "start": None, "end": "2026-03"}
    status, out, err = new("membership", MEMBERSHIP, **left, paragraph="5")
    assert (status, err) == (0, "")
    assert "id:enact-membership-inria is there" in out
    said = block(read(root, RELEASE), "g:press-release-2024-05-22-p05")
    stated = said.split("id:enact-membership-inria\n")[1].split("        .\n")[0]
    assert "enact:endPrecision v:precision-month ;" in stated
    assert 'schema:endDate "2026-03-31"^^xsd:date ;' in stated
    assert new("membership", MEMBERSHIP, **left, paragraph="5")[0] == 2


def test_a_body_is_what_others_of_its_kind_are_and_a_document_says_so(root: Path, new: New) -> None:
    status, out, _ = new("organization", ORGANIZATION, url="https://essai.example.org/")
    assert status == 0
    text = read(root, out.partition(":")[0])
    assert "id:universite-d-essai\n        a enact:Institution ;" in text
    assert 'skos:prefLabel "Trial University"@en ;' in text
    assert 'skos:prefLabel "Université d’Essai"@de ;' in text
    said = block(read(root, RELEASE), "g:press-release-2024-05-22-p05")
    assert "id:universite-d-essai\n        org:classification v:kind-university ;" in said
    assert "schema:url <https://essai.example.org/> ;" in said


def test_a_unit_says_what_it_is_a_unit_of(root: Path, new: New) -> None:
    kind = "student-entrepreneurship-programme"
    text = read(root, "data/curation.trig")
    pre = "pre-incubation-programme"
    assert f"v:kind-{pre}" in text
    assert new("organization", ORGANIZATION, kind=kind)[0] == 0
    status, _, err = new("organization", ORGANIZATION, kind=pre, slug="atelier-d-essai")
    assert status == 2
    assert "--unit-of is missing" in err
    changed = {"kind": pre, "slug": "atelier-d-essai", "unit_of": "inria"}
    changed |= {"name": "Atelier d’essai", "name_en": "Trial workshop", "name_de": "Werkstatt"}
    status, out, _ = new("organization", ORGANIZATION, **changed)
    assert status == 0
    assert "org:unitOf id:inria ;" in read(root, out.partition(":")[0])


def test_a_place_is_no_organisation(new: New) -> None:
    status, _, err = new("organization", ORGANIZATION, kind="country")
    assert status == 2
    assert "nothing is called “country”" in err


def test_a_person_comes_with_a_function(root: Path, new: New) -> None:
    status, out, _ = new("person", PERSON)
    assert status == 0
    text = read(root, out.partition(":")[0])
    assert "id:jeanne-zoe-strasse\n        a foaf:Person ;\n        a schema:Person ;" in text
    said = block(read(root, RELEASE), "g:press-release-2024-05-22-p16")
    function = said.split("id:inria-membership-jeanne-zoe-strasse\n")[1].split("        .\n")[0]
    assert "a org:Membership ;" in function
    assert 'schema:startDate "2024-01-01"^^xsd:date ;' in function
    assert "enact:startPrecision v:precision-year ;" in function


def test_a_membership_is_of_the_class_of_its_organisation(root: Path, new: New) -> None:
    status, _, _ = new("membership", MEMBERSHIP)
    assert status == 0
    text = block(read(root, RELEASE), "g:press-release-2024-05-22-p16")
    stated = text.split("id:enact-project-manager-emmanuel-vincent\n")[1].split("        .\n")[0]
    assert "a enact:ConsortiumMembership ;" in stated
    assert 'schema:endDate "2026-12-31"^^xsd:date ;' in stated
    changed = {"organization": "unigr", "role": "president", "end": None}
    assert new("membership", MEMBERSHIP, **changed)[0] == 0
    assert "id:unigr-membership-emmanuel-vincent\n        a org:Membership ;" in read(root, RELEASE)


@pytest.mark.parametrize("kind", KINDS)
def test_what_exists_is_never_touched(kind: str, root: Path, new: New) -> None:
    assert new(kind, KINDS[kind])[0] == 0
    before = files(root)
    status, _, err = new(kind, KINDS[kind])
    assert status == 2
    assert re.search(r"(?:is there|says so|is described) already.*data/", err)
    assert files(root) == before


def test_a_name_that_was_withdrawn_is_not_used_again(root: Path, new: New) -> None:
    path = root / "data/iris.txt"
    path.write_text(path.read_text("utf-8") + "id:universite-d-essai\n", "utf-8")
    status, _, err = new("organization", ORGANIZATION)
    assert status == 2
    assert "id:universite-d-essai is there already (data/iris.txt)" in err


def test_a_file_that_is_there_is_not_overwritten(root: Path, new: New) -> None:
    path = root / "data/documents/anr-2025-03-trial-page.trig"
    path.write_text("# My notes\n", "utf-8")
    before = files(root)
    status, _, err = new("document", DOCUMENT)
    assert status == 2
    assert f"the file {path.relative_to(root)} is there already" in err
    assert files(root) == before


@pytest.mark.parametrize(
    ("kind", "changed", "says"),
    [
        ("document", {"name": None, "name_en": None}, "--name-fr is missing: Name in French"),
        ("document", {"publisher": "annr"}, "nothing is called “annr”; the nearest: id:anr ("),
        ("document", {"url": "anr.fr"}, "“anr.fr” is no web address"),
        ("document", {"url": "https://anr.fr/a b"}, "is no web address"),
        ("document", {"language": "French"}, "“French” is no language code"),
        ("document", {"issued": "March 2025"}, "“March 2025” is no date: write 2024, 2024-05"),
        ("document", {"issued": "2025-02-30"}, "“2025-02-30” is no date"),
        ("document", {"read": "2026"}, "“2026” is no day"),
        ("document", {"issued": "2026-12"}, "the first date (2026-12) comes after the second"),
        ("document", {"type": "leaflet"}, "nothing is called “leaflet”"),
        ("document", {"slug": "ANR Page"}, "hyphens: anr-page"),
        ("document", {"name_de": "Zwei  Leerzeichen"}, "has surplus spaces"),
        ("document", {"description_fr": "Seule."}, "--description-en is missing"),
        ("document", {"description_en": "Alone."}, "--description-fr is missing"),
        ("organization", {"paragraph": None}, "--paragraph is missing"),
        ("organization", {"paragraph": "15"}, "give --paragraph, one of 1, 2, 3"),
        ("organization", {"document": None}, "--document is missing"),
        ("organization", {"document": ""}, "an answer is needed"),
        ("person", {"role": None}, "--role is missing"),
        ("person", {"end": "2023-05-01"}, "the first date (2024) comes after the second"),
        ("membership", {"member": "Emanuel Vincent"}, "the nearest: id:emmanuel-vincent"),
        ("membership", {"role": "member"}, "v:role-member is a role of organisations"),
        ("membership", {"member": "inria", "role": "supporter"}, "no role of a member here"),
        ("membership", {"role": "coordinator", "end": None}, "says so already (data/documents/"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_written(
    kind: str, changed: dict[str, str | None], says: str, root: Path, new: New
) -> None:
    before = files(root)
    status, out, err = new(kind, KINDS[kind], **changed)
    assert (status, out) == (2, "")
    assert says in " ".join(err.split())
    assert files(root) == before


def test_a_refusal_speaks_the_language_asked_for(new: New) -> None:
    assert "rien ne s’appelle « annr »" in new("document", DOCUMENT, publisher="annr", lang="fr")[2]
    assert "nichts heißt „annr“" in new("document", DOCUMENT, publisher="annr", lang="de")[2]


def test_while_a_file_has_a_fault_nothing_is_begun(root: Path, new: New) -> None:
    path = root / RELEASE
    path.write_text(
        read(root, RELEASE).replace("org:member id:inria ;", "org:member ;", 1), "utf-8"
    )
    before = files(root)
    status, _, err = new("person", PERSON)
    assert status == 1
    assert f"{RELEASE}:" in err
    assert files(root) == before


def test_a_note_between_the_lines_is_not_lost(root: Path, new: New) -> None:
    path = root / RELEASE
    path.write_text(read(root, RELEASE).replace("{\n", "{\n    # ask Anne\n", 1), "utf-8")
    before = files(root)
    status, out, err = new("membership", MEMBERSHIP)
    assert (status, out) == (1, "")
    assert f"{RELEASE}:" in err
    assert "comment" in err
    assert files(root) == before
