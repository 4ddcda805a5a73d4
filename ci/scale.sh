#!/bin/sh
# How time and memory grow with the number of images: a line for each size and method, on synthetic stand-ins. Linux only.
# ci/scale.sh [METHODS [OPTIONS OF run]], such as ci/scale.sh ksh,deep-linf --quick
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
methods=${1:-lsh,itq,ksh,deep-linf}
[ $# -eq 0 ] || shift

echo 'rows,method,train s,encode s,evaluate s,peak MiB of the whole run'
for rows in 50000 100000 200000; do
    ./linfhash data generate nus-wide --count "$rows" --out "$work/$rows" >&2
    ./linfhash run --protocol nus-wide --data "$work/$rows" --methods "$methods" --bits 64 --seeds 0 \
        --workers 1 --out "$work/out" "$@" >&2 &
    run=$!
    peak=0
    while status=$(cat "/proc/$run/status" 2>/dev/null); do
        now=$(printf '%s\n' "$status" | sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p')
        [ -n "$now" ] || break
        peak=$now
        sleep 1
    done
    wait "$run"
    awk -v rows="$rows" -v peak="$((peak / 1024))" '
        /"runs" *:/ { inside = 1 }
        inside && /"method" *:/ { split($0, part, "\""); method = part[4] }
        inside && /"(train|encode|evaluate)" *:/ { split($0, part, "\""); sub(/.*: */, ""); seconds[part[2]] = $0 + 0 }
        inside && /"failure" *: *null/ {
            printf "%s,%s,%.1f,%.1f,%.1f,%s\n", rows, method, seconds["train"], seconds["encode"],
                seconds["evaluate"], peak
        }' "$work/out/results.json"
    rm -rf "${work:?}/$rows" "$work/out"
done
