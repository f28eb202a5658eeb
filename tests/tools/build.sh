#!/usr/bin/env bash
# build.sh ROOT: the tarball of the collection tree that is the current folder, in ROOT/build, judged by galaxy-importer
# and used from an empty path (tests/release).
set -euo pipefail
root=$1
rm -f "$root"/build/*.tar.gz
ansible-galaxy collection build --output-path "$root/build"
export GALAXY_IMPORTER_CONFIG=$root/tests/tools/galaxy-importer.cfg
cd "$root/build"
PATH=$root/.venv/galaxy/bin:$PATH python -m galaxy_importer.main ./*.tar.gz | tee importer.log
# It ends well whatever it warns of.
if grep -qE '^(WARNING|ERROR|CRITICAL): ' importer.log; then
    echo "galaxy-importer has found something, see above" >&2
    exit 1
fi
cd "$root"
python -m pytest tests/release
