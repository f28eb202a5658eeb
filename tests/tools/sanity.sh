#!/usr/bin/env bash
# ansible-test without containers, in the collection tree that is the current folder: sanity, and a story as the habit of
# collections is, on an emulator that ansible-test starts.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# ansible-test downloads a script that installs pip into its environments, unless it finds one here.
# Ours takes the pip that Python ships and then the pip that ansible-test asks for.
cache=$HOME/.ansible/test/cache
mkdir -p "$cache"
for version in $(python "$tools/pip_versions.py"); do
    script=$cache/get_pip_$version.py
    if [ ! -e "$script" ] || grep -q '^"""Stand-in for' "$script"; then cp "$tools/get_pip.py" "$script"; fi
done

# The Pythons that pyenv keeps, by their names: its own python3.9 works only where that version is the chosen one.
if command -v pyenv >/dev/null; then
    pythons=$(mktemp -d)
    trap 'rm -rf "$pythons"' EXIT
    for python in "$(pyenv root)"/versions/*/bin/python3.[0-9]*; do
        [[ $python == *-config ]] || ln -sf "$python" "$pythons/"
    done
    PATH=$(dirname "$(command -v ansible-test)"):$pythons:$PATH
fi

# In `make test` without the tests, on the Python of this folder's tools; else all, each module imported on every Python.
if [ "${SANITY:-}" = short ]; then
    set -- --python "$(python -c 'import sys; print(*sys.version_info[:2], sep=".")')" plugins/ roles/ playbooks/ meta/ "$@"
fi
ansible-test sanity --local "$@"
ansible-test integration --local quay_application
