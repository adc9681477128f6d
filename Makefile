# Two commands: `make run` and `make test`. The rest is for people who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT

.PHONY: help run test dev bench faults pictures lint types unit postgres frontend browser lock clean

help:
	@echo "make run     start the workbench with the demo study (PORT=8001 to choose a port)"
	@echo "make test    format, lint, types, contracts, unit tests, front-end tests, browser journeys"
	@echo "make dev     start with reload and debug pages"
	@echo "make bench   measure, and print the performance table"
	@echo "make pictures  take the pictures of the documentation again"
	@echo "make faults  kill and starve real processes, and check that nothing is lost"

$(VENV)/.run: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the workbench needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.run
	@echo "Installing what testing needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

run: $(VENV)/.run
	@$(BIN)/python -m workbench.supervisor

dev: $(VENV)/.test
	@DJANGO_SETTINGS_MODULE=workbench.settings.dev $(BIN)/python manage.py prepare
	@DJANGO_SETTINGS_MODULE=workbench.settings.dev $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: lint types unit postgres frontend browser

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/lint-imports

types: $(VENV)/.test
	$(BIN)/mypy .

unit: $(VENV)/.test
	$(BIN)/python manage.py compile_catalogues
	env -u TEST_POSTGRES_URL $(BIN)/pytest -q -n 2 --dist loadfile

# The same tests on PostgreSQL, less those that touch no database.
postgres: $(VENV)/.test
	@if [ -n "$$TEST_POSTGRES_URL" ]; then \
	  $(BIN)/pytest -q -n 2 --dist loadfile -m "not pure"; \
	else echo "PostgreSQL pass left out: set TEST_POSTGRES_URL to run it."; fi

frontend:
	node --test tests/frontend/

browser: $(VENV)/.test
	@sh tests/browser/need_chromium.sh
	env -u TEST_POSTGRES_URL $(BIN)/pytest -q -n 2 --dist loadfile tests/browser

bench: $(VENV)/.test
	$(BIN)/python -m tests.benchmarks

faults: $(VENV)/.test
	$(BIN)/pytest -q tests/faults

pictures: $(VENV)/.test
	$(BIN)/python -m tests.running.pictures

lock:
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -o requirements.lock
	uv pip compile -q pyproject.toml --extra test --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -c requirements.lock -o requirements-test.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache
