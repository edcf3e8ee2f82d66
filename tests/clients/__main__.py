"""`python -m tests.clients` prints the table of docs/conformance.md, `found` what is here."""

import sys

from .programs import PROGRAMS, table

if sys.argv[1:] == ["found"]:
    for program in PROGRAMS.values():
        told = program.found or "there" if program.is_there else f"missing: {program.cure}"
        print(f"{program.name:24}{told}")
elif sys.argv[1:]:
    sys.exit("usage: python -m tests.clients [found]")
else:
    print(table(), end="")
