"""Contact data of people: telephone numbers and e-mail addresses, however they are written.

The graph holds none, whatever the property. Whoever checks data or a proposed correction asks here.
"""

import re
from typing import Final

#: What may part the digits of a number; never a comma, which would part two.
_GAP: Final = "[ .\u00a0\u202f\u2010-\u2013/-]"
_NUMBERS: Final = (
    # French, within the country: 0612345678, 06 12 34 56 78, 06.12.34.56.78
    rf"0[1-9](?:{_GAP}?[0-9]{{2}}){{4}}",
    # With the code of a country: +33 6 12 34 56 78, 0049 681 85775 0, +33 (0)3 83 12 34 56
    rf"(?:\+|00)[1-9](?:{_GAP}{{0,3}}\(?[0-9]\)?){{7,14}}",
    # German, within the country: 0681 85775 0, 0681/857750, (0681) 85775-0; no ISSN, no date
    rf"(?![0-9]{{4}}-[0-9]{{3}}[0-9X](?![0-9]))\(?0[1-9][0-9]{{1,4}}\)?{_GAP}{{1,3}}"
    rf"[0-9](?:{_GAP}?[0-9]){{3,9}}",
    # With the zero that is left out from abroad: (0)3 83 12 34 56
    rf"\(0\){_GAP}?[1-9](?:{_GAP}?[0-9]){{6,10}}",
)
#: No decimal, and no part of a longer number, of an identifier (0000 0001 …), a web address or a
#: word.
_NUMBER: Final = re.compile(
    rf"(?<![\w+,./=-])(?<![0-9]{_GAP})(?:{'|'.join(_NUMBERS)})(?!{_GAP}?[0-9]|\w)"
)
#: Thousands, as in “+100 000 000 euros”, are no number to call.
_THOUSANDS: Final = re.compile(r"\+[0-9]{1,3}(?:[ \u00a0\u202f.]000)+")
_MAIL: Final = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")
_SCHEMES: Final = ("mailto:", "tel:", "sms:", "callto:", "facetime:", "xmpp:", "skype:")


def in_text(text: str) -> str | None:
    """Return the first telephone number or e-mail address that a text holds."""
    if mail := _MAIL.search(text):
        return mail[0]
    for number in _NUMBER.finditer(text):
        if not _THOUSANDS.fullmatch(number[0]):
            return number[0]
    return None


def in_address(iri: str) -> str | None:
    """Return an address by which somebody is called or written to, or one that names a mailbox."""
    if iri.lower().startswith(_SCHEMES):
        return iri
    mail = _MAIL.search(iri)
    return mail[0] if mail else None
