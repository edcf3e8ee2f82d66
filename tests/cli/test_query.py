import io
import os
import pty
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from enact_graph.cli.app import main
from tests.patience import PATIENCE

from ..conftest import COMMAND, Site

MEMBERS = "SELECT ?m { ?s a enact:ConsortiumMembership ; org:member ?m } ORDER BY ?m"
#: Calls the command in this process; its status and both outputs.
Run = Callable[..., SimpleNamespace]


@pytest.fixture
def run(
    tiny_public: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    def query(*arguments: str, stdin: str = "", public: Path = tiny_public) -> SimpleNamespace:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            main(["query", "--public", str(public), *arguments])
        out, err = capsysbinary.readouterr()
        status = int(ended.value.code or 0)
        return SimpleNamespace(returncode=status, stdout=out.decode(), stderr=err.decode())

    return query


def test_a_pipe_gets_full_terms_parted_by_tabs(tiny_public: Path) -> None:
    call = [str(COMMAND), "query", "--public", str(tiny_public), MEMBERS]
    done = subprocess.run(call, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "?m\n"
        "<https://w3id.org/enact-graph/id/inria>\n"
        "<https://w3id.org/enact-graph/id/universite-de-lorraine>\n"
    )


def test_a_long_answer_is_printed_while_it_is_made(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = "SELECT * { ?a ?b ?c . ?d a ?f }"
    for key in ("json", "tsv"):
        monkeypatch.setenv("ENACT_GRAPH_STREAMS", "0")
        whole = run(pairs, "--format", key)
        monkeypatch.setenv("ENACT_GRAPH_STREAMS", "1")
        monkeypatch.setenv("ENACT_GRAPH_WHOLE_BYTES", "2000")
        assert run(pairs, "--format", key).stdout == whole.stdout
        assert len(whole.stdout) > 200_000
    monkeypatch.setenv("ENACT_GRAPH_ANSWER_BYTES", "150000")
    done = run(pairs, "--format", "tsv")
    assert done.returncode == 1
    assert done.stdout
    assert "larger than 150000 bytes" in done.stderr


def test_a_terminal_gets_a_table_of_short_names(tiny_public: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [COMMAND, "query", "--public", tiny_public, MEMBERS],
        stdout=theirs,
        env=os.environ | {"TERM": "dumb", "COLUMNS": "80"},
    ) as process:
        process.wait(timeout=PATIENCE)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)
    assert "│ id:inria" in shown
    assert "2 rows" in shown


def test_a_table_keeps_languages_and_leaves_the_unbound_empty(run: Run) -> None:
    query = "SELECT * { VALUES (?a ?b) { ('x'@fr UNDEF) (id:inria 3) } BIND(BNODE() AS ?c) }"
    shown = run(query, "--format", "table").stdout
    assert "x@fr" in shown
    assert "id:inria" in shown
    assert "_:" in shown


def test_a_question_is_answered_with_true_or_false(run: Run) -> None:
    assert run("ASK {}", "--format", "table").stdout == "true\n"
    assert run("ASK { FILTER(false) }").stdout == "false\n"


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("json", '{"head":'),
        ("xml", "<?xml"),
        ("csv", "m\r\nhttps:"),
        ("tsv", "?m\n<https:"),
    ],
)
def test_a_table_comes_in_the_format_asked_for(run: Run, key: str, start: str) -> None:
    done = run(MEMBERS, "--format", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(start)


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("turtle", "@prefix"),
        ("jsonld", "[{"),
        ("ntriples", "<https:"),
        ("rdfxml", "<?xml"),
        ("trig", "@prefix"),
        ("nquads", "<https:"),
    ],
)
def test_a_graph_comes_in_the_format_asked_for(run: Run, key: str, start: str) -> None:
    done = run("DESCRIBE id:inria", "--format", key)
    assert done.stdout.startswith(start), done.stderr


def test_a_graph_comes_as_turtle_unless_asked_otherwise(run: Run) -> None:
    assert "id:inria a " in run("DESCRIBE id:inria").stdout


def test_a_format_that_does_not_fit_the_form_names_those_that_do(run: Run) -> None:
    done = run("ASK {}", "--format", "turtle")
    assert done.returncode == 1
    assert "cannot be written as turtle; give --format one of json, xml, csv, tsv." in done.stderr
    assert "one of turtle, ntriples" in run("DESCRIBE id:inria", "--format", "table").stderr


