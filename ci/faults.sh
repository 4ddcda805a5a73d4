#!/bin/sh
# Tries what may befall a command: two at once on one folder, a full disk, a full standard output, a read-only folder, damaged
# files, sources that change (ci/launcher.sh); and what a command could replace: results of another project, a fuller result, an
# input. Each ends with one clear sentence and the exit code that belongs to it, or with the results of an undisturbed run.
# A line of CSV for each fault; exit code 1 if one goes wrong. Full disks and read-only folders need a Linux where this
# user may mount a tmpfs (root, or user namespaces); they are skipped, and this is said, elsewhere.
set -eu
cd "$(dirname "$0")/.."

if [ "${1:-}" != inside ]; then
    # A mount namespace of its own: whatever happens, nothing stays mounted.
    for namespace in 'unshare -m' 'unshare -rm'; do
        if $namespace mount -t tmpfs tmpfs /mnt 2>/dev/null; then
            exec $namespace "$0" inside mounts
        fi
    done
    exec "$0" inside
fi
mounts=${2:-}

work=$(mktemp -d)
run=
stop() {
    [ -z "$run" ] || kill -9 "$run" 2>/dev/null || true
    if [ -n "$mounts" ]; then
        for folder in full readonly; do umount "$work/$folder" 2>/dev/null || true; done
    fi
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

cache=$work/cache
reproduce() {
    # reproduce OUT, in a subshell, which it replaces
    export LINFHASH_CACHE="$cache"
    exec ./linfhash run --protocol fashion-mnist --quick --bits 48 --seeds 0 --methods lsh,psh,ksh,nnh,deep-linf \
        --out "$1" >"$work/out" 2>"$work/log"
}

wrong=0
outcome() {
    # outcome FAULT EXPECTED-CODE CODE EXPECTED-WORDS: the last line of standard error that linfhash wrote is the sentence
    sentence=$(grep '^linfhash: ' "$work/log" | tail -n 1 | sed "s|$work/||g" || true)
    verdict=ok
    [ "$2" = "$3" ] || verdict="WRONG: exit code $2 was expected"
    case $sentence in *"$4"*) ;; *) verdict="WRONG: '$4' was expected" ;; esac
    if grep -qE '^	at |Exception in thread' "$work/log"; then verdict='WRONG: a stack trace'; fi
    if [ "$verdict" != ok ]; then wrong=$((wrong + 1)) && sed 's/^/    /' "$work/log" >&2; fi
    printf '%s,%s,"%s",%s\n' "$1" "$3" "$sentence" "$verdict"
}

# Runs, and expects an exit code and words.
attempt() {
    # attempt FAULT EXPECTED-CODE OUT EXPECTED-WORDS
    code=0
    (reproduce "$3") || code=$?
    outcome "$1" "$2" "$code" "$4"
}

# Runs, and expects the results of the undisturbed run.
recovers() {
    # recovers FAULT OUT [EXPECTED-WORDS]
    attempt "$1" 0 "$2" "${3:-}"
    if ! ci/same-results.sh "$work/good" "$2" >&2 || ! diff -rq -x '*.png' "$work/good/charts" "$2/charts" >&2 ||
        ! cmp "$work/good/table.csv" "$2/table.csv" >&2; then
        wrong=$((wrong + 1))
        echo "$1: OTHER RESULTS"
    fi
}

# Changes one byte in the middle of a file, or cuts the file there.
middle() {
    echo $(($(wc -c <"$1") / 2))
}
cut_file() {
    head -c "$(middle "$1")" "$1" >"$work/half" && cat "$work/half" >"$1"
}
change_byte() {
    printf '\001' | dd of="$1" bs=1 seek="$(middle "$1")" conv=notrunc 2>/dev/null
}
fresh() {
    rm -rf "$work/case" && cp -a "$work/good" "$work/case"
}
first() {
    find "$1" -name "$2" | sort | head -n 1
}

./linfhash --version
echo 'fault,exit code,sentence,verdict'
(reproduce "$work/good") || { cat "$work/log" >&2; exit 1; }

# Two runs at once on one folder.
(reproduce "$work/twice") &
run=$!
tries=0
until [ -e "$work/twice/.lock" ] || [ $tries -gt 600 ]; do sleep 0.1; tries=$((tries + 1)); done
mv "$work/log" "$work/log.first"
attempt 'two runs at once: the second' 2 "$work/twice" 'is used by'
code=0
wait "$run" || code=$?
run=
cp "$work/log.first" "$work/log"
outcome 'two runs at once: the first' 0 "$code" ''
ci/same-results.sh "$work/good" "$work/twice" >&2 || { wrong=$((wrong + 1)) && echo 'two runs at once: OTHER RESULTS'; }

