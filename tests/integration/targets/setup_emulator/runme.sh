#!/usr/bin/env bash
# Every target links here: `ansible-test integration TARGET` starts an emulator and tells the story of TARGET on it.
set -euo pipefail
collection=${ANSIBLE_COLLECTIONS_PATH%%:*}/ansible_collections/dockhand/quay
target=$(basename "$PWD")
cd "$collection"
exec python -m tests.integration.alone "$target"
