#!/bin/sh
# Runs every command of 'linfhash spark' on a standalone cluster of Spark on this machine: a master and two workers with one
# core each, as processes of their own, which listen on the loopback interface alone. What comes out is compared, byte by
# byte, with the same command on local[*] and with the command without Spark, where there is one; an executor is killed with
# SIGKILL in the middle of two jobs; and an installation of Spark (SPARK_HOME) starts the program, too.
# A line of CSV for each check; exit code 1 if one goes wrong. Linux only.
# ci/spark-cluster.sh [PART...], of commands, killed and installation; all without one
set -eu
cd "$(dirname "$0")/.."
parts=" ${*:-commands killed installation} "
for part in $parts; do
    case $part in
        commands | killed | installation) ;;
        *) echo "expected commands, killed or installation, found $part" >&2 && exit 2 ;;
    esac
done
wanted() {
    case $parts in
        *" $1 "*) ;;
        *) return 1 ;;
    esac
}
unset SPARK_HOME
# Whatever Spark opens, it opens here; its working files stay in the folder that is deleted in the end.
export SPARK_LOCAL_IP=127.0.0.1
work=$(mktemp -d)
export SPARK_LOCAL_DIRS="$work/local"
export LINFHASH_HEAP="${LINFHASH_HEAP:-2g}"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
started=

