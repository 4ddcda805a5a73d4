# shellcheck shell=sh
# What the launchers of a checkout and of an installation have in common; they source it. It finds Java, sets what must be set
# before the JVM starts, and starts the program.

fail() {
    printf 'linfhash: %s\n' "$1" >&2
    exit 2
}

# require_size NAME SIZE LEAST: fails unless it is a size of memory as Java takes it, of at least so many MiB
require_size() {
    digits=${2%[kKmMgGtT]}
    case $digits in
        '' | 0* | *[!0-9]* | ????????????*) mebi=0 ;;
        *)
            case $2 in
                *[kK]) mebi=$((digits / 1024)) ;;
                *[mM]) mebi=$digits ;;
                *[gG]) mebi=$((digits * 1024)) ;;
                *[tT]) mebi=$((digits * 1024 * 1024)) ;;
                *) mebi=$((digits / 1024 / 1024)) ;;
            esac
            ;;
    esac
    if [ "$mebi" -lt "$3" ] || [ "$mebi" -gt 16777216 ]; then
        fail "$1 is $2, expected a size from $3m to 16t, such as 512m or 8g."
    fi
}

# require_no_colon NAME PATH: fails if the path cannot be in a class path
require_no_colon() {
    case $2 in
        *:*) fail "$1 is $2, expected a folder without ':' in its path, as Java separates folders by it." ;;
    esac
}

# Before anything is built.
require_no_colon 'the folder of linfhash' "$home"
require_no_colon LINFHASH_METHODS "${LINFHASH_METHODS:-}"
require_size LINFHASH_HEAP "${LINFHASH_HEAP:-4g}" 32
require_size LINFHASH_NATIVE "${LINFHASH_NATIVE:-4g}" 1

# choose COMMAND WORDS...: selects the program that has a command. Sets asks, if the command may need another one, which depends on its options.
choose() {
    asks=
    # Help on a command is of the program that has the command.
    command=${1:-}
    [ "$command" != help ] || command=${2:-}
    case $command in
        spark) select_program spark ;;
        embed) select_program embeddings ;;
        measure) select_program engines && asks=yes ;;
        watch) select_program engines ;;
        run | tune | train | split | data | task | paper) select_program '' && asks=yes ;;
        *) select_program '' ;;
    esac
}

# select_program MODULE: sets extra, that module, and main, the class to start. The extras are programs of their own, so that nobody else fetches
# and builds what they need: each is a module of the checkout and an archive of a release. Those that run protocols have the commands
# of the base, whose name is empty, as well.
select_program() {
    extra=$1
    prepared=
    case $extra in
        spark) main=io.github.linfhash.spark.cli.SparkMain ;;
        embeddings) main=io.github.linfhash.embeddings.cli.EmbedMain ;;
        engines) main=io.github.linfhash.engines.cli.EnginesMain ;;
        lucene)
            main=io.github.linfhash.engines.cli.EnginesMain
            find_lucene_java
            ;;
        *) main=io.github.linfhash.cli.Main ;;
    esac
}

# select_needed WORDS...: asks the selected program whether a command needs another one. It answers by exit code 75 and the name of a module, which
# is selected then. Fails with any other exit code: the command is for the selected program, which says it if something is wrong.
select_needed() {
    [ -n "$asks" ] || return 1
    prepare "$@"
    # shellcheck disable=SC2086 # the flags are several words
    if needed=$("$java" $flags $shared ${archive:+"-XX:SharedArchiveFile=$archive"} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        -Dlinfhash.ask=true "-Dlinfhash.home=$home" "-Dlinfhash.cache=$cache" \
        -cp "$class_path" "$main" "$@" 2>/dev/null); then return 1; else [ $? = 75 ] || return 1; fi
    select_program "$needed"
}

