# The one command per need, the same for people and CI. `make help` lists them.

PYTHON ?= python3
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

TOOLS := .venv/main/.stamp
COLLECTION := ansible_collections/dockhand/quay
LINK := .collections/$(COLLECTION)

export PATH := $(CURDIR)/.venv/main/bin:$(PATH)
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/.collections
export ANSIBLE_PYTHON_INTERPRETER ?= $(CURDIR)/.venv/main/bin/python
export LC_ALL ?= C.UTF-8
export PYTHONDONTWRITEBYTECODE := 1

# $(call copy,NAME): what git knows or would add, as a real collection tree below .build/NAME
copy = tests/tools/copy.sh .build/$(1)/$(COLLECTION) && cd .build/$(1)/$(COLLECTION)

# $(call pytest,FOLDER,OPTIONS): a folder without any test file is fine; one whose tests aren't collected is not
pytest = if [ -z "$$(find $(1) -name 'test_*.py' -print -quit 2>/dev/null)" ]; \
	then echo "$(1): no tests yet"; else python -m pytest $(1) $(2); fi

.PHONY: help demo test lint unit contract integration doors faults molecule sanity bench coverage docs build \
	ends matrix live changelog generate clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(TOOLS) $(LINK) ## start the emulator and walk through the collection
	@python tests/demo/demo.py

test: $(TOOLS) $(LINK) ## everything below that needs no real Quay, with a table at the end
	@python tests/tools/run_all.py

lint: $(TOOLS) $(LINK) ## style, types, imports one way, spelling, licenses, changelog fragments
	@tests/tools/lint.sh

unit: $(TOOLS) $(LINK) ## tests/unit
	@$(call pytest,tests/unit)

contract: $(TOOLS) $(LINK) ## tests/contract: modules, docs, API and recordings agree
	@$(call pytest,tests/contract)

integration: $(TOOLS) $(LINK) ## tests/integration: playbooks against the emulator
	@unset QUAY_HOST QUAY_TOKEN QUAY_USERNAME QUAY_PASSWORD; $(call pytest,tests/integration,-n 2 $(if $(STORY),-k $(STORY)))

doors: $(TOOLS) $(LINK) ## the stories with every task through both doors; integration takes a sample for the module door
	@unset QUAY_HOST QUAY_TOKEN QUAY_USERNAME QUAY_PASSWORD; STORY_TASKS=all python -m pytest tests/integration/test_stories.py -n 2 $(if $(STORY),-k $(STORY))

molecule: $(TOOLS) $(LINK) ## every scenario in extensions/molecule
	@tests/tools/molecule.sh

sanity: $(TOOLS) ## ansible-test sanity, and integration with one story, without containers; SANITY=short for a part
	@root=$(CURDIR); $(call copy,sanity) && "$$root/tests/tools/sanity.sh"

faults: $(TOOLS) $(LINK) ## tests/faults: whole kinds of faults, with a table of what survived; FAULTS=short for a part
	@python -m tests.faults $(if $(filter short,$(FAULTS)),--short)

bench: $(TOOLS) $(LINK) ## tests/benchmarks: requests and times as JSON
	@if [ -e tests/benchmarks ]; then python tests/benchmarks/run.py; else echo "tests/benchmarks: none yet"; fi

coverage: $(TOOLS) ## what of Quay's API the modules manage, read and leave out
	@python tests/tools/coverage.py

docs: $(TOOLS) ## lint the documentation and build its site, build/site
	@root=$(CURDIR); $(call copy,docs) && antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs self --check-extra-docs-refs . \
		&& "$$root/tests/tools/site.sh" "$$PWD" "$$root/build/site"

build: $(TOOLS) .venv/galaxy/.stamp ## the tarball in build/, judged by galaxy-importer
	@root=$(CURDIR); $(call copy,build) && "$$root/tests/tools/build.sh" "$$root"

ends: $(TOOLS) $(LINK) ## the oldest and the newest ansible-core that this Python supports
	@python tests/tools/matrix.py --ends

matrix: $(TOOLS) $(LINK) ## every ansible-core on every Python that this machine has; one: make matrix CORE=2.20
	@python tests/tools/matrix.py --core "$(CORE)"

live: $(TOOLS) $(LINK) ## the stories against a real Quay: make live QUAY_HOST=... QUAY_TOKEN=...
	@: "$${QUAY_HOST:?make live needs QUAY_HOST}"
	@python -m tests.live

changelog: $(TOOLS) $(LINK) ## for a release: the fragments become the entry of the version in galaxy.yml
	@root=$(CURDIR); $(call copy,changelog) && antsibull-changelog release \
		&& cp CHANGELOG.* "$$root/" && cp -R changelogs/. "$$root/changelogs/" && rm -f "$$root"/changelogs/fragments/*.yml

generate: $(TOOLS) $(LINK) ## write the files that follow from others
	python tests/tools/generate.py

clean: ## remove everything that make made
	rm -rf .ansible .build .collections .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .venv build tests/output

.venv/%/.stamp: tests/requirements/%.txt
	rm -rf .venv/$*
	$(PYTHON) -m venv .venv/$*
	.venv/$*/bin/python -m pip install -qq --requirement $<
	touch $@

$(LINK):
	mkdir -p $(@D)
	ln -sfn ../../.. $@
