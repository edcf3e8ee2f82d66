"""Whether servers say the same: the answers to compare before any speed is."""

import json
from collections import Counter

import pyoxigraph as ox


def read(body: bytes, media_type: str) -> Counter[str]:
    """The rows or triples of an answer, without their order and their spelling."""
    if form := ox.RdfFormat.from_media_type(media_type):
        # What a server calls by one name and writes in another is compared as what it is.
        for tried in (form, ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML):
            try:
                return Counter({str(q.triple) for q in ox.parse(body, format=tried)})
            except SyntaxError:
                continue
        return Counter([f"unreadable {media_type}"])
    try:
        rows = json.loads(body)["results"]["bindings"]
    except (ValueError, KeyError):
        return Counter([f"unreadable {media_type}"])
    return Counter(
        json.dumps(
            {name: (v["type"] == "uri", v["value"], v.get("xml:lang")) for name, v in row.items()},
            sort_keys=True,
        )
        for row in rows
    )
