"""The dialogue of `new`: each question in the reader's language, and no answer or edit is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from enact_graph.authoring.review import review
from tests.cli.terminal import Terminal

RELEASE = "data/documents/press-release-2024-05-22.trig"
SAID = ("--document", "press-release-2024-05-22", "--paragraph", "5")


@pytest.fixture
def root(part: Path) -> Path:
    return part


def read(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def test_on_a_terminal_everything_is_asked_for_in_the_reader_s_language(root: Path) -> None:
    person = Terminal("new", "membership", "--root", str(root))
    person.answer("Membre : nom ou adresse", "Inrai")
    person.answer("rien ne s’appelle « Inrai »", "")
    person.answer("une réponse est nécessaire", "Université de Lorraine")
    person.answer("Dans quelle organisation", "UniGR")
    person.answer("Rôle (? pour la liste)", "?")
    person.answer("v:role-associated-member  membre associé", "membre associé")
    person.answer("Document qui le dit", "press-release-2024-05-22")
    person.answer("Numéro du paragraphe", "13")
    person.answer("Depuis", "2008")
    person.answer("Jusqu’à", "")
    person.answer("Nom de l’adresse", "unigr-essai")
    person.answer("Description d’une ligne en français (facultatif)", "")
    shown = person.end()
    assert "id:unigr-essai est là" in shown
    said = read(root, RELEASE).split("GRAPH g:press-release-2024-05-22-p13 {\n")[1]
    stated = said.split("id:unigr-essai\n")[1].split("        .\n")[0]
    assert "a enact:AllianceMembership ;" in stated
    assert 'schema:startDate "2008-01-01"^^xsd:date ;' in stated


def test_what_is_saved_while_the_questions_are_asked_stays(root: Path) -> None:
    person = Terminal("new", "membership", "--root", str(root), "--lang", "en")
    person.answer("Member: name or address", "emmanuel-vincent")
    # Meanwhile an editor saves, and another command begins something else.
    shelf = root / "data/curation.trig"
    shelf.write_text(shelf.read_text("utf-8").replace('"Inria"@de', '"Das Inria"@de', 1), "utf-8")
    noted = read(root, RELEASE).replace("{\n", "{\n    # ask Anne\n", 1)
    (root / RELEASE).write_text(noted, "utf-8")
    other = ["--name", "Page d’essai", "--slug", "essai", "--publisher", "enact"]
    other += ["--url", "https://cluster-ia-enact.ai/essai", "--type", "web-page"]
    other += ["--language", "fr", "--root", str(root)]
    subprocess.run([sys.executable, "-m", "enact_graph", "new", "document", *other], check=True)
    for question, answer in (
        ("In which organisation", "enact"),
        ("Role (? for the list)", "project-manager"),
        ("Document that says so", "press-release-2024-05-22"),
        ("Number of the paragraph", "16"),
        ("Since", "2024"),
        ("Until", ""),
        ("Name of the address", ""),
        ("One-line description", ""),
    ):
        person.answer(question, answer)
    person.expect("Mend that, then Enter to try again")
    assert read(root, RELEASE) == noted
    (root / RELEASE).write_text(noted.replace("    # ask Anne\n", ""), "utf-8")
    person.send("")
    assert "id:enact-project-manager-emmanuel-vincent is there" in person.end()
    assert '"Das Inria"@de' in shelf.read_text("utf-8")
    assert "src:essai\n" in read(root, "data/iris.txt")
    assert "id:enact-project-manager-emmanuel-vincent\n" in read(root, "data/iris.txt")
    assert review(root).findings == ()


def test_a_name_that_another_command_took_meanwhile_is_refused(root: Path) -> None:
    person = Terminal("new", "organization", "--root", str(root), "--lang", "en")
    person.answer("Name in French", "Institut d’Essai")
    other = ["--name", "Autre Institut", "--kind", "university", "--slug", "institut-d-essai"]
    other += [*SAID, "--root", str(root)]
    subprocess.run([sys.executable, "-m", "enact_graph", "new", "organization", *other], check=True)
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    for question, answer in (
        ("Name in English", ""),
        ("Name in German", ""),
        ("Kind of organisation", "university"),
        ("Document that says so", "press-release-2024-05-22"),
        ("Number of the paragraph", "5"),
        ("Web address", ""),
        ("One-line description", ""),
        ("Name of the address", ""),
    ):
        person.answer(question, answer)
    assert "id:institut-d-essai is there already" in person.end(2)
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before
