"""What the engine really does: functions and extensions of the language, each tried before told.

A function is offered only where it gives the answer that its standard demands. The engine knows
the names of some more, which answer nothing or wrongly: they fail here and are not offered.
"""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from enact_graph.errors import QueryError
from enact_graph.sparql.ask import Ask, Runner

FUNCTIONS: Final = "http://www.opengis.net/def/function/geosparql/"
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_UNITS: Final = "http://www.opengis.net/def/uom/OGC/1.0/"
_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_PROLOGUE: Final = (
    f"PREFIX geof: <{FUNCTIONS}> PREFIX geo: <{_GEO}> PREFIX xsd: <{_XSD}> PREFIX unit: <{_UNITS}>"
)

_SHAPES: Final = {
    "square": "POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))",
    "inside": "POLYGON((0.5 0.5, 1 0.5, 1 1, 0.5 1, 0.5 0.5))",
    "corner": "POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))",
    "beside": "POLYGON((2 0, 4 0, 4 2, 2 2, 2 0))",
    "across": "POLYGON((1 1, 3 1, 3 3, 1 3, 1 1))",
    "turned": "POLYGON((2 2, 0 2, 0 0, 2 0, 2 2))",
    "far": "POLYGON((10 10, 11 10, 11 11, 10 11, 10 10))",
    "middle": "POINT(1 1)",
    "north": "POINT(1 2)",
    "high": "POINT Z(1 1 1)",
    "empty": "POINT EMPTY",
    "line": "LINESTRING(-1 1, 3 1)",
    "knot": "LINESTRING(0 0, 2 2, 0 2, 2 0)",
    "degree": "LINESTRING(0 0, 1 0)",
    "corners": "MULTIPOINT((0 0), (2 0), (2 2), (0 2))",
}
#: Pairs of which a relation holds, and a pair of which it does not.
_RELATIONS: Final = {
    "sfContains": ("square middle", "far middle"),
    "sfCrosses": ("line square", "line far"),
    "sfDisjoint": ("square far", "square middle"),
    "sfEquals": ("square turned", "square across"),
    "sfIntersects": ("square across", "square far"),
    "sfOverlaps": ("square across", "square beside"),
    "sfTouches": ("square beside", "square across"),
    "sfWithin": ("middle square", "square middle"),
    "ehContains": ("square inside", "inside square"),
    "ehCoveredBy": ("corner square", "square corner"),
    "ehCovers": ("square corner", "corner square"),
    "ehDisjoint": ("square far", "square beside"),
    "ehEquals": ("square turned", "square corner"),
    "ehInside": ("inside square", "square inside"),
    "ehMeet": ("square beside", "square across"),
    "ehOverlap": ("square across", "square beside"),
    "rcc8dc": ("square far", "square beside"),
    "rcc8ec": ("square beside", "square far"),
    "rcc8eq": ("square turned", "square corner"),
    "rcc8ntpp": ("inside square", "corner square"),
    "rcc8ntppi": ("square inside", "square corner"),
    "rcc8po": ("square across", "square beside"),
    "rcc8tpp": ("corner square", "inside square"),
    "rcc8tppi": ("square corner", "square inside"),
}
#: Expressions that are true where the function does what GeoSPARQL 1.1 says; §name is a shape.
_VALUES: Final = {
    "area": "geof:area(§square, unit:squareMetre) > 1",
    "asGeoJSON": 'CONTAINS(STR(geof:asGeoJSON(§middle)), "Point")',
    "centroid": "geof:sfEquals(geof:centroid(§square), §middle)",
    "convexHull": "geof:sfEquals(geof:convexHull(§corners), §square)",
    "coordinateDimension": (
        "geof:coordinateDimension(§middle) = 2 && geof:coordinateDimension(§high) = 3"
    ),
    "difference": "geof:sfContains(geof:difference(§square, §across), §corner)",
    "dimension": "geof:dimension(§square) = 2 && geof:dimension(§line) = 1",
    "distance": "ABS(geof:distance(§middle, §north, unit:metre) - 111195) < 700",
    "envelope": "geof:sfEquals(geof:envelope(§corners), §square)",
    "getSRID": f'STR(geof:getSRID(§middle)) = "{_CRS84}"',
    "intersection": "geof:sfWithin(geof:intersection(§square, §across), §square)",
    "isEmpty": "geof:isEmpty(§empty) && !geof:isEmpty(§square)",
    "isSimple": "geof:isSimple(§line) && !geof:isSimple(§knot)",
    "length": "ABS(geof:length(§degree, unit:metre) - 111195) < 500",
    "perimeter": "ABS(geof:perimeter(§square, unit:metre) - 889000) < 5000",
    "relate": 'geof:relate(§square, §middle, "0F2FF1FF2")'
    ' && !geof:relate(§square, §middle, "FF2FF1212")',
    "spatialDimension": "geof:spatialDimension(§middle) = 2",
    "symDifference": "!geof:sfContains(geof:symDifference(§square, §inside), §inside)",
    "union": "geof:sfContains(geof:union(§square, §across), §square)",
}
#: What SPARQL 1.2 adds, each with a query that is answered with yes where it works.
_LANGUAGE: Final = (
    (
        "triple-terms",
        "Triple terms of RDF 1.2 in patterns and expressions",
        "ASK { BIND(<<( <urn:s> <urn:p> 1 )>> AS ?t)"
        " FILTER(isTRIPLE(?t) && SUBJECT(?t) = <urn:s> && OBJECT(?t) = 1) }",
    ),
    (
        "base-direction",
        "Texts with a language and a base direction",
        'ASK { BIND(STRLANGDIR("a", "he", "rtl") AS ?t)'
        ' FILTER(hasLANGDIR(?t) && LANG(?t) = "he" && LANGDIR(?t) = "rtl") }',
    ),
    ("version", "The declaration VERSION", 'VERSION "1.2" ASK {}'),
)


async def functions(runner: Runner) -> tuple[str, ...]:
    """The IRIs of the extension functions that give the right answers, sorted."""
    return tuple(sorted([FUNCTIONS + n for n, q in _questions() if await _is_true(runner, q)]))


async def language(runner: Runner) -> tuple[tuple[str, str], ...]:
    """Name and label of each extension of the SPARQL 1.1 query language that works."""
    return tuple([(n, label) for n, label, query in _LANGUAGE if await _is_true(runner, query)])


def _questions() -> Iterable[tuple[str, str]]:
    for name, (holds, fails) in _RELATIONS.items():
        yes, no = (", ".join("§" + shape for shape in pair.split()) for pair in (holds, fails))
        yield name, _ask(f"geof:{name}({yes}) && !geof:{name}({no})")
    for name, condition in _VALUES.items():
        yield name, _ask(condition)


def _ask(condition: str) -> str:
    # Longer names first: `corners` begins with the name of another shape.
    for shape in sorted(_SHAPES, key=len, reverse=True):
        condition = condition.replace("§" + shape, f'"{_SHAPES[shape]}"^^geo:wktLiteral')
    return f"{_PROLOGUE} ASK {{ FILTER({condition}) }}"


async def _is_true(runner: Runner, query: str) -> bool:
    try:
        answer = await runner.run(Ask(query))
    except QueryError as error:
        if error.status >= 500:
            raise  # busy or ended: that says nothing about the function
        return False
    return bool(ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON))
