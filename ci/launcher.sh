#!/bin/sh
# Tries the launcher in a fresh clone: two first commands at once, sources that change under a running command, builds that
# are killed or fail, and all that without flock. One build is Maven's; for the others a stand-in for Maven takes the jars of
# that one, so that all takes a few minutes. A line of CSV for each check; exit code 1 if one goes wrong. Linux only.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
clone=$work/clone
started=
stop() {
    for pid in $started; do kill -9 "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

git clone -q . "$clone"
# What is not committed yet is tried, too.
cp linfhash "$clone/linfhash"
mkdir -p "$clone/modules/distribution/src/bin"
cp modules/distribution/src/bin/* "$clone/modules/distribution/src/bin"
# ci/distribution.sh tries archives of classes; here they would hold programs that are to go.
export LINFHASH_CACHE="$work/cache" LINFHASH_ARCHIVE=off
programs=$clone/.programs

. ci/verdict.sh
linfhash() {
    # linfhash NAME WORDS...: what it says goes to NAME.out and NAME.err; a folder NAME.code gets its exit code
    log=$work/$1
    shift
    code=0
    (cd "$clone" && exec ./linfhash "$@") >"$log.out" 2>"$log.err" || code=$?
    echo $code >"$log.code"
}
ended() {
    # ended NAME CODE
    [ "$(cat "$work/$1.code")" = "$2" ]
}
says() {
    # says NAME WORDS
    grep -q "$2" "$work/$1.err"
}
silent() { ! grep -q "$2" "$work/$1.err"; }
built() {
    # built NUMBER: so many programs, and nothing that a build left
    [ "$(find "$programs" -mindepth 1 -maxdepth 1 -name 'cli-*' | wc -l)" = "$1" ] && [ -z "$(find "$programs" -name 'build.*')" ]
}
current() { cat "$programs/cli"; }
await() {
    # await COMMAND...: until it succeeds, for a minute
    tries=0
    until "$@" 2>/dev/null || [ $tries -gt 600 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
}
change() {
    echo "// $1" >>"$clone/modules/core/src/main/java/io/github/linfhash/core/digest/Digests.java"
}

echo 'check,verdict'

# --- Two first commands at once, built by Maven.
linfhash first list methods &
one=$!
linfhash second list methods &
two=$!
started="$one $two"
wait "$one" "$two"
started=
verdict 'two first commands at once: the first' ended first 0
verdict 'two first commands at once: the second' ended second 0
verdict 'two first commands at once: the same output' cmp -s "$work/first.out" "$work/second.out"
verdict 'two first commands at once: one builds, one waits' \
    test "$(cat "$work/first.err" "$work/second.err" | grep -c 'building (once')$(cat "$work/first.err" "$work/second.err" | grep -c 'waiting for its end')" = 11
verdict 'two first commands at once: one program' built 1
for module in core encoders 'command line'; do
    verdict "two first commands at once: said to be at $module" \
        grep -q "^linfhash: building linfhash, module [0-9]* of [0-9]*: $module\$" "$work/first.err" "$work/second.err"
done

# --- From here on, "Maven" takes the jars of the first build, notes that it was called, and does what $work/told says.
cp -R "$programs/$(current)" "$work/jars"
mkdir "$work/bin"
cat >"$work/bin/mvn" <<'END'
#!/bin/sh
if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9' && exit; fi
echo called >>"$STANDIN/calls"
module=cli
for extra in spark embeddings engines lucene; do
    case $* in *modules/$extra*) module=$extra ;; esac
done
# As Maven does it: not at once.
mkdir -p modules/$module/target/lib
[ ! -f "$STANDIN/told" ] || . "$STANDIN/told"
cp "$STANDIN/jars/lib/"* modules/$module/target/lib
cp "$STANDIN/jars/linfhash-cli.jar" modules/$module/target/linfhash-$module.jar
if [ $module = spark ]; then mkdir modules/spark/target/provided; fi
END
chmod +x "$work/bin/mvn"
export STANDIN="$work" PATH="$work/bin:$PATH"
calls() { if [ -f "$work/calls" ]; then wc -l <"$work/calls"; else echo 0; fi; }
tell() { echo "$1" >"$work/told"; }

# --- Sizes of memory that Java would not take.
for size in lots 512 1.5g '4 g' 0 08g 17t 99999999999999999999; do
    for name in HEAP NATIVE; do
        (export "LINFHASH_$name=$size" && linfhash size list methods)
        verdict "LINFHASH_$name=$size: exit code 2" ended size 2
        verdict "LINFHASH_$name=$size: a sentence" test "$(grep -c "^linfhash: LINFHASH_$name is $size, expected a size from" "$work/size.err") $(wc -l <"$work/size.err")" = '1 1'
    done
done
for size in 512m 1G 1048576k 1073741824; do
    (export "LINFHASH_HEAP=$size" "LINFHASH_NATIVE=$size" && linfhash size list methods)
    verdict "LINFHASH_HEAP=$size: is taken" ended size 0
done

# --- Paths that Java would take for two.
mkdir -p "$work/a:b/modules/distribution/src"
cp linfhash "$work/a:b"
cp -R modules/distribution/src/bin "$work/a:b/modules/distribution/src"
(clone="$work/a:b" && linfhash colon list methods)
verdict 'a colon in the path: exit code 2' ended colon 2
verdict 'a colon in the path: a sentence' says colon "^linfhash: the folder of linfhash is $work/a:b, expected a folder without ':'"
(export LINFHASH_METHODS="$work/a:b" && linfhash colon list methods)
verdict 'a colon in the path of methods: exit code 2' ended colon 2
verdict 'a colon in the path of methods: a sentence' says colon "^linfhash: LINFHASH_METHODS is $work/a:b, expected a folder without ':'"

# --- Native libraries of earlier versions, which Java has unpacked.
unpacked=$LINFHASH_CACHE/javacpp
own=$(cd "$programs/$(current)/lib" && find . -name 'openblas-*-linux-*.jar' | sed 's,./,,')
mkdir -p "$unpacked/old.jar/org" "$unpacked/recent.jar" "$unpacked/$own"
: >"$unpacked/old.jar/org/lib.so"
ln -s "$unpacked/old.jar/org/lib.so" "$unpacked/$own/lib.so"
touch -d '61 days ago' "$unpacked/old.jar" "$unpacked/$own"
linfhash sweep list methods
verdict 'native libraries that are unused for 60 days are deleted' test ! -e "$unpacked/old.jar"
verdict 'native libraries that are used, or were lately, stay' test -d "$unpacked/$own" -a -d "$unpacked/recent.jar"
verdict 'links to deleted libraries are deleted' test ! -h "$unpacked/$own/lib.so"

# --- Without a home, the cache is in a folder that others may write to.
mkdir "$work/shared"
homeless() { (unset HOME XDG_CACHE_HOME LINFHASH_CACHE && export TMPDIR="$work/shared" && linfhash homeless list methods); }
mine=$work/shared/linfhash-$(id -u)
homeless
verdict 'no home: exit code 0' ended homeless 0
verdict 'no home: a cache for this user alone' test "$(stat -c %a "$mine")" = 700
homeless
verdict 'no home: the same cache again' ended homeless 0
chmod 777 "$mine"
homeless
verdict 'no home, a cache that others may write to: exit code 2' ended homeless 2
verdict 'no home, a cache that others may write to: a sentence' says homeless "^linfhash: the cache is $mine, as HOME is not set: expected"
rm -r "$mine"
mkdir "$work/prepared"
ln -s "$work/prepared" "$mine"
homeless
verdict 'no home, a link in place of the cache: exit code 2' ended homeless 2
rm "$mine"

# --- Nothing changed but dates.
old=$(current)
touch "$clone/modules/core/pom.xml"
linfhash touched --help
verdict 'a touched source: no build' test "$(calls) $(current)" = "0 $old"
verdict 'a touched source: read once' test -z "$(find "$clone/modules/core/pom.xml" -newer "$programs/cli")"

scenario() {
    # scenario WITH
    # --- Sources that change under a running command.
    old=$(current)
    rm -rf "$work/results"
    linfhash running run --protocol fashion-mnist --quick --bits 48 --seeds 0 --methods lsh,nnh --out "$work/results" &
    running=$!
    started=$running
    await test -d "$work/results/runs"
    change "$1: under a running command"
    linfhash changed --help
    verdict "changed sources under a running command, $1: built" says changed 'building (once'
    verdict "changed sources under a running command, $1: another program" test "$(current)" != "$old"
    verdict "changed sources under a running command, $1: the old one stays" test -f "$programs/$old/linfhash-cli.jar"
    verdict "changed sources under a running command, $1: it still runs" kill -0 $running
    wait $running
    started=
    verdict "changed sources under a running command, $1: it ends well" ended running 0
    verdict "changed sources under a running command, $1: its page" test -s "$work/results/index.html"
    change "$1: again"
    linfhash again --help
    verdict "changed sources under a running command, $1: the old ones go" built 1

    # --- Builds that do not come to their end.
    old=$(current)
    change "$1: a failing build"
    tell 'printf "[INFO] Building\\n[ERROR] X.java:[3,5] no symbol\\n  symbol: Y\\n[INFO] ends\\n"; exit 1'
    linfhash failing --help
    verdict "a failing build, $1: exit code 2" ended failing 2
    verdict "a failing build, $1: a sentence" says failing 'linfhash: the build failed'
    verdict "a failing build, $1: Maven's errors alone" test "$(head -n 2 "$work/failing.err" | tail -n 1) $(grep -c '' "$work/failing.err")" = \
        "[ERROR] X.java:[3,5] no symbol 4"
    verdict "a failing build, $1: leaves nothing" built 1
    verdict "a failing build, $1: is not trusted" test "$(current)" = "$old"
    for signal in KILL TERM; do
        tell "echo \$\$ >'$work/maven'; exec sleep 30"
        rm -f "$work/maven"
        (cd "$clone" && exec ./linfhash --help) >"$work/killed.out" 2>"$work/killed.err" &
        killed=$!
        started=$killed
        await test -s "$work/maven"
        kill -$signal $killed
        # On a terminal, Ctrl-C ends Maven as well.
        [ $signal = KILL ] || kill "$(cat "$work/maven")"
        wait $killed 2>/dev/null || true
        rm -f "$work/told"
        verdict "a build that ended by SIG$signal, $1: is not trusted" test "$(current)" = "$old"
        [ $signal = KILL ] || verdict "a build that ended by SIG$signal, $1: leaves nothing" built 1
        linfhash after --help
        verdict "a build that ended by SIG$signal, $1: the next command" ended after 0
        verdict "a build that ended by SIG$signal, $1: builds without waiting" silent after 'waiting for its end'
        verdict "a build that ended by SIG$signal, $1: another program" test "$(current)" != "$old"
        verdict "a build that ended by SIG$signal, $1: nothing stays" built 1
        kill "$(cat "$work/maven")" 2>/dev/null || true
        old=$(current)
        change "$1: SIG$signal"
    done

    # --- Two commands at once after a change, and a source that is gone.
    before=$(calls)
    tell 'sleep 3'
    linfhash first --help &
    one=$!
    linfhash second --help &
    two=$!
    started="$one $two"
    wait "$one" "$two"
    started=
    rm -f "$work/told"
    verdict "two commands at once after a change, $1: both end" test "$(cat "$work/first.code" "$work/second.code" | tr '\n' ' ')" = '0 0 '
    verdict "two commands at once after a change, $1: one build" test "$(calls)" = $((before + 1))
    verdict "two commands at once after a change, $1: one program" built 1
    old=$(current)
    rm "$clone/modules/io/src/main/java/io/github/linfhash/io/files/FileSeal.java"
    linfhash gone --help
    verdict "a source that is gone, $1: another program" test "$(current)" != "$old"
    git -C "$clone" checkout -q -- modules
    linfhash back --help
    verdict "a source that is back, $1: another program" test "$(current)" != "$old"
}
scenario 'with flock'

# --- The same without flock: a PATH of everything else.
mkdir "$work/path"
for tool in /usr/local/bin/* /usr/bin/* /bin/*; do
    case ${tool##*/} in
        flock | mvn) ;;
        *) [ -e "$work/path/${tool##*/}" ] || ln -s "$tool" "$work/path/${tool##*/}" ;;
    esac
