.DEFAULT_GOAL := help
.PHONY: help env iamc report test thorough check fix fast docs wheel lowest hostile notebooks kills bench warnings constants record lock

PYTHON := python3
BIN := .venv/bin
READY := .venv/.ready
UV := $(shell sed -n 's/^\(uv==[^ ]*\).*/\1/p' requirements.lock)
# one thread a process: reports already run side by side
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
# what is compiled is kept: a test run starts hundreds of processes
unexport PYTHONDONTWRITEBYTECODE

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(READY) ## create or refresh .venv from requirements.lock

# uv is the installer only; bytecode is compiled once here, else every kernel would compile it again
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
		echo "needs Python 3.11 or newer with venv and ensurepip (apt-get install python3-venv), not $$($(PYTHON) --version 2>&1 | head -n 1);" \
			"another one by: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$(UV)"
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --compile-bytecode --require-hashes -r requirements.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --no-deps --no-build-isolation --editable .
	touch $@

iamc: env ## pyam as well, which reads iamc.csv, from requirements-iamc.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --compile-bytecode --require-hashes -r requirements-iamc.lock

report: env ## run the built-in scenarios, the kept edition first; leaves outputs/index.html
	$(BIN)/futian run --edition plan_2021
	$(BIN)/futian run

TESTS := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

test: env ## tests that every change passes; those for which a program is missing are skipped, and the last lines say which
	$(TESTS) -m "not thorough"

thorough: env ## the other tests: whole programs started and killed, every format and front (about 6 minutes)
	$(TESTS) -m thorough

check: env ## format, lint, types, layers, spelling, empty notebooks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell futian_model tests tools benchmarks README.md CHANGELOG.md changelog.d
	$(BIN)/nbstripout --verify notebooks/*.ipynb

fix: env ## format, and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/nbstripout notebooks/*.ipynb
	$(BIN)/python tools/listings.py

fast: env ## tests without notebooks, batch and browser
	$(BIN)/python -m pytest -n 2 --ignore tests/notebooks --ignore tests/batch --ignore tests/browser --ignore tests/cli

docs: env ## the documentation into build/docs/index.html; offline, a warning is an error (about 2 minutes)
	$(BIN)/python tools/documentation.py

wheel: env ## the wheel into build/wheel, tried in clean environments outside the checkout (about 2 minutes)
	$(BIN)/python tools/wheel.py

OLD := VIRTUAL_ENV=build/lowest $(BIN)/uv pip install --quiet

lowest: env ## part of the tests on the oldest versions that pyproject.toml admits (about 3 minutes)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/lowest
	$(OLD) --compile-bytecode --resolution lowest-direct -r pyproject.toml --extra dask --extra lab --group dev
	$(OLD) --no-deps --no-build-isolation --editable .
	JUPYTER_PLATFORM_DIRS=1 build/lowest/bin/python -m pytest -o filterwarnings=default \
		tests/identities tests/reference tests/importing tests/kernels/test_forked.py tests/report/test_analyst.py \
		tests/report/test_docx.py tests/report/test_markdown.py tests/report/test_pdf.py tests/report/xlsx/test_sheets.py \
		tests/notebooks/test_scenario_report.py

hostile: env ## ten thousand bad inputs made by seed, and a table of what came of them (about 15 minutes)
	$(BIN)/python -m tests.hostile

notebooks: env ## real notebooks through papermill
	$(BIN)/python -m pytest tests/notebooks

kills: env ## kill commands at hundreds of moments; nothing may be torn, lost or left (about 10 minutes)
	$(BIN)/python -m tests.hostile.kills

bench: env ## speed, each against its named baseline
	$(BIN)/python benchmarks/calibration.py
	$(BIN)/python benchmarks/simulation.py
	$(BIN)/python benchmarks/targets.py
	$(BIN)/python benchmarks/batch.py
	$(BIN)/python benchmarks/explorer.py

warnings: env ## a hundred histories of each figure to come put in against the chance foreseen (about 5 minutes)
	$(BIN)/python benchmarks/warnings.py

constants: env ## estimate the panels' constants again, and the accuracy of published forecasts, into data/ (about 6 minutes)
	$(BIN)/python -m futian_model.calibration

record: env ## score the calibration on every panel again, into data/ (about 15 minutes)
	$(BIN)/python -m futian_model.backtest

PIN := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --quiet
EXTRA := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["interop"], sep="\n")

lock: env ## pin the dependencies of pyproject.toml again, those of pyam at the same versions
	VIRTUAL_ENV=.venv $(BIN)/$(PIN) pyproject.toml --extra dask --extra lab --group dev --output-file requirements.lock
	$(BIN)/python -c '$(EXTRA)' | VIRTUAL_ENV=.venv $(BIN)/$(PIN) - --constraint requirements.lock \
		--output-file requirements-iamc.lock
	$(BIN)/python tools/environment.py
