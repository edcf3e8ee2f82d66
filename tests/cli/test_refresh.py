"""The command `refresh`: what follows from the data is written anew, shown, and nothing else."""

from pathlib import Path

import pytest

from tests.cli.commands import CURATION, Run, edit

README = """# Tiny

```sh
curl -G http://127.0.0.1:8000/sparql --data-urlencode 'query=
PREFIX org: <http://www.w3.org/ns/org#>
SELECT (COUNT(?m) AS ?members) WHERE { ?m org:member ?who }'
```

```csv
```

<!-- counts -->
<!-- /counts -->

<!-- picture -->
<!-- /picture -->
The end.
"""


@pytest.fixture
def repository(tiny: Path) -> Path:
    (tiny / "README.md").write_text(README, "utf-8")
    (tiny / "tests/answers").mkdir(parents=True)
    return tiny


def contents(root: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_answers_and_readme_follow_from_the_data(repository: Path, run: Run) -> None:
    status, out, _ = run("refresh", "--root", repository)
    assert status == 0
    assert "tests/answers/members.csv: brought up to date" in out
    assert "Read these differences" in out
    answer = (repository / "tests/answers/members.csv").read_text("utf-8")
    assert answer.startswith("member,name,role\n")
    assert ",Inria," in answer
    readme = (repository / "README.md").read_text("utf-8")
    assert "```csv\nmembers\n" in readme
    assert "things described" in readme
    assert '  inria["Inria"] -- member --> enact' in readme
    assert readme.endswith("<!-- /picture -->\nThe end.\n")
    assert run("refresh", "--root", repository)[1].endswith("Everything is up to date.\n")


def test_a_change_of_the_data_is_shown_in_what_follows(repository: Path, run: Run) -> None:
    assert run("refresh", "--root", repository)[0] == 0
    edit(repository, CURATION, '"Inria"@en ;', '  "Inria Institute"@en ;')
    before = contents(repository)
    status, out, _ = run("refresh", "--check", "--root", repository)
    assert status == 1
    assert "Files to bring up to date: 3. Run: " in out
    assert contents(repository) == before
    status, out, _ = run("refresh", "--root", repository, "--lang", "fr")
    assert status == 0
    assert f"{CURATION} : mis en forme" in out
    assert "tests/answers/members.csv : mis à jour (+1 −1 lignes)" in out
    assert "+https://w3id.org/enact-graph/id/inria,Inria Institute," in out
    assert 'inria["Inria Institute"]' in (repository / "README.md").read_text("utf-8")


def test_while_a_rule_is_violated_nothing_that_follows_is_written(
    repository: Path, run: Run
) -> None:
    edit(repository, CURATION, "a prov:Activity ;", "a prov:Activty ;")
    before = contents(repository)
    status, out, _ = run("refresh", "--root", repository, "--lang", "de")
    assert status == 1
    assert "prov:Activty" in out
    assert "Zuerst das Obige beheben" in out
    assert contents(repository) == before


def test_a_readme_without_a_block_is_named(repository: Path, run: Run) -> None:
    edit(repository, "README.md", "<!-- /counts -->", "")
    status, _, err = run("refresh", "--root", repository)
    assert status == 1
    assert "README.md: no block <!-- counts -->" in err
    assert not list((repository / "tests/answers").iterdir())


def test_a_folder_with_data_alone_has_nothing_that_follows(tiny: Path, run: Run) -> None:
    before = contents(tiny)
    assert run("refresh", "--root", tiny)[0] == 0
    assert contents(tiny) == before
