# The front door. `make` alone prints this list; everything it needs is installed by name in scripts/setup.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Where `make run` keeps its database and files, and where it listens.
DATA ?= data
PORT ?= 8080

# Compilers at once. Each may take more than a gigabyte of memory.
JOBS ?= 2
BUILD := swift build --jobs $(JOBS)
PROGRAM = $$($(BUILD) -c release --show-bin-path)/kieumau

# What is drawn from the code. Tests compare it; `make access` draws it anew.
GENERATED := docs/access.md docs/recognition.md docs/rechecks.md docs/routes.md docs/schema.sqlite.sql \
	docs/schema.postgres.sql Tests/Features/RecognitionTests/life-cycle.txt Tests/Features/RechecksTests/life-cycle.txt

# Import tests can also read public lists of administrative units from the folder that KIEUMAU_ADMIN_DATA names; without
# it they say so and go on.

.PHONY: help setup run seed test check bench pictures access format release

help: ## print this list
	@echo 'Kiểu Mẫu'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing to run and to test (asks for sudo when you are not root)
	@scripts/setup --run --test

release:
	@scripts/setup --run
	$(BUILD) -c release --product kieumau

run: release ## build, fill an empty ./data (or KIEUMAU_POSTGRES) with the demonstration, serve on http://127.0.0.1:8080
	@$(PROGRAM) seed demo --if-empty --data $(DATA)
	@exec $(PROGRAM) serve --data $(DATA) --port $(PORT)

seed: release ## fill an empty ./data with the demonstration, without serving
	@$(PROGRAM) seed demo --data $(DATA)

test: ## everything a change must pass: both database engines, all tests, generated pages unchanged
	@scripts/setup --run --test
	$(BUILD) --build-tests
	scripts/interface $$($(BUILD) --show-bin-path)/kieumau
	@scripts/postgres run -- swift test --skip-build 2>&1 | tee .build/test.log || { \
		echo; echo 'What failed:'; grep -A3 -E '(✘|recorded an issue)' .build/test.log | head -n 80; exit 1; }
	@if git rev-parse --git-dir >/dev/null 2>&1 && ! git --no-pager diff --exit-code -- $(GENERATED); then \
		echo 'Pages drawn from the code have changed (above). Read the difference; if it is meant: git add, and again.'; \
		exit 1; fi
	@tail -n 3 .build/test.log

check: test ## make test, then formatting, no warning of the compiler, and the release program must boot and answer
	swift format lint --strict --recursive Sources Tests
	STRICT_WARNINGS=1 $(BUILD) -c release --product kieumau
	scripts/boot $(PROGRAM)

bench: release ## measure the release program and print the table of figures
	@scripts/setup --bench
	Benchmarks/run

pictures: release ## take the pictures in docs/pictures/ from the demonstration
	@scripts/setup --pictures
	.build-tools/venv/bin/python scripts/pictures $(PROGRAM) docs/pictures

access: ## draw anew from the code: access, routes, both schemas, the life cycles of recognition and re-checks
	@scripts/setup --run --test
	$(BUILD) --build-tests
	RECORD=1 scripts/postgres run -- swift test --skip-build --filter 'Whole|LifeCycleTests'
	@git --no-pager diff --stat -- $(GENERATED) || true

format: ## put all Swift code into the project's layout
	swift format --in-place --recursive Sources Tests
