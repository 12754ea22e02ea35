# Two commands do everything:  make run  (the page)  and  make test  (the tests).
# Both make a virtual environment in .venv when there is none, and install into it only.
#
#   PYTHON=python3.12   which Python makes the virtual environment (3.10 to 3.13)
#   TORCH_INDEX=URL     one more package index to look for PyTorch in. On Linux the default package brings gigabytes
#                       for graphics cards; TORCH_INDEX=https://download.pytorch.org/whl/cpu avoids them
#   PIP_ARGS=...        more options for pip; a mirror set in pip's own configuration is used without any
#   STORE=URL           make run answers from the index in a PostgreSQL database (docs/scaling.md)
#   CORPUS=PATH         a library of one's own for  make run  and  make index; PASSERELLE_INDEX says where its index goes

PYTHON ?= python3
CORPUS ?=
STORE ?=
TORCH_INDEX ?=
PIP_ARGS ?=
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) \
	$(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) --constraint constraints.txt

.PHONY: run test check format index evaluate coverage export audit wheel clean

ifdef STORE  # handed over without being printed or read by the shell: it may hold a password, with any characters
run: export PASSERELLE_STORE = $(value STORE)
endif
unexport STORE

run: $(VENV)/.ready$(if $(value STORE),-store)  ## set up, index the library, open the page
	$(BIN)/passerelle serve $(if $(CORPUS),--corpus "$(CORPUS)")

test: $(VENV)/.ready-dev  ## set up, run the tests
	$(BIN)/python -m pytest

check: $(VENV)/.ready-dev  ## what CI runs beside the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/passerelle check

format: $(VENV)/.ready-dev  ## put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

index: $(VENV)/.ready  ## index the library after a change
	$(BIN)/passerelle build $(if $(CORPUS),--corpus "$(CORPUS)")

evaluate: $(VENV)/.ready  ## print the tables of docs/evaluation.md
	$(BIN)/passerelle evaluate --half report

coverage: $(VENV)/.ready  ## write docs/coverage.md: what the library holds and where it is thin
	$(BIN)/passerelle coverage --output docs/coverage.md

export: $(VENV)/.ready  ## write the library as JSONL and CSV, with a data card
	$(BIN)/passerelle export --output dist/passerelle-library

audit: $(VENV)/.ready-dev  ## look the installed libraries up among known vulnerabilities (asks pypi.org)
	$(PIP) "pip-audit>=2.7,<3"
	$(BIN)/python -m pip_audit --skip-editable

wheel: $(VENV)/.ready-dev  ## build the package with corpus and model inside
	$(BIN)/python -m build --wheel

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable ".[page,pdf,docx,xlsx]"
	@touch $@

$(VENV)/.ready-store: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable ".[page,pdf,docx,xlsx,postgres]"
	@touch $@ $(VENV)/.ready

$(VENV)/.ready-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable ".[dev]"
	@touch $@ $(VENV)/.ready

clean:  ## remove what was made, not the virtual environment
	rm -rf .index build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