set_class_path() {
    class_path=
    old=$IFS
    IFS=:
    for folder in $folders; do
        class_path=${class_path:+$class_path:}$folder/*
    done
    IFS=$old
}

# find_lucene_java: sets lucene_home, the folder of a Java for Lucene; fails without one.
find_lucene_java() {
    lucene_home=${LINFHASH_LUCENE_JAVA:-}
    if [ -z "$lucene_home" ]; then
        [ "$version" -ge 21 ] ||
            fail "Lucene needs Java 21 or newer, and this is Java $version: set LINFHASH_LUCENE_JAVA to the folder of a JDK 21 or newer."
        lucene_home=${real%/bin/java}
    fi
    [ -x "$lucene_home/bin/java" ] || fail "LINFHASH_LUCENE_JAVA is $lucene_home, expected a folder with bin/java."
}

# find_java WHAT: sets java; runtime, the version of the Java that it is; version, that of the language; and incubator, if it has the
# Vector API. Fails without WHAT.
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, expected a folder with bin/java."
    else
        java=$(command -v java) || fail "No java was found on the PATH, expected $1."
    fi
    runtime=
    version=
    incubator=
    # Most say their version in a file, which is quicker than to ask them.
    real=$(readlink -f "$java" 2>/dev/null) || real=$java
    if [ -r "${real%/bin/java}/release" ]; then
        while read -r line; do
            case $line in JAVA_VERSION=* | JAVA_RUNTIME_VERSION=* | IMPLEMENTOR=*) runtime="$runtime $line" ;; esac
            case $line in JAVA_VERSION=*) version=${line#*\"} ;; MODULES=*jdk.incubator.vector*) incubator=yes ;; esac
        done <"${real%/bin/java}/release"
    fi
    if [ -z "$runtime" ]; then
        runtime=$("$java" -version 2>&1)
        version=$(printf '%s\n' "$runtime" | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    fi
    version=${version%%[!0-9]*}
    [ "${version:-0}" -ge 17 ] || fail "$java is version ${version:-unknown}, expected $1."
}

# Sets shared and archive, by which Java takes the classes of help and lists from an archive, where they are parsed and checked
# already. The first command has the archive made, aside and while it runs itself. Its name says of which Java and which jars it
# is: Java refuses another's, and does without. It says its checksum, too, as Java may die of a damaged one.
share() {
    archive=
    shared=
    case "${LINFHASH_ARCHIVE:-on} ${LINFHASH_JAVA_ARGS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" in
        off* | *-Xshare* | *Archive* | *agent*) return ;;
    esac
    # It is an addition to the one that a JDK of this kind comes with.
    [ -f "${real%/bin/java}/lib/server/classes.jsa" ] || return 0
    shared='-Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off'
    [ "$version" -lt 25 ] || shared="$shared -Xlog:aot=off"
    key=$({
        printf '%s\n' "$java$runtime" "$class_path"
        IFS=:
        for folder in $folders; do ls -Lln "$folder"/*.jar; done
    } 2>/dev/null | cksum)
    key=${key%% *}-${key##* }
    for archive in "$archives/start-$key".*.jsa; do
        sum=$({ cksum <"$archive"; } 2>/dev/null) || sum=
        case $archive in *".${sum%% *}-${sum##* }.jsa") return ;; esac
        rm -f "$archive" 2>/dev/null || true
    done
    archive=
    making=$archives/start-$key.making
    { mkdir -p "$archives" && [ -w "$archives" ] && mkdir "$making"; } 2>/dev/null || {
        # Somebody makes it or did not come to the end of it, or this user may not write here.
        find "$making" -prune -mmin +10 -exec rm -rf {} + 2>/dev/null || true
        return
    }
    # Twice apart, so that it is not the program's child.
    (
        (
            find "$archives" -name 'start-*' -prune -mtime +60 -exec rm -rf {} + || true
            # shellcheck disable=SC2086 # the flags are several words
            nice "$java" $flags $shared -Xmx1g -XX:TieredStopAtLevel=1 \
                "-XX:ArchiveClassesAtExit=$making/archive" "-Dlinfhash.home=$home" "-Dlinfhash.cache=$cache" \
                -cp "$class_path" io.github.linfhash.cli.StartTraining &&
                sum=$(cksum <"$making/archive") &&
                mv -f "$making/archive" "$archives/start-$key.${sum%% *}-${sum##* }.jsa" &&
                rm -rf "$making"
        ) </dev/null >/dev/null 2>&1 &
    )
}

# Deletes what Java unpacked of native libraries that no command has used for 60 days, such as those of an earlier version.
sweep_libraries() {
    set --
    IFS=:
    for folder in $folders; do
        for jar in "$cache"/javacpp/*.jar; do
            [ ! -e "$folder/${jar##*/}" ] || set -- "$@" "$jar"
        done
    done
    [ $# = 0 ] || touch "$@"
    find "$cache/javacpp" -name '*.jar' -prune -type d -mtime +60 -exec rm -rf {} +
    # Libraries of one jar may be links to those of another.
    find -L "$cache/javacpp" -type l -exec rm -f {} +
}

# prepare WORDS...: sets cache, flags, class_path, shared and archive, as the selected program needs them. The launcher has set
#   home       the folder of protocols, data sets and reports
#   folders    folders of jars, in the order of the class path, with colons between them
#   archives   a folder for archives of classes; it need not be there
# and has called find_java and choose.
prepare() {
    if [ -n "${LINFHASH_CACHE:-}${XDG_CACHE_HOME:-}${HOME:-}" ]; then
        cache=${LINFHASH_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/linfhash}
    else
        # In a folder of everybody. Libraries are loaded from the cache, so nobody else may have prepared it.
        cache=${TMPDIR:-/tmp}/linfhash-$(id -u)
        mkdir -m 700 "$cache" 2>/dev/null || true
        [ -n "$(find "$cache" -prune -type d -user "$(id -u)" ! -perm -020 ! -perm -002 2>/dev/null)" ] ||
            fail "the cache is $cache, as HOME is not set: expected a folder of your own that nobody else may write to. Set LINFHASH_CACHE to one."
    fi
    : "${archives:=$cache/archives}"
    # Runs are spread over the cores, so each of them computes on one thread.
    export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
    export OPENBLAS_NUM_THREADS="$OMP_NUM_THREADS"
    # A driver that compiles by LLVM, such as PoCL, puts LLVM's handlers of signals in the place of Java's, which then may die of a
    # signal of its own. This library of the JDK keeps Java's in front.
    case " $* " in
        *[\ =]opencl\ *)
            chaining=${real%/bin/java}/lib/libjsig.so
            [ ! -f "$chaining" ] || export LD_PRELOAD="$chaining${LD_PRELOAD:+:$LD_PRELOAD}"
            ;;
    esac
    flags=
    if [ "$version" -ge 24 ]; then
        flags="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    fi
    # Java says on stderr that it uses an incubator, so that only commands that compare or make codes do.
    case ${1:-} in
        advise | quantize | search)
            if [ "$version" -ge 25 ] && [ -n "$incubator" ]; then flags="$flags --add-modules=jdk.incubator.vector"; fi
            ;;
    esac
    set_class_path
    archive=
    shared=
    # An extra is started seldom and runs long.
    [ -n "$extra" ] || share
    prepared=yes
}

