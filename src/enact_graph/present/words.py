"""Words for readers in French, English and German: interface texts, dates, numbers, money.

labels = Labels.load()
labels.text("nav.download", "de")                     # Herunterladen
labels.count("page.other-sources", 3, "fr")           # 3 autres sources
labels.date(date(2024, 1, 1), "year", "en")           # 2024
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Self

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from enact_graph.graph.entity import Labels as Labelled
from enact_graph.graph.entity import pick
from enact_graph.present.assets import of_topics, shared
from enact_graph.site import NOTHING_SAID, Site
from enact_graph.terms import LANGUAGES

#: The region decides the order of a date: 22 May 2024, not May 22, 2024.
_LOCALES: Final = {
    "fr": Locale.parse("fr_FR"),
    "en": Locale.parse("en_GB"),
    "de": Locale.parse("de_DE"),
}
_DAY: Final = re.compile(r"\d{1,2}(?:er|\.)?\s")
NARROW: Final = "\u202f"
#: Before these letters French leaves out the e of de.
_ELIDED: Final = frozenset("aàâeéèêiîoôuûh")
_OF: Final = {"en": "of", "de": "von"}
#: What stands for the region of a site that names none.
_REGION: Final = {"fr": "Région", "en": "Region", "de": "Region"}
#: Names by the key of what has them, in each language.
NO_NAMES: Final[Mapping[str, Labelled]] = {}

_MILLION: Final = {"fr": "M", "en": "million", "de": "Mio."}
_BILLION: Final = {"fr": "Md", "en": "billion", "de": "Mrd."}
_SIZES: Final = {"fr": ("octets", "ko", "Mo", "Go"), "": ("bytes", "kB", "MB", "GB")}


@dataclass(frozen=True)
class Labels:
    """The table of interface texts, key to language to text, and the formats of each language."""

    table: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, site: Site = NOTHING_SAID, names: Mapping[str, Labelled] = NO_NAMES) -> Self:
        """Read what all pages say and what each topic says; ValueError if two give the same key.

        Ordinary spaces there: the typography of each language is put on the finished page.
        `{names}` are filled in; .one and .other are counts. What a site says otherwise is taken
        from it, and what a text says of a site, `{site.cluster}`, is filled in already; `names`
        are those of its cluster, region and centre in the graph.
        """
        table: dict[str, dict[str, str]] = {}
        for source in (*sorted(shared("strings").iterdir(), key=str), *of_topics("*.toml")):
            texts = _flatten(tomllib.loads(source.read_text(encoding="utf-8")))
            if twice := table.keys() & texts.keys():
                raise ValueError(f"{source.name}: {min(twice)} is in another table already")
            table |= texts
        table |= _flatten(site.words)
        fields = {lang: _fields(site, names, lang) for lang in LANGUAGES}
        return cls(
            {
                key: {lang: _filled(text, fields[lang]) for lang, text in texts.items()}
                for key, texts in table.items()
            }
        )

    def text(self, key: str, lang: str, /, **values: object) -> str:
        """Return an interface text with `{names}` filled in; KeyError if there is no such text."""
        return self.table[key][lang].format(**values)

    def of(self, name: str, lang: str) -> str:
        """A name after what belongs to it: d’Inria, de Nancy; of Nancy; von Nancy."""
        if lang == "fr":
            return f"d’{name}" if name[:1].lower() in _ELIDED else f"de {name}"
        return f"{_OF[lang]} {name}"

    def has(self, key: str) -> bool:
        """Whether the table holds this key."""
        return key in self.table

    def count(self, key: str, number: int, lang: str) -> str:
        """Return the text `key.one` or `key.other` with `{n}` written as the language does.

        French says one for nought as well.
        """
        single = number == 1 or (lang == "fr" and number == 0)
        form = "one" if single else "other"
        return self.text(f"{key}.{form}", lang, n=self.number(number, lang))

    def number(self, value: int | Decimal, lang: str) -> str:
        """Write a number: thousands apart by narrow spaces, in English by commas."""
        text: str = format_decimal(value, locale=_LOCALES[lang])
        return text.replace(".", NARROW) if lang == "de" else text

    def money(self, amount: Decimal, currency: str, lang: str) -> str:
        """Write an amount as the language does: 30 M€, €30 million, 30 Mio. €."""
        # A sign stands close to the number or its unit, a code such as CHF apart from it.
        sign, gap = ("€", "") if currency == "EUR" else (currency, " ")
        if abs(amount) < 1_000_000:
            number = self.number(amount, lang)
            return f"{sign}{gap}{number}" if lang == "en" else f"{number} {sign}"
        whole, unit = (1_000_000, _MILLION) if amount < 1_000_000_000 else (10**9, _BILLION)
        number = self.number((amount / whole).normalize() + 0, lang)
        if lang == "en":
            return f"{sign}{gap}{number} {unit[lang]}"
        return f"{number} {unit[lang]}{gap if lang == 'fr' else ' '}{sign}"

    def date(self, day: date, precision: str, lang: str) -> str:
        """Write a date no more precisely than it is known: `precision` is day, month or year."""
        locale = _LOCALES[lang]
        if precision == "year":
            return str(day.year)
        if precision == "month":
            text: str = format_skeleton("yMMMM", day, locale=locale)
            return text
        written: str = format_date(day, "long", locale=locale)
        return "1er" + written[1:] if lang == "fr" and day.day == 1 else written

    def span(self, start: str | None, end: str | None, lang: str) -> str | None:
        """Write a period from two written dates, either of which may be unknown."""
        if start and end:
            return start if start == end else self.text("date.span", lang, start=start, end=end)
        if start:
            key = "date.since-day" if _DAY.match(start) else "date.since"
            return self.text(key, lang, start=start)
        if end:
            key = "date.until-day" if _DAY.match(end) else "date.until"
            return self.text(key, lang, end=end)
        return None

    def language(self, tag: str, lang: str) -> str:
        """The name of a language in another; the tag where it has none."""
        try:
            name: str | None = Locale.parse(tag.replace("-", "_")).get_display_name(_LOCALES[lang])
        except (ValueError, UnknownLocaleError):
            return tag
        return name or tag

    def size(self, octets: int, lang: str) -> str:
        """Write a number of bytes in the nearest unit, to three figures."""
        units = _SIZES.get(lang, _SIZES[""])
        value, unit = Decimal(octets), 0
        while value >= 1000 and unit < len(units) - 1:
            value, unit = value / 1000, unit + 1
        digits = 0 if unit == 0 or value >= 100 else 1
        return (
            f"{self.number(round(value, digits) if digits else round(value), lang)} {units[unit]}"
        )


def _fields(site: Site, names: Mapping[str, Labelled], lang: str) -> dict[str, str]:
    """What a text may say of its site, by the name of the field."""

    def name(key: str, otherwise: str) -> str:
        found = pick(names.get(key, {}), lang)
        return found.text if found else otherwise

    cluster = name("cluster", site.title)
    centre = name("centre", cluster)
    return {
        "title": site.title,
        "cluster": cluster,
        "of-cluster": Labels({}).of(cluster, lang),
        "region": name("region", _REGION[lang]),
        "centre": centre,
        "of-centre": Labels({}).of(centre, lang),
        "radius": Labels({}).number(site.map.radius, lang),
    }


def _filled(text: str, fields: Mapping[str, str]) -> str:
    for field, value in fields.items():
        said = value.replace("{", "{{").replace("}", "}}")
        text = text.replace(f"{{site.{field}}}", said)
    return text


def _flatten(tree: Mapping[str, object], prefix: str = "") -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for key, value in tree.items():
        if not isinstance(value, dict):
            raise TypeError(f"strings: {prefix}{key} is not a table of languages")
        if set(value) & set(LANGUAGES):
            # `_` holds the text of a key that has others below it.
            name = prefix.removesuffix(".") if key == "_" else prefix + key
            found[name] = {lang: str(text) for lang, text in value.items()}
        else:
            found |= _flatten(value, f"{prefix}{key}.")
    return found


@dataclass(frozen=True)
class Voice:
    """The labels in one language, so that what is written need not name it at each word."""

    labels: Labels
    lang: str

    def locale(self, lang: str | None = None) -> str:
        """The locale of a language, this one unless told otherwise: fr_FR."""
        return str(_LOCALES[lang or self.lang])

    def text(self, key: str, lang: str | None = None, /, **values: object) -> str:
        """An interface text, in this language unless told otherwise."""
        return self.labels.text(key, lang or self.lang, **values)

    def of(self, name: str) -> str:
        """A name after what belongs to it."""
        return self.labels.of(name, self.lang)

    def has(self, key: str) -> bool:
        """Whether there is such an interface text."""
        return self.labels.has(key)

    def count(self, key: str, number: int) -> str:
        """A counted interface text."""
        return self.labels.count(key, number, self.lang)

    def number(self, value: int | Decimal) -> str:
        """A number."""
        return self.labels.number(value, self.lang)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount of money."""
        return self.labels.money(amount, currency, self.lang)

    def date(self, day: date, precision: str = "day") -> str:
        """A date with its precision."""
        return self.labels.date(day, precision, self.lang)

    def span(self, start: str | None, end: str | None) -> str | None:
        """A period of two written dates."""
        return self.labels.span(start, end, self.lang)

    def language(self, tag: str) -> str:
        """The name of a language."""
        return self.labels.language(tag, self.lang)

    def size(self, octets: int) -> str:
        """A number of bytes."""
        return self.labels.size(octets, self.lang)

    def listed(self, items: Sequence[str]) -> str:
        """Some words as a list: 5, 9 and 16."""
        text: str = format_list(items, locale=_LOCALES[self.lang])
        return text
