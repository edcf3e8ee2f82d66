"""A namespace whose terms are attributes."""

from typing import ClassVar

from enact_graph.terms import PREFIXES


class Namespace:
    """The terms of one namespace: each annotated name becomes its IRI.

    A term that is a word of Python has an underscore behind its name: `SH.in_` is `sh:in`.
    """

    iri: ClassVar[str]

    def __init_subclass__(cls, prefix: str) -> None:
        cls.iri = PREFIXES[prefix]
        for name in cls.__annotations__:
            setattr(cls, name, cls.iri + name.removesuffix("_"))
