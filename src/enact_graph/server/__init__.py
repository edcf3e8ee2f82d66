"""HTTP on the wire, beneath the application: connections, heads, bodies, repeated answers."""