# Damaged files.
fresh
cut_file "$(first "$work/case/runs" 'ksh*.json')"
recovers 'a kept run cut in the middle' "$work/case" 'is computed again'
fresh
file=$(first "$work/case/runs" 'ksh*.json')
sed -i.old 's/"map": 0\.\([0-8]\)/"map": 0.9/' "$file" && rm "$file.old"
recovers 'another digit in a kept run' "$work/case" 'is computed again'
fresh
cut_file "$(first "$work/case/queries" 'ksh*.npy')"
recovers "a file of single queries' metrics cut in the middle" "$work/case" 'is computed again'
fresh
cut_file "$work/case/results.json"
code=0
./linfhash report "$work/case/results.json" --out "$work/rendered" >"$work/out" 2>"$work/log" || code=$?
outcome 'results.json cut in the middle: report' 2 "$code" 'results.json'
recovers 'results.json cut in the middle: run' "$work/case"
fresh
cut_file "$(first "$cache/features" '*.npy')"
recovers 'a file of features cut in the middle' "$work/case" 'are computed again'
change_byte "$(first "$cache/features" '*.npy')"
recovers 'another byte in a file of features' "$work/case" 'are computed again'
cut_file "$(first "$cache/javacpp" 'libnd4jcpu.so')"
recovers 'an unpacked native library cut in the middle' "$work/case"

# A standard output that is full, or that nobody reads.
printed() {
    # printed WORDS...
    code=0
    ./linfhash "$@" >/dev/full 2>"$work/log" || code=$?
    outcome "a full standard output: $1" 1 "$code" 'standard output could not be written: No space left on device'
}
if [ -c /dev/full ]; then
    printed --help
    printed --version
    printed list methods
    printed show cifar10
    codes=$work/codes.npy
    labels=$work/labels.npy
    # 2 codes of 8 bits, and their 2 labels, in NumPy's format.
    npy() { printf '\223NUMPY\001\000\166\000%-117s\n' "{'descr': '$1', 'fortran_order': False, 'shape': $2, }"; }
    { npy '|u1' '(2, 1)' && printf '\001\003'; } >"$codes"
    { npy '<i8' '(2,)' && printf '\001\0\0\0\0\0\0\0\002\0\0\0\0\0\0\0'; } >"$labels"
    printed evaluate --bits 8 --query-codes "$codes" --database-codes "$codes" --query-labels "$labels" --database-labels "$labels"
    printed search --bits 8 --database-codes "$codes" --query-codes "$codes" --k 1
    fresh
    code=0
    (export LINFHASH_CACHE="$cache" && ./linfhash run --protocol fashion-mnist --quick --bits 48 --seeds 0 \
        --methods lsh,psh,ksh,nnh,deep-linf --out "$work/case") >/dev/full 2>"$work/log" || code=$?
    outcome 'a full standard output: run' 1 "$code" 'standard output could not be written'
    ci/same-results.sh "$work/good" "$work/case" >&2 || { wrong=$((wrong + 1)) && echo 'a full standard output: OTHER RESULTS'; }
fi
mkfifo "$work/pipe"
# Whoever would read has gone by the time that something is written.
: <"$work/pipe" &
code=0
./linfhash list methods >"$work/pipe" 2>"$work/log" || code=$?
outcome 'a pipe that nobody reads' 141 "$code" ''
[ ! -s "$work/log" ] || { wrong=$((wrong + 1)) && echo 'a pipe that nobody reads: IT IS NOT QUIET'; }

# No file may grow beyond 8 KiB.
code=0
(ulimit -f 16 && JAVA_TOOL_OPTIONS=-XX:-UsePerfData && export JAVA_TOOL_OPTIONS && reproduce "$work/limited") || code=$?
outcome 'a limit to the size of files' 1 "$code" 'could not be read or written'
recovers 'a limit to the size of files: without it' "$work/limited"

if [ -z "$mounts" ]; then
    echo 'a full disk and a read-only folder: skipped as this user may not mount a tmpfs'
else
    mkdir "$work/full" "$work/readonly"
    mount -t tmpfs -o size=40k tmpfs "$work/full"
    attempt 'a full disk while runs are kept' 1 "$work/full/out" 'No space left on device'
    mount -o remount,size=600k "$work/full"
    attempt 'a full disk while the report is written' 1 "$work/full/out" 'No space left on device'
    [ -z "$(find "$work/full/out" -name '*.part')" ] || { wrong=$((wrong + 1)) && echo 'a full disk: HALF A FILE STAYS'; }
    mount -o remount,size=64m "$work/full"
    recovers 'a full disk: with room again' "$work/full/out"
    mount -o remount,ro "$work/full"
    attempt 'a read-only output folder with results' 2 "$work/full/out" 'cannot be written'
    mount -t tmpfs -o ro,size=1m tmpfs "$work/readonly"
    attempt 'a read-only output folder' 2 "$work/readonly/out" 'cannot be written'
    cache=$work/readonly/cache
    recovers 'a read-only cache folder' "$work/elsewhere" 'could not be kept'
    rm -rf "$work/elsewhere"
    mount -o remount,rw,size=1m "$work/readonly"
    attempt 'a cache folder on a full disk' 2 "$work/elsewhere" ': expected to unpack them into the cache folder'
