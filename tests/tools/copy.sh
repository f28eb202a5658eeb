#!/usr/bin/env bash
# copy.sh FOLDER: make FOLDER a copy of what git knows or would add, without what was deleted. It is a repository of its
# own, since tools that ask git would otherwise find an ignored folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rm -rf "$1"
mkdir -p "$1"
{
    git ls-files --cached --others --exclude-standard --deduplicate -z
    git ls-files --deleted --deduplicate -z
} | sort -z | uniq -zu | xargs -0 cp -P --parents -t "$1"
git -C "$1" init --quiet --initial-branch main