# start WORDS...: becomes the program. Besides what prepare needs, the launcher has set
#   libraries  those of the folders that a cluster has not
#   program    the folder of the jar of an extra, which is one of the libraries
start() {
    [ -n "$prepared" ] || prepare "$@"
    terminal=false
    if [ -t 2 ]; then
        terminal=true
    fi
    # A cache that cannot be written costs time, not the command.
    (sweep_libraries) 2>/dev/null || true

    # With an installation of Spark its own script starts the program, with the rest of linfhash beside it.
    if [ "$extra" = spark ] && [ -n "${SPARK_HOME:-}" ]; then
        submit "$@"
    fi

    # Garbage is collected in parallel, which leaves more of the cores to the program than the default of short pauses does,
    # unless a collector is named. What only tells something is not worth a collector or an optimizing compiler.
    speed=-XX:+UseParallelGC
    case ${1:-} in list | help | completion | -h | --help | -V | --version) speed='-XX:+UseSerialGC -XX:TieredStopAtLevel=1' ;; esac
    for word in ${LINFHASH_JAVA_ARGS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}; do
        case $word in -XX:+Use*GC) speed= ;; esac
    done
    # Methods of the user's own, behind the rest, so that the archive of classes still fits.
    methods=${LINFHASH_METHODS:-$home/methods}
    [ -z "${LINFHASH_METHODS:-}" ] || [ -d "$methods" ] ||
        fail "LINFHASH_METHODS is $methods, expected a folder with jars of methods."
    for jar in "$methods"/*.jar; do
        if [ -e "$jar" ]; then
            class_path=$class_path:$methods/*
            break
        fi
    done

    # shellcheck disable=SC2086 # the flags are several words
    exec "$java" $flags $shared ${archive:+"-XX:SharedArchiveFile=$archive"} $speed \
        "-Xmx${LINFHASH_HEAP:-4g}" \
        "-Dorg.bytedeco.javacpp.maxbytes=${LINFHASH_NATIVE:-4g}" \
        -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
        "-Dorg.bytedeco.javacpp.cachedir=$cache/javacpp" \
        "-Dorg.lwjgl.system.SharedLibraryExtractPath=$cache/lwjgl" \
        -Dslf4j.internal.verbosity=ERROR \
        "-Dlinfhash.home=$home" \
        "-Dlinfhash.terminal=$terminal" \
        "-Dlinfhash.cache=$cache" \
        ${LINFHASH_JAVA_ARGS:-} \
        "-Dlinfhash.libraries=$libraries" \
        -cp "$class_path" \
        "$main" "$@"
}

submit() {
    submit=$SPARK_HOME/bin/spark-submit
    [ -x "$submit" ] || fail "SPARK_HOME is $SPARK_HOME, expected a folder with bin/spark-submit."
    old=$IFS
    IFS=:
    # shellcheck disable=SC2086 # folders
    jars=$(find $libraries -maxdepth 1 -name '*.jar' ! -name 'logback-*' ! -name 'slf4j-*' ! -name linfhash-spark.jar |
        sort | tr '\n' ',')
    IFS=$old
    # spark-submit has to know the master before the program reads its options.
    master='local[*]'
    previous=
    for word in "$@"; do
        case $word in
            --master=*) master=${word#--master=} ;;
            *) [ "$previous" != --master ] || master=$word ;;
        esac
        previous=$word
    done
    # The driver is this process, whatever that installation does by default, as it reads and writes files of this machine.
    # Its options for Java are split at blanks outside quotation marks.
    exec "$submit" --master "$master" --deploy-mode client --driver-memory "${LINFHASH_HEAP:-4g}" --jars "${jars%,}" --class "$main" \
        --driver-java-options "$flags -Dorg.bytedeco.javacpp.maxbytes=${LINFHASH_NATIVE:-4g} \
-Dorg.bytedeco.javacpp.maxphysicalbytes=0 \"-Dorg.bytedeco.javacpp.cachedir=$cache/javacpp\" \"-Dlinfhash.home=$home\" \
-Dlinfhash.terminal=$terminal \"-Dlinfhash.cache=$cache\" ${LINFHASH_JAVA_ARGS:-}" \
        "$program/linfhash-spark.jar" "$@"
}
