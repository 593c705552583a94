PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
UV := $(BIN)/uv --quiet
# What every start loads; the rest is compiled by Python when it is first used.
COMPILED := app $(VENV)/lib/python3*/site-packages/textual $(VENV)/lib/python3*/site-packages/rich \
	$(VENV)/lib/python3*/site-packages/sqlmodel $(VENV)/lib/python3*/site-packages/sqlalchemy \
	$(VENV)/lib/python3*/site-packages/pydantic

.PHONY: help setup demo demo-data test test-postgres long lint bench messages lock clean

help:
	@echo "make setup      install everything into .venv, from the lock files"
	@echo "make demo       fill the demo and open the portal"
	@echo "make demo-data  fill the demo only"
	@echo "make test       the tests; make long: the proofs that take minutes"
	@echo "make test-postgres  the tests of what is stored, on a PostgreSQL server of their own"
	@echo "make lint       style, types, floors between modules, no float near money"
	@echo "make messages   collect the texts, merge and compile the translations"
	@echo "make bench      figures, as a table and in build/bench.json"
	@echo "make lock       new lock files from pyproject.toml"

setup: $(STAMP)

# uv installs in seconds what takes pip a minute; where it cannot be had or reaches no index, pip does it.
$(STAMP): requirements.lock requirements-uv.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements-uv.lock || true
	$(UV) pip install --python $(BIN)/python --require-hashes -r requirements.lock \
		|| $(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q -j 0 $(COMPILED) > /dev/null || true
	touch $(STAMP)

demo: demo-data
	$(BIN)/loket

demo-data: setup
	$(BIN)/loket demo create --if-missing

test: setup
	$(BIN)/python -m pytest -n auto --dist worksteal

# The server is made in a temporary folder and ends with the tests; `apt-get install postgresql` brings its programs.
test-postgres: setup
	LOKET_TEST_POSTGRES=required $(BIN)/python -m pytest -n auto --dist worksteal --database=postgres \
		tests/store tests/operations tests/intake tests/test_worker.py

long: setup
	$(BIN)/python -m pytest -n auto --dist worksteal -m long

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_no_float.py

messages: setup
	$(BIN)/python -m tools.messages

bench: setup
	$(BIN)/python -m benchmarks

lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--all-extras --output-file requirements.lock pyproject.toml
	echo "uv>=0.13" | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --output-file requirements-uv.lock -

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
