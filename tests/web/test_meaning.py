"""One text means one thing, at whatever address, on whatever page and on the command line."""

from typing import Final
from urllib.parse import quote

import pytest

from enact_graph.authoring.new.fields import Refusal
from enact_graph.authoring.new.inventory import ORGANIZATION, Inventory
from enact_graph.authoring.new.resolver import Resolver
from enact_graph.cli import questions
from enact_graph.errors import BadParameter
from enact_graph.terms import ID
from tests.conftest import ROOT, Site

#: What people write, and the end of the address of the thing that they mean.
SPELLINGS: Final = {
    "id:universite-de-strasbourg": "universite-de-strasbourg",
    ID + "universite-de-strasbourg": "universite-de-strasbourg",
    "http://127.0.0.1:8000/doc/universite-de-strasbourg.html?lang=fr": "universite-de-strasbourg",
    "https://ror.org/00pg6eq24": "universite-de-strasbourg",
    "ROR 00pg6eq24": "universite-de-strasbourg",
    "Q157575": "universite-de-strasbourg",
    "130 005 457": "universite-de-strasbourg",
    "unistra": "universite-de-strasbourg",
    "  l’universite de  STRASBOURG ": "universite-de-strasbourg",
    "Universitaet Strassburg": "universite-de-strasbourg",
    "Universitaet des Saarlandes": "saarland-university",
    "Université de la Sarre": "saarland-university",
    "Kaiserslautern University of Technology": "tu-kaiserslautern",
}
#: Nothing is called so, though some are called something like it.
UNKNOWN: Final = (
    "Strassbourg",
    "Universite de Lor",
    "https://ror.org/00pg6eq25",
    "id:nobody",
    "qqqqqq",
)
#: Every address that takes a name, and the parameter it takes it by.
ADDRESSES: Final = {
    "/map?near={}": "near",
    "/map.json?near={}": "near",
    "/path?from={}&to=inria": "from",
    "/path.json?from=inria&to={}": "to",
    "/path?from=aist&to=unigr&avoid={}": "avoid",
    "/path.json?from=aist&to=unigr&avoid={}": "avoid",
    "/timeline?of={}": "of",
    "/timeline.csv?of={}": "of",
    "/network/enact?open={}": "open",
    "/network/enact.json?open={}": "open",
    "/alliances?members={}": "members",
    "/alliances.svg?members={}": "members",
    "/queries/evidence?thing={}": "thing",
    "/queries/evidence.csv?thing={}": "thing",
    "/correct?name={}": "name",
}
#: Pages that offer what may be meant in the form itself.
FORMS: Final = ("/path?from", "/queries/evidence?", "/correct")


@pytest.fixture(scope="module")
def real() -> Resolver:
    return Resolver(Inventory.of(ROOT))


@pytest.fixture(scope="module")
def by_slug() -> dict[str, str]:
    return {}


def asked(site: Site, address: str, text: str) -> str:
    answer = site.get(address.format(quote(text, safe="")), "text/html, */*;q=0.5")
    assert answer.status_code == 200, answer.text
    if address.startswith("/correct"):  # its field shows the text as it was written
        return answer.text.partition('<h2 class="h3">')[2].partition("</ul>")[0]
    return answer.text


@pytest.mark.parametrize("text", SPELLINGS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_text_means_the_same_at_every_address(
    real_site: Site, by_slug: dict[str, str], address: str, text: str
) -> None:
    for slug in dict.fromkeys(SPELLINGS.values()):
        if address.format(slug) not in by_slug:
            by_slug[address.format(slug)] = asked(real_site, address, slug)
    assert asked(real_site, address, text) == by_slug[address.format(SPELLINGS[text])]
    if address != "/network/enact.json?open={}":  # what is unfolded there may have no more ties
        assert len({by_slug[address.format(slug)] for slug in set(SPELLINGS.values())}) > 1


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_text_means_the_same_on_the_command_line(
    real_site: Site, real: Resolver, text: str
) -> None:
    public, thing = real_site.release.path.parent, SPELLINGS[text]
    query = questions.written(public, "evidence", [f"thing={text}"])
    assert query == questions.written(public, "evidence", [f"thing=id:{thing}"])
    assert f"<{ID}{thing}>" in query
    assert real.find(text, real.inventory.things(ID, ORGANIZATION)) == ID + thing


@pytest.mark.parametrize("text", UNKNOWN)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_name_that_nothing_has_is_refused_alike_with_the_nearest(
    real_site: Site, address: str, text: str
) -> None:
    answer = real_site.get(address.format(quote(text, safe="")), "application/json")
    assert answer.status_code == 400
    if address.startswith(FORMS) and "html" in answer.headers["content-type"]:
        assert ("strasbourg" in answer.text.lower()) or text != "Strassbourg"
        return
    problem = answer.json()
    assert problem["type"].endswith("/bad-parameter")
    assert problem["parameter"] == ADDRESSES[address]
    assert problem["detail"].startswith(f"{ADDRESSES[address]}={text}: nothing here has this name")
    assert len(problem["nearest"]) == len(problem["nearest_names"]) <= 3
    assert all(f"{name} ({slug})" in problem["detail"] for name, slug in named(problem))
    if text == "Strassbourg":
        assert any("strasbourg" in slug for slug in problem["nearest"])


def named(problem: dict[str, list[str]]) -> list[tuple[str, str]]:
    return list(zip(problem["nearest_names"], problem["nearest"], strict=True))


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_name_that_nothing_has_is_refused_on_the_command_line(
    real_site: Site, real: Resolver, text: str
) -> None:
    with pytest.raises(BadParameter, match="nothing here has this name"):
        questions.written(real_site.release.path.parent, "evidence", [f"thing={text}"])
    with pytest.raises(Refusal, match="unknown"):
        real.find(text, real.inventory.things(ID, ORGANIZATION))


def test_a_browser_is_told_as_well(real_site: Site) -> None:
    for address in ("/map?near=Strassbourg", "/map.csv?near=Strassbourg", "/map.csv?contry=france"):
        answer = real_site.get(address, "text/html")
        assert answer.status_code == 400
        assert "<html" in answer.text


@pytest.mark.parametrize("text", ["id:%zz", "id:a[b", "v:\x85", "id:a#b#c", "/doc/é", "id:", "\0"])
def test_what_looks_like_an_address_and_is_none_is_only_unknown(real_site: Site, text: str) -> None:
    for address in ("/queries/evidence.csv?thing={}", "/correct?name={}", "/timeline?of={}"):
        assert real_site.get(address.format(quote(text))).status_code == 400
