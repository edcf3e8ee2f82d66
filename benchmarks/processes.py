"""What the system says about processes: a free port, who descends from whom, processor time."""

import os
import socket
from pathlib import Path


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def subtree(root: int) -> set[int]:
    """The process and all that descend from it."""
    parents = {int(p.name): _stat(int(p.name)) for p in Path("/proc").iterdir() if p.name.isdigit()}
    found = {root}
    while True:
        more = {n for n, stat in parents.items() if stat and int(stat[1]) in found} - found
        if not more:
            return found
        found |= more


def seconds(root: int) -> float:
    """Processor time of a process, of its ended children, and of all that descend from it."""
    ticks = 0
    for pid in subtree(root):
        if stat := _stat(pid):
            ticks += sum(int(n) for n in stat[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")
