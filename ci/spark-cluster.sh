#!/bin/sh
# Runs 'linfhash spark' on a standalone cluster of Spark on this machine: a master and two workers with one core each, which listen on the
# loopback interface alone. Kills an executor in the middle of an encoding with SIGKILL, and compares the codes, byte by byte, with those of an
# undisturbed run and of the command without Spark, and evaluation and search with these commands without Spark.
# A line of CSV for each check; ends with 1 if one goes wrong. Linux only; needs Python's NumPy, and a network for Spark's libraries.
set -eu
cd "$(dirname "$0")/.."
unset SPARK_HOME
work=$(mktemp -d)
export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS="$work/local" LINFHASH_HEAP="${LINFHASH_HEAP:-2g}"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
started=
. ci/verdict.sh

children() { cat /proc/"$1"/task/*/children 2>/dev/null || true; }
stop() {
    # The workers end their executors.
    for pid in $started; do kill "$pid" 2>/dev/null || true; done
    for pid in $started; do wait "$pid" 2>/dev/null || true; done
    sleep 1
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM
fail() {
    echo "spark-cluster: $1" >&2
    exit 1
}
# await LOG WORDS: until a log contains the words
await() {
    tries=0
    until grep -q "$2" "$1" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { cat "$1" >&2; fail "expected '$2' within 60 s"; }
        sleep 0.1
    done
}
linfhash() { ./linfhash "$@" 2>"$work/linfhash.err" || { cat "$work/linfhash.err" >&2; fail "linfhash $*: exit code $?"; }; }
on_cluster() {
    command=$1
    shift
    linfhash spark "$command" --master "$master" --conf spark.executor.memory=768m "$@"
}

# --- The cluster, of the libraries that Spark's own POM names.
linfhash spark --help >"$work/help"
version=$(sed -n 's|.*<spark.version>\(.*\)</spark.version>.*|\1|p' pom.xml)
cat >"$work/pom.xml" <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>installation</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.spark</groupId><artifactId>spark-sql_2.13</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
# shellcheck disable=SC2086 # several words
mvn -q -B ${LINFHASH_MAVEN_ARGS:-} -f "$work/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/spark/jars" >&2
# daemon NAME CLASS WORDS...: a process of the cluster
daemon() {
    name=$1
    shift
    SPARK_HOME="$work/spark" SPARK_SCALA_VERSION=2.13 "$java" -Xmx256m -Dspark.master.rest.enabled=false -cp "$work/spark/jars/*" \
        org.apache.spark.deploy."$@" --host 127.0.0.1 --port 0 --webui-port 0 >"$work/$name.log" 2>&1 &
    started="$! $started"
}
daemon master master.Master
await "$work/master.log" 'Starting Spark master at spark://'
master=$(sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$work/master.log" | head -n 1)
for n in 2 1; do daemon worker$n worker.Worker "$master" --cores 1 --memory 1g --work-dir "$work/worker$n"; done
first_worker=${started%% *}
for n in 1 2; do await "$work/worker$n.log" 'Successfully registered with master'; done

# --- A model, vectors and labels in files of 1,000 rows, and what comes of them without Spark.
linfhash data features --protocol fashion-mnist --out "$work/f.npy" >&2
linfhash train --vectors "$work/f.npy" --labels "$work/f.labels.npy" --method deep-linf --bits 48 --option training.epochs=2 \
    --out "$work/m.linfhash" >&2
python3 - "$work" <<'END'
import os
import sys

import numpy

for name, file in ("features", "f.npy"), ("labels", "f.labels.npy"):
    os.mkdir(f"{sys.argv[1]}/{name}")
    rows = numpy.load(f"{sys.argv[1]}/{file}")
    for part, first in enumerate(range(0, len(rows), 1000)):
        numpy.save(f"{sys.argv[1]}/{name}/part-{part:05}.npy", rows[first : first + 1000])
END
linfhash encode --model "$work/m.linfhash" --vectors "$work/f.npy" --out "$work/codes.npy" >&2
linfhash encode --model "$work/m.linfhash" --vectors "$work/features/part-00000.npy" --out "$work/q.npy" >&2
set -- --bits 48 --query-codes "$work/q.npy" --query-labels "$work/labels/part-00000.npy"
linfhash evaluate "$@" --database-codes "$work/codes.npy" --database-labels "$work/f.labels.npy" >"$work/metrics"
linfhash search --bits 48 --database-codes "$work/codes.npy" --query-codes "$work/q.npy" --k 10 --out "$work/n.npz" >&2

# same_codes FOLDER: the rows of its files are those of 'linfhash encode'
same_codes() {
    python3 -c 'import glob, numpy, sys
parts = [numpy.load(file) for file in sorted(glob.glob(sys.argv[1] + "/codes/*.npy"))]
sys.exit(not numpy.array_equal(numpy.concatenate(parts), numpy.load(sys.argv[2])))' "$1" "$work/codes.npy"
}
echo 'check,verdict'
on_cluster encode --model "$work/m.linfhash" --vectors "$work/features" --out "$work/undisturbed" >&2
verdict 'encode: the codes' same_codes "$work/undisturbed"
on_cluster evaluate "$@" --database-codes "$work/undisturbed/codes" --database-labels "$work/labels" >"$work/on-cluster"
verdict 'evaluate: the metrics' cmp -s "$work/on-cluster" "$work/metrics"
on_cluster search --bits 48 --database-codes "$work/undisturbed/codes" --query-codes "$work/q.npy" --k 10 --out "$work/on-cluster.npz" >&2
verdict 'search: the neighbors' cmp -s "$work/on-cluster.npz" "$work/n.npz"

# --- The executor of the first worker is killed while it is in a task.
in_task() { [ "$(grep -c 'Running task' "$1")" -gt "$(grep -c 'Finished task' "$1")" ]; }
rm -rf "$work"/worker[12]/app-*
on_cluster encode --model "$work/m.linfhash" --vectors "$work/features" --out "$work/killed" >&2 &
job=$!
started="$started $job"
executor=
until [ -n "$executor" ]; do
    kill -0 $job 2>/dev/null || fail 'the job ended before its executor was killed'
    log=$(find "$work/worker1" -name stderr 2>/dev/null | head -n 1)
    if [ -n "$log" ] && in_task "$log"; then
        # Stopped first, so that the task cannot end between the look and the kill.
        executor=$(children "$first_worker" | tr -d ' ')
        kill -STOP "$executor"
        sleep 0.2
        in_task "$log" || { kill -CONT "$executor"; executor=; }
    fi
    sleep 0.05
done
kill -9 "$executor"
code=0
wait $job || code=$?
verdict 'killed executor: the job goes on to its end' test $code = 0
verdict 'killed executor: the worker saw SIGKILL' grep -q 'exitStatus 137\|exited with code 137' "$work/worker1.log"
verdict 'killed executor: the codes' same_codes "$work/killed"
[ $wrong = 0 ] || fail "$wrong checks went wrong"
