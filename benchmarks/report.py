"""The tables of a run, as Markdown and as JSON, with the machine and the versions."""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.load import Load, Measured
from benchmarks.servers import NAMES, OURS


@dataclass(frozen=True)
class Row:
    """One shape, cold or hot; `differs` names the servers whose answers are not ours."""

    shape: str
    is_cold: bool
    differs: tuple[str, ...]


Rows = dict[Row, dict[str, Measured]]


@dataclass(frozen=True)
class Compared:
    """The measurements over one graph; `memory` is that of each server after them, in bytes."""

    graph: str
    quads: int
    rows: Rows
    memory: Mapping[str, int]


def say(row: Row, measured: Mapping[str, Measured]) -> None:
    """Print a row as soon as it is there."""
    rates = "  ".join(f"{name} {m.rate:8.0f}" for name, m in measured.items())
    sys.stdout.write(f"{row.shape:14} {'cold' if row.is_cold else 'hot ':5} {rates}\n")
    sys.stdout.flush()


def machine() -> dict[str, str]:
    """What the figures depend on beside the software."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    models = {x.partition(":")[2].strip() for x in lines if x.startswith("model name")}
    return {
        "processor": ", ".join(sorted(models)) or platform.processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "load average at the end": " ".join(f"{x:.1f}" for x in os.getloadavg()),
    }


def write(
    results: Sequence[Compared],
    kind: Load,
    rounds: int,
    packages: Mapping[str, str],
    output: Path,
) -> None:
    """Write the tables beside each other: OUTPUT.md and OUTPUT.json."""
    own = {n: version(n) for n in ("enact-graph", "pyoxigraph", "uvicorn", "starlette")}
    facts: dict[str, Any] = {
        "day": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "versions": own | dict(packages),
        "load": {"tool": "wrk", "threads": 1, **asdict(kind), "rounds": rounds},
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    output.with_suffix(".json").write_text(_json(results, facts), "utf-8")
    output.with_suffix(".md").write_text(_markdown(results, facts), "utf-8")
    sys.stdout.write(f"Written: {output.with_suffix('.md')} and {output.with_suffix('.json')}\n")


def _json(results: Sequence[Compared], facts: Mapping[str, Any]) -> str:
    graphs = [
        {
            "graph": compared.graph,
            "quads": compared.quads,
            "memory": dict(compared.memory),
            "measured": [
                {
                    "shape": row.shape,
                    "mode": "cold" if row.is_cold else "hot",
                    "differs": list(row.differs),
                    "servers": {name: _rounded(m) for name, m in measured.items()},
                }
                for row, measured in compared.rows.items()
            ],
        }
        for compared in results
    ]
    return json.dumps({**facts, "graphs": graphs}, ensure_ascii=False, indent=1) + "\n"


def _rounded(measured: Measured) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(measured).items()}


def _markdown(results: Sequence[Compared], facts: Mapping[str, Any]) -> str:
    def listed(members: Mapping[str, Any]) -> str:
        return "; ".join(f"{name} {value}" for name, value in members.items())

    parts = [
        "# Servers side by side",
        "",
        "Written by `make bench`. Requests a second; in brackets the server's processor time for",
        "one request, in ms. Cold: no query text comes twice. Hot: ten queries repeated. All",
        "servers hold the same quads and were asked in turns; figures are medians of rounds.",
        "",
        f"- {facts['day']}; {listed(facts['machine'])}",
        f"- {listed(facts['versions'])}",
        f"- {listed(facts['load'])}",
    ]
    for compared in results:
        parts += ["", f"## {compared.graph} ({compared.quads} quads)", *_table(compared)]
    return "\n".join(parts) + "\n"


def _table(compared: Compared) -> list[str]:
    names = [n for n in NAMES if n in compared.memory]
    others = [n for n in names if n != OURS]
    lines = ["", f"| shape | | {' | '.join(names)} | {' | '.join('÷ ' + n for n in others)} |"]
    lines.append("|---|---|" + "--:|" * (len(names) + len(others)))
    for row, measured in compared.rows.items():
        cells = [f"{m.rate:.0f} ({m.cpu:.2f})" for m in (measured[n] for n in names)]
        ratios = [
            f"{measured[OURS].rate / measured[n].rate:.2f}" if measured[n].rate else "∞"
            for n in others
        ]
        lines.append(
            f"| {row.shape} | {'cold' if row.is_cold else 'hot'} | {' | '.join(cells + ratios)} |"
        )
    lines += ["", "Memory after the run (Pss): "]
    lines[-1] += ", ".join(f"{n} {b / 2**20:.0f} MB" for n, b in compared.memory.items()) + "."
    failed = [
        f"{name}: {m.failed} of {row.shape}, {'cold' if row.is_cold else 'hot'}"
        for row, measured in compared.rows.items()
        for name, m in measured.items()
        if m.failed
    ]
    differs = sorted({f"{n} on {r.shape}" for r in compared.rows for n in r.differs})
    lines.append(f"Answers that failed: {', '.join(failed) or 'none'}.")
    lines.append(f"Servers that answer otherwise than ours: {', '.join(differs) or 'none'}.")
    return lines
