"""XML that every reader reads as it was meant: what the engine leaves raw, made safe or refused.

XML 1.0 has no way to write most control characters (section 2.2), and a reader turns a carriage
return that stands raw into a line feed (section 2.11).
"""

import re
from typing import Final

from enact_graph.errors import NotAcceptable
from enact_graph.formats import RDF_XML, RESULTS_XML, Format

_XML: Final = (RESULTS_XML, RDF_XML)
#: In UTF-8: the control characters but tab, line feed and carriage return; U+FFFE and U+FFFF.
_UNWRITABLE: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")

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
