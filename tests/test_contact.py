"""Contact data: every usual writing of a number or address is noticed, and no other number is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph.contact import in_address, in_text

NUMBERS = [
    "0612345678", "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78",
    "06\u202f12\u202f34\u202f56\u202f78",
    "+33612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "+33(0)383123456",
    "0033 3 83 12 34 56", "0681 85775 0", "0681/857750", "(0681) 85775-0", "0681 302-0",
    "+49 681 85775 0", "+49 (0)681 / 85775-0", "(0)3 83 12 34 56", "+352 46 66 44 1",
]  # fmt: skip
MAILS = ["x.y@example.org", "x (at) example.org", "x [at] univ-example.fr", "é.x@example.eu"]
OTHERS = [
    "130 015 506 00012", "13001550600012", "0000 0001 2194 6418", "0000-0002-1825-0097",
    "0000000121946418", "02feahw73", "0764-4442", "01/02/2024", "02.05.2024", "2024-05-22",
    "ANR-22-CE23-0012", "101016926", "540023264", "0542493S", "005 780 091", "2024-2029",
    "de 30 000 000 à 67 000 000 euros", "+100 000 000 euros", "48.692055, 6.184417",
    "POINT(6.18 48.69)", "10.1000/012345678", "150 à 200 thèses, 0,5 %", "CEDEX 54000 Nancy",
    "08000 Charleville-Mézières", "1 à 2 @ 3", "01, 02, 03, 04, 05",
    "https://example.org/article/0612345678", "https://example.org/?id=0383123456",
]  # fmt: skip


@pytest.mark.parametrize("contact", [*NUMBERS, *MAILS])
@pytest.mark.parametrize("text", ["{}", "Tél. : {}.", "({}, le matin)", "a\n{}\nb"])
def test_a_number_or_address_is_found_within_any_text(contact: str, text: str) -> None:
    assert in_text(text.format(contact))


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_none(text: str) -> None:
    assert in_text(text) is None
    assert in_text(f"Voir {text}.") is None


@settings(deadline=None)
@given(
    st.sampled_from(["0", "+33 ", "+33", "0033 ", "+33 (0)"]),
    st.integers(1, 9),
    st.lists(st.integers(0, 99), min_size=4, max_size=4),
    st.sampled_from(["", " ", ".", "-", "\u00a0"]),
)
def test_a_french_number_is_found_however_it_is_parted(
    start: str, first: int, pairs: list[int], gap: str
) -> None:
    number = start + gap.join([str(first), *(f"{pair:02}" for pair in pairs)])
    assert in_text(f"Appelez le {number} ou passez")


@pytest.mark.parametrize(
    ("iri", "is_contact"),
    [
        ("mailto:x@example.org", True),
        ("TEL:+33383000000", True),
        ("https://x.y@example.org/", True),
        ("https://social.example.org/@inria", False),
        ("https://example.org/0612345678", False),
    ],
)
def test_an_address_that_calls_or_writes_to_somebody_is_told(iri: str, is_contact: bool) -> None:
    assert (in_address(iri) is not None) is is_contact
