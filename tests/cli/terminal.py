"""A terminal on which a command asks and a test answers."""

import os
import pty
import subprocess
import sys

from tests.patience import PATIENCE


class Terminal:
    """A person at a terminal who reads up to a question and answers it."""

    def __init__(self, *call: str) -> None:
        self.leader, follower = pty.openpty()
        environment = {**os.environ, "LC_ALL": "fr_FR.UTF-8", "TERM": "dumb", "COLUMNS": "300"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "enact_graph", *call],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=environment,
        )
        os.close(follower)
        self.shown = ""

    def answer(self, question: str, text: str) -> None:
        self.expect(question)
        self.send(text)

    def send(self, text: str) -> None:
        os.write(self.leader, f"{text}\n".encode())

    def expect(self, question: str) -> None:
        while question not in self.shown:
            more = self._more()
            assert more, self.shown
            self.shown += more
        self.shown = self.shown.partition(question)[2]

    def end(self, status: int = 0) -> str:
        while more := self._more():
            self.shown += more
        os.close(self.leader)
        assert self.process.wait(timeout=PATIENCE) == status, self.shown
        return self.shown

    def _more(self) -> str:
        try:
            return os.read(self.leader, 65536).decode("utf-8", "replace")
        except OSError:  # Linux tells the end of a terminal so.
            return ""
