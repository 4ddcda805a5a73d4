#!/bin/sh
# Kills a reproduction (kill -9) at random moments, runs it again, and compares with an undisturbed run.
# ci/interrupt.sh [KILLS [SEED [METHODS]]], by default 50 kills with seed 1; exit code 1 if anything differs. A run that has
# ended before its moment is compared as well, but is no kill. Every tenth run starts with an empty cache, so that
# native libraries are unpacked and features computed as well. Linux only.
set -eu
cd "$(dirname "$0")/.."
kills=${1:-50}
seed=${2:-1}
methods=${3:-lsh,psh,agh2,ksh,nnh,deep-linf}
work=$(mktemp -d)
run=
stop() {
    [ -z "$run" ] || kill -9 "$run" 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

reproduce() {
    # reproduce CACHE OUT, in a subshell, which it replaces
    export LINFHASH_CACHE="$1"
    exec ./linfhash run --protocol fashion-mnist --quick --bits 48 --seeds 0 \
        --methods "$methods" --out "$2" >"$work/log" 2>&1
}

now() {
    date +%s%N | cut -c1-13
}

# The same numbers from the same seed everywhere: a linear congruential generator, modulo 2^31.
random() {
    seed=$(((1103515245 * seed + 12345) % 2147483648))
}

kept() {
    # The finished runs of a folder with their checksums; a run that is computed anew has other times, so another checksum.
    if [ -d "$1/runs" ]; then (cd "$1/runs" && find . -name '*.json.sha256' -exec cat {} + | sort); fi
}

# Builds, so that the moments are those of the program.
./linfhash --version
echo "load: $(uptime | sed 's/.*load average/average/')"

duration() {
    # duration CACHE OUT
    begun=$(now)
    (reproduce "$1" "$2") || { cat "$work/log" >&2; exit 1; }
    echo $(($(now) - begun))
}
cold=$(duration "$work/cache" "$work/undisturbed")
warm=$(duration "$work/cache" "$work/again")
ci/same-results.sh "$work/undisturbed" "$work/again" || exit 1
rm -rf "$work/again"
total=$(find "$work/undisturbed/runs" -name '*.json' | wc -l)
echo "undisturbed: $cold ms with an empty cache, $warm ms without; $total runs"
echo 'run,cache,killed at ms,kept runs,half-written,result'

n=0
wrong=0
finished=0
lost=0
while [ $((n - finished)) -lt "$kills" ]; do
    n=$((n + 1))
    out=$work/out
    rm -rf "$out" "$work/cold"
    if [ $((n % 10)) -eq 0 ]; then state=empty cache=$work/cold span=$cold; else state=full cache=$work/cache span=$warm; fi
    random
    moment=$(((seed / 65536) * span / 32768))
    (reproduce "$cache" "$out") &
    run=$!
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
    if kill -9 "$run" 2>/dev/null; then killed=$moment; else killed=ended finished=$((finished + 1)); fi
    wait "$run" 2>/dev/null || true
    run=
    kept "$out" >"$work/before"
    half=$(find "$out" "$cache" -name '*.part' 2>/dev/null | wc -l)
    result=same
    if ! (reproduce "$cache" "$out"); then
        result='the second run failed'
        cat "$work/log" >&2
    elif ! ci/same-results.sh "$work/undisturbed" "$out" >&2; then
        result='other results'
    elif ! diff -rq -x '*.png' "$work/undisturbed/charts" "$out/charts" >&2 || ! cmp "$work/undisturbed/table.csv" "$out/table.csv" >&2; then
        result='other charts or table'
    elif [ -n "$(find "$out" "$cache/features" -name '*.part')" ]; then
        result='half-written files stay'
    fi
    kept "$out" >"$work/after"
    # What was kept before the kill must be there unchanged.
    gone=$(comm -23 "$work/before" "$work/after" | wc -l)
    lost=$((lost + gone))
    [ "$gone" -eq 0 ] || result="$gone kept runs were computed again"
    [ "$result" = same ] || wrong=$((wrong + 1))
    echo "$n,$state,$killed,$(wc -l <"$work/before"),$half,$result"
done
echo "load: $(uptime | sed 's/.*load average/average/')"
echo "interrupt: $n runs, $((n - finished)) killed, $finished had ended before; $wrong wrong results, $lost kept runs lost"
[ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ]
