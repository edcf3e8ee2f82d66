"""Clients that send a byte now and then hold a connection, and nothing else."""

import asyncio
import socket
from contextlib import ExitStack

from .conftest import Good, Running
from .traffic import drive

SLOW = 200


def is_open(line: socket.socket) -> bool:
    """Whether a connection got no answer yet, and was not closed."""
    try:
        return bool(line.recv(1, socket.MSG_PEEK)) and False
    except BlockingIOError:
        return True


def test_two_hundred_slow_clients_keep_nobody_waiting(
    server: Running, good: tuple[Good, ...]
) -> None:
    async def scene() -> None:
        with ExitStack() as stack:
            heads = (
                b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nASK",
            )
            slow = []
            for number in range(SLOW):
                line = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
                line.setblocking(False)
                line.send(heads[number % 2])
                slow.append(line)

            async def drip(over: asyncio.Event) -> None:
                while not over.is_set():
                    for line in slow:
                        line.send(b"a")
                    await asyncio.sleep(0.05)

            beside = await drive(server.url, good, 200, beside=drip, first=1000)
            # All are answered while every one of the slow requests is still on its way.
            assert all(is_open(line) for line in slow)
        assert beside.right == 200
        assert beside.delayed == 0

    asyncio.run(scene())