def test_the_query_may_stand_in_a_file_or_come_in_by_the_pipe(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "members.rq"
    file.write_text(MEMBERS)
    assert run("--file", str(file)).stdout == run("-", stdin=MEMBERS).stdout == run(MEMBERS).stdout


def test_a_byte_order_mark_before_the_query_is_left_out(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "from-windows.rq"
    file.write_text(MEMBERS, encoding="utf-8-sig")
    plain = run(MEMBERS).stdout
    assert run("--file", str(file)).stdout == plain
    assert run("-", stdin="\ufeff" + MEMBERS).stdout == plain
    assert run("\ufeff" + MEMBERS).stdout == plain


def test_no_query_two_queries_and_an_unreadable_file_are_refused(run: Run, tmp_path: Path) -> None:
    assert "Give one query" in run().stderr
    assert "Give one query" in run("ASK {}", "--file", "x.rq").stderr
    missing = run("--file", str(tmp_path / "none.rq"))
    assert missing.returncode == 1
    assert "none.rq cannot be read" in missing.stderr


def test_a_fault_is_shown_in_its_line_with_a_caret_under_it(run: Run) -> None:
    done = run("SELECT * {\n  ?s a org:Role .\n  ?s rdfs:label }")
    assert done.returncode == 1
    assert done.stderr == (
        "The query is not valid SPARQL:\n"
        "Line 3, column 17: “}” does not belong here.\n"
        "\n"
        "   3 |   ?s rdfs:label }\n"
        "                       ^\n"
    )


def test_the_place_of_a_refusal_counts_the_lines_of_the_user(run: Run) -> None:
    done = run("SELECT * { ?s a org:Role .\n SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert "SERVICE at line 2, column 2" in done.stderr


def test_a_prefix_of_the_users_own_is_kept(run: Run) -> None:
    done = run("PREFIX org: <urn:> ASK { FILTER(STR(org:x) = 'urn:x') }")
    assert done.stdout == "true\n"
    done = run("ASK { ?s a nobody:X }")
    assert "the prefix nobody: is not declared" in done.stderr


def test_a_query_has_its_time_and_no_more(run: Run) -> None:
    patterns = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(9))
    done = run("--timeout", "0.3", f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}")
    assert done.returncode == 1
    assert "ran for 0.3 s" in done.stderr


def test_without_a_release_the_command_that_makes_one_is_named(run: Run, tmp_path: Path) -> None:
    done = run("ASK {}", public=tmp_path)
    assert done.returncode == 1
    assert "enact-graph build" in done.stderr


def test_an_endpoint_is_asked_in_the_same_way(run: Run, site: Site) -> None:
    url = f"{site.url}/sparql"
    assert run("--url", url, MEMBERS).stdout == run(MEMBERS).stdout
    assert "id:inria a " in run("--url", url, "DESCRIBE id:inria").stdout
    assert "id:inria" in run("--url", url, MEMBERS, "--format", "table").stdout
    done = run("--url", url, "SELECT * {\n ?s org:role }")
    assert "Line 2, column 14" in done.stderr
    assert done.stderr.endswith("^\n")
    assert "one of json" in run("--url", url, "ASK {}", "--format", "turtle").stderr


def test_a_named_question_is_asked_with_a_value(run: Run) -> None:
    done = run("--name", "members", "--param", "lang=fr", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Université de Lorraine" in done.stdout
    assert "University" not in done.stdout


def test_the_named_questions_are_listed_with_their_parameters(run: Run) -> None:
    done = run("--list")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].startswith("members\t")
    assert "--param lang=en" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--name", "membres"], "There is no question membres; there is members"),
        (["--name", "members", "--param", "day=1"], "it has lang"),
        (["--name", "members", "--param", "lang"], "lang: write a parameter as name=value"),
        (["--name", "members", "--param", "lang=xx"], "“xx” is no language; write it like fr"),
        (["--name", "members", "--param", "lang=fr", "--param", "lang=de"], "given twice"),
        (["--param", "lang=fr", MEMBERS], "give its --name as well"),
        (["--name", "members", MEMBERS], "Give one query"),
        ([], "with --name"),
    ],
)
def test_a_wrong_call_of_a_named_question_says_what_to_give(
    run: Run, arguments: list[str], said: str
) -> None:
    done = run(*arguments)
    assert done.returncode == 1
    assert said in done.stderr
