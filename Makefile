# Huiyin 回音. `make` prints this menu; README.md tells the story.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PORT ?= 8000
HUIYIN_DATA ?= data
export PORT HUIYIN_DATA

HUIYIN := .venv/bin/huiyin
PYTHON := .venv/bin/python

.PHONY: help setup run test lint trial bench scaling soak hosts image containers realdata messages lock clean

help: ## Show this list
	@echo "Huiyin 回音 投诉处理系统"
	@echo
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  PORT=8000 HUIYIN_DATA=data are the defaults of make run; set others like this: make run PORT=8080"

setup: ## Prepare .venv, the front end and the message catalogs; quick when nothing changed
	@tools/setup

run: setup ## Serve the portal and the workbench with the demo organisation (PORT, HUIYIN_DATA)
	@exec $(HUIYIN) serve

test: ## Set up what tests need, then run every check and test; ends with "N passed, N failed"
	@tools/setup --tests
	@$(PYTHON) tools/run_tests

lint: ## Run the checks alone: ruff, mypy, import-linter
	@tools/setup --tests
	@$(PYTHON) tools/run_tests --checks-only

trial: setup ## Change every rule of the packs a little and list what no story notices (takes minutes)
	@$(HUIYIN) regime trial

bench: ## Measure against the budgets of the design and print a table
	@tools/setup --tests
	@$(PYTHON) -m benchmarks

scaling: ## Measure filings and due limits a second with 1, 2 and 4 processes, on SQLite, PostgreSQL and behind PgBouncer
	@tools/setup --tests
	@$(PYTHON) -m benchmarks.scaling

soak: ## Kill workers at random moments under load, 200 rounds on SQLite and on PostgreSQL, then look whether nothing was lost (20 minutes)
	@tools/setup --tests
	@$(PYTHON) -m soak
	@$(PYTHON) -m soak --database postgresql

hosts: ## Cut hosts off, kill them, let the standby take over, under load; look whether anything was lost (as root)
	@tools/setup --tests
	@$(PYTHON) -m soak.hosts

image: setup ## Build the container image on BASE (debian:12-slim; BASE=packages makes one from Debian's packages)
	@tools/image $(BASE)

containers: ## Run the image: file a complaint, begin anew, look whether it is still there (as root, after make image)
	@tools/setup --tests
	@$(PYTHON) -m soak.containers

realdata: ## Bring in the citizens' messages named by REAL_DATA (a folder) and print the figures
	@tools/setup --tests
	@$(PYTHON) tools/real_data $(REAL_DATA)

messages: ## Collect the words of pages into src/huiyin/site/locale
	@tools/setup --tests
	@$(PYTHON) tools/messages

lock: ## Write requirements*.txt anew from requirements*.in, with hashes
	@tools/setup --tests
	@tools/lock

clean: ## Remove what was built: environment, packages, caches; never the data folder
	rm -rf .venv node_modules build dist src/huiyin/site/static/build src/huiyin.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