children() { cat /proc/"$1"/task/*/children 2>/dev/null || true; }
stop() {
    # Executors end with their worker, or are ended here.
    ending=$started
    for pid in $started; do ending="$ending $(children "$pid")"; done
    for pid in $started; do kill "$pid" 2>/dev/null || true; done
    for pid in $ending; do
        tries=0
        while kill -0 "$pid" 2>/dev/null; do
            [ $tries -lt 50 ] || kill -9 "$pid" 2>/dev/null || true
            tries=$((tries + 1))
            sleep 0.1
        done
    done
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

fail() {
    echo "$1" >&2
    shift
    for log in "$@"; do tail -n 40 "$log" >&2; done
    exit 1
}
# await SECONDS LOG WORDS: until a log has the words
await() {
    tries=0
    until grep -q "$3" "$2" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt $((10 * $1)) ] || fail "expected '$3' within $1 s" "$2"
        sleep 0.1
    done
}

wrong=0
verdict() {
    # verdict CHECK COMMAND...: ok if the command is
    name=$1
    shift
    if "$@"; then
        echo "$name,ok"
    else
        echo "$name,WRONG"
        wrong=$((wrong + 1))
    fi
}
same() { verdict "$1" cmp -s "$2" "$3"; }
# The numbers in a .npy file, or in all of a folder, in the order of their names.
payload() {
    for file in "$@"; do
        length=$(od -An -tu2 -j8 -N2 "$file" | tr -d ' ')
        tail -c "+$((11 + length))" "$file"
    done
}
# A file of Parquet up to its footer, which lists the encodings of a column in an order that changes with the process.
pages() {
    footer=$(tail -c 8 "$1" | od -An -tu4 -N4 | tr -d ' ')
    head -c $(($(wc -c <"$1") - 8 - footer)) "$1"
}
# The files of a folder with their sums. Parquet's have names with a random part, and Spark's own sums beside them.
listing() {
    (cd "$1" && find . -type f ! -name '*.crc' ! -name _SUCCESS | sort | while read -r file; do
        printf '%s %s ' "$(echo "$file" | sed 's/-[0-9a-f-]\{36\}-/-/')" "$(wc -c <"$file")"
        case $file in
            *.parquet) pages "$file" | cksum ;;
            *) cksum <"$file" ;;
        esac
    done)
}
same_folder() {
    listing "$2" >"$work/one.list"
    listing "$3" >"$work/other.list"
    [ -s "$work/one.list" ] || fail "expected files in $2"
    same "$1" "$work/one.list" "$work/other.list"
}
linfhash() {
    ./linfhash "$@" 2>"$work/err" || fail "linfhash $*: exit code $?" "$work/err"
}

# --- An installation of Spark, as far as it takes to start a cluster and programs: the libraries as Spark's own POM names
# them, and what its script spark-submit does.
./linfhash spark --help >/dev/null
spark=$work/spark
mkdir -p "$spark/bin" "$work/data" "$work/here" "$work/cluster" "$work/plain"
version=$(sed -n 's|.*<spark.version>\(.*\)</spark.version>.*|\1|p' pom.xml)
cat >"$spark/pom.xml" <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>spark-installation</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-sql_2.13</artifactId>
      <version>$version</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -q -B -f "$spark/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$spark/jars" >&2
cat >"$spark/bin/spark-submit" <<'SUBMIT'
#!/usr/bin/env bash
# Spark's launcher turns the options into a command, words separated by NUL, which takes this process.
set -eu
SPARK_HOME=$(cd "$(dirname "$0")/.." && pwd)
export SPARK_HOME SPARK_SCALA_VERSION=2.13
mapfile -d '' -t command < <(
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
        org.apache.spark.deploy.SparkSubmit "$@")
# An empty word and a line break stand before them.
command=("${command[@]:1}")
command[0]=${command[0]#$'\n'}
exec "${command[@]}"
SUBMIT
chmod +x "$spark/bin/spark-submit"

# --- The cluster.
daemon() {
    # daemon NAME CLASS WORDS...
    name=$1
    shift
    SPARK_HOME=$spark SPARK_SCALA_VERSION=2.13 exec "$java" -Xmx256m -Dspark.master.rest.enabled=false \
        -cp "$spark/jars/*" "$@" >>"$work/$name.log" 2>&1
}
(daemon master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0) &
started="$started $!"
await 60 "$work/master.log" 'Starting Spark master at spark://'
master=$(sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$work/master.log" | head -n 1)
workers=
for n in 1 2; do
    (daemon "worker$n" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port 0 --webui-port 0 --cores 1 \
        --memory 1g --work-dir "$work/worker$n" "$master") &
    started="$started $!"
    workers="$workers $!"
done
for n in 1 2; do await 60 "$work/worker$n.log" 'Successfully registered with master'; done

# on here|cluster COMMAND WORDS...: runs 'linfhash spark COMMAND'
on() {
    where=$1
    command=$2
    shift 2
    case $where in
        here) linfhash spark "$command" --master 'local[*]' "$@" ;;
        cluster) linfhash spark "$command" --master "$master" --conf spark.executor.memory=768m "$@" ;;
    esac
}
# Each application leaves linfhash's libraries in the folders of the workers.
tidy() {
    tries=0
    # An executor that is about to end may still write.
    until rm -rf "$work"/worker[12]/app-* 2>/dev/null || [ $tries -gt 50 ]; do
        tries=$((tries + 1))
        sleep 0.2
    done
}

# --- Data: the features of the images in this repository, a model whose codes come from ND4J, and random codes.
data=$work/data
linfhash features --protocol fashion-mnist --out "$data/f.npy"
linfhash train --features "$data/f.npy" --labels "$data/f.labels.npy" --method deep-linf --bits 48 \
    --option training.epochs=2 --out "$data/m.linfhash"
libraries=.programs/$(cat .programs/spark)
"$java" -Xmx2g -Dlogback.configurationFile="$work/none" \
    -cp "$libraries/linfhash-spark.jar:$libraries/lib/*:$libraries/provided/*" ci/FeatureFolders.java \
    "$data/f.npy" "$data/f.labels.npy" "$data" 1000 >"$work/err" 2>&1 || fail 'the features could not be cut' "$work/err"
queries=$data/features/part-00000.npy
query_labels=$data/labels/part-00000.npy

# --- Without Spark.
plain=$work/plain
linfhash encode --model "$data/m.linfhash" --features "$data/f.npy" --out "$plain/codes.npy"
linfhash encode --model "$data/m.linfhash" --features "$queries" --out "$plain/q.npy"
linfhash evaluate --bits 48 --query-codes "$plain/q.npy" --query-labels "$query_labels" \
    --database-codes "$plain/codes.npy" --database-labels "$data/f.labels.npy" >"$plain/metrics"
linfhash search --bits 48 --codes "$plain/codes.npy" --queries "$plain/q.npy" -k 10 --out "$plain/n.npz"
payload "$plain/codes.npy" >"$plain/codes"

evaluate() {
    # evaluate WHERE DATABASE-OPTIONS...
    place=$1
    shift
    on "$place" evaluate --bits 48 --query-codes "$plain/q.npy" --query-labels "$query_labels" "$@"
}
encode() {
    # encode WHERE OUT OPTIONS...
    place=$1
    target=$2
    shift 2
    on "$place" encode --model "$data/m.linfhash" --out "$target" "$@"
}
search() {
    # search WHERE CODES OUT: the queries are encoded by the model
    on "$1" search --codes "$2" --model "$data/m.linfhash" --features "$queries" -k 10 --out "$3"
}
same_codes() {
    # same_codes CHECK FOLDER: the codes of all files are those of 'linfhash encode'
    payload "$2"/codes/*.npy >"$work/codes"
    same "$1" "$work/codes" "$plain/codes"
}

# --- Every command, here and on the cluster.
every_command() {
    where=$1
    out=$work/$where
    on "$where" generate --rows 1000000 --rows-per-file 100000 --out "$out/random"
    encode "$where" "$out/npy" --features "$data/features"
    encode "$where" "$out/parquet" --features "$data/features" --labels "$data/labels" --to parquet
    encode "$where" "$out/npy-of-parquet" --features "$data/parquet" --to npy
    encode "$where" "$out/parquet-of-parquet" --features "$data/parquet"
    tidy
    on "$where" statistics --features "$data/features" --anchors 20 --out "$out/statistics.npz"
    on "$where" statistics --features "$data/parquet" --anchors 20 --out "$out/statistics-parquet.npz"
    tidy
    evaluate "$where" --database-codes "$out/npy/codes" --database-labels "$data/labels" >"$out/metrics"
    on "$where" search --bits 48 --codes "$out/npy/codes" --queries "$plain/q.npy" -k 10 --out "$out/n.npz"
    for table in parquet parquet-of-parquet; do
        evaluate "$where" --database-codes "$out/$table" >"$out/metrics-$table"
        search "$where" "$out/$table" "$out/n-$table.npz"
    done
    tidy

    # Beside the commands without Spark.
    same_codes "$where: encode from .npy" "$out/npy"
    same_codes "$where: encode from Parquet to .npy" "$out/npy-of-parquet"
    same "$where: evaluate" "$out/metrics" "$plain/metrics"
    same "$where: search" "$out/n.npz" "$plain/n.npz"
    for table in parquet parquet-of-parquet; do
        same "$where: evaluate $table" "$out/metrics-$table" "$plain/metrics"
        same "$where: search $table by a model" "$out/n-$table.npz" "$plain/n.npz"
    done
}
commands() {
    every_command here
    every_command cluster
    for folder in random npy parquet npy-of-parquet parquet-of-parquet; do
        same_folder "cluster and here: the files of $folder" "$work/cluster/$folder" "$work/here/$folder"
    done
    for file in statistics statistics-parquet; do
        same "cluster and here: $file" "$work/cluster/$file.npz" "$work/here/$file.npz"
    done
}

# --- An executor is killed in the middle of a job.
in_flight() {
    # in_flight LOG: whether an executor has begun a task that it has not ended
    begun=$(grep -c 'Running task' "$1" || true)
    ended=$(grep -c 'Finished task' "$1" || true)
    [ "$begun" -gt "$ended" ]
}
killed_in() {
    # killed_in NAME ENDED-BEFORE COMMAND...: runs it on the cluster, and kills the executor of the first worker
    job_name=$1
    before=$2
    shift 2
    "$@" >"$work/out" &
    job=$!
    first=${workers# }
    first=${first%% *}
    victim=
    until [ -n "$victim" ]; do
        kill -0 $job 2>/dev/null || fail "$job_name: the job ended before an executor was killed" "$work/err"
        log=$(find "$work/worker1" -name stderr 2>/dev/null | head -n 1)
        if [ -n "$log" ] && [ "$(grep -c 'Finished task' "$log")" -ge "$before" ] && in_flight "$log"; then
            # Stopped first, so that the task cannot end between the look and the kill.
            victim=$(children "$first" | tr -d ' ')
            kill -STOP "$victim"
            sleep 0.2
            if in_flight "$log"; then
                kill -9 "$victim"
            else
                kill -CONT "$victim"
                victim=
            fi
        fi
        sleep 0.05
    done
    kill -0 $job 2>/dev/null || fail "$job_name: the job had ended before its executor was killed"
    wait $job || fail "$job_name: the job failed" "$work/err"
    verdict "killed executor, $job_name: the worker saw SIGKILL" \
        grep -q 'exitStatus 137\|exited with code 137' "$work/worker1.log"
    : >"$work/worker1.log"
    tidy
}
killed() {
    on here generate --rows 4000000 --out "$work/many"
    set -- evaluate --query-codes "$work/many/queries.npy" --query-labels "$work/many/query-labels.npy" \
        --database-codes "$work/many/codes" --database-labels "$work/many/labels"
    killed_in evaluate 3 on cluster "$@"
    on here "$@" >"$work/metrics"
    same 'killed executor, evaluate: the metrics' "$work/out" "$work/metrics"
    killed_in encode 0 encode cluster "$work/killed" --features "$data/features"
    same_codes 'killed executor, encode: the codes' "$work/killed"
}

# --- SPARK_HOME: spark-submit starts the program.
installation() {
    export SPARK_HOME="$spark"
    # Native libraries go into another folder, with a blank in its name.
    export LINFHASH_CACHE="$work/a cache"
    for where in here cluster; do
        out=$work/submitted-$where
        encode "$where" "$out" --features "$data/features"
        same_codes "SPARK_HOME, $where: encode" "$out"
        evaluate "$where" --database-codes "$out/codes" --database-labels "$data/labels" >"$work/out"
        same "SPARK_HOME, $where: evaluate" "$work/out" "$plain/metrics"
        search "$where" "$out/codes" "$work/n-$where.npz"
        same "SPARK_HOME, $where: search" "$work/n-$where.npz" "$plain/n.npz"
        tidy
    done
    code=0
    ./linfhash spark encode --master "$master" --model "$data/m.linfhash" --features "$data/features" --out "$out" \
        >"$work/out" 2>"$work/err" || code=$?
    verdict 'SPARK_HOME: bad input has exit code 2' test $code = 2
    verdict 'SPARK_HOME: bad input gets a sentence' \
        grep -q '^linfhash: --out: expected a folder that does not exist yet' "$work/err"
}

echo 'check,verdict'
if wanted commands; then commands; fi
if wanted killed; then killed; fi
if wanted installation; then installation; fi
[ $wrong = 0 ] || fail "$wrong checks went wrong"
