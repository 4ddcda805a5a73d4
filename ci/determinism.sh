#!/bin/sh
# Whether results depend on the number of threads: reproduces the default protocol at 48 bits with seed 0 under several
# settings, and compares each method's codes and mAP with the first one. Codes must not depend on the number of runs at a
# time nor on Java's threads: exit code 1 if they do. Threads and kernels of BLAS may change last bits; what became of
# them is shown. ci/determinism.sh [OPTIONS OF run], such as --quick
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

# method, hash of the codes, mAP: a line for each run
cells() {
    awk '
        /"runs":/ { inside = 1 }
        inside && /"method":/ { split($0, part, "\""); method = part[4] }
        inside && /"codesHash":/ { split($0, part, "\""); hash = part[4] }
        inside && /"map":/ { sub(/.*: /, ""); print method, hash, $0 + 0 }' "$1/results.json" | sort
}

try() {
    # try NAME may|must OPTIONS...
    name=$1
    rule=$2
    shift 2
    out=$work/$name
    ./linfhash run --bits 48 --seeds 0 --out "$out" "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    cells "$out" >"$out.cells"
    [ -s "$out.cells" ] || { echo "determinism: $name gives no runs" >&2; exit 1; }
    [ -e "$work/base" ] || cp "$out.cells" "$work/base"
    join "$work/base" "$out.cells" | awk -v name="$name" '
        { runs++
          if ($2 == $4) { same++ } else { others = others " " $1; d = $3 - $5; if (d < 0) d = -d; if (d > most) most = d } }
        END { printf "%s,%d,%d,%.4f,%s\n", name, runs, same, most, others }'
    if [ "$rule" = must ] && ! cmp -s "$work/base" "$out.cells"; then
        wrong=1
        echo "determinism: $name gives other codes" >&2
    fi
}

./linfhash doctor | sed -n '/^BLAS kernel/p; /^processor /p'
echo 'setting,runs,same codes,largest difference of mAP,methods with other codes'
try one-run-at-a-time must --workers 1 "$@"
try two-runs-at-a-time must --workers 2 "$@"
export LINFHASH_JAVA_ARGS=-Djava.util.concurrent.ForkJoinPool.common.parallelism=1
try one-java-thread must --workers 1 "$@"
export LINFHASH_JAVA_ARGS=-Djava.util.concurrent.ForkJoinPool.common.parallelism=4
try four-java-threads must --workers 1 "$@"
unset LINFHASH_JAVA_ARGS
(export OMP_NUM_THREADS=2 && try two-blas-threads may --workers 1 "$@")
(export OPENBLAS_CORETYPE=Nehalem && try kernel-of-nehalem may --workers 1 "$@")
exit $wrong
