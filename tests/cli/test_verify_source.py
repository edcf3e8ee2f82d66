"""The command `verify-source`: a true copy, a changed one, one it does not know."""

import hashlib
import shutil
from pathlib import Path

import pytest

from enact_graph.cli.app import main
from tests.build.sample import ROOT, TINY

COPY = ROOT.parent / "shared/source/enact-press-release-2024-05-22.txt"
TEXT = "A headline.\n\nThe passage, with é.\n"
WORDS = "The passage, with é."


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository whose one document is `TEXT` with the passage `WORDS`."""
    root = Path(shutil.copytree(TINY, tmp_path / "repository"))
    path = root / "data/documents/press-release-2024-05-22.trig"
    text = path.read_text("utf-8")
    start = TEXT.index(WORDS)
    for old, new in (
        ("17ccf49af4c7289ec9fa24fd62fa1bc1d81d9be8f29e874bef15646638a699fc", sha(TEXT)),
        ("9ed6e44e1189aad417c2a12a9ff3034eaa94a2fd1a2656c43870fa00880da177", sha(WORDS)),
        ("oa:start 7180", f"oa:start {start}"),
        ("oa:end 7873", f"oa:end {start + len(WORDS)}"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return root


def verify(
    capsys: pytest.CaptureFixture[str], root: Path, file: Path, *more: str
) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["verify-source", str(file), "--root", str(root), *more])
    out, err = capsys.readouterr()
    code = ended.value.code
    return (code if isinstance(code, int) else 0), out, err


def test_a_true_copy_agrees(
    capsys: pytest.CaptureFixture[str], repository: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "any-name.txt"
    copy.write_text(TEXT, "utf-8")
    status, out, _ = verify(capsys, repository, copy)
    assert status == 0
    assert "agrees   press-release-2024-05-22-p16 (13–33)" in out
    assert "press-release-2024-05-22: 1 of 1 passages agree" in out


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (TEXT.replace("with", "without"), "differs  press-release-2024-05-22-p16"),
        ("New.\n\n" + TEXT, "moved    press-release-2024-05-22-p16 (13–33): the same words are at"),
        (TEXT + "\nAn end.\n", "agrees   press-release-2024-05-22-p16"),
        (TEXT.replace("\n", "\r\n"), "the copy has Windows line ends"),
        ("\ufeff" + TEXT, "the copy begins with a byte order mark"),
    ],
)
def test_a_copy_that_differs_is_told_where(
    capsys: pytest.CaptureFixture[str], repository: Path, tmp_path: Path, text: str, verdict: str
) -> None:
    copy = tmp_path / "press-release-2024-05-22.txt"
    copy.write_bytes(text.encode())
    status, out, _ = verify(capsys, repository, copy)
    assert status == 1
    assert verdict in out
    assert "the whole text differs" in out


def test_a_document_can_be_named(
    capsys: pytest.CaptureFixture[str], repository: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "letter.txt"
    copy.write_text("else", "utf-8")
    assert verify(capsys, repository, copy)[2].endswith("name the document with --document\n")
    named = ("--document", "press-release-2024-05-22")
    assert "0 of 1 passages agree" in verify(capsys, repository, copy, *named)[1]


def test_a_document_that_is_named_is_the_one_compared_whatever_else_fits(
    capsys: pytest.CaptureFixture[str], repository: Path, tmp_path: Path
) -> None:
    path = repository / "data/documents/press-release-2024-05-22.trig"
    text = path.read_text("utf-8")
    stem = "press-release-2024-05-22"
    other = text.replace(stem, "another-letter").replace(sha(TEXT), sha("other"))
    path.with_name("another-letter.trig").write_text(other, "utf-8")
    copy = tmp_path / f"{stem}.txt"
    copy.write_text(TEXT, "utf-8")
    status, out, _ = verify(capsys, repository, copy, "--document", "src:another-letter")
    assert status == 1
    assert "another-letter: 1 of 1 passages agree" in out
    assert f"the whole text differs from SHA-256 {sha('other')}" in out
    status, _, err = verify(capsys, repository, copy, "--document", "letter")
    assert status == 1
    assert f"letter: no checksum is recorded for it; there are: another-letter, {stem}" in err


def test_a_file_that_is_no_text_or_not_there_is_named(
    capsys: pytest.CaptureFixture[str], repository: Path, tmp_path: Path
) -> None:
    status, _, err = verify(capsys, repository, tmp_path / "absent.txt")
    assert (status, "absent.txt: No such file" in err) == (1, True)
    (tmp_path / "image.png").write_bytes(b"\x89PNG\xff")
    assert "this is not UTF-8 text" in verify(capsys, repository, tmp_path / "image.png")[2]


def test_faults_of_the_repository_come_first(
    capsys: pytest.CaptureFixture[str], repository: Path, tmp_path: Path
) -> None:
    (repository / "vocab/role.ttl").write_text("v:x", "utf-8")
    status, _, err = verify(capsys, repository, tmp_path / "any.txt")
    assert status == 1
    assert "vocab/role.ttl:1" in err


@pytest.mark.skipif(not COPY.is_file(), reason="the text of the press release is not here")
def test_the_press_release_agrees_with_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = verify(capsys, ROOT, COPY)
    assert status == 0
    assert "16 of 16 passages agree" in out
