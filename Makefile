# Targets that people and .ci/run use. `make run` and `make test` need nothing but Python 3.11+,
# pip and make; every other target brings its own environment too.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SPARK_VENV := .venv-spark
BENCH_VENV := .venv-bench
PIP_FLAGS := --quiet --disable-pip-version-check

# Only `make lock` needs uv.
UV ?= uv
COMPILE := $(UV) pip compile pyproject.toml --generate-hashes --no-emit-index-url --universal \
	--python-version 3.11 --custom-compile-command "make lock" --no-annotate --quiet

# One worker more than there are cores: a test that waits for a browser leaves a core free. Who is
# done early takes work from the others.
WORKERS := -n $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)') --dist worksteal
# Workers, and the commands and servers that tests start, compile each of our files once.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
# A browser takes as long as all the rest, and not every desk has one.
WITHOUT_BROWSER := $(if $(filter 1,$(SKOLA_REQUIRE_BROWSER)),,-m "not browser")
PURE := money rulebook funding claims workflow ledger
PURE_TESTS := tests/test_problems.py $(PURE:%=tests/%) $(PURE:%=src/skola_finance/%)

.PHONY: help setup run check-demo test test-browser test-pure test-spark lint typecheck format mutants bench docs screens lock clean
.DEFAULT_GOAL := help

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: $(READY) ## make .venv with pinned dependencies and the skola-finance command

# Two stamps: a new lock makes the environment anew, a new pyproject.toml only reinstalls us.
$(VENV)/.pinned: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; name one: make PYTHON=python3.11 setup" >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes --requirement $<
	@touch $@

$(READY): $(VENV)/.pinned pyproject.toml
	$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## the pages and the API with the demo on http://127.0.0.1:8000
	$(BIN)/skola-finance serve --demo

check-demo: setup ## check the demo claim, print the verdict, write the annotated workbook
	$(BIN)/python fixtures/run_demo.py

test: setup ## the test suite; with SKOLA_REQUIRE_BROWSER=1 also the pages in a real browser
	$(PYTEST) $(WORKERS) $(WITHOUT_BROWSER)

test-browser: setup ## the pages in a real browser alone (needs Chromium)
	SKOLA_REQUIRE_BROWSER=1 $(PYTEST) $(WORKERS) -m browser

test-pure: setup ## the pure folders alone, every branch covered
	$(PYTEST) $(WORKERS) -m "not duckdb and not spark and not wheel" \
		--cov --cov-branch --cov-fail-under=100 $(wildcard $(PURE_TESTS))

lint: setup ## ruff, its formatter, and the folder law
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: setup ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

typecheck: setup ## mypy, strict
	$(BIN)/mypy

mutants: setup ## change money/ and funding/ on purpose and see whether a test notices
	$(BIN)/mutmut run
	$(BIN)/mutmut results

# Spark and the measured engines are large and nobody needs them to work on the rules: they get
# environments of their own, from locks of their own.
$(SPARK_VENV)/.ready: requirements/spark.txt
	$(PYTHON) -m venv --clear $(SPARK_VENV)
	$(SPARK_VENV)/bin/python -m pip install $(PIP_FLAGS) --require-hashes --requirement $<
	$(SPARK_VENV)/bin/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	@touch $@

test-spark: $(SPARK_VENV)/.ready ## the same verdicts on Spark (needs a Java 17 runtime)
	$(SPARK_VENV)/bin/python -m pytest -m spark

$(BENCH_VENV)/.ready: requirements/bench.txt
	$(PYTHON) -m venv --clear $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install $(PIP_FLAGS) --require-hashes --requirement $<
	$(BENCH_VENV)/bin/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	@touch $@

bench: $(BENCH_VENV)/.ready ## speed and memory, side by side with other rule engines
	$(BENCH_VENV)/bin/python -m benchmarks.run

# `make docs` followed by a clean `git diff` proves the pages that are made from the code.
docs: setup ## make the generated pages anew
	$(BIN)/python -m skola_finance.workflow.diagram > docs/workflow.md
	$(BIN)/python -m skola_finance.usecases.permissions > docs/permissions.md

screens: setup ## take the pictures of docs/screens anew (needs Chromium)
	$(BIN)/python -m tests.browser.screens

lock: ## resolve the dependencies anew and write requirements/*.txt (needs uv)
	$(COMPILE) --output-file requirements/run.txt
	$(COMPILE) --extra dev --output-file requirements/dev.txt
	$(COMPILE) --extra dev --extra spark --output-file requirements/spark.txt
	$(COMPILE) --extra dev --extra bench --output-file requirements/bench.txt

clean: ## remove everything that the other targets made
	rm -rf $(VENV) $(SPARK_VENV) $(BENCH_VENV) build dist htmlcov mutants out .coverage .coverage.* \
		.hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