done
[ -z "${JAVA_HOME:-}" ] || PATH=$JAVA_HOME/bin:$PATH
java=$(command -v java)
[ -e "$work/path/java" ] || ln -s "$java" "$work/path/java"
PATH=$work/bin:$work/path
scenario 'without flock'

# --- The program of Spark, by a stand-in for spark-submit, which finds all that it is told.
mkdir -p "$work/spark/bin"
cat >"$work/spark/bin/spark-submit" <<'END'
#!/bin/sh
while [ $# -gt 0 ]; do
    case $1 in
        --jars) ls $(echo "$2" | tr ',' ' ') >/dev/null && echo 'jars found' ;;
        *linfhash-spark.jar) [ -f "$1" ] && echo 'program found' ;;
    esac
    shift
done
END
chmod +x "$work/spark/bin/spark-submit"
SPARK_HOME=$work/spark
export SPARK_HOME
linfhash spark spark encode
verdict 'the program of Spark' test "$(tr '\n' ' ' <"$work/spark.out")" = 'jars found program found '
verdict 'the program of Spark: beside the other' built 1

# --- Another extra is yet another program, whose class the stand-in's jars do not have.
linfhash embed embed --help
verdict 'the program of embed: beside the others' built 1
verdict 'the program of embed: its own' test -f "$programs/$(cat "$programs/embeddings")/linfhash-embeddings.jar"
verdict 'the program of embed: its class is started' says embed 'EmbedMain'

