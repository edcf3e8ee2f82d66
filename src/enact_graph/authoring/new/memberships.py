"""Memberships: which class one is of, what it is called, and whether it is there already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from enact_graph.authoring.new.fields import PartialDate, Refusal
from enact_graph.authoring.new.inventory import ORGANIZATION, PERSON, Inventory
from enact_graph.terms import ID, LANGUAGES, VOCAB, shorten
from enact_graph.vocabulary import ENACT, ORG, SCHEMA

MEMBERSHIP: Final = ORG.Membership
LEAD: Final = VOCAB + "role-lead"

#: The class of a membership by the class of the organisation; of any other it is org:Membership.
_CLASSES: Final = {
    ENACT.Cluster: ENACT.ConsortiumMembership,
    ENACT.UniversityAlliance: ENACT.AllianceMembership,
}


@dataclass(frozen=True)
class Member:
    """Who belongs to an organisation: IRI, names by language, and whether it is a person."""

    iri: str
    names: Mapping[str, str]
    is_person: bool

    @classmethod
    def of(cls, inventory: Inventory, iri: str) -> "Member":
        """Return a member that is described already."""
        names = {tag: inventory.name(iri, tag) for tag in LANGUAGES}
        return cls(iri, names, inventory.is_a(iri, PERSON))


def class_of(inventory: Inventory, member: Member, organization: str, role: str) -> str:
    """Return the class of a membership, by organisation, member and role (IRIs).

    Refusal `role-here` for a role that a body cannot have there, `role-of-bodies` for one that only
    bodies have.
    """
    bodies = {LEAD, *inventory.roles(ENACT.AllianceMembership)}
    for kind, found in _CLASSES.items():
        if not inventory.is_a(organization, kind):
            continue
        allowed = inventory.roles(found)
        if member.is_person and role in bodies:
            raise Refusal("role-of-bodies", name=shorten(role))
        if member.is_person:
            return found if role in allowed else MEMBERSHIP
        if role not in allowed:
            near = ", ".join(map(shorten, allowed))
            raise Refusal("role-here", name=shorten(role), near=near)
        return found
    return MEMBERSHIP


def members(inventory: Inventory) -> list[str]:
    """Return who can be a member: persons and organisations."""
    return inventory.things(ID, PERSON, ORGANIZATION)


def standing(  # noqa: PLR0913, PLR0917 - what makes two memberships the same
    inventory: Inventory,
    member: str,
    organization: str,
    role: str,
    start: PartialDate | None,
    end: PartialDate | None,
) -> str | None:
    """Return the membership of the same member in the same role that ends as it is told now.

    Refusal `already` for one that is told at the same time and does not end so.
    """
    wanted = {ORG.member: member, ORG.organization: organization, ORG.role: role}
    for iri in inventory.things(ID, MEMBERSHIP):
        if any(value not in inventory.values(iri, p) for p, value in wanted.items()):
            continue
        starts, ends = (
            inventory.values(iri, SCHEMA.startDate),
            inventory.values(iri, SCHEMA.endDate),
        )
        is_before = bool(ends and start and max(ends) < start.first)
        is_after = bool(starts and end and min(starts) > end.last)
        if not (is_before or is_after):
            if end and not ends and not (start and starts and start.first not in starts):
                return iri
            raise Refusal("already", name=shorten(iri), place=inventory.where(iri))
    return None


def slug(inventory: Inventory, member: Member, organization: str, role: str) -> str:
    """Return the usual slug, or one with the role where the usual one is taken."""
    who, where = member.iri.removeprefix(ID), organization.removeprefix(ID)
    if role == LEAD and f"{ID}{where}-lead" not in inventory.taken:
        return f"{where}-lead"
    usual = f"{where}-membership-{who}"
    as_what = role.removeprefix(VOCAB + "role-")
    return usual if ID + usual not in inventory.taken else f"{where}-{as_what}-{who}"


def names(inventory: Inventory, member: Member, organization: str, role: str) -> dict[str, str]:
    """Return a name in each language: who, as what, where."""
    return {
        tag: f"{member.names[tag]}, {inventory.name(role, tag)}"
        f" ({inventory.name(organization, tag)})"
        for tag in LANGUAGES
    }
