#!/usr/bin/env bash
# Every linter, even when an earlier one found something; fails if any did.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
root=$PWD
plugins=ansible_collections.dockhand.quay.plugins
failed=()

run() { # run NAME COMMAND...
    local name=$1
    shift
    if "$@"; then echo "$name: ok"; else
        echo "$name: FAILED"
        failed+=("$name")
    fi
}

types() {
    if [ -n "$(find plugins -name '*.py' -print -quit)" ]; then mypy -p "$plugins"; fi
}

imports() { # in a tree where each folder is a regular package, which import-linter needs
    local tree=.build/imports
    tests/tools/copy.sh "$tree/ansible_collections/dockhand/quay"
    find "$tree" -mindepth 1 -type d -exec touch {}/__init__.py \;
    PYTHONPATH=$tree lint-imports --config tests/tools/imports.ini --no-cache --no-logo
}

playbooks() ( # in a real collection tree, so that the collection's own modules are known
    tests/tools/copy.sh .build/lint/ansible_collections/dockhand/quay
    cd .build/lint/ansible_collections/dockhand/quay || return
    ANSIBLE_COLLECTIONS_PATH=$root/.build/lint ansible-lint --nocolor -q
)

run ruff ruff check --quiet .
run ruff-format ruff format --quiet --check .
run mypy types
run imports imports
run yamllint yamllint --strict .
run codespell codespell
run words python tests/tools/words.py
run reuse reuse lint --quiet
run changelog antsibull-changelog lint
run ansible-lint playbooks

if [ ${#failed[@]} -gt 0 ]; then
    echo "lint failed: ${failed[*]}"
    exit 1
fi
