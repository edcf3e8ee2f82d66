"""Java's own HTTP client, and Apache Jena, which uses it: both offer HTTP/2 with every request."""

import csv
import json
import zipfile
from pathlib import Path
from typing import Final

import pytest

from .programs import needed, run
from .questions import (
    ABOUT,
    LONG_PATTERN,
    MADE,
    MEMBERS,
    NAMED,
    NAMES,
    PATTERN,
    YES,
    through,
    triples,
)

SOURCE: Final = Path(__file__).parent / "java/Ask.java"
JARS: Final = Path("/usr/share/java")
#: What Jena's commands load, of the packages that Debian's depends on.
NAMES_OF_JARS: Final = (
    "jena-arq jena-base jena-cmds jena-core jena-dboe-base jena-dboe-index jena-dboe-storage "
    "jena-dboe-trans-data jena-dboe-transaction jena-iri jena-rdfconnection jena-shacl jena-shex "
    "jena-tdb jena-tdb2 commons-cli commons-codec commons-compress commons-csv commons-io "
    "commons-lang3 dexx.collection gson guava httpclient httpcore jackson-annotations "
    "jackson-core jackson-databind jakarta.json-api jcl-over-slf4j jsonld-java protobuf slf4j-api "
    "slf4j-nop thrift titanium-json-ld"
)


def rows(told: str) -> list[list[str]]:
    return list(csv.reader(told.splitlines()))[1:]


@needed("java.net.http")
def test_its_own_client_asks_in_every_way(endpoint: str, tmp_path: Path) -> None:
    query = tmp_path / "query.rq"
    query.write_text(NAMES, "utf-8")
    answers = run("java", SOURCE, endpoint, query).splitlines()
    assert len(answers) == 3
    for told in answers:
        status, body = told.split(" ", 1)
        assert status == "200", body
        found = json.loads(body)["results"]["bindings"]
        assert [[row["member"]["value"], row["name"]["value"]] for row in found] == NAMED


@pytest.fixture(scope="module")
def classpath(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where Jena's classes are; Debian 4.5.0-2 has texts of Xerces where its classes miss them."""
    texts = tmp_path_factory.mktemp("texts")
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/") and name.endswith(".properties"):
                file = texts / name.removeprefix("org/apache/jena/ext/")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(jar.read(name))
    return ":".join([str(texts), *(str(JARS / f"{name}.jar") for name in NAMES_OF_JARS.split())])


@needed("Apache Jena")
@pytest.mark.parametrize(
    "query", [NAMES, YES, MEMBERS, ABOUT], ids=["rows", "yes", "made", "described"]
)
def test_jena_asks_a_remote_endpoint(
    endpoint: str, classpath: str, described: set[str], tmp_path: Path, query: str
) -> None:
    file = tmp_path / "query.rq"
    file.write_text(query, "utf-8")
    form = "nt" if query in (MEMBERS, ABOUT) else "csv"
    asked = ("--service", endpoint, "--query", str(file), "--results", form)
    told = run("java", "-cp", classpath, "arq.rsparql", *asked)
    if form == "nt":
        assert triples(told) == (MADE if query == MEMBERS else described)
    else:
        assert rows(told) == (NAMED if query == NAMES else [["true"]])


@needed("Apache Jena")
@pytest.mark.parametrize("pattern", [PATTERN, LONG_PATTERN], ids=["by GET", "by POST"])
def test_jena_passes_a_part_of_a_query_on(
    endpoint: str, classpath: str, tmp_path: Path, pattern: str
) -> None:
    query, nothing = tmp_path / "query.rq", tmp_path / "nothing.ttl"
    query.write_text(through(endpoint, pattern), "utf-8")
    nothing.touch()
    asked = ("--data", str(nothing), "--query", str(query), "--results", "csv")
    told = run("java", "-cp", classpath, "arq.arq", *asked)
    assert rows(told) == NAMED
