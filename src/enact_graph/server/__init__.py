"""Our own server, beneath the application: what `enact-graph serve` runs.

The application runs under any ASGI server (`enact_graph.asgi`); this room adds to uvicorn what it
does not have, and nothing above it knows of it.

    run          uvicorn with all of this, on a socket that is open
    protocol     a connection: one request after the other, each answered before the next is read
    requests     its bytes: heads that have one meaning, and where bodies end
    transport    the head of an answer and its first part in one write
    replay       whole answers under the bytes of their requests: forty times less work
    connections  how many may be open, and how long each may keep a request waiting
    logs         one JSON object a line
"""
