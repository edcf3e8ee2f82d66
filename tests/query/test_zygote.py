import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from enact_graph.engine.forkserver import load


def test_the_default_graph_is_the_merge_of_the_named_graphs(nquads: Path) -> None:
    store = load(nquads)
    triples = {str(q.triple) for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert len(triples) == 4
    assert len(store) == 9


@pytest.mark.parametrize(("text", "error"), [("<urn:a> .\n", SyntaxError), (None, OSError)])
def test_what_cannot_be_read_raises(
    tmp_path: Path, text: str | None, error: type[Exception]
) -> None:
    path = tmp_path / "x.nq"
    if text:
        path.write_text(text)
    with pytest.raises(error):
        load(path)


def test_the_parent_loads_nothing_of_the_http_process() -> None:
    """It is started anew when it dies, and every query process is a copy of it."""
    heavy = {"asyncio", "h11", "pydantic", "ssl", "starlette"}
    code = f"import sys, enact_graph.engine.forkserver; print({heavy} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