fi

# Sources that change under a running command, builds at once, builds that are killed.
ci/launcher.sh >"$work/launcher" 2>"$work/log" || wrong=$((wrong + 1))
grep -v '^check,' "$work/launcher"
grep -q '^launcher: 0 went wrong' "$work/launcher" || cat "$work/log" >&2
# --- Work that a command could replace: results of another project, a fuller result, an input.
kept() {
    # kept FAULT FILE COPY: the file is as it was
    cmp -s "$2" "$3" || { wrong=$((wrong + 1)) && echo "$1: $2 IS NOT AS IT WAS"; }
}
command_ends() {
    # command_ends FAULT EXPECTED-CODE EXPECTED-WORDS WORDS...
    fault=$1
    expected=$2
    said=$3
    shift 3
    code=0
    LINFHASH_CACHE=$work/cache ./linfhash "$@" >"$work/out" 2>"$work/log" || code=$?
    outcome "$fault" "$expected" "$code" "$said"
}
mkdir "$work/a" "$work/b" "$work/other"
command_ends 'features of the embedded images' 0 '' data features --protocol fashion-mnist --out "$work/a/x.npy"
cp "$work/a/x.npy" "$work/b/x.npy"
cp "$work/a/x.labels.npy" "$work/b/x.labels.npy"
# Another project: one byte of a value differs.
change_byte "$work/b/x.npy"
for project in a b; do
    ./linfhash init --vectors "$work/$project/x.npy" --labels "$work/$project/x.labels.npy" --out "$work/$project/my.yaml" \
        2>"$work/log"
done
own() {
    # own FAULT EXPECTED-CODE EXPECTED-WORDS PROJECT
    command_ends "$1" "$2" "$3" run --protocol "$work/$4/my.yaml" --seeds 0 --methods lsh,itq --bits 16,32
}
own 'a protocol file of ones own' 0 '' a
cp "$work/a/my-results/results.json" "$work/first"
own 'another one of the same name' 0 '' b
kept 'another one of the same name' "$work/a/my-results/results.json" "$work/first"
command_ends 'other data in a folder with results' 2 'found those of other data' \
    run --protocol "$work/b/my.yaml" --seeds 0 --methods lsh --bits 16 --out "$work/a/my-results"
command_ends 'another protocol in a folder with results' 2 'found those of my' \
    run --quick --methods lsh --out "$work/a/my-results"
echo mine >"$work/other/notes.txt"
command_ends 'results in a folder of something else' 2 'found one with other files (notes.txt)' \
    run --quick --methods lsh --out "$work/other"
command_ends 'a narrower command' 0 '' \
    run --protocol "$work/a/my.yaml" --seeds 0 --methods lsh --bits 16
# The same lines: methods of several commands are in the protocol's order.
for file in "$work/a/my-results/results.json" "$work/first"; do tr -d , <"$file" | sort >"$file.lines"; done
kept 'a narrower command' "$work/a/my-results/results.json.lines" "$work/first.lines"

command_ends 'a model' 0 '' train --vectors "$work/a/x.npy" --labels "$work/a/x.labels.npy" --method lsh --bits 16 \
    --out "$work/m.linfhash"
cp "$work/m.linfhash" "$work/model"
cp "$work/a/x.npy" "$work/features"
for force in '' --force; do
    # shellcheck disable=SC2086 # no word where it is empty
    command_ends "codes over their features $force" 2 'expected a file that the command does not read' \
        encode --model "$work/m.linfhash" --vectors "$work/a/x.npy" --out "$work/a/x.npy" $force
done
kept 'codes over their features' "$work/a/x.npy" "$work/features"
command_ends 'a model over another one' 2 'or --force to replace it' train --vectors "$work/a/x.npy" \
    --labels "$work/a/x.labels.npy" --method itq --bits 16 --out "$work/m.linfhash"
kept 'a model over another one' "$work/m.linfhash" "$work/model"
command_ends 'a model in a folder that is not there' 2 'expected an existing folder for' \
    train --vectors "$work/a/x.npy" --labels "$work/a/x.labels.npy" --method itq --bits 16 --out "$work/nosuch/m.linfhash"
command_ends 'a regression of results of --quick' 2 'found others: nnh has training.epochs 2 instead of 10' \
    results check --protocol fashion-mnist --results "$work/good/results.json" --methods nnh
yes 1 | head -n 12000 >"$work/one.txt"
command_ends 'a training on one class' 2 'of which any two share a class or label' \
    train --vectors "$work/a/x.npy" --labels "$work/one.txt" --method ksh --bits 16 --out "$work/one.linfhash"

echo "faults: $wrong went wrong"
[ "$wrong" -eq 0 ]
