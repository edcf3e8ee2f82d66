"""The command `check`: each kind of mistake is found in its file and line, in every report."""

import json
import os
import pty
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from enact_graph.authoring import repository
from enact_graph.cli.language import locale_language
from tests.cli.commands import CURATION, RELEASE, ROOT, TINY, Run, edit


def line_of(text: str, mark: str) -> int:
    return text[: text.index(mark)].count("\n") + 1


@dataclass(frozen=True)
class Mistake:
    """`old` becomes `new` in a file; the finding `code` is then on the line that holds `mark`."""

    file: str
    old: str
    new: str
    code: str = ""
    mark: str = ""
    says: str = ""


def mistakes(name: str) -> dict[str, Mistake]:
    text = (Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8")
    return {title: Mistake(**fields) for title, fields in tomllib.loads(text).items()}


IN_TINY = mistakes("mistakes_tiny")
IN_REAL = mistakes("mistakes_real")
WARNINGS = {"duplicate", "language-case", "not-canonical"}


@pytest.mark.parametrize("name", IN_TINY)
def test_a_mistake_is_found_in_its_line(name: str, tiny: Path, run: Run) -> None:
    mistake = IN_TINY[name]
    text = edit(tiny, mistake.file, mistake.old, mistake.new)
    line = line_of(text, mistake.mark)
    status, out, _ = run("check", "--root", tiny, "--format", "json")
    assert status == int(mistake.code not in WARNINGS)
    found = [(f["code"], f["file"], f["line"]) for f in json.loads(out)["findings"]]
    assert (mistake.code, mistake.file, line) in found
    _, out, _ = run("check", "--root", tiny)
    assert f"{mistake.file}:{line}: " in out
    assert mistake.says in out


def test_mistakes_in_the_real_files_are_all_found_at_once(part: Path, run: Run) -> None:
    for mistake in IN_REAL.values():
        edit(part, mistake.file, mistake.old, mistake.new)
    status, out, _ = run("check", "--root", part, "--format", "json")
    assert status == 1
    found = [f for f in json.loads(out)["findings"] if f["severity"] == "violation"]
    assert all(f["file"] for f in found)
    for name, mistake in IN_REAL.items():
        if mistake.mark:
            line = line_of((part / mistake.file).read_text("utf-8"), mistake.mark)
            near = [f for f in found if f["file"] == mistake.file and 0 <= f["line"] - line <= 2]
            assert near, name
        assert mistake.code in {"", *(f["code"] for f in found)}, name
    _, out, _ = run("check", "--root", part)
    assert [name for name, mistake in IN_REAL.items() if mistake.says not in out] == []


def test_files_that_hold_are_silent_but_for_a_summary(part: Path, run: Run) -> None:
    status, out, err = run("check", "--root", part)
    assert (status, err) == (0, "")
    assert out.endswith("violations: 0, warnings: 0\n")
    assert out.count("\n") == 1


def test_all_mistakes_are_reported_in_one_run(tiny: Path, run: Run) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    edit(tiny, CURATION, '"Initial curation"@en', '"Initial curation"')
    edit(tiny, "vocab/role.ttl", '"Lead"@en', '"Lead"@it')
    _, out, _ = run("check", "--root", tiny)
    for code in ("dangling-iri", "language-missing", "language-other"):
        assert code in out


def test_what_can_be_read_is_judged_and_what_a_fault_hides_is_not(tiny: Path, run: Run) -> None:
    edit(tiny, CURATION, "GRAPH g:curation {", 'GRAPH g:curation { """')
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    status, out, _ = run("check", "--root", tiny, "--lang", "en")
    assert status == 1
    assert "unclosed-string" in out
    assert out.count("dangling-iri") == 1
    assert "no file describes id:inrai" in out
    assert out.endswith(
        "What can be read was checked; shapes and the registry wait until everything can be.\n"
    )


@pytest.mark.parametrize(
    ("lang", "says"), [("fr", "Vérifié : ce qui se lit."), ("de", "Geprüft ist, was lesbar ist;")]
)
def test_that_some_checks_wait_is_said_in_each_language(
    lang: str, says: str, tiny: Path, run: Run
) -> None:
    edit(tiny, CURATION, '"Inria"@fr ;', '"Inria"@fr')
    out = run("check", "--root", tiny, "--lang", lang)[1]
    assert out.splitlines()[-1].startswith(says)


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        (RELEASE, b"# caf\xe9\n", "not-utf-8"),
        ("data/facts.ttl", b"", "misplaced-file"),
        ("vocab/facts.trig", b"", "misplaced-file"),
        ("ontology/more.ttl", b"", "misplaced-file"),
        ("data/catalog.ttl", None, "unreadable"),
        ("ontology/reused.ttl", None, "unreadable"),
        ("data/catalog.ttl", b"# Nothing\n", "unusable"),
        ("data/iris.txt", b"id:inria\nid:lost\n", "registry-lost"),
        ("data/iris.txt", b"id:inria\nnonsense\n", "registry-line"),
        ("data/iris.txt", b"id:inria\n", "registry-missing"),
        ("data/iris.txt", b"id:inria\n\xe9", "not-utf-8"),
        ("data/iris.txt", None, "registry-missing"),
    ],
)
def test_a_file_that_is_not_as_it_should_be(
    file: str, content: bytes | None, code: str, tiny: Path, run: Run
) -> None:
    if content is None:
        (tiny / file).unlink()
    else:
        (tiny / file).write_bytes(content)
    status, out, _ = run("check", "--root", tiny, "--format", "json")
    assert status == 1
    assert (code, file) in {(f["code"], f["file"]) for f in json.loads(out)["findings"]}


