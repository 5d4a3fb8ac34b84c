# `make demo` and `make test` do all their set-up; they need Python >= 3.11, make and a package index.
PYTHON ?= python3
BIN := .venv/bin
SERVE ?= 1

.PHONY: help install demo test lint wording-report learn benchmark schemas clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

.venv/installed: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip -c .ci/constraints.txt
	$(BIN)/python -m pip install --quiet -c .ci/constraints.txt -e '.[dev]'
	@touch $@

install: .venv/installed  ## environment in .venv, the program at .venv/bin/gdpr-assess

demo: install  ## assess the sample clients, render their reports, serve the dashboards (SERVE=0: do not serve)
	$(BIN)/gdpr-assess demo $(if $(filter 0,$(SERVE)),--no-serve)

test: install  ## all tests, with coverage; those in a browser one after the other
	$(BIN)/python -m pytest -n 2 --dist worksteal -m 'not browser' --cov --cov-report=term --durations=15
	$(BIN)/python -m pytest -m browser

lint: install  ## style, types, import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wording-report: install  ## precision and recall of the wording linter, per language and code
	$(BIN)/python -m gdpr_assess.wording.quality tests/wordings --codes

learn: install  ## learn anew what makes a code likely, from the labelled sentences
	$(BIN)/python -m gdpr_assess.wording.learn tests/wordings

benchmark: install  ## rows and texts per second
	$(BIN)/python -m pytest tests/benchmarks -s -o python_files='bench_*.py'
	$(BIN)/python tests/benchmarks/scale.py 50000 500000

schemas: install  ## write the JSON Schemas after a change of the model
	$(BIN)/python -m gdpr_assess.schemas

clean:  ## remove the environment and caches
	rm -rf .venv .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
