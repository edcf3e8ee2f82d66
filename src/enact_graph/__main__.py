"""`python -m enact_graph`, the command line where no script is installed."""

from enact_graph.cli.app import main

main()
