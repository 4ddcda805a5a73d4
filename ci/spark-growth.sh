#!/bin/sh
# How 'linfhash spark evaluate' and 'search' grow with the database: 1, 4 and 16 million random codes of 64 bits, 1,000
# queries, all on this machine with a heap that does not grow (LINFHASH_HEAP, default 1g). A line for each size, as CSV.
# ci/spark-growth.sh [MILLIONS...], such as ci/spark-growth.sh 1 4. Linux only.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LINFHASH_HEAP="${LINFHASH_HEAP:-1g}"
[ $# -gt 0 ] || set -- 1 4 16

# measure NAME COMMAND...: runs it, and leaves its seconds and the peak of its resident memory in $seconds and $peak.
measure() {
    ./linfhash "$@" >"$work/out" 2>"$work/err" &
    run=$!
    peak=0
    while status=$(cat "/proc/$run/status" 2>/dev/null); do
        now=$(printf '%s\n' "$status" | sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p')
        [ -n "$now" ] || break
        peak=$((now / 1024))
        sleep 0.2
    done
    wait "$run" || {
        cat "$work/err" >&2
        exit 1
    }
    seconds=$(sed -n 's/.*codes.*: \([0-9.]*\) s$/\1/p' "$work/err")
}

# The launcher builds what is out of date before anything is measured.
./linfhash spark --help >/dev/null
uptime >&2
echo 'codes,evaluate s,evaluate peak MiB,search s,search peak MiB'
for millions in "$@"; do
    ./linfhash spark generate --rows "${millions}000000" --out "$work/random" 2>/dev/null
    measure spark evaluate --query-codes "$work/random/queries.npy" --query-labels "$work/random/query-labels.npy" \
        --database-codes "$work/random/codes" --database-labels "$work/random/labels"
    line="${millions}000000,$seconds,$peak"
    measure spark search --codes "$work/random/codes" --queries "$work/random/queries.npy" --out "$work/n.npz"
    echo "$line,$seconds,$peak"
    rm -rf "$work/random"
done
uptime >&2
