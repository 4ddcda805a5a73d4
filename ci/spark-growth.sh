#!/bin/sh
# How 'linfhash spark evaluate' and 'search' grow with the database: 1, 4 and 16 million random codes of 64 bits, 1,000
# queries, all on this machine with a heap that does not grow (LINFHASH_HEAP, default 1g). A line for each size, as CSV:
# seconds of the job, processor seconds and peak resident memory of the whole program.
# ci/spark-growth.sh [MILLIONS...], such as ci/spark-growth.sh 1 4. Linux only.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LINFHASH_HEAP="${LINFHASH_HEAP:-1g}"
[ $# -gt 0 ] || set -- 1 4 16

# measure NAME COMMAND...: runs it, and leaves its figures in $figures.
measure() {
    ./linfhash "$@" >"$work/out" 2>"$work/err" &
    run=$!
    peak=0
    while status=$(cat "/proc/$run/status" 2>/dev/null); do
        now=$(printf '%s\n' "$status" | sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p')
        [ -n "$now" ] || break
        peak=$((now / 1024))
        ticks=$(cut -d ' ' -f 14,15 "/proc/$run/stat" 2>/dev/null | tr ' ' '+')
        # shellcheck disable=SC2004 # it holds a sum
        [ -z "$ticks" ] || processor=$((($ticks) / hertz))
        sleep 0.2
    done
    wait "$run" || {
        cat "$work/err" >&2
        exit 1
    }
    figures=$(sed -n 's/.*codes.*: \([0-9.]*\) s$/\1/p' "$work/err"),$processor,$peak
}

hertz=$(getconf CLK_TCK)
# The launcher builds what is out of date before anything is measured.
./linfhash spark --help >/dev/null
uptime >&2
echo 'codes,evaluate s,processor s,peak MiB,search s,processor s,peak MiB'
for millions in "$@"; do
    ./linfhash spark generate --rows "${millions}000000" --out "$work/random" 2>/dev/null
    measure spark evaluate --query-codes "$work/random/queries.npy" --query-labels "$work/random/query-labels.npy" \
        --database-codes "$work/random/codes" --database-labels "$work/random/labels"
    line="${millions}000000,$figures"
    measure spark search --codes "$work/random/codes" --queries "$work/random/queries.npy" --out "$work/n.npz" --force
    echo "$line,$figures"
    rm -rf "$work/random"
done
uptime >&2
