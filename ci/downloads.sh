#!/bin/sh
# Runs 'linfhash fetch' against a server on this machine that truncates, stalls, lies about the length, sends the wrong file,
# redirects to other schemes, and more; then kills it (kill -9) at random moments of a slow download and runs it again.
# What is fetched is the data set that comes with linfhash. A line of CSV for each; exit code 1 if one goes wrong.
# ci/downloads.sh [KILLS [SEED]], by default 50 kills with seed 1
set -eu
cd "$(dirname "$0")/.."
kills=${1:-50}
seed=${2:-1}
work=$(mktemp -d)
server=
run=
stop() {
    for pid in $run $server; do kill -9 "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
served=$PWD/datasets/fashion-mnist
images='images-idx3-ubyte.gz'
labels='labels-idx1-ubyte.gz'

# --- The program, the server, and a home folder whose data set is the same files, offered by nobody but the mirror.
./linfhash --version
mvn -q -B -pl modules/data -am -DskipTests -Djacoco.skip -Dspotless.check.skip test-compile >&2
"$java" -cp "modules/codes/target/classes:modules/core/target/classes:modules/io/target/classes:modules/data/target/test-classes" \
    io.github.linfhash.data.fetch.FaultsByPath "$served" >>"$work/requests" &
server=$!
tries=0
until grep -q "^port " "$work/requests" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { echo 'the server does not start' >&2 && exit 1; }
    sleep 0.1
done
port=$(sed -n 's/^port //p' "$work/requests")
mkdir -p "$work/home/datasets" "$work/home/protocols"
file() {
    printf '    - {path: %s, urls: ["http://127.0.0.1:%s/gone/%s"], size: %s, checksums: {sha256: %s}}\n' "$1" "$port" "$1" \
        "$(($(wc -c <"$served/$1")))" "$(sha256sum <"$served/$1" | cut -d ' ' -f 1)"
}
{
    echo 'name: sample'
    echo 'title: Sample'
    echo 'origin: {homepage: "https://example.org", license: MIT, citation: nobody}'
    sed -n '/^content:/,/^$/p' datasets/fashion-mnist.yaml
    printf 'files:\n  layouts: [[%s, %s]]\n  files:\n' "$images" "$labels"
    file "$images"
    file "$labels"
    printf '  sources: []\n  instructions: nobody has them\n'
} >"$work/home/datasets/sample.yaml"

fetch() {
    # fetch FAULT..., in a subshell, which it replaces: each a mirror, asked in this order
    unset HTTP_PROXY http_proxy ALL_PROXY all_proxy
    export LINFHASH_JAVA_ARGS="-Dlinfhash.home=$work/home"
    for fault in "$@"; do
        set -- "$@" --mirror "http://127.0.0.1:$port/$fault"
        shift
    done
    exec ./linfhash fetch sample --out "$work/out" --attempts 2 --timeout 2 "$@" >"$work/stdout" 2>"$work/log"
}
whole() {
    cmp -s "$served/$images" "$work/out/$images" && cmp -s "$served/$labels" "$work/out/$labels" &&
        [ "$(find "$work/out" -type f | wc -l)" -eq 2 ]
}

wrong=0
# Fetches under faults into an empty folder: either all is there, byte by byte, or no file has its name.
attempt() {
    # attempt EXPECTED-CODE EXPECTED-WORDS FAULT...
    expected=$1
    words=$2
    shift 2
    rm -rf "$work/out"
    code=0
    (fetch "$@") || code=$?
    verdict=ok
    [ $code = "$expected" ] || verdict="WRONG: exit code $expected was expected"
    grep -qF "$words" "$work/log" || verdict="WRONG: '$words' was expected"
    if [ $code = 0 ]; then
        whole || verdict='WRONG: not the files'
    elif [ -e "$work/out/$images" ]; then
        verdict='WRONG: a file has its name'
    fi
    if grep -qE '^	at |Exception in thread' "$work/log"; then verdict='WRONG: a stack trace'; fi
    if [ "$verdict" != ok ]; then wrong=$((wrong + 1)) && sed 's/^/    /' "$work/log" >&2; fi
    printf '%s,%s,%s\n' "$*" $code "$verdict"
}
echo 'fault,exit code,verdict'
attempt 0 'is in' fine
attempt 0 'broke off' truncates
attempt 0 'broke off' ranges-unknown
attempt 0 'bytes in 2 s' stalls
attempt 1 'does not answer' says-nothing
attempt 1 'bytes, found' shorter
attempt 1 'bytes, found' longer
attempt 1 'sends more than' endless
attempt 1 'sends another file' wrong
attempt 1 'redirects to' file-scheme
attempt 1 'redirects to' ftp-scheme
attempt 1 'redirects more than' in-circles
attempt 1 'HTTP 503' busy
attempt 1 'HTTP 404' gone
attempt 0 'sends another file' wrong busy file-scheme fine

# --- Killed at random moments of the time that a slow download takes, from the start of Java on.
now() {
    date +%s%N | cut -c1-13
}
# The same numbers from the same seed everywhere: a linear congruential generator, modulo 2^31.
random() {
    seed=$(((1103515245 * seed + 12345) % 2147483648))
}
size() {
    if [ -e "$1" ]; then echo $(($(wc -c <"$1"))); else echo 0; fi
}
rm -rf "$work/out"
begun=$(now)
(fetch slow)
span=$(($(now) - begun))
whole
echo "undisturbed: $span ms"
echo 'run,killed at ms,bytes kept,verdict'
n=0
finished=0
kept=0
while [ $((n - finished)) -lt "$kills" ]; do
    n=$((n + 1))
    rm -rf "$work/out"
    random
    moment=$(((seed / 65536) * span / 32768))
    (fetch slow) &
    run=$!
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
    if kill -9 "$run" 2>/dev/null; then killed=$moment; else killed=ended finished=$((finished + 1)); fi
    wait "$run" 2>/dev/null || true
    run=
    bytes=$(size "$work/out/$images.part")
    : >"$work/requests"
    verdict=ok
    if ! (fetch fine); then
        verdict='WRONG: the second command failed'
        cat "$work/log" >&2
    elif ! whole; then
        verdict='WRONG: not the files'
    elif [ "$bytes" -gt 0 ]; then
        kept=$((kept + 1))
        # A whole file that has not got its name is not asked for again.
        [ "$bytes" -eq "$(size "$served/$images")" ] || grep -q "$images bytes=$bytes-" "$work/requests" ||
            verdict='WRONG: what had come was fetched again'
    fi
    [ "$verdict" = ok ] || wrong=$((wrong + 1))
    echo "$n,$killed,$bytes,$verdict"
done
echo "downloads: $n runs, $((n - finished)) killed, $finished had ended before, $kept went on where they were; $wrong went wrong"
[ "$wrong" -eq 0 ]
