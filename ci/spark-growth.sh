#!/bin/sh
# How commands of 'linfhash spark' grow with the database, all on this machine with a heap that does not grow (LINFHASH_HEAP,
# default 1g): 1, 4 and 16 million rows, unless others are given. A line for each size, as CSV: seconds of the job, processor
# seconds and peak resident memory of the whole program.
#   codes      'evaluate' and 'search': random codes of 64 bits, 1,000 queries
#   vectors    'neighbors' and 'recall': random vectors of 128 dimensions, 100 queries; product quantization to 16 bytes,
#              fitted to the 100,000 vectors of the first file. 16 million vectors take 8.2 GB in TMPDIR
# ci/spark-growth.sh [codes|vectors] [MILLIONS...], such as ci/spark-growth.sh vectors 1 4; codes without one. Linux only.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LINFHASH_HEAP="${LINFHASH_HEAP:-1g}"
kind=codes
case ${1:-} in
    codes | vectors) kind=$1 && shift ;;
    *[!0-9]*) echo "expected codes, vectors or millions of rows, found $1" >&2 && exit 2 ;;
esac
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
    figures=$(sed -En 's/^(evaluated|searched|measured) .*: ([0-9.]+) s$/\2/p' "$work/err"),$processor,$peak
}

hertz=$(getconf CLK_TCK)
# The launcher builds what is out of date before anything is measured.
./linfhash spark --help >/dev/null
uptime >&2
# draw ARGUMENTS...: random data, by ci/RandomFolders.java with the libraries of linfhash spark
draw() {
    libraries=.programs/$(cat .programs/spark)
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -cp "$libraries/linfhash-spark.jar:$libraries/lib/*:$libraries/provided/*" \
        ci/RandomFolders.java "$@"
}
# codes MILLIONS: leaves the figures of both commands in $figures.
codes() {
    draw codes "$work/random" "${1}000000" 250000 1000
    measure spark evaluate --query-codes "$work/random/queries.npy" --query-labels "$work/random/query-labels.npy" \
        --database-codes "$work/random/codes" --database-labels "$work/random/labels"
    first=$figures
    measure spark search --codes "$work/random/codes" --queries "$work/random/queries.npy" --out "$work/n.npz" --force
    figures=$first,$figures
}
vectors() {
    draw vectors "$work/random" "${1}000000" 100000 100 128
    measure spark neighbors --vectors "$work/random/features" --queries "$work/random/queries.npy" \
        --out "$work/n.npz" --force
    first=$figures
    measure spark recall --vectors "$work/random/features" --queries "$work/random/queries.npy" \
        --ground-truth "$work/n.npz" --train "$work/random/features/part-00000.npy" --quantizer pq --bytes 16
    figures=$first,$figures
}

case $kind in
    codes) echo 'codes,evaluate s,processor s,peak MiB,search s,processor s,peak MiB' ;;
    vectors) echo 'vectors,neighbors s,processor s,peak MiB,recall s,processor s,peak MiB' ;;
esac
for millions in "$@"; do
    $kind "$millions"
    echo "${millions}000000,$figures"
    rm -rf "$work/random"
done
uptime >&2
