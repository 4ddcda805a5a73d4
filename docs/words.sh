#!/bin/sh
# Prints the words of each hand-written page and their sum, as wc -w counts them (bars of tables count as words).
# Pages that a command writes are left out: errata.md.
set -eu
cd "$(dirname "$0")/.."
find docs README.md CONTRIBUTING.md -name '*.md' ! -path docs/errata.md -exec wc -w {} + | sort -n
