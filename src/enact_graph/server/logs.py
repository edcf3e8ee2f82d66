"""The log of the server: one JSON object a line, on stderr."""

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; the mapping in its `told` becomes further members."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback is one of its members, so that a line stays a line."""
        members = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            members["traceback"] = self.formatException(record.exc_info)
        return json.dumps(members, ensure_ascii=False, default=str)


def write_logs(level: str, of: str | None = None) -> None:
    """Send what is logged from here on to stderr: all of it, or that `of` one package alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger(of)
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(level.upper())
