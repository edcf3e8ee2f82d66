"""What is counted while the server runs, in the format of Prometheus."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from enact_graph.engine.protocol import Figures

_NAME: Final = "enact_graph_"
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@dataclass(frozen=True)
class Now:
    """The state at one moment: of the engine, of the caches by name, and what is served.

    `caches` holds hits, misses and bytes held of each; `release` the labels that name it.
    """

    engine: Figures
    open_requests: int
    is_draining: bool
    caches: dict[str, tuple[int, int, int]]
    release: dict[str, str]


class Meter:
    """Counts requests and queries; what is so at the moment is asked of `now` when it is read."""

    def __init__(self, now: Callable[[], Now | None]) -> None:
        registry = self._registry = CollectorRegistry()
        self._requests = Counter(
            _NAME + "requests",
            "Requests by route and status.",
            ("route", "status"),
            registry=registry,
        )
        self._request_seconds = Histogram(
            _NAME + "request_seconds",
            "Seconds to the first byte of the answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._queries = Counter(
            _NAME + "queries", "Queries by outcome.", ("outcome",), registry=registry
        )
        self._query_seconds = Histogram(
            _NAME + "query_seconds", "Seconds a query ran.", buckets=_BUCKETS, registry=registry
        )
        self._wait_seconds = Histogram(
            _NAME + "query_wait_seconds",
            "Seconds a query waited for a process.",
            buckets=_BUCKETS,
            registry=registry,
        )
        self._kills = Counter(
            _NAME + "kills", "Queries that were ended, by reason.", ("reason",), registry=registry
        )
        self._switches = Counter(
            _NAME + "switches", "Changes of release, by outcome.", ("outcome",), registry=registry
        )
        ProcessCollector(registry=registry)
        registry.register(_Moment(now))
        self._by_label: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def request(self, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        key = (route, status)
        found = self._by_label.get(key)
        if found is None:
            counter = self._requests.labels(route, str(status))
            found = self._by_label[key] = (counter, self._request_seconds.labels(route))
        found[0].inc()
        found[1].observe(seconds)

    def query(self, outcome: str, waited: float, ran: float, *, is_ended: bool) -> None:
        """Count a query: the slug of its error, `answered`, or `gone` with its client."""
        self._queries.labels(outcome).inc()
        if ran > 0:
            self._query_seconds.observe(ran)
            self._wait_seconds.observe(waited)
        if is_ended:
            self._kills.labels(outcome).inc()

    def switch(self, outcome: str) -> None:
        """Count a change of release: `switched` or `refused`."""
        self._switches.labels(outcome).inc()

    def read(self, accept: str | None) -> tuple[bytes, str]:
        """Everything, in the format that the Accept header wants, and the name of that format."""
        encode, content_type = choose_encoder(accept or "")
        return encode(self._registry), content_type


class _Moment(Collector):
    """What is so at the moment it is asked."""

    def __init__(self, now: Callable[[], Now | None]) -> None:
        self._now = now

    def collect(self) -> Iterable[Metric]:
        now = self._now()
        if now is None:
            return
        for name, what, value in (
            ("processes", "Query processes.", now.engine.processes),
            ("processes_busy", "Query processes at work.", now.engine.busy),
            ("queue", "Queries that wait for a process.", now.engine.waiting),
            ("streams", "Answers being sent while they are made.", now.engine.streams),
            ("requests_open", "Requests that are being answered.", now.open_requests),
            ("draining", "Whether the server is about to end.", now.is_draining),
        ):
            yield GaugeMetricFamily(_NAME + name, what, value)
        hits = CounterMetricFamily(_NAME + "cache_hits", "Answers found made.", labels=["cache"])
        misses = CounterMetricFamily(_NAME + "cache_misses", "Answers to make.", labels=["cache"])
        held = GaugeMetricFamily(_NAME + "cache_bytes", "Bytes held.", labels=["cache"])
        for cache, (hit, missed, size) in now.caches.items():
            hits.add_metric([cache], hit)
            misses.add_metric([cache], missed)
            held.add_metric([cache], size)
        yield from (hits, misses, held)
        release = GaugeMetricFamily(
            _NAME + "release_info", "The release that is served.", labels=list(now.release)
        )
        release.add_metric(list(now.release.values()), 1)
        yield release
