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

.PHONY: run test check format index vectors evaluate coverage export audit wheel wheelhouse release lock docs clean

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

vectors: $(VENV)/.ready  ## after entries or queries changed: make the vectors that come with the library theirs
	$(BIN)/python scripts/ship_vectors.py

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

wheelhouse: wheel  ## beside it the wheels of what the package index has as source only: then pip needs no compiler
	$(BIN)/python -m pip wheel --quiet --no-deps --constraint constraints.txt --wheel-dir dist langdetect

release: wheelhouse  ## build wheel and source distribution, check what they say of themselves and what they hold
	$(BIN)/python -m build --sdist
	$(PIP) "twine>=6,<8" "check-wheel-contents>=0.6,<1"
	$(BIN)/python -m twine check --strict dist/passerelle-*
	$(BIN)/python -m check_wheel_contents --ignore W004,W010 dist/passerelle-*.whl
	$(BIN)/python -m scripts.list_release dist

# Without PyTorch and what it brings for graphics cards: which build of it a machine needs is for its owner to say.
GPU := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
	nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
	nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx

lock: $(BIN)/python  ## write requirements-locked.txt: every library, with the hashes of its files, for Python 3.10 to 3.13
	$(PIP) "uv>=0.9,<1"
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.10 --generate-hashes --no-header \
		--extra page --extra pdf --extra docx --extra xlsx --extra postgres --extra metrics --constraint constraints.txt \
		$(addprefix --no-emit-package ,$(GPU)) --no-annotate --output-file requirements-locked.txt

docs: $(BIN)/python  ## build the site of docs/ in site/
	$(PIP) --editable ".[docs]"
	$(BIN)/python -m mkdocs build --strict

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
	rm -rf .index build dist site *.egg-info .pytest_cache .mypy_cache .ruff_cache
