"""XML that every reader reads as it was meant: what the engine leaves raw, made safe or refused.

XML 1.0 has no way to write most control characters (section 2.2), and a reader turns a carriage
return that stands raw into a line feed (section 2.11). RDF/XML writes a property as the name of an
element, which many an IRI does not end in (RDF 1.1 XML Syntax, section 5.3), a class as well, and a
blank node as such a name, too.
"""

import re
from functools import lru_cache
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from enact_graph.errors import NotAcceptable
from enact_graph.formats import RDF_XML, RESULTS_XML, Format
from enact_graph.terms import PREFIXES
from enact_graph.vocabulary import RDF

_XML: Final = (RESULTS_XML, RDF_XML)
#: In UTF-8: the control characters but tab, line feed and carriage return; U+FFFE and U+FFFF.
_UNWRITABLE: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")

#: What no element may be any more (RDF 1.1 XML Syntax, section 6.2.4).
_OLD: Final = frozenset(
    PREFIXES["rdf"] + name for name in ("aboutEach", "aboutEachPrefix", "bagID")
)
_NODE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_SAMPLE: Final = ox.NamedNode("urn:x")
_TYPE: Final = ox.NamedNode(RDF.type)
#: How U+FFFE and U+FFFF begin, by the number of bytes.
_STARTS: Final = (b"\xef", b"\xef\xbf")


def incomplete(content: bytes | bytearray, format_: Format) -> int:
    """How many bytes at the end cannot be judged before the next ones are there."""
    if format_ in _XML:
        for length, start in enumerate(_STARTS, 1):
            if content.endswith(start):
                return length
    return 0


def well_formed(content: bytes, format_: Format) -> bytes:
    """The same bytes; as XML with each carriage return as a reference.

    NotAcceptable where a text holds a character that XML cannot.
    """
    if format_ not in _XML:
        return content
    if found := _UNWRITABLE.search(content):
        raise NotAcceptable(
            f"The answer holds the character U+{ord(found[0].decode()):04X}, which XML cannot"
            " write; ask for another format.",
            unwritable=f"U+{ord(found[0].decode()):04X}",
        )
    return content.replace(b"\r", b"&#xD;")


def check_rdf_xml(triple: ox.Triple) -> None:
    """Raise NotAcceptable for a triple that RDF/XML cannot write."""
    names = [(triple.predicate.value, False)]
    if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
        names.append((triple.object.value, True))
    for name, is_class in names:
        if not _can_be_element(name, is_class=is_class):
            raise NotAcceptable(
                f"RDF/XML cannot write <{name}>, since no name of an element can be made of it; ask"
                " for another format, such as Turtle.",
                unwritable=name,
            )
    for node in (triple.subject, triple.object):
        if isinstance(node, ox.Triple):
            check_rdf_xml(node)
        elif isinstance(node, ox.BlankNode) and not _NODE.fullmatch(node.value):
            raise NotAcceptable(
                f"RDF/XML cannot write the blank node {node} under its name; ask for another"
                " format, such as Turtle.",
                unwritable=str(node),
            )


@lru_cache(maxsize=4096)
def _can_be_element(iri: str, *, is_class: bool) -> bool:
    """Whether what the engine writes for a property, or a class, is read as that again."""
    if iri in _OLD:
        return False
    names: list[str] = []
    reader = expat.ParserCreate(namespace_separator="")
    reader.StartElementHandler = lambda name, _: names.append(name)
    try:
        said = (_TYPE, ox.NamedNode(iri)) if is_class else (ox.NamedNode(iri), ox.Literal(""))
        triple = ox.Triple(_SAMPLE, *said)
        reader.Parse(ox.serialize([triple], format=ox.RdfFormat.RDF_XML) or b"", True)
    except (OSError, expat.ExpatError):
        return False
    return names[-1] == iri or (is_class and names[-1] == _TYPE.value)
