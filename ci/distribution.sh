#!/bin/sh
# Tries the archives of modules/distribution: builds them, or takes those of the folder that is named; unpacks the base into an
# empty folder and runs it without Maven, git and a compiler, and without a network where this user may have none; then from a
# folder with a blank in its name that nobody may write to. A line of CSV for each check; exit code 1 if one goes wrong. Linux
# only.
#
#   ci/distribution.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
stop() {
    chmod -R u+w "$work"
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

archives=${1:-}
if [ -z "$archives" ]; then
    mvn -q -B -ntp -P quick -Dassembly.skipAssembly=false -pl modules/distribution -am package >&2
    archives=modules/distribution/target
fi
base=$(find "$archives" -maxdepth 1 -name 'linfhash-[0-9]*.zip')
version=${base##*/linfhash-}
version=${version%.zip}

# A PATH of everything else.
mkdir "$work/path"
for tool in /usr/local/bin/* /usr/bin/* /bin/*; do
    case ${tool##*/} in
        mvn | git | javac | jar) ;;
        *) [ -e "$work/path/${tool##*/}" ] || ln -s "$tool" "$work/path/${tool##*/}" ;;
    esac
done
[ -z "${JAVA_HOME:-}" ] || ln -sf "$JAVA_HOME/bin/java" "$work/path/java"
offline=
for namespace in 'unshare -n' 'unshare -rn'; do
    if [ -z "$offline" ] && $namespace true 2>/dev/null; then offline=$namespace; fi
done
[ -n "$offline" ] || echo 'distribution: this user may not switch the network off; it is left on' >&2
# As root, folders that nobody may write to are written to all the same.
unprivileged=
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    unprivileged='setpriv --inh-caps=-all --bounding-set=-all'
fi

. ci/verdict.sh
run() {
    # run NAME PROGRAM WORDS...: in an empty folder NAME.d; what it says goes to NAME.out and NAME.err, its exit code to NAME.code
    log=$work/$1
    shift
    mkdir -p "$log.d"
    code=0
    # shellcheck disable=SC2086 # commands with options
    (cd "$log.d" && unset JAVA_HOME && PATH=$work/path && exec $offline $unprivileged "$@") >"$log.out" 2>"$log.err" || code=$?
    echo $code >"$log.code"
}
ended() { [ "$(cat "$work/$1.code")" = "$2" ]; }
says() { grep -q "$2" "$work/$1.err"; }
await() {
    # await COMMAND...: until it succeeds, for two minutes
    tries=0
    until "$@" 2>/dev/null || [ $tries -gt 1200 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
}
archived() { [ -n "$(find "$LINFHASH_CACHE/archives" -name 'start-*.jsa')" ] && [ -z "$(find "$LINFHASH_CACHE/archives" -name '*.making')" ]; }
another() { [ "$(find "$LINFHASH_CACHE/archives" -name '*.jsa' | wc -l)" = 2 ]; }

echo 'check,verdict'
mkdir "$work/zip" "$work/tar"
unzip -q "$base" -d "$work/zip"
tar -xzf "${base%.zip}.tar.gz" -C "$work/tar"
verdict 'zip and tar.gz hold the same' diff -r "$work/zip" "$work/tar"
verdict 'zip and tar.gz have the same modes' test "$(cd "$work/zip" && find . -printf '%m %p\n' | sort)" = "$(cd "$work/tar" && find . -printf '%m %p\n' | sort)"
home=$work/zip/linfhash-$version
verdict 'licenses are in it' test "$(ls "$home/licenses")" = "$(ls modules/distribution/src/licenses)"
linfhash=$home/bin/linfhash
export LINFHASH_CACHE="$work/cache"

# --- Archives of classes.
mkdir -p "$work/first.d" "$work/second.d"
run first "$linfhash" list &
one=$!
run second "$linfhash" list &
two=$!
wait $one $two
verdict 'two first commands at once: both end' test "$(cat "$work/first.code" "$work/second.code" | tr '\n' ' ')" = '0 0 '
verdict 'two first commands at once: nothing on standard error' test -z "$(cat "$work/first.err" "$work/second.err")"
verdict 'two first commands at once: the same output' cmp -s "$work/first.out" "$work/second.out"
await archived
verdict 'an archive of classes is made once' test "$(find "$LINFHASH_CACHE/archives" -mindepth 1 | wc -l)" = 1
archive=$(find "$LINFHASH_CACHE/archives" -name '*.jsa')
LINFHASH_JAVA_ARGS="-Xlog:class+load:file=$work/classes" run with "$linfhash" list
verdict 'the next command takes its classes' test "$(grep -c 'shared objects file (top)' "$work/classes")" -gt 1000
verdict 'with the archive: the same output' cmp -s "$work/first.out" "$work/with.out"
damages='zeros long short empty'
damage() {
    # damage HOW
    chmod u+w "$archive"
    case $1 in
        zeros) dd if=/dev/zero of="$archive" bs=4096 seek=64 count=16 conv=notrunc 2>/dev/null ;;
        long) truncate -s -100000 "$archive" ;;
        short) truncate -s 100000 "$archive" ;;
        empty) truncate -s 0 "$archive" ;;
    esac
}
for how in $damages; do
    damage "$how"
    run damaged "$linfhash" list
    verdict "a damaged archive ($how): the same output" cmp -s "$work/first.out" "$work/damaged.out"
    verdict "a damaged archive ($how): nothing on standard error" test ! -s "$work/damaged.err"
    await archived
    archive=$(find "$LINFHASH_CACHE/archives" -name '*.jsa')
