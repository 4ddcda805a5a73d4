#!/bin/sh
# Runs every command of 'linfhash spark' on a standalone cluster of Spark on this machine: a master and two workers with one
# core each, as processes of their own, which listen on the loopback interface alone. What comes out is compared, byte by
# byte, with the same command on local[*] and with the command without Spark, where there is one; an executor is killed with
# SIGKILL in the middle of two jobs; and an installation of Spark (SPARK_HOME) starts the program, too.
# A line of CSV for each check; exit code 1 if one goes wrong. Linux only.
# ci/spark-cluster.sh [PART...], of commands, killed and installation; all without one
set -eu
cd "$(dirname "$0")/.."
# Whatever Spark opens, it opens here.
export SPARK_LOCAL_IP=127.0.0.1
. ci/spark-cluster.inc
take_parts 'commands killed installation' "$@"

at() {
    shift
    exec "$@"
}
on() {
    where=$1
    command=$2
    shift 2
    case $where in
        here) linfhash spark "$command" --master 'local[*]' "$@" ;;
        cluster) linfhash spark "$command" --master "$master" --conf spark.executor.memory=768m "$@" ;;
    esac
}
install
mkdir "$work/here" "$work/cluster"
start_cluster 127.0.0.1 127.0.0.1 127.0.0.1
make_data

# --- Every command, here and on the cluster.
every_command() {
    where=$1
    out=$work/$where
    encode "$where" "$out/npy" --vectors "$data/features"
    encode "$where" "$out/parquet" --vectors "$data/features" --labels "$data/labels" --format parquet
    encode "$where" "$out/npy-of-parquet" --vectors "$data/parquet" --format npy
    encode "$where" "$out/parquet-of-parquet" --vectors "$data/parquet"
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
    for folder in npy parquet npy-of-parquet parquet-of-parquet; do
        same_folder "cluster and here: the files of $folder" "$work/cluster/$folder" "$work/here/$folder"
    done
}

# --- An executor is killed in the middle of a job.
kill_executor() { kill -9 "$executor"; }
killed_in() {
    # killed_in NAME ENDED-BEFORE COMMAND...: runs it on the cluster, and kills the executor of the first worker
    job_name=$1
    shift
    disturb kill_executor "$@"
    [ $code = 0 ] || fail "$job_name: the job failed" "$work/err"
    verdict "killed executor, $job_name: the worker saw SIGKILL" \
        grep -q 'exitStatus 137\|exited with code 137' "$work/worker1.log"
    : >"$work/worker1.log"
    tidy
}
killed() {
    draw codes "$work/many" 4000000 250000 1000
    set -- evaluate --query-codes "$work/many/queries.npy" --query-labels "$work/many/query-labels.npy" \
        --database-codes "$work/many/codes" --database-labels "$work/many/labels"
    killed_in evaluate 3 on cluster "$@"
    on here "$@" >"$work/metrics"
    same 'killed executor, evaluate: the metrics' "$work/out" "$work/metrics"
    killed_in encode 0 encode cluster "$work/killed" --vectors "$data/features"
    same_codes 'killed executor, encode: the codes' "$work/killed"
}

# --- SPARK_HOME: spark-submit starts the program.
installation() {
    export SPARK_HOME="$spark"
    # Native libraries go into another folder, with a blank in its name.
    export LINFHASH_CACHE="$work/a cache"
    for where in here cluster; do
        out=$work/submitted-$where
        encode "$where" "$out" --vectors "$data/features"
        same_codes "SPARK_HOME, $where: encode" "$out"
        evaluate "$where" --database-codes "$out/codes" --database-labels "$data/labels" >"$work/out"
        same "SPARK_HOME, $where: evaluate" "$work/out" "$plain/metrics"
        search "$where" "$out/codes" "$work/n-$where.npz"
        same "SPARK_HOME, $where: search" "$work/n-$where.npz" "$plain/n.npz"
        tidy
    done
    code=0
    ./linfhash spark encode --master "$master" --model "$data/m.linfhash" --vectors "$data/features" --out "$out" \
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
