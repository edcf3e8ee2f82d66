"""What searching takes, and what the same question takes the SPARQL engine, in one run.

From the labels of the current release, or of a generated graph of QUADS, come texts as people type
them: every beginning of a label, whole labels, labels with one slip, and words of labels. Prints
milliseconds of processor time at the median and the 99th percentile, and of words the ratio to a
SPARQL query that looks through all labels for them. Usage: python -m benchmarks.searching [QUADS]
"""

import random
import statistics
import string
import sys
import time
from collections.abc import Callable, Sequence

import pyoxigraph as ox

from benchmarks import graph
from enact_graph.authoring import dataset
from enact_graph.authoring.searchable import listing
from enact_graph.lookup.index import Index
from enact_graph.lookup.search import search, suggest
from enact_graph.release.store import current
from enact_graph.settings import Settings

LABELS, LONGEST = 400, 14
_LOOK_THROUGH = (
    "SELECT DISTINCT ?s WHERE {{ ?s <http://www.w3.org/2000/01/rdf-schema#label>"
    "|<http://www.w3.org/2004/02/skos/core#prefLabel> ?name"
    ' FILTER(CONTAINS(LCASE(STR(?name)), "{}")) }}'
)


def texts(index: Index, seed: int = 2024) -> dict[str, list[str]]:
    """What is asked, by the way it is asked: always the same for one index and seed."""
    choose = random.Random(seed)  # noqa: S311  # the same texts each time
    labels = sorted({n.text for e in index.entries for n in e.names if n.role == "label"})
    some = choose.sample(labels, min(LABELS, len(labels)))
    words = sorted({w.lower() for text in some for w in text.split() if w.isalpha() and len(w) > 3})
    return {
        "beginnings": [text[:n] for text in some for n in range(1, min(len(text), LONGEST) + 1)],
        "labels": some,
        "slips": [_mistype(text, choose) for text in some],
        "words": choose.sample(words, min(LABELS, len(words))),
    }


def milliseconds(run: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """The processor time of each text, sorted."""
    took = []
    for text in asked:
        start = time.process_time()
        run(text)
        took.append((time.process_time() - start) * 1e3)
    return sorted(took)


def measure(index: Index, store: ox.Store) -> None:
    """Print the table."""
    asked = texts(index)
    ways: list[tuple[str, str, Callable[[str], object]]] = [
        ("suggest", "beginnings", lambda text: suggest(index, text, "fr")),
        ("suggest", "slips", lambda text: suggest(index, text, "fr")),
        ("search", "labels", lambda text: search(index, text, "fr")),
        ("search", "slips", lambda text: search(index, text, "fr")),
        ("search", "words", lambda text: search(index, text, "fr")),
        ("SPARQL", "words", lambda text: list(store.query(_LOOK_THROUGH.format(text)))),  # type: ignore[arg-type]
    ]
    medians = {}
    print(f"{'':10}{'asked':12}{'texts':>7}{'p50 ms':>9}{'p99 ms':>9}")
    for way, what, run in ways:
        took = milliseconds(run, asked[what])
        medians[way, what] = statistics.median(took)
        last = took[int(len(took) * 0.99)]
        print(f"{way:10}{what:12}{len(took):7}{medians[way, what]:9.2f}{last:9.2f}")
    ratio = medians["SPARQL", "words"] / medians["search", "words"]
    print(f"\nSPARQL takes {ratio:.0f} times as long as searching for the same words.")


def main(quads: str = "") -> None:
    """Measure the release in the configured folder, or a generated graph."""
    store = ox.Store()
    if quads:
        text = "".join(graph.quads(int(quads)))
        store.extend(dataset.collect(ox.parse(text, format=ox.RdfFormat.N_QUADS)))
        start = time.perf_counter()
        index = Index.over(listing(dataset.merge(store)))
    else:
        release = current(Settings().public)
        path = release.file("enact-graph.nt")
        store.bulk_load(path=path, format=ox.RdfFormat.N_TRIPLES)
        start = time.perf_counter()
        index = Index.of(release)
    took = time.perf_counter() - start
    print(f"{len(index.entries)} things, {len(index.names.names)} names; read in {took:.2f} s\n")
    measure(index, store)


def _mistype(text: str, choose: random.Random) -> str:
    place = choose.randrange(len(text))
    return text[:place] + choose.choice(string.ascii_lowercase) + text[place + 1 :]


if __name__ == "__main__":
    main(*sys.argv[1:])
