"""Long pages in parts: nothing is lost, nothing told twice, the order kept, no part too heavy."""

from hypothesis import given
from hypothesis import strategies as st

from enact_graph.graph.entity import Name
from enact_graph.present.view import Item, Note, Part, Row, Section
from enact_graph.topics.thing.sections import deal, weigh

NOTE = Note("stated", "Press release", "Stated by the source")
ANCHORS = ("facts", "who", "money", "promises", "disputes", "names", "mentions", "inferred")


def _row(length: int) -> Row:
    return Row(Part(Name("Label", "en")), (Item((Part(Name("x" * length, "en")),)),), NOTE)


rows = st.lists(st.integers(0, 4_000).map(_row), min_size=1, max_size=40).map(tuple)
sections = st.lists(
    st.tuples(st.sampled_from(ANCHORS), rows, st.sampled_from(["facts", "goals", "inline"])),
    unique_by=lambda s: s[0],
).map(lambda told: [Section(anchor, anchor.title(), rows, form) for anchor, rows, form in told])
limits = st.integers(2_000, 60_000)


@given(sections, limits)
def test_every_row_is_told_once_and_in_its_order(told: list[Section], limit: int) -> None:
    pages = deal(told, 0, limit)
    dealt = [s for page in pages for s in page.sections]
    for section in told:
        pieces = [s for s in dealt if s.title == section.title]
        assert tuple(r for s in pieces for r in s.rows) == section.rows
        assert [s.goes_on for s in pieces] == [n > 0 for n in range(len(pieces))]
        assert len({s.anchor for s in pieces}) == len(pieces)
    for page in pages:
        order = [told.index(next(t for t in told if t.title == s.title)) for s in page.sections]
        assert order == sorted(order)


@given(sections, limits)
def test_a_part_names_where_each_other_section_begins(told: list[Section], limit: int) -> None:
    pages = deal(told, 0, limit)
    for page in pages:
        begun = {s.anchor for s in page.sections if not s.goes_on}
        for section, number in page.elsewhere:
            assert section in pages[number - 1].sections
        elsewhere = {s.anchor for s, _ in page.elsewhere}
        assert begun | elsewhere == {s.anchor for s in told}
        assert not begun & elsewhere


@given(sections, limits)
def test_only_a_section_that_cannot_be_parted_exceeds_the_limit(
    told: list[Section], limit: int
) -> None:
    heaviest = max((weigh(r) for s in told for r in s.rows), default=0)
    for page in deal(told, 0, limit):
        if len(page.sections) > 1:
            weight = sum(weigh(s.rows) for s in page.sections if s.form != "goals")
            assert weight <= limit + 12 * heaviest


@given(sections)
def test_what_fits_stands_on_one_page_as_it_was(told: list[Section]) -> None:
    (page,) = deal(told, 0, 10**9)
    assert page.sections == tuple(told)
    assert page.elsewhere == ()


def test_what_few_look_for_goes_to_another_page_first() -> None:
    told = [Section(a, a, tuple(_row(400) for _ in range(10))) for a in ANCHORS]
    first, *others = deal(told, 0, 50_000)
    assert [s.anchor for s in first.sections][:4] == list(ANCHORS[:4])
    assert "inferred" in {s.anchor for page in others for s in page.sections}
