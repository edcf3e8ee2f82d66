"""The application for any ASGI server, with the settings of the environment.

ENACT_GRAPH_PUBLIC=public uvicorn enact_graph.asgi:app
"""

from typing import Final

from enact_graph.app import make_app
from enact_graph.server.logs import write_logs
from enact_graph.settings import read

_SETTINGS: Final = read()
write_logs(_SETTINGS.log_level, of="enact_graph")
#: Opens the current release when the server starts it.
app: Final = make_app(_SETTINGS)
