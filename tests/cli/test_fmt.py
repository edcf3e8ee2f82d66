"""The command `fmt`: it settles, it keeps every triple, it refuses rather than lose something."""

from pathlib import Path

import pytest

from enact_graph.authoring.sources import load
from enact_graph.cli.program import program
from tests.cli.commands import CURATION, RELEASE, ROOT, TINY, Run, edit


def texts(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_the_authored_files_are_in_form(run: Run) -> None:
    for root in (ROOT, TINY):
        assert run("fmt", "--check", "--root", root) == (0, "Everything is in form already.\n", "")


def test_it_puts_a_file_into_form_and_says_so(tiny: Path, run: Run) -> None:
    before = texts(tiny)
    edit(tiny, RELEASE, "        org:member id:inria ;\n", "")
    edit(
        tiny,
        RELEASE,
        "id:enact-membership-inria\n",
        "id:enact-membership-inria org:member id:inria, id:inria ;\n",
    )
    assert run("fmt", "--root", tiny) == (0, f"{RELEASE}: put into form\n", "")
    assert texts(tiny) == before
    assert run("fmt", "--root", tiny) == (0, "Everything is in form already.\n", "")


def test_check_changes_nothing_and_shows_the_difference(tiny: Path, run: Run) -> None:
    edit(tiny, RELEASE, "        org:member id:inria ;\n", "        org:member   id:inria ;\n")
    before = texts(tiny)
    status, out, err = run("fmt", "--check", "--root", tiny)
    assert status == 1
    assert f"--- {RELEASE}\n+++ {RELEASE}\n" in out
    assert "-        org:member   id:inria ;\n+        org:member id:inria ;\n" in out
    assert err == f"Files to put into form: 1. Run: {program()} fmt\n"
    assert texts(tiny) == before


def test_a_faulty_file_is_left_alone_and_the_others_are_done(tiny: Path, run: Run) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member  id:inria ; # sure?")
    edit(tiny, CURATION, "        skos:prefLabel", "        skos:prefLabel  ")
    faulty = (tiny / RELEASE).read_bytes()
    status, out, err = run("fmt", "--root", tiny)
    assert status == 1
    assert out == f"{CURATION}: put into form\n"
    assert err.startswith(f"{RELEASE}:48: a comment may stand only at the top of the file; move it")
    assert (tiny / RELEASE).read_bytes() == faulty


def test_every_fault_of_every_file_is_shown(tiny: Path, run: Run) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member inria ;")
    edit(tiny, CURATION, '"Inria"@de', '"Inria@de')
    edit(tiny, "vocab/role.ttl", "v:role-lead", "_:lead")
    (tiny / "data/catalog.ttl").write_bytes(b"\xff")
    before = texts(tiny)
    status, out, err = run("fmt", "--root", tiny)
    assert (status, out) == (1, "")
    for file in (RELEASE, CURATION, "vocab/role.ttl", "data/catalog.ttl"):
        assert f"\n{file}:" in f"\n{err}"
    assert texts(tiny) == before


def test_a_known_prefix_is_declared(tiny: Path, run: Run) -> None:
    before = texts(tiny)
    edit(tiny, CURATION, "@prefix dcterms: <http://purl.org/dc/terms/> .\n", "")
    assert run("fmt", "--root", tiny)[0] == 0
    assert texts(tiny) == before


def test_carriage_returns_and_a_byte_order_mark_go(tiny: Path, run: Run) -> None:
    before = texts(tiny)
    shapes = tiny / "shapes/membership.ttl"
    shapes.write_bytes(b"\xef\xbb\xbf" + shapes.read_bytes().replace(b"\n", b"\r\n"))
    status, out, _ = run("fmt", "--check", "--root", tiny)
    assert status == 1
    assert "--- shapes/membership.ttl" in out
    assert run("fmt", "--root", tiny)[0] == 0
    assert texts(tiny) == before


def test_windows_line_ends_everywhere_are_said_once_without_a_difference(
    tiny: Path, run: Run
) -> None:
    before = texts(tiny)
    for path in tiny.rglob("*.t*"):
        if path.suffix in (".ttl", ".trig", ".txt"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    status, out, err = run("fmt", "--check", "--root", tiny)
    assert (status, out) == (1, "")
    assert "data/catalog.ttl:1: files with the line ends of Windows (CRLF): 8; run:" in err
    assert run("fmt", "--root", tiny)[0] == 0
    assert texts(tiny) == before


def test_a_registry_with_a_mark_and_windows_line_ends_is_mended(tiny: Path, run: Run) -> None:
    path = tiny / "data/iris.txt"
    before = path.read_bytes()
    for content in (
        b"\xef\xbb\xbf" + before.replace(b"\n", b"\r\n"),
        before.decode().encode("utf-16"),
    ):
        path.write_bytes(content)
        assert run("fmt", "--root", tiny) == (0, "data/iris.txt: put into form\n", "")
        assert path.read_bytes() == before


def test_texts_are_composed_and_lose_what_nobody_sees(tiny: Path, run: Run) -> None:
    before = texts(tiny)
    edit(tiny, CURATION, '"Inria"@de', '"In\u00adria\u200b"@de')
    assert run("fmt", "--root", tiny)[0] == 0
    assert texts(tiny) == before


def test_a_new_name_is_registered(tiny: Path, run: Run) -> None:
    edit(
        tiny,
        CURATION,
        "    id:inria\n",
        "    id:kit\n        a enact:Institution ;\n        .\n\n    id:inria\n",
    )
    status, out, err = run("fmt", "--check", "--root", tiny)
    assert status == 1
    assert "\n+id:kit\n" in out
    assert f"Run: {program()} fmt" in err
    assert run("fmt", "--root", tiny)[0] == 0
    lines = (tiny / "data/iris.txt").read_text().splitlines()
    assert "id:kit" in lines
    assert lines == sorted(set(lines))


def test_a_name_once_registered_stays(tiny: Path, run: Run) -> None:
    with (tiny / "data/iris.txt").open("a") as file:
        file.write("id:withdrawn\nid:Misspelt\n")
    assert run("fmt", "--root", tiny)[0] == 0
    lines = (tiny / "data/iris.txt").read_text().splitlines()
    assert {"id:withdrawn", "id:Misspelt"} <= set(lines)
    assert run("fmt", "--check", "--root", tiny)[0] == 0


def test_a_name_that_is_misformed_is_not_frozen(tiny: Path, run: Run) -> None:
    edit(
        tiny,
        CURATION,
        "    id:inria\n",
        "    id:KIT\n        a enact:Institution ;\n        .\n\n    id:inria\n",
    )
    run("fmt", "--root", tiny)
    assert "KIT" not in (tiny / "data/iris.txt").read_text()


def test_the_registry_is_made_where_there_is_none(tiny: Path, run: Run) -> None:
    path = tiny / "data/iris.txt"
    before = path.read_bytes()
    path.unlink()
    assert run("fmt", "--root", tiny) == (0, "data/iris.txt: put into form\n", "")
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o644


def test_only_the_named_files_are_touched(
    tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member   id:inria ;")
    edit(tiny, CURATION, "        skos:prefLabel", "        skos:prefLabel  ")
    monkeypatch.chdir(tiny / "data")
    told = f"Folder: {tiny}\n"
    assert run("fmt", "curation.trig") == (0, f"{CURATION}: put into form\n", told)
    assert run("fmt", "--check")[1].startswith(f"--- {RELEASE}\n")


@pytest.mark.parametrize("name", ["nowhere.trig", "data/iris.txt", "queries/members.rq", ".."])
def test_a_file_that_has_no_form_is_a_wrong_call(
    name: str, tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny)
    status, out, err = run("fmt", name)
    assert (status, out) == (2, "")
    assert "Usage" in err


def test_permissions_and_links_stay(tiny: Path, run: Run) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member   id:inria ;")
    target = tiny / "elsewhere.trig"
    (tiny / RELEASE).rename(target)
    target.chmod(0o640)
    (tiny / RELEASE).symlink_to(target)
    assert run("fmt", "--root", tiny)[0] == 0
    assert (tiny / RELEASE).is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert "org:member id:inria ;" in target.read_text()


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member   id:inria ;")
    before = texts(tiny)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    status, out, err = run("fmt", "--root", tiny)
    assert (status, out) == (1, "")
    assert f"{RELEASE}: the file cannot be written: No space left on device" in err
    assert texts(tiny) == before


@pytest.mark.parametrize(
    ("lang", "says"),
    [("fr", "Tout est déjà en forme."), ("en", "Everything is in form"), ("de", "Alles ist schon")],
)
def test_it_speaks_the_language_asked_for(lang: str, says: str, run: Run) -> None:
    assert says in run("fmt", "--root", TINY, "--lang", lang)[1]


def test_the_meaning_of_the_real_files_survives_disorder(part: Path, run: Run) -> None:
    expected, meant = texts(part), {s.quad for s in load(part).statements}
    for path in part.rglob("*.trig"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(" ;\n        .\n", " .\n").replace("\n        ", " "))
    assert {s.quad for s in load(part).statements} == meant
    assert run("fmt", "--root", part)[0] == 0
    assert texts(part) == expected
