"""SWI-Prolog asks the endpoint with its library sparql_client."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from .programs import needed, run
from .questions import ABOUT, MADE, MEMBERS, NAMED, NAMES, NO, YES, triples

pytestmark = needed("SWI-Prolog")

SCRIPT: Final = r"""
:- use_module(library(http/json)).
:- use_module(library(semweb/rdf11)).
:- use_module(library(semweb/sparql_client)).
:- use_module(library(semweb/turtle)).

text(literal(lang(_, Text)), Text) :- !.
text(Iri, Iri).

tell(rows, Query, Where) :-
    findall([A, B], (sparql_query(Query, row(C, D), Where), text(C, A), text(D, B)), Rows),
    json_write(current_output, Rows).
tell(answer, Query, Where) :-
    sparql_query(Query, Answer, Where),
    json_write(current_output, Answer).
tell(triples, Query, Where) :-
    forall(sparql_query(Query, rdf(S, P, O), Where), rdf_db:rdf_assert(S, P, O)),
    rdf_save_canonical_turtle(stream(current_output), []).

main :-
    current_prolog_flag(argv, [Kind, Endpoint, Query]),
    set_stream(current_output, encoding(utf8)),
    tell(Kind, Query, [endpoint(Endpoint)]).
:- initialization(main, main).
"""


@pytest.fixture
def prolog(tmp_path: Path) -> Callable[..., str]:
    script = tmp_path / "ask.pl"
    script.write_text(SCRIPT, "utf-8")
    return lambda *asked: run("swipl", script, *asked)


Prolog = Callable[..., str]


@pytest.mark.parametrize("slash", ["", "/"])
def test_it_asks_for_rows_and_answers(prolog: Prolog, endpoint: str, slash: str) -> None:
    # Its own default is the address with a slash.
    assert json.loads(prolog("rows", endpoint + slash, NAMES)) == NAMED
    assert json.loads(prolog("answer", endpoint + slash, YES)) == "true"
    assert json.loads(prolog("answer", endpoint + slash, NO)) == "false"


def test_it_asks_for_triples(prolog: Prolog, endpoint: str, described: set[str]) -> None:
    form = ox.RdfFormat.TURTLE
    assert triples(prolog("triples", endpoint, MEMBERS), form) == MADE
    assert triples(prolog("triples", endpoint, ABOUT), form) == described
