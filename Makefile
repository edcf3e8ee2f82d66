# Everything a new clone needs: `make serve` and `make test`.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
BUILT := src/enact_graph/present/static/built
AUTHORED := $(shell find ontology vocab shapes data queries src -type f -not -name '*.pyc' \
  -not -path '$(BUILT)/*')
WIDGETS := $(shell find frontend -type f -not -path '*/node_modules/*')

.DEFAULT_GOAL := help
.PHONY: help fmt data check test test-all faults mutants build serve bench clients lock widgets pictures

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@! command -v npm >/dev/null || npm --prefix frontend ci || \
	  echo "npm could not fetch what the widgets are made of: the pages do without them"
	@test ! -f $@ || touch $@

$(BUILT)/manifest.json: $(WIDGETS) | frontend/node_modules/.package-lock.json
	@if ! command -v npm >/dev/null; then \
	  echo "npm is missing: the pages do without widgets; install Node 20 or later for them"; \
	elif test -d frontend/node_modules; then npm --prefix frontend run --silent build; fi

widgets: $(BUILT)/manifest.json ## bundle the widgets of the pages (needs npm; all else works without)

fmt: $(VENV)/run.stamp ## put code and data into their canonical form
	$(BIN)/ruff check --quiet --fix src tests || true
	$(BIN)/ruff format --quiet src tests
	$(BIN)/enact-graph fmt

data: $(VENV)/run.stamp ## after a change of the data: form, check, answers and figures anew
	$(BIN)/enact-graph refresh

# The data come first, and every step runs, so that one fault hides no other.
check: $(VENV)/run.stamp ## check the data and their form, then the code; everything at fault is shown
	@failed=; \
	for step in "enact-graph check --form" "ruff check src tests" "ruff format --check src tests" mypy lint-imports; do \
	  echo "$$step"; $(BIN)/$$step || failed="$$failed; $$step"; \
	done; \
	$(MAKE) --no-print-directory widgets || failed="$$failed; make widgets"; \
	if test -d frontend/node_modules; then \
	  npm --prefix frontend run --silent check || failed="$$failed; npm run check"; \
	fi; \
	test -z "$$failed" || { echo "failed$$failed" >&2; exit 1; }

test: $(VENV)/run.stamp $(BUILT)/manifest.json ## run every test
	$(BIN)/pytest

test-all: $(VENV)/run.stamp $(BUILT)/manifest.json ## run every test on all that is alike, not on some of it
	ENACT_GRAPH_EVERY=1 $(BIN)/pytest

faults: $(VENV)/run.stamp ## run the fault and load tests at full length: ten thousand mixed requests
	ENACT_GRAPH_FAULT_REQUESTS=10000 $(BIN)/pytest -n 0 -s -q tests/faults

mutants: $(VENV)/run.stamp $(BUILT)/manifest.json ## put small faults into a copy of the code and see the tests notice each
	$(BIN)/python -m tests.mutants

build: public/current ## build the release in public/

public/current: $(VENV)/run.stamp $(AUTHORED)
	$(BIN)/enact-graph build
	@touch -h $@

serve: public/current $(BUILT)/manifest.json ## build what is missing and serve on 127.0.0.1:8000 (PORT changes it)
	$(BIN)/enact-graph serve --port $(PORT)

.venv-bench/stamp: requirements/bench.txt
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check -r requirements/bench.txt
	@touch $@

bench: public/current ## compare with other servers over HTTP, in one run (needs wrk); BENCH adds options
	@command -v wrk >/dev/null || { echo "wrk is missing; it makes the load: apt-get install wrk" \
	  "(Debian, Ubuntu) or brew install wrk (macOS)"; exit 1; }
	$(MAKE) --no-print-directory .venv-bench/stamp
	$(BIN)/python -m benchmarks $(BENCH)
	$(BIN)/python benchmarks/queries.py 50
	@if command -v chromium >/dev/null; then $(BIN)/python benchmarks/pages.py; \
	else echo "chromium is missing: how soon pages are seen was not measured"; fi

.venv-clients/stamp: requirements/clients.txt
	test -x .venv-clients/bin/python || $(PYTHON) -m venv .venv-clients
	.venv-clients/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

tests/clients/node/node_modules/.package-lock.json: tests/clients/node/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node 20 or later"; exit 1; }
	npm --prefix tests/clients/node ci
	@touch $@

clients: .venv-clients/stamp tests/clients/node/node_modules/.package-lock.json ## bring programs of others that tests ask the endpoint with

pictures: $(VENV)/run.stamp $(BUILT)/manifest.json ## make the pictures in docs/pictures anew, in Chromium
	ENACT_GRAPH_PICTURES=docs/pictures $(BIN)/pytest -n 0 -q tests/browser/test_pictures.py

# Extras stay written out: some versions of pip look past the pin of x when something needs x[y].
lock: ## write the lock files anew (needs pip-tools)
	for x in run dev bench clients; do extra=$$(test $$x = dev && echo --extra dev); \
	from=$$(test -f requirements/$$x.in && echo requirements/$$x.in || echo pyproject.toml); \
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-header --no-strip-extras --allow-unsafe $$extra \
	  -o requirements/$$x.txt $$from; done
