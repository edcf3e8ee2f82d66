"""Compare the servers in one run and write the tables: python -m benchmarks [options].

Every shape of query is put to every server in turns, cold and hot, over the generated graph and
over the current release; what is written is the median of the rounds.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from benchmarks import graph, load, publish, report, servers, shapes
from benchmarks.agreement import read
from benchmarks.load import Load, Measured
from benchmarks.servers import Server
from benchmarks.shapes import Shape
from enact_graph.release.store import current

_ROOT: Final = Path(__file__).parents[1]
#: How many different queries a hot run repeats.
_HOT: Final = 10


def main() -> None:
    """Read the options, measure, write."""
    options = _options()
    load.require()
    kind = Load(options.seconds, options.connections)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        graphs = [_generated(size, work) for size in options.sizes]
        if not options.no_release:
            graphs.append((f"release {current(options.public).name}", options.public))
        results = [
            report.Compared(name, *_compare(public, work, options, kind)) for name, public in graphs
        ]
    packages = servers.versions(options.tools, ("oxigraph", "rdflib", "rdflib-endpoint"))
    report.write(results, kind, options.rounds, packages, options.output)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000], help="quads to generate")
    parser.add_argument("--no-release", action="store_true", help="leave the release out")
    parser.add_argument("--public", type=Path, default=_ROOT / "public", help="releases")
    parser.add_argument("--servers", nargs="*", default=list(servers.NAMES), help="which of them")
    parser.add_argument("--shapes", nargs="*", default=[s.name for s in shapes.SHAPES])
    parser.add_argument("--seconds", type=int, default=2, help="of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median counts")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--tools", type=Path, default=_ROOT / ".venv-bench/bin", help="programs")
    parser.add_argument("--output", type=Path, default=_ROOT / "benchmarks/results/latest")
    return parser.parse_args()


def _generated(size: int, work: Path) -> tuple[str, Path]:
    nquads, public = work / f"{size}.nq", work / f"public-{size}"
    graph.main(str(size), str(nquads))
    publish.publish(nquads, public, _ROOT)
    return f"generated, {size} quads", public


def _compare(
    public: Path, work: Path, options: argparse.Namespace, kind: Load
) -> tuple[int, report.Rows, dict[str, int]]:
    release = current(public)
    whole = publish.whole(release, work / "whole.nq")
    store = ox.Store()
    store.bulk_load(path=str(whole), format=ox.RdfFormat.N_QUADS)
    queries = {s: q for s, q in shapes.by_shape(store).items() if s.name in options.shapes}
    with ExitStack() as stack:
        running = [
            stack.enter_context(servers.started(name, public, whole, work, options.tools))
            for name in options.servers
        ]
        rows = dict(_rows(running, queries, options.rounds, kind, work))
        memory = {server.name: server.memory for server in running}
    return release.manifest.counts["quads"], rows, memory


def _rows(
    running: Sequence[Server],
    queries: Mapping[Shape, Sequence[str]],
    rounds: int,
    kind: Load,
    work: Path,
) -> Iterator[tuple[report.Row, dict[str, Measured]]]:
    for shape, texts in queries.items():
        differs = _disagreement(running, shape, texts[:3])
        for is_cold in (True, False):
            asked = texts if is_cold else texts[:_HOT]
            found: dict[str, list[Measured]] = {server.name: [] for server in running}
            for _ in range(rounds):
                for server in running:
                    found[server.name].append(
                        load.run(server, asked, shape.accept, kind, is_cold=is_cold, work=work)
                    )
            row = report.Row(shape.name, is_cold, differs)
            medians = {name: _median(runs) for name, runs in found.items()}
            report.say(row, medians)
            yield row, medians


def _disagreement(running: Sequence[Server], shape: Shape, texts: Sequence[str]) -> tuple[str, ...]:
    """Who answers otherwise than the first."""
    answers = {
        server.name: [
            read(*servers.ask(server.endpoint, load.encoded(text), shape.accept)) for text in texts
        ]
        for server in running
    }
    first = answers[running[0].name]
    return tuple(name for name, found in answers.items() if found != first)


def _median(runs: Sequence[Measured]) -> Measured:
    def middle(name: str) -> float:
        return float(statistics.median(getattr(run, name) for run in runs))

    return Measured(
        middle("rate"),
        middle("median"),
        middle("slowest"),
        middle("cpu"),
        sum(run.failed for run in runs),
        int(middle("bytes")),
    )


if __name__ == "__main__":
    main()
