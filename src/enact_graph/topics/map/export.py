"""The map as data: GeoJSON (RFC 7946), a table, a summary."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from enact_graph import terms
from enact_graph.graph.entity import Labels, local_name
from enact_graph.present.table import csv_of
from enact_graph.topics.map.atlas import Atlas, Point, written
from enact_graph.topics.map.selection import Here, Selection

Json = dict[str, Any]
#: The columns of the table.
COLUMNS = (
    *("iri", "name_fr", "name_en", "name_de", "site", "seat", "place", "place_fr", "place_en"),
    *("place_de", "country", "longitude", "latitude", "located_by", "km", "groups", "alliances"),
)


def geojson(atlas: Atlas, selection: Selection) -> bytes:
    """One feature for each seat or other site that is shown, the nearest first.

    `located_by` says whether the coordinates are the site's own or those of its place.
    """
    features = [
        {
            "type": "Feature",
            "id": here.spot.site,
            "geometry": {"type": "Point", "coordinates": [at.lon, at.lat]},
            "properties": _properties(atlas, here, by),
        }
        for here, at, by in _located(selection)
    ]
    return _written({"type": "FeatureCollection", "features": features})


def table(atlas: Atlas, selection: Selection) -> bytes:
    """The same as CSV (RFC 4180), one line a site, then the bodies without coordinates."""
    rows: list[Sequence[object]] = [COLUMNS]
    for here, at, by in _located(selection):
        p = _properties(atlas, here, by)
        rows.append(
            [
                *(p["iri"], *_three(p["name"]), here.spot.site, str(p["seat"]).lower()),
                *(p["place"], *_three(p["placeName"]), p["country"], at.lon, at.lat, by, p["km"]),
                *(" ".join(p["groups"]), " ".join(p["alliances"])),
            ]
        )
    for body in selection.without:
        name = _three(atlas.labels.get(body.iri, {}))
        groups, alliances = " ".join(body.groups), " ".join(body.alliances)
        rows.append([body.iri, *name, *[""] * (len(COLUMNS) - 6), groups, alliances])
    return csv_of(rows).encode()


def summary(atlas: Atlas, selection: Selection) -> bytes:
    """What the page says, as JSON: the centre, the members within the radius, every place."""
    wish = selection.wish
    return _written(
        {
            "centre": {"iri": wish.centre, "name": dict(_names(atlas, wish.centre))}
            if wish.centre
            else None,
            "km": wish.km,
            "members": [
                {"iri": h.body.iri, "km": written(h.km), "within": h in selection.near}
                for h in selection.members
            ],
            "places": [
                {
                    "iri": s.place,
                    "name": dict(_names(atlas, s.place)) if s.place else {},
                    "km": written(s.km),
                    "bodies": [h.body.iri for h in s.bodies],
                }
                for s in selection.stops
            ],
            "without": [b.iri for b in selection.without],
        }
    )


def _located(selection: Selection) -> Iterator[tuple[Here, Point, str]]:
    for stop in selection.stops:
        for here in stop.bodies:
            exact = here.spot.exact
            yield here, exact or stop.point, "site" if exact else "place"


def _properties(atlas: Atlas, here: Here, by: str) -> Json:
    body, place = here.body, here.spot.place
    return {
        "iri": body.iri,
        "slug": local_name(body.iri),
        "name": dict(_names(atlas, body.iri)),
        "kinds": list(atlas.kinds.get(body.iri, ())),
        "groups": list(body.groups),
        "alliances": [local_name(a) for a in body.alliances],
        "seat": here.spot.is_seat,
        "place": place or "",
        "placeName": dict(_names(atlas, place)) if place else {},
        "country": here.spot.country or "",
        "located_by": by,
        "km": written(here.km),
    }


def _names(atlas: Atlas, iri: str) -> Labels:
    labels = atlas.labels.get(iri, {})
    return {lang: labels[lang] for lang in terms.LANGUAGES if lang in labels}


def _three(names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(lang, "") for lang in terms.LANGUAGES)


def _written(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
