#!/bin/sh
# Whether two output folders of run hold the same: results.json without its times (protocol, environment, and of
# each run the split, the hash of the codes, the parameters, every metric and curve), the tables, and the charts as SVG.
# ci/same-results.sh DIR DIR; exit code 1 and the first difference if not.
set -eu
first=$1
second=$2

timeless() {
    sed '/^ *"seconds": {$/,/^ *}/d' "$1"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
timeless "$first/results.json" >"$work/first"
timeless "$second/results.json" >"$work/second"
if grep -q '"seconds"' "$work/first" || ! grep -q '"codesHash"' "$work/first"; then
    echo "same-results: $first/results.json is not laid out as expected" >&2
    exit 1
fi
diff "$work/first" "$work/second" | head -n 4 >"$work/difference"
if [ -s "$work/difference" ]; then
    echo "same-results: $first/results.json and $second/results.json differ:" >&2
    cat "$work/difference" >&2
    exit 1
fi
names() {
    (cd "$1" && find . -maxdepth 1 -name 'table.*' && find ./charts -name '*.svg') | sort
}
names "$first" >"$work/first"
names "$second" >"$work/second"
cmp "$work/first" "$work/second" >&2
while read -r name; do
    cmp "$first/$name" "$second/$name" >&2
done <"$work/first"
