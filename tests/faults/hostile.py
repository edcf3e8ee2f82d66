"""Requests that are meant to do harm, with the statuses that are a clear answer to each."""

from dataclasses import dataclass

_CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
_DOUBLED = " ".join(f'BIND(REPLACE(?a{i}, "a", "aaaaaaaa") AS ?a{i + 1})' for i in range(9))
ENDED = (503,)
REFUSED = (400, 403, 413, 414)
#: Where the engine may also be done in time: an answer that is right is no harm.
EITHER = (200, 400, 413, 414, 503)


@dataclass(frozen=True)
class Hostile:
    """A query, sent in a body so that only its own limits meet it."""

    query: str
    statuses: tuple[int, ...]


HOSTILE = {
    "cartesian count": Hostile(f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} }}", ENDED),
    "deep paths": Hostile(
        "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>)* ?b . ?c (<urn:x>|!<urn:x>)* ?d ."
        " ?e (<urn:x>|!<urn:x>)* ?f }",
        ENDED,
    ),
    "paths in paths": Hostile(
        "SELECT (COUNT(*) AS ?n) { ?a ((((!<urn:x>)*)*)*)* ?b . ?c ((((!<urn:y>)*)*)*)* ?d ."
        " ?e ((!<urn:z>)*)* ?f }",
        ENDED,
    ),
    "regular expression": Hostile(f'ASK {{ FILTER(!REGEX("{"a" * 4000}b", "^(a+)+$")) }}', (200,)),
    "huge repetition": Hostile(
        'ASK { BIND(REGEX("x", "((x{0,1000}){0,1000}){0,1000}") AS ?r) }', EITHER
    ),
    "joined strings": Hostile(
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?t) {{ {_CROSS} }}", ENDED
    ),
    "doubled strings": Hostile(
        f'SELECT (STRLEN(?a9) AS ?n) {{ BIND("{"a" * 64}" AS ?a0) {_DOUBLED} }}', ENDED
    ),
    "huge order": Hostile(
        f"SELECT ?a {{ {_CROSS} }} ORDER BY DESC(CONCAT(STR(?c), STR(?f))) LIMIT 9", ENDED
    ),
    "distinct product": Hostile(
        f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?c ?d ?f ?i {{ {_CROSS} }} }}", ENDED
    ),
    "giant select": Hostile(f"SELECT * {{ {_CROSS} }}", (413, 503)),
    "giant construct": Hostile(f"CONSTRUCT {{ ?a ?e ?c . ?d ?b ?f }} {{ {_CROSS} }}", (413, 503)),
    "describe all": Hostile("DESCRIBE * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", (413, 503)),
    "many values": Hostile(
        "SELECT * { VALUES ?x { " + " ".join(map(str, range(200_000))) + " } }", (413,)
    ),
    "parentheses": Hostile("ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", (400,)),
    "braces": Hostile("ASK " + "{" * 3000 + "}" * 3000, (400,)),
    "nested blank nodes": Hostile(
        "ASK { " + "[ <urn:p> " * 3000 + "1" + " ]" * 3000 + " }", REFUSED
    ),
    "sub-selects": Hostile(
        "SELECT * { " + "{ SELECT * { " * 300 + "?s ?p ?o" + " } }" * 300 + " }", REFUSED
    ),
    "many patterns": Hostile(
        "ASK { " + " . ".join(f"?a{i} ?p{i} ?a{i + 1}" for i in range(1000)) + " }", EITHER
    ),
    "exclamation marks": Hostile("ASK { FILTER(" + "!" * 20_000 + "true) }", EITHER),
    "long sums": Hostile("ASK { FILTER(" + "1+" * 15_000 + "1 = 1) }", EITHER),
    "many unions": Hostile(
        "ASK { " + " UNION ".join("{ ?s <urn:x> ?o }" for _ in range(1500)) + " }", EITHER
    ),
    "service": Hostile("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", (403,)),
    "silent service": Hostile(
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", (403,)
    ),
    "load": Hostile("LOAD <http://127.0.0.1:9/>", (403,)),
    "drop": Hostile("DROP ALL", (403,)),
    "no query at all": Hostile("\x00\x01 ' OR 1=1 --", (400,)),
}
#: Texts of a megabyte whose words take long to read; each the server may give up, none may hold it.
LONG = {
    "brackets": Hostile("ASK { " + "()" * 500_000 + " }", EITHER),
    "strings": Hostile("ASK { " + "'a'" * 330_000 + " }", EITHER),
    "backslashes": Hostile("ASK { " + "\\" * 1_000_000 + " }", EITHER),
    "exclamation marks": Hostile("ASK { FILTER(" + "!" * 1_000_000 + "true) }", EITHER),
    "service": Hostile("ASK { SERVICE <urn:x> { } } #" + "x" * 1_000_000, REFUSED),
}
