#!/bin/sh
# Runs 'linfhash spark' on a standalone cluster of Spark of four hosts: the master, two workers with one core each, and the
# driver. Each host is a Linux network namespace of its own with an address of its own, and a fifth is the switch between them,
# so that a link can be cut. Links are cut, and the worker, the driver and the master are killed with SIGKILL, in the middle of
# jobs; what comes out is compared, byte by byte, with the command without Spark or with a run that nothing happened to.
# A line of CSV for each check; exit code 1 if one goes wrong. Linux only; needs root and iproute2.
# ci/spark-network.sh [PART...], of commands, link, worker, driver and master; all without one
set -eu
cd "$(dirname "$0")/.."
# What stays out of the cluster opens what it opens here.
export SPARK_LOCAL_IP=127.0.0.1
. ci/spark-cluster.inc
take_parts 'commands link worker driver master' "$@"
prefix=linfhash-$$
ip netns add "$prefix-switch" 2>/dev/null || {
    echo 'expected Linux, root and iproute2, to make network namespaces; found that "ip netns add" fails' >&2
    exit 2
}

# --- The hosts.
hosts='switch master worker1 worker2 driver'
remove() {
    stop
    for host in $hosts; do ip netns del "$prefix-$host" 2>/dev/null || true; done
}
trap remove EXIT
address() {
    case $1 in
        master) echo 10.77.0.1 ;;
        worker1) echo 10.77.0.11 ;;
        worker2) echo 10.77.0.12 ;;
        driver) echo 10.77.0.21 ;;
    esac
}
ip -n "$prefix-switch" link add switch type bridge
ip -n "$prefix-switch" link set switch up
for host in ${hosts#switch }; do
    ip netns add "$prefix-$host"
    ip link add eth0 netns "$prefix-$host" type veth peer name "$host" netns "$prefix-switch"
    ip -n "$prefix-switch" link set dev "$host" master switch up
    ip -n "$prefix-$host" link set lo up
    ip -n "$prefix-$host" link set eth0 up
    ip -n "$prefix-$host" address add "$(address "$host")/24" dev eth0
done
link() {
    # link HOST up|down: at the switch, so that the host sees that its cable is out
    ip -n "$prefix-switch" link set dev "$1" "$2"
}
# at HOST COMMAND WORDS...: becomes that command, on that host
at() {
    host=$1
    shift
    exec ip netns exec "$prefix-$host" env SPARK_LOCAL_IP="$(address "$host")" "$@"
}

# What is lost is missed within seconds, where Spark waits for two minutes by default.
patience="--conf spark.network.timeout=15s --conf spark.network.timeoutInterval=3s --conf spark.executor.heartbeatInterval=3s"
settings=-Dspark.worker.timeout=15
# at_driver WORDS...: linfhash, on the driver's host, whose process writes its number down before it becomes the program
at_driver() (
    # shellcheck disable=SC2016 # the inner shell's
    at driver sh -c 'echo $$ >"$0" && exec ./linfhash "$@"' "$work/driver" "$@"
)
on() {
    where=$1
    command=$2
    shift 2
    case $where in
        here) linfhash spark "$command" --master 'local[*]' "$@" ;;
        cluster)
            rm -f "$work/driver"
            # shellcheck disable=SC2086 # settings
            shown at_driver spark "$command" --master "$master" --conf spark.driver.host="$(address driver)" \
                --conf spark.executor.memory=768m $patience "$@"
            ;;
    esac
}
fresh_cluster() {
    end_all
    for n in 1 2; do link worker$n up; done
    rm -f "$work"/master.log "$work"/worker[12].log
    tidy
    start_cluster "$(address master)" "$(address worker1)" "$(address worker2)"
}
# Nothing but the folder itself is beside it, after the executor that may be cut off has ended its task.
nothing_beside() {
    tries=0
    while in_flight "$log" && kill -0 "$executor" 2>/dev/null && [ $tries -lt 600 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    sleep 1
    [ -z "$(find "$(dirname "$1")" -maxdepth 1 -name ".$(basename "$1").*.part")" ]
}

install
make_data
draw codes "$work/many" 4000000 250000 1000
many="--query-codes $work/many/queries.npy --query-labels $work/many/query-labels.npy --database-codes $work/many/codes \
--database-labels $work/many/labels"
# shellcheck disable=SC2086 # options
on here evaluate $many >"$work/many.metrics"
on here search --codes "$work/many/codes" --queries "$work/many/queries.npy" --out "$work/many.npz"
encode here "$work/expected" --vectors "$data/features"
evaluate_many() {
    # shellcheck disable=SC2086 # options
    on cluster evaluate $many
}
search_many() { on cluster search --codes "$work/many/codes" --queries "$work/many/queries.npy" --out "$1"; }
encode_features() { encode cluster "$1" --vectors "$data/features"; }

# --- Nothing happens.
commands() {
    fresh_cluster
    out=$work/cluster
    encode_features "$out"
    encode cluster "$out-parquet" --vectors "$data/parquet"
    evaluate cluster --database-codes "$out/codes" --database-labels "$data/labels" >"$out.metrics"
    evaluate cluster --database-codes "$out-parquet" >"$out-parquet.metrics"
    search cluster "$out/codes" "$out.npz"
    search cluster "$out-parquet" "$out-parquet.npz"
    same_codes 'four hosts: encode' "$out"
    for name in "$out" "$out-parquet"; do
        same "four hosts: evaluate ${name##*/}" "$name.metrics" "$plain/metrics"
        same "four hosts: search ${name##*/}" "$name.npz" "$plain/n.npz"
    done
    verdict 'four hosts: both workers had tasks' both_worked
}
both_worked() {
    for n in 1 2; do grep -q 'Finished task' "$work/worker$n"/app-*/*/stderr || return 1; done
}

# --- What happens.
cut() {
    link worker1 down
    kill -CONT "$executor"
}
cut_shortly() {
    cut
    sleep 5
    link worker1 up
}
kill_worker() {
    worker=${workers# }
    kill -9 "${worker%% *}" "$executor"
}
kill_master() {
    kill -9 "$master_process"
    kill -CONT "$executor"
}
kill_driver() {
    kill -9 "$(cat "$work/driver")"
    kill -CONT "$executor"
}

# unhurt NAME ACTION: evaluate, search and encode end as if nothing had happened
unhurt() {
    name=$1
    action=$2
    folder="$work/$(echo "$name" | tr ' ' -)"
    mkdir "$folder"
    fresh_cluster
    disturb "$action" 3 evaluate_many
    succeeded "$name, evaluate"
    same "$name, evaluate: the metrics" "$work/out" "$work/many.metrics"
    again "$name, evaluate"
    fresh_cluster
    disturb "$action" 3 search_many "$folder/n.npz"
    succeeded "$name, search"
    same "$name, search: the neighbors" "$folder/n.npz" "$work/many.npz"
    again "$name, search"
    fresh_cluster
    disturb "$action" 0 encode_features "$folder/codes"
    succeeded "$name, encode"
    same_folder "$name, encode: the files" "$folder/codes" "$work/expected"
    again "$name, encode"
    verdict "$name, encode: nothing beside them" nothing_beside "$folder/codes"
}
again() {
    case $action in
        cut_shortly | kill_master) verdict "$1: no task was done twice" not repeated ;;
        *) verdict "$1: a lost task was done again" repeated ;;
    esac
}
# --- The driver is killed.
no_executors() {
    tries=0
    for worker in $workers; do
        while [ -n "$(children "$worker" | tr -d ' ')" ]; do
            tries=$((tries + 1))
            [ $tries -lt 600 ] || return 1
            sleep 0.1
        done
    done
}
killed() {
    # killed NAME
    verdict "killed driver, $1: it was killed" test $code = 137
    verdict "killed driver, $1: the executors end by themselves" no_executors
}
left() { find "$1" -mindepth 1 -maxdepth 1 -name '.*.part'; }
killed_driver() {
    folder=$work/killed-driver
    mkdir "$folder"
    fresh_cluster
    disturb kill_driver 3 evaluate_many
    killed evaluate
    verdict 'killed driver, evaluate: nothing is printed' test ! -s "$work/out"
    tidy
    evaluate_many >"$work/out"
    same 'killed driver, evaluate again' "$work/out" "$work/many.metrics"
    tidy
    disturb kill_driver 3 search_many "$folder/n.npz"
    killed search
    verdict 'killed driver, search: nothing is written' rmdir "$folder"
    tidy
    mkdir "$folder"
    search_many "$folder/n.npz"
    same 'killed driver, search again' "$folder/n.npz" "$work/many.npz"
    for to in npy parquet; do
        tidy
        disturb kill_driver 0 encode_features_to $to "$folder/$to"
        killed "encode to $to"
        verdict "killed driver, encode to $to: no output" test ! -e "$folder/$to"
        verdict "killed driver, encode to $to: one hidden folder is left" test "$(left "$folder" | wc -l)" = 1
        (cd "$folder" && find . -name '.?*.part' -prune -exec find {} \; | sed 's/[0-9a-f-]\{36\}/UUID/g' | sort) >&2
        tidy
        encode_features_to $to "$folder/$to"
        encode_here_to $to
        same_folder "killed driver, encode to $to again" "$folder/$to" "$work/expected-$to"
        rm -rf "$folder"/.*.part
    done
    any_moment
}
encode_features_to() { encode cluster "$2" --vectors "$data/features" --format "$1"; }
encode_here_to() { encode here "$work/expected-$1" --vectors "$data/features" --format "$1"; }
# At moments of the whole time that an undisturbed encode takes.
any_moment() {
    tidy
    begin=$(date +%s%N)
    encode_features "$work/undisturbed"
    took=$(($(date +%s%N) - begin))
    absent=0
    whole=0
    half=0
    for percent in 20 40 50 60 70 80 85 90 95 100; do
        tidy
        encode_features "$folder/moment-$percent" &
        job=$!
        started="$started $job"
        sleep "$(awk "BEGIN { print $took * $percent / 1e11 }")"
        # It may have ended.
        kill -9 "$(cat "$work/driver")" 2>/dev/null || true
        wait $job || true
        no_executors || fail 'the executors go on'
        if [ ! -e "$folder/moment-$percent" ]; then
            absent=$((absent + 1))
        elif [ "$(listing "$folder/moment-$percent")" = "$(listing "$work/expected")" ]; then
            whole=$((whole + 1))
        else
            half=$((half + 1))
        fi
    done
    echo "encode killed at 10 moments of $((took / 1000000)) ms: $absent without output, $whole whole, $half half-written" >&2
    verdict 'killed driver, encode at 10 moments: no output is half-written' test $half = 0
}

# --- The master is killed before a job.
no_master() {
    fresh_cluster
    kill -9 "$master_process"
    mkdir "$work/no-master"
    code=0
    encode_features "$work/no-master/codes" || code=$?
    verdict 'killed master, encode afterwards: exit code 2' test $code = 2
    verdict 'killed master, encode afterwards: a sentence' grep -q '^linfhash: --master: expected a master that answers' "$work/err"
    verdict 'killed master, encode afterwards: nothing is written' rmdir "$work/no-master"
}

echo 'check,verdict'
if wanted commands; then commands; fi
if wanted link; then
    unhurt 'cut link' cut
    unhurt 'link cut for 5 s' cut_shortly
fi
if wanted worker; then unhurt 'killed worker' kill_worker; fi
if wanted driver; then killed_driver; fi
if wanted master; then
    unhurt 'killed master' kill_master
    no_master
fi
[ $wrong = 0 ] || fail "$wrong checks went wrong"