linfhash measure measure --help
verdict 'the program of measure: its class is started' says measure 'EnginesMain'
linfhash watch watch --help
verdict 'the program of watch: its class is started' says watch 'EnginesMain'
linfhash helped help measure
verdict 'help on measure: its class is started' says helped 'EnginesMain'
linfhash helped help advise
verdict 'help on advise: the base is started' silent helped 'EnginesMain'

# A protocol of texts needs that one, too; another does not.
linfhash texts run --protocol clinc150-minilm --quick
verdict 'a protocol of texts: the class of embed is started' says texts 'EmbedMain'
linfhash named run --protocol=clinc150-minilm
verdict 'a protocol of texts after =: the same' says named 'EmbedMain'
linfhash network run --protocol cifar10-mobilenet
verdict 'a protocol of features by a network: the same' says network 'EmbedMain'
linfhash images run --protocol fashion-mnist --out clinc150-minilm --version
verdict 'a protocol of images: the base is started' silent images 'EmbedMain'

# --- With OpenCL, Java's signal handlers stay in front: a stand-in for Java says what is loaded before it.
mkdir -p "$work/jdk/bin" "$work/jdk/lib"
cp "$(dirname "$(dirname "$(readlink -f "$java")")")/lib/libjsig.so" "$work/jdk/lib"
echo 'JAVA_VERSION="17.0.1"' >"$work/jdk/release"
printf '#!/bin/sh\necho "before: ${LD_PRELOAD:-nothing}" >&2\n' >"$work/jdk/bin/java"
chmod +x "$work/jdk/bin/java"
export JAVA_HOME="$work/jdk"
for device in '--device opencl' '--device=opencl'; do
    # shellcheck disable=SC2086 # two words
    linfhash opencl list methods $device
    verdict "$device: the library of signals comes first" says opencl "^before: $work/jdk/lib/libjsig.so$"
done
linfhash cpu list methods --device cpu
verdict '--device cpu: nothing comes first' says cpu '^before: nothing$'

echo "launcher: $wrong went wrong"
[ "$wrong" -eq 0 ]
