"""SWI-Prolog asks the endpoint with its library sparql_client."""

import json
from typing import Final
from urllib.parse import urlsplit

import pytest

from .programs import needed, run
from .questions import ABOUT, MADE, MEMBERS, NAMED, NAMES, NO, YES, triples

pytestmark = needed("SWI-Prolog")

SCRIPT: Final = """
:- use_module(library(http/json)).
:- use_module(library(semweb/rdf11)).
:- use_module(library(semweb/rdf_ntriples)).
:- use_module(library(semweb/sparql_client)).

text(@(Text, _), Text) :- !.
text(literal(lang(_, Text)), Text) :- !.
text(Iri, Iri).

row(Row, Texts) :- Row =.. [_|Terms], maplist(text, Terms, Texts).

ask(rows, Query, Where) :-
    findall(Texts, (sparql_query(Query, Row, Where), row(Row, Texts)), Rows),
    json_write(current_output, Rows).
ask(answer, Query, Where) :-
    sparql_query(Query, Answer, Where), json_write(current_output, Answer).
ask(triples, Query, Where) :-
    forall(sparql_query(Query, rdf(S, P, O), Where), rdf_assert(S, P, O)),
    set_stream(current_output, encoding(utf8)),
    rdf_save_ntriples(current_output, []).

:- current_prolog_flag(argv, [Kind, Host, Port, Query]),
   atom_number(Port, Number),
   ask(Kind, Query, [host(Host), port(Number), path('/sparql')]).
"""