done
touch "$home/lib/linfhash-cli.jar"
run touched "$linfhash" --help
await another
verdict 'another jar: another archive' another
LINFHASH_CACHE=/proc/cache run nocache "$linfhash" --help
verdict 'a cache that cannot be written' ended nocache 0

# --- What it is for.
run quick "$linfhash" run --quick
verdict 'run --quick' ended quick 0
verdict 'run --quick: its page in the current folder' test -s "$work/quick.d/linfhash-results/fashion-mnist-quick/index.html"
verdict 'run --quick: says where' says quick 'wrote linfhash-results/fashion-mnist-quick/index.html'
run jars java -Xmx2g "-Dlinfhash.cache=$work/cache" -cp "$home/lib/*" io.github.linfhash.cli.Main \
    run --quick --bits 48 --seeds 0 --methods lsh,deep-linf
verdict 'jars alone' ended jars 0
verdict 'jars alone: its page in the current folder' test -s "$work/jars.d/linfhash-results/fashion-mnist-quick/index.html"
run accept "$linfhash" results accept
verdict 'results accept: exit code 2' ended accept 2
verdict 'results accept: a sentence' says accept 'expected a checkout of linfhash'
verdict 'results accept: nothing written' test -z "$(ls "$work/accept.d")"

# --- The extras: each is missing, then unpacked.
extra() {
    # extra COMMAND NAME
    run "missing-$1" "$linfhash" "$1" --help
    verdict "$1 without its archive: exit code 2" ended "missing-$1" 2
    verdict "$1 without its archive: a sentence" test "$(grep -c "^linfhash: .*linfhash-$2-$version" "$work/missing-$1.err") $(wc -l <"$work/missing-$1.err")" = '1 1'
    unzip -q "$archives/linfhash-$2-$version.zip" -d "$work/zip"
    run "$1" "$linfhash" "$1" --help
    verdict "$1 with its archive" ended "$1" 0
}
extra spark spark
extra embed embeddings
extra measure engines
if [ -f "$archives/linfhash-lucene-$version.zip" ]; then
    unzip -q "$archives/linfhash-lucene-$version.zip" -d "$work/zip"
    run lucene "$linfhash" measure --engine lucene --help
    verdict 'measure --engine lucene with its archive' ended lucene 0
fi
mkdir -p "$work/texts.d"
printf 'a text\nanother one\n' >"$work/texts.d/t.txt"
run texts "$linfhash" embed --texts t.txt --model all-minilm-l6-v2 --out t.npy
verdict 'embed without a network' ended texts 0
verdict 'embed: its file' test -s "$work/texts.d/t.npy"
run features "$linfhash" data features --out shards.npy
# --- The archive that only advises.
advisor=$archives/linfhash-advisor-$version.zip
verdict 'the advisor has at most 60 MB' test "$(wc -c <"$advisor")" -le 60000000
unzip -q "$advisor" -d "$work/zip"
advise=$work/zip/linfhash-advisor-$version/bin/linfhash
mkdir -p "$work/advise.d"
awk 'BEGIN { srand(1); for (i = 0; i < 2000; i++) { for (j = 0; j < 16; j++) printf "%s%.4f", j ? "," : "", rand() - 0.5; print "" } }' \
    >"$work/advise.d/vectors.csv"
run advise "$advise" advise --vectors vectors.csv --bytes 2,4 --seeds 0 --out advice
verdict 'advise' ended advise 0
verdict 'advise: its page' test -s "$work/advise.d/advice/index.html"
mv "$work/advise.d" "$work/quantize.d"
run quantize "$advise" quantize --vectors vectors.csv --quantizer sign --bytes 2 --out codes
verdict 'quantize' ended quantize 0
mv "$work/quantize.d" "$work/hashing.d"
run hashing "$advise" advise --vectors vectors.csv --quantizers hash-itq
verdict 'hashing methods: exit code 2' ended hashing 2
verdict 'hashing methods: a sentence' says hashing "'hash-itq' is not part of linfhash-advisor; use the full distribution"
run benchmarks "$advise" run
verdict 'benchmarks: exit code 2' ended benchmarks 2
verdict 'benchmarks: a sentence' says benchmarks 'the full distribution, linfhash, has it'

# Without a network there is no address of this machine either, which Spark asks for.
offline=
mkdir -p "$work/neighbors.d/shards"
mv "$work/features.d/shards.npy" "$work/neighbors.d/shards/part-0.npy"
run neighbors "$linfhash" spark neighbors --vectors shards --queries shards/part-0.npy --out neighbors.npz
verdict 'spark neighbors' ended neighbors 0
verdict 'spark neighbors: its file' test -s "$work/neighbors.d/neighbors.npz"

# --- For reading only, in a folder with a blank, through a link.
mkdir "$work/a b"
mv "$home" "$work/a b/in stallation"
chmod -R a-w "$work/a b"
ln -s "a b/in stallation/bin/linfhash" "$work/link"
export LINFHASH_CACHE="$work/a cache"
run readonly "$work/link" run --quick --bits 48 --seeds 0 --methods lsh
verdict 'a read-only folder with blanks' ended readonly 0
verdict 'a read-only folder with blanks: its page' test -s "$work/readonly.d/linfhash-results/fashion-mnist-quick/index.html"
await archived
verdict 'a read-only folder with blanks: an archive of classes' archived

echo "distribution: $wrong went wrong"
[ "$wrong" -eq 0 ]
