# The commands of this project. `make run` and `make demo` are for people who want to see it, `make test` is for
# everything else; each installs or builds what it needs and skips what is done.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# Steps are in order; cargo uses all cores by itself.
.NOTPARALLEL:

# In CI every run is a fresh clone, so what was compiled is kept outside it. Whoever sets CARGO_TARGET_DIR is obeyed.
ifeq ($(CI),true)
CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/waymark/target
# Nothing is compiled twice in one run, and incremental data is as large again as what was compiled.
export CARGO_INCREMENTAL ?= 0
endif
CARGO_TARGET_DIR ?= $(CURDIR)/target
export CARGO_TARGET_DIR

FAST := $(CARGO_TARGET_DIR)/fast/waymark
DEBUG := $(CARGO_TARGET_DIR)/debug/waymark

.PHONY: help run demo test check walk bench build assets tools format lint compile

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: build ## Start Waymark on data/waymark.db and print the address of its first page
	@mkdir -p data
	@exec env WAYMARK_DATABASE=sqlite:data/waymark.db $(FAST) serve

demo: build ## The same on data/demo.db, a small demonstration made at the first start
	@WAYMARK_BIN=$(FAST) scripts/make-demo
	@exec env WAYMARK_DATABASE=sqlite:data/demo.db $(FAST) serve

build: assets ## Build the program, optimised
	@cargo build --profile fast --locked --package waymark

assets: ## Build style and script, unless nothing has changed
	@scripts/need-tools
	@scripts/assets

tools: ## Install what the tests need, or say what to install
	@scripts/step tools scripts/install-tools

format:
	@scripts/step format cargo fmt --all --check
	@scripts/step sizes scripts/size-check
	@scripts/step scripts scripts/shell-check
	@scripts/step security scripts/security-check

lint: assets
	@scripts/step clippy cargo clippy --workspace --all-targets --locked -- -D warnings

# --bins beside --tests: the browser tests need the program itself, with the same features as the tests have.
compile: assets
	@scripts/step compile cargo build --workspace --bins --tests --locked

check: format lint ## Look at the source without running it
	@scripts/step dependencies scripts/dependency-check

# In this order, the cheapest refusal first. Each line is a step of its own, so that every log says what was slow.
test: ## Everything
	@scripts/step tools scripts/install-tools
	@scripts/step assets $(MAKE) --no-print-directory assets
	@$(MAKE) --no-print-directory format lint compile
	@scripts/step 'rust tests' scripts/with-postgres scripts/with-smtp scripts/with-oidc cargo test --workspace --locked
	@scripts/step dependencies scripts/dependency-check
	@WAYMARK_BIN=$(DEBUG) scripts/step 'API tests' scripts/api-fuzz
	@WAYMARK_BIN=$(DEBUG) scripts/step 'browser tests' scripts/browser-tests

# Our own crates are optimised a little for it; what they depend on is compiled already.
walk: assets ## Walk at random through both databases: 20 seeds of 3,000 acts
	@CARGO_PROFILE_DEV_OPT_LEVEL=1 WAYMARK_WALK_SEEDS=20 WAYMARK_WALK_ACTS=3000 scripts/step walk \
		scripts/with-postgres cargo test --workspace --locked --test it -- --nocapture whatever_people_and_time_do

bench: build ## Measure speed and growth
	@WAYMARK_BIN=$(FAST) scripts/bench
