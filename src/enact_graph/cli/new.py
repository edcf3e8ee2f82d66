"""The command `new`: a correct skeleton of a document, organisation, person or membership."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, TypeAlias

import typer

from enact_graph.authoring.checks.names import document_slug
from enact_graph.authoring.checks.names import slug as slug_of
from enact_graph.authoring.new import fields, memberships, skeleton
from enact_graph.authoring.new.fields import PartialDate
from enact_graph.authoring.new.inventory import ORGANIZATION, PERSON, Inventory
from enact_graph.authoring.new.memberships import Member
from enact_graph.authoring.new.skeleton import Draft, Named, Role, Source
from enact_graph.cli.check import Language
from enact_graph.cli.prompts import CLASSIFICATION, Questions
from enact_graph.cli.root import Root
from enact_graph.terms import GRAPH, ID, LANGUAGES, SOURCE
from enact_graph.vocabulary import ORG, RDF

Lang: TypeAlias = Annotated[
    Language | None, typer.Option(help="Language of the questions [default: the locale's].")
]
Slug: TypeAlias = Annotated[
    str | None, typer.Option(help="Name of the address [default: made from the names].")
]
Name: TypeAlias = Annotated[
    str | None, typer.Option(help="Name in every language that has none of its own.")
]
NameIn: TypeAlias = Annotated[str | None, typer.Option(help="Name in this language.")]
DescriptionIn: TypeAlias = Annotated[
    str | None, typer.Option(help="One line in this language; in all three or in none.")
]
Document: TypeAlias = Annotated[
    str | None, typer.Option(help="Document that says so: its address or title.")
]
Paragraph: TypeAlias = Annotated[
    str | None, typer.Option(help="Number of the paragraph, where the document has a block each.")
]
Start: TypeAlias = Annotated[
    str | None, typer.Option(help="Since when: 2024, 2024-05 or 2024-05-22.")
]
End: TypeAlias = Annotated[str | None, typer.Option(help="Until when, likewise.")]
Organization: TypeAlias = Annotated[
    str | None, typer.Option(help="In which organisation: its address or name.")
]
IsAnother: TypeAlias = Annotated[
    bool, typer.Option("--is-another", help="It is another one, whatever is alike already.")
]
RoleName: TypeAlias = Annotated[
    str | None, typer.Option(help="As what: a role of vocab/role.ttl, such as member.")
]


def new() -> typer.Typer:
    """Write the skeleton of a new document, organisation, person or membership.

    On a terminal what is missing is asked for; elsewhere every answer is an option. Nothing that
    is there is changed: an address that is taken is refused.
    """
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    for command in (document, organization, person, membership):
        group.command()(command)
    return group


def document(  # noqa: PLR0913, PLR0917 - one for each option
    name: Name = None,
    name_fr: NameIn = None,
    name_en: NameIn = None,
    name_de: NameIn = None,
    url: Annotated[str | None, typer.Option(help="Address at which it was read.")] = None,
    publisher: Annotated[
        str | None, typer.Option(help="Address or name of the publisher; '+ Name' for a new one.")
    ] = None,
    type: Annotated[  # noqa: A002 - the option is called so
        str | None, typer.Option(help="Type of vocab/document-type.ttl, such as web-page.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Its language: fr, en, de, ja …")] = None,
    issued: Annotated[
        str | None, typer.Option(help="When it appeared: 2024, 2024-05 or 2024-05-22.")
    ] = None,
    read: Annotated[str | None, typer.Option(help="Day it was read [default: today].")] = None,
    description_fr: DescriptionIn = None,
    description_en: DescriptionIn = None,
    description_de: DescriptionIn = None,
    is_another: IsAnother = False,
    slug: Slug = None,
    root: Root = None,
    lang: Lang = None,
) -> None:
    """Begin the file of a source document in data/documents/."""
    asked = Questions.open(root, lang, _options(locals()))
    names = asked.names()
    address = asked.ask("url", fields.url)
    asked.distinguish("read-already", asked.resolver.documents(address))
    who, drafts = asked.publisher()
    kind = asked.choose("type", asked.inventory.concepts("document-type"))
    tongue = asked.ask("language", fields.language)
    appeared = asked.ask_if_known("issued", PartialDate.read)

    def seen(said: str) -> PartialDate:
        day = fields.day(said)
        fields.in_order(appeared, day)
        return day

    seen_on = asked.ask("read", seen, date.today().isoformat())
    descriptions = asked.descriptions()
    day = appeared.written if appeared else "undated"
    publishing = who.removeprefix(ID).removeprefix("publisher-")
    chosen = asked.slug(document_slug(publishing, day, names["en"]), SOURCE, GRAPH)
    named = Named(chosen, names, descriptions)
    source = Source(named, address, who, kind, tongue, seen_on, appeared)
    curator = asked.inventory.sources.site.publisher
    begun = skeleton.document(source, f"data/documents/{chosen}.trig", curator)
    hosts = (skeleton.publishing(who, address),) if drafts else ()
    asked.finish(SOURCE + chosen, *drafts, *hosts, begun)


def organization(  # noqa: PLR0913, PLR0917 - one for each option
    name: Name = None,
    name_fr: NameIn = None,
    name_en: NameIn = None,
    name_de: NameIn = None,
    kind: Annotated[
        str | None, typer.Option(help="Kind of vocab/kind.ttl, such as university.")
    ] = None,
    unit_of: Annotated[
        str | None, typer.Option(help="Of a laboratory or team: the organisation it belongs to.")
    ] = None,
    document: Document = None,
    paragraph: Paragraph = None,
    url: Annotated[
        str | None, typer.Option(help="Web address of the organisation, if the document has it.")
    ] = None,
    description_fr: DescriptionIn = None,
    description_en: DescriptionIn = None,
    description_de: DescriptionIn = None,
    is_another: IsAnother = False,
    slug: Slug = None,
    root: Root = None,
    lang: Lang = None,
) -> None:
    """Describe an organisation in data/curation, and say which document speaks of it."""
    asked = Questions.open(root, lang, _options(locals()))
    inventory = asked.inventory
    names = asked.names()
    of_kind = asked.choose("kind", _kinds(inventory))
    type_ = inventory.precedent(of_kind) or ORGANIZATION
    is_unit = ORG.OrganizationalUnit in inventory.above(type_)
    whole = asked.choose("unit-of", inventory.things(ID, ORGANIZATION)) if is_unit else None
    graph = asked.graph()
    address = asked.ask_if_known("url", fields.url)
    asked.distinguish("described-already", asked.resolver.same(names, address))
    descriptions = asked.descriptions()
    chosen = asked.slug(slug_of(names["fr"]), ID)
    shelf = inventory.shelf(CLASSIFICATION, of_kind)
    named = Named(chosen, names, descriptions)
    asked.finish(
        ID + chosen,
        skeleton.organization(named, (type_,), of_kind, shelf, whole),
        skeleton.mention(chosen, of_kind, address, graph, inventory.file_of(graph)),
    )


def person(  # noqa: PLR0913, PLR0917 - one for each option
    name: Annotated[str | None, typer.Option(help="Name, as published with the function.")] = None,
    organization: Organization = None,
    role: RoleName = None,
    document: Document = None,
    paragraph: Paragraph = None,
    start: Start = None,
    end: End = None,
    description_fr: DescriptionIn = None,
    description_en: DescriptionIn = None,
    description_de: DescriptionIn = None,
    slug: Slug = None,
    root: Root = None,
    lang: Lang = None,
) -> None:
    """Describe a person in a published official function: who, as what, where, since when."""
    asked = Questions.open(root, lang, _options(locals()))
    inventory = asked.inventory
    spoken = asked.ask("name", fields.line)
    chosen = asked.slug(slug_of(spoken), ID)
    named = Named(chosen, dict.fromkeys(LANGUAGES, spoken), asked.descriptions())
    described = skeleton.person(named, inventory.shelf(RDF.type, PERSON))
    who = Member(ID + chosen, named.names, is_person=True)
    asked.finish(ID + chosen, described, *_belonging(asked, who, is_alone=False)[1:])


def membership(  # noqa: PLR0913, PLR0917 - one for each option
    member: Annotated[
        str | None, typer.Option(help="Address or name of an organisation or a person.")
    ] = None,
    organization: Organization = None,
    role: RoleName = None,
    document: Document = None,
    paragraph: Paragraph = None,
    start: Start = None,
    end: End = None,
    description_fr: DescriptionIn = None,
    description_en: DescriptionIn = None,
    description_de: DescriptionIn = None,
    slug: Slug = None,
    root: Root = None,
    lang: Lang = None,
) -> None:
    """State, in the block of a document, that a body or a person belongs to an organisation.

    Of a membership that is described already, --end states when it ended.
    """
    asked = Questions.open(root, lang, _options(locals()))
    inventory = asked.inventory
    who = Member.of(inventory, asked.choose("member", memberships.members(inventory)))
    slug, *drafts = _belonging(asked, who, is_alone=True)
    asked.finish(ID + slug, *drafts)


def _belonging(asked: Questions, who: Member, is_alone: bool) -> tuple[str, *tuple[Draft, ...]]:
    """Ask what a member is, where and since when; return the slug, and what to write.

    Only for a membership that comes alone are slug and description its own.
    """
    inventory = asked.inventory
    where = asked.choose("organization", inventory.things(ID, ORGANIZATION))

    def judge(role: str) -> None:
        memberships.class_of(inventory, who, where, role)

    role = asked.choose("role", inventory.concepts("role"), judge)
    graph = asked.graph()
    start, end = asked.period()
    proposed = memberships.slug(inventory, who, where, role)
    with asked.dialogue.refusing():
        known = memberships.standing(inventory, who.iri, where, role, start, end)
        if known and end:
            gone = skeleton.ended(known, end, graph, inventory.file_of(graph))
            return known.removeprefix(ID), gone
        if not is_alone:
            fields.free_slug(inventory, (ID,))(proposed)
    slug = asked.slug(proposed, ID) if is_alone else proposed
    descriptions = asked.descriptions() if is_alone else {}
    named = Named(slug, memberships.names(inventory, who, where, role), descriptions)
    kind = memberships.class_of(inventory, who, where, role)
    belonging = Role(named, kind, who.iri, where, role, start, end)
    shelf = inventory.curation_file(where) or inventory.shelf(RDF.type, kind)
    return slug, *skeleton.membership(belonging, graph, inventory.file_of(graph), shelf)


def _kinds(inventory: Inventory) -> list[str]:
    """Return the kinds that organisations have: those of places are left out."""
    found = []
    for kind in inventory.concepts("kind"):
        of_kind = inventory.precedent(kind) or ORGANIZATION
        if ORGANIZATION in inventory.above(of_kind):
            found.append(kind)
    return found


def _options(given: Mapping[str, object]) -> dict[str, str | None]:
    """Return the options of a command by the name that people write."""
    options = {k.replace("_", "-"): v for k, v in given.items() if k not in ("root", "lang")}
    return {k: None if v is None or v is False else str(v) for k, v in options.items()}
