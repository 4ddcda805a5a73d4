#!/bin/sh
# Prints the words of each hand-written page, and their sum. A word contains a letter or a digit, so bars and lines of tables do not
# count. errata.md and docs/reference are left out: programs write them.
set -eu
cd "$(dirname "$0")/.."
find README.md CONTRIBUTING.md docs -name '*.md' ! -path docs/errata.md ! -path 'docs/reference/*' ! -path 'docs/node_modules/*' | sort | while read -r page; do
    awk -v page="$page" '
        { for (i = 1; i <= NF; i++) if ($i ~ /[A-Za-z0-9]/) words++ }
        END { printf "%6d %s\n", words, page }' "$page"
done | sort -n | awk '{ print; sum += $1 } END { printf "%6d in all\n", sum }'
