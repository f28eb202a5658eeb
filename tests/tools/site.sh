#!/usr/bin/env bash
# site.sh COLLECTION SITE: build the documentation of the collection in folder COLLECTION, which lies below an
# ansible_collections, as a site in folder SITE. Any warning fails it.
set -euo pipefail
export ANSIBLE_COLLECTIONS_PATH=${1%/ansible_collections/*}
pages=$ANSIBLE_COLLECTIONS_PATH/pages
rm -rf "$pages" "$2"
# antsibull-docs writes into no folder that a group may write to.
mkdir -m 755 "$pages"
antsibull-docs collection --use-current --squash-hierarchy --no-add-antsibull-docs-version --fail-on-error \
    --dest-dir "$pages" dockhand.quay
# The theme shows the contents of a page by itself, beside it.
find "$pages" -name '*.rst' -exec sed -i -z 's/\.\. contents::\n\( \+:[^\n]*\n\)*//' {} +
# The list of pages has the headings of the front page, and the names of plugins without what they do.
sed -i -E '1,5s/Dockhand\.Quay/dockhand.quay/
    s/^    (\w+)_(module|role|filter|inventory|lookup)$/    \1 <\1_\2>/' "$pages/index.rst"
awk '/^(-+|~+)$/ { heading = last; sub(/ Index$/, "s", heading) }
    { print; last = $0 }
    /^\.\. toctree::/ { print "    :caption: " heading }' "$pages/index.rst" > "$pages/captions"
mv "$pages/captions" "$pages/index.rst"
python -m sphinx --builder html --conf-dir "$1/docs/docsite" --doctree-dir "$pages.doctrees" \
    --jobs auto --fail-on-warning --keep-going --quiet "$pages" "$2"
