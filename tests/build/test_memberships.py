"""Memberships: their class, their name, and that none is made twice."""

import shutil
from pathlib import Path

import pytest

from enact_graph.authoring.new import memberships
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.authoring.new.memberships import Member
from enact_graph.authoring.new.partial_date import PartialDate
from enact_graph.authoring.new.refusal import Refusal
from enact_graph.terms import ENACT, ID, PREFIXES, VOCAB
from tests.build.sample import TINY, real_inventory

PLAIN = PREFIXES["org"] + "Membership"


@pytest.fixture(scope="module")
def real() -> Inventory:
    return real_inventory()


@pytest.mark.parametrize(
    ("member", "organization", "role", "kind"),
    [
        ("inria", "enact", "member", ENACT + "ConsortiumMembership"),
        ("emmanuel-vincent", "enact", "coordinator", ENACT + "ConsortiumMembership"),
        ("emmanuel-vincent", "enact", "president", PLAIN),
        ("inria", "unigr", "associated-member", ENACT + "AllianceMembership"),
        ("emmanuel-vincent", "unigr", "president", PLAIN),
        ("emmanuel-vincent", "inria", "member", PLAIN),
        ("inria", "anr", "founder", PLAIN),
    ],
)
def test_the_class_is_that_of_organisation_member_and_role(
    real: Inventory, member: str, organization: str, role: str, kind: str
) -> None:
    who = Member.of(real, ID + member)
    where = ID + organization
    assert memberships.class_of(real, who, where, f"{VOCAB}role-{role}") == kind


@pytest.mark.parametrize(
    ("member", "organization", "role", "code"),
    [
        ("inria", "enact", "supporter", "role-here"),
        ("inria", "unigr", "lead", "role-here"),
        ("emmanuel-vincent", "enact", "lead", "role-of-bodies"),
        ("emmanuel-vincent", "unigr", "member", "role-of-bodies"),
    ],
)
def test_a_role_that_cannot_be_is_refused(
    real: Inventory, member: str, organization: str, role: str, code: str
) -> None:
    who = Member.of(real, ID + member)
    with pytest.raises(Refusal) as refused:
        memberships.class_of(real, who, ID + organization, f"{VOCAB}role-{role}")
    assert refused.value.code == code


def test_a_lead_has_the_slug_of_leads_and_a_second_role_its_own(real: Inventory) -> None:
    lorraine = Member.of(real, ID + "universite-de-lorraine")
    coordinator = VOCAB + "role-coordinator"
    assert ID + "enact-lead" in real.taken
    assert memberships.slug(real, lorraine, ID + "unigr", memberships.LEAD) == "unigr-lead"
    assert memberships.slug(real, lorraine, ID + "enact", coordinator) == (
        "enact-coordinator-universite-de-lorraine"
    )


@pytest.mark.parametrize(
    ("start", "end", "is_refused"),
    [
        (None, None, True),
        ("2020", None, True),
        ("2023-06", "2023-07", True),
        (None, "2019", False),
        ("2018", "2019", False),
        ("2026", None, False),
    ],
)
def test_the_same_membership_at_the_same_time_is_refused(
    start: str | None, end: str | None, is_refused: bool, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    path = root / "data/documents/press-release-2024-05-22.trig"
    dated = 'schema:endDate "2025-12-31"^^xsd:date ; schema:startDate "2020-01-01"^^xsd:date ;'
    text = path.read_text("utf-8").replace(
        "org:member id:inria ;", f"org:member id:inria ; {dated}"
    )
    path.write_text("@prefix schema: <https://schema.org/> .\n" + text, "utf-8")
    inventory = Inventory.of(root)
    since, until = (PartialDate(day) if day else None for day in (start, end))

    def refuse(member: str, role: str) -> None:
        where = ID + "enact"
        assert (
            memberships.standing(inventory, ID + member, where, VOCAB + role, since, until) is None
        )

    refuse("universite-de-lorraine", "role-member")
    refuse("inria", "role-lead")
    if is_refused:
        with pytest.raises(Refusal) as refused:
            refuse("inria", "role-member")
        assert refused.value.details["name"] == "id:enact-membership-inria"
    else:
        refuse("inria", "role-member")


@pytest.mark.parametrize(
    ("start", "end", "is_same"),
    [(None, "2026", True), ("2020", "2026", True), ("2021", "2026", False), (None, None, False)],
)
def test_an_end_may_be_told_later_of_what_has_none(
    start: str | None, end: str | None, is_same: bool, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    path = root / "data/documents/press-release-2024-05-22.trig"
    dated = 'org:member id:inria ; schema:startDate "2020-01-01"^^xsd:date ;'
    text = path.read_text("utf-8").replace("org:member id:inria ;", dated)
    path.write_text("@prefix schema: <https://schema.org/> .\n" + text, "utf-8")
    inventory = Inventory.of(root)
    since, until = (PartialDate(day) if day else None for day in (start, end))
    asked = (inventory, ID + "inria", ID + "enact", VOCAB + "role-member", since, until)
    if is_same:
        assert memberships.standing(*asked) == ID + "enact-membership-inria"
    else:
        with pytest.raises(Refusal, match="already"):
            memberships.standing(*asked)


def test_names_say_who_as_what_and_where(real: Inventory) -> None:
    who = Member.of(real, ID + "inria")
    names = memberships.names(real, who, ID + "enact", VOCAB + "role-member")
    assert names == {
        "fr": "Inria, membre (ENACT)",
        "en": "Inria, member (ENACT)",
        "de": "Inria, Mitglied (ENACT)",
    }
