# `make check` runs everything that CI runs. PYTHON may name another interpreter.
PYTHON ?= python

.PHONY: check lint types layers rules cases test mutations accuracy

check: lint types layers rules cases test mutations accuracy

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

layers:
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

rules:
	$(PYTHON) -m codecheck rules validate

cases:
	$(PYTHON) -m codecheck rules test --quiet

test:
	$(PYTHON) -m pytest

mutations:
	$(PYTHON) benchmarks/mutations.py

accuracy:
	$(PYTHON) benchmarks/accuracy.py
	$(PYTHON) benchmarks/corpus.py
