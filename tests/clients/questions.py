"""What the programs ask of the release in tests/tiny, and what they must be told."""

from typing import Final

import pyoxigraph as ox

from enact_graph import terms

PREFIXES: Final = f"""PREFIX enact: <{terms.ENACT}>
PREFIX id: <{terms.ID}>
PREFIX org: <{terms.PREFIXES["org"]}>
PREFIX skos: <{terms.PREFIXES["skos"]}>
"""
ENACT: Final = terms.ID + "enact"
INRIA: Final = terms.ID + "inria"
LORRAINE: Final = terms.ID + "universite-de-lorraine"
MEMBER_OF: Final = terms.PREFIXES["org"] + "memberOf"

#: Two rows of two columns, one of them with an accent.
PATTERN: Final = """id:enact enact:hasMember ?member .
  ?member skos:prefLabel ?name . FILTER(LANG(?name) = "fr")"""
NAMED: Final = [[INRIA, "Inria"], [LORRAINE, "Université de Lorraine"]]

#: The same rows of what is too long for many programs to send in an address.
LONG_PATTERN: Final = (
    f"VALUES ?member {{ <{INRIA}> <{LORRAINE}> "
    + " ".join(f"<{terms.ID}no-member-has-this-name-{i}>" for i in range(180))
    + " } "
    + PATTERN
)


def select(pattern: str) -> str:
    """The question that PATTERN or LONG_PATTERN asks."""
    return f"{PREFIXES}SELECT ?member ?name WHERE {{ {pattern} }} ORDER BY ?member"


def through(endpoint: str, pattern: str) -> str:
    """The same question, for a program that passes it on to the endpoint."""
    return select(f"SERVICE <{endpoint}> {{ {pattern} }}")


NAMES: Final = select(PATTERN)
LONG: Final = select(LONG_PATTERN)

YES: Final = PREFIXES + "ASK { id:enact enact:hasMember id:inria }"
NO: Final = PREFIXES + "ASK { id:inria enact:hasMember id:enact }"

MEMBERS: Final = (
    PREFIXES + "CONSTRUCT { ?m org:memberOf id:enact } WHERE { id:enact enact:hasMember ?m }"
)
#: The triples of MEMBERS.
MADE: Final = {f"<{member}> <{MEMBER_OF}> <{ENACT}>" for member in (INRIA, LORRAINE)}

#: Its triples are those of the fixture `described`.
ABOUT: Final = f"DESCRIBE <{INRIA}>"


def triples(told: str | bytes, form: ox.RdfFormat = ox.RdfFormat.N_TRIPLES) -> set[str]:
    """What a program tells in an RDF format, in the form of MADE and of `described`."""
    return {str(quad.triple) for quad in ox.parse(told, form)}
