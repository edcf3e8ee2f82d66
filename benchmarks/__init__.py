"""The benchmark: `make bench`, or `python -m benchmarks` for a part of it."""