def test_a_registry_out_of_order_is_a_warning(tiny: Path, run: Run) -> None:
    path = tiny / "data/iris.txt"
    path.write_text("".join(reversed(path.read_text().splitlines(keepends=True))))
    status, out, _ = run("check", "--root", tiny)
    assert status == 0
    assert "data/iris.txt:1: the file is not in canonical form" in out


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CURATION, "        skos:prefLabel", "        skos:prefLabel  "),
        (CURATION, '"Initial curation"@en', '"Initial curation"@EN'),
        (CURATION, "\n", "\r\n"),
        ("data/iris.txt", "enact:", "\ufeffenact:"),
    ],
)
def test_where_form_is_insisted_on_what_fmt_would_change_fails(
    file: str, old: str, new: str, tiny: Path, run: Run
) -> None:
    edit(tiny, file, old, new)
    assert run("check", "--root", tiny)[0] == 0
    status, out, _ = run("check", "--form", "--root", tiny)
    assert status == 1
    assert f"{file}:" in out
    run("fmt", "--root", tiny)
    assert run("check", "--form", "--root", tiny)[0] == 0


def test_a_conflict_of_a_merge_is_one_finding(tiny: Path, run: Run) -> None:
    new = "<<<<<<< HEAD\n    org:role v:role-member ;\n=======\n>>>>>>> other\n"
    text = edit(tiny, RELEASE, "        org:role v:role-member ;\n", new)
    line = line_of(text, "<<<<<<<")
    status, out, _ = run("check", "--root", tiny, "--lang", "en")
    assert status == 1
    says = f"unresolved conflict of a merge, lines {line}–{line + 3};"
    assert out.startswith(f"{RELEASE}:{line}: {says}")
    assert "violations: 1, warnings: 0" in out


def test_carriage_returns_and_a_byte_order_mark_are_warnings(tiny: Path, run: Run) -> None:
    path = tiny / CURATION
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    status, out, _ = run("check", "--root", tiny)
    assert status == 0
    assert f"{CURATION}:1: the file is not in canonical form" in out


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("fr", "aucun fichier ne décrit id:inrai"),
        ("en", "no file describes id:inrai"),
        ("de", "keine Datei beschreibt id:inrai"),
    ],
)
def test_the_language_is_chosen_or_that_of_the_locale(
    lang: str, says: str, tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    assert says in run("check", "--root", tiny, "--lang", lang)[1]
    monkeypatch.setenv("LC_ALL", f"{lang}_XX.UTF-8")
    assert says in run("check", "--root", tiny)[1]


def test_the_locale_has_an_order_and_english_is_the_rest() -> None:
    assert locale_language({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_FR"}) == "fr"
    assert locale_language({"LANG": "de_DE.UTF-8", "LC_ALL": ""}) == "de"
    assert locale_language({"LANG": "it_IT"}) == "en"
    assert locale_language({"LANG": "C.UTF-8"}) == "en"
    assert locale_language({}) == "en"


def test_only_what_concerns_the_named_files_is_shown(
    tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    monkeypatch.chdir(tiny / "data")
    assert run("check", "--root", tiny, "curation.trig")[0] == 0
    status, out, _ = run("check", "documents/press-release-2024-05-22.trig")
    assert status == 1
    assert "id:inrai" in out


@pytest.mark.parametrize(
    "arguments", [["nowhere.trig"], ["/"], ["--lang", "it"], ["--format", "xml"], ["--quick"]]
)
def test_a_wrong_call_has_status_2(arguments: list[str], run: Run) -> None:
    status, out, err = run("check", "--root", TINY, *arguments)
    assert (status, out) == (2, "")
    assert "Usage" in err


def test_outside_any_checkout_the_code_s_own_files_are_checked(
    tiny: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ROOT in Path(repository.__file__).parents
    monkeypatch.setattr(repository, "__file__", str(tiny / "src/enact_graph/build/repository.py"))
    monkeypatch.chdir(tmp_path)
    assert run("check") == (0, run("check", "--root", tiny)[1], f"Folder: {tiny}\n")


def test_a_terminal_gets_colours_and_whole_lines(tiny: Path) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    leader, follower = pty.openpty()
    call = [sys.executable, "-m", "enact_graph", "check", "--root", str(tiny), "--lang", "en"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "40"}
    subprocess.run(call, stdout=follower, env=environment, check=False)
    os.close(follower)
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert "\x1b[1;31mdata/documents/press-release-2024-05-22.trig" in shown
    assert "the nearest name is id:inria" in shown
