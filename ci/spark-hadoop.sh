#!/bin/sh
# Runs 'linfhash spark' beside Hadoop: HDFS with two DataNodes and YARN with two NodeManagers, the daemons of Hadoop's own
# libraries as processes of their own, which listen on the loopback interface alone. Parquet is read and written on HDFS,
# by local[*] and by spark-submit on YARN in client mode, and compared with the same on the local file system; a DataNode, an
# executor in its container, and a NodeManager are killed with SIGKILL in the middle of jobs; what is not for HDFS or YARN is
# refused. A line of CSV for each check; exit code 1 if one goes wrong. Linux only.
# ci/spark-hadoop.sh [PART...], of hdfs, refused and yarn; all without one
set -eu
cd "$(dirname "$0")/.."
export SPARK_LOCAL_IP=127.0.0.1
. ci/spark-cluster.inc
take_parts 'hdfs refused yarn' "$@"
: "${JAVA_HOME:=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")}"
export JAVA_HOME

# --- Hadoop.
hadoop=$work/hadoop
conf=$work/conf
port=$((20000 + $$ % 10000))
free_port() {
    # Sets port, one that nobody listens on.
    port=$((port + 1))
    while grep -qi ":$(printf %04X $port) " /proc/net/tcp /proc/net/tcp6; do port=$((port + 1)); done
}
property() { echo "<property><name>$1</name><value>$2</value></property>"; }
configure() {
    mkdir -p "$conf"
    # Hadoop looks for the folders of its pages, which its libraries may lack.
    for page in hdfs datanode cluster node; do mkdir -p "$conf/webapps/$page"; done
    cat >"$conf/log4j.properties" <<'LOG'
log4j.rootLogger=INFO,console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.target=System.err
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%d %p %c: %m%n
LOG
    free_port
    hdfs=hdfs://127.0.0.1:$port
    {
        echo '<configuration>'
        property fs.defaultFS "$hdfs"
        property hadoop.tmp.dir "$work/tmp"
        echo '</configuration>'
    } >"$conf/core-site.xml"
    {
        echo '<configuration>'
        property dfs.replication 2
        property dfs.namenode.name.dir "$work/namenode"
        property dfs.namenode.http-address 127.0.0.1:0
        property dfs.datanode.data.dir '${node}/data'
        for name in '' http. ipc.; do property "dfs.datanode.${name}address" 127.0.0.1:0; done
        echo '</configuration>'
    } >"$conf/hdfs-site.xml"
    {
        echo '<configuration>'
        property yarn.scheduler.capacity.root.queues default
        property yarn.scheduler.capacity.root.default.capacity 100
        property yarn.scheduler.capacity.maximum-am-resource-percent 1
        echo '</configuration>'
    } >"$conf/capacity-scheduler.xml"
    {
        echo '<configuration>'
        property yarn.resourcemanager.hostname 127.0.0.1
        for name in '' scheduler. resource-tracker. admin. webapp.; do
            free_port
            property "yarn.resourcemanager.${name}address" "127.0.0.1:$port"
        done
        # A NodeManager that is gone is missed after 15 s, where YARN waits for ten minutes by default.
        property yarn.nm.liveness-monitor.expiry-interval-ms 15000
        property yarn.resourcemanager.nodemanagers.heartbeat-interval-ms 500
        property yarn.scheduler.minimum-allocation-mb 256
        property yarn.nodemanager.hostname 127.0.0.1
        property yarn.nodemanager.address 127.0.0.1:0
        property yarn.nodemanager.localizer.address 127.0.0.1:0
        property yarn.nodemanager.webapp.address 127.0.0.1:0
        property yarn.nodemanager.local-dirs '${node}/local'
        property yarn.nodemanager.log-dirs '${node}/logs'
        property yarn.nodemanager.resource.memory-mb 4096
        property yarn.nodemanager.resource.cpu-vcores 2
        # Memory is watched, as it is by default; addresses are not, of which Java takes more than it uses.
        property yarn.nodemanager.vmem-check-enabled false
        property yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage 99
        echo '</configuration>'
    } >"$conf/yarn-site.xml"
}
# node NAME CLASS WORDS...: starts a daemon of Hadoop, whose process is then in $started_node
node() {
    name=$1
    shift
    "$java" -Xmx256m "-Dnode=$work/$name" --add-opens=java.base/java.lang=ALL-UNNAMED -cp "$conf:$hadoop/*" "$@" \
        >>"$work/$name.log" 2>&1 &
    started_node=$!
    started="$started $!"
}
files() { "$java" -Xmx256m -cp "$conf:$hadoop/*" org.apache.hadoop.fs.FsShell "$@" 2>>"$work/files.log"; }
start_hdfs() {
    "$java" -Xmx256m -cp "$conf:$hadoop/*" org.apache.hadoop.hdfs.server.namenode.NameNode -format -nonInteractive \
        >"$work/format.log" 2>&1 || fail 'HDFS could not be formatted' "$work/format.log"
    node namenode org.apache.hadoop.hdfs.server.namenode.NameNode
    namenode=$started_node
    for n in 1 2; do start_datanode $n; done
    tries=0
    until files -mkdir -p /data && [ "$(grep -c 'registerDatanode' "$work/namenode.log")" -ge 2 ]; do
        tries=$((tries + 1))
        [ $tries -lt 30 ] || fail 'HDFS did not start' "$work/namenode.log" "$work/datanode1.log"
        sleep 1
    done
}
start_datanode() {
    node "datanode$1" org.apache.hadoop.hdfs.server.datanode.DataNode
    [ "$1" != 1 ] || datanode=$started_node
}
start_yarn() {
    node resourcemanager org.apache.hadoop.yarn.server.resourcemanager.ResourceManager
    for n in 1 2; do
        node "nodemanager$n" org.apache.hadoop.yarn.server.nodemanager.NodeManager
        nodemanagers="${nodemanagers:-} $started_node"
    done
    tries=0
    until [ "$(cat "$work"/nodemanager[12].log | grep -c 'Registered with ResourceManager')" -ge 2 ]; do
        tries=$((tries + 1))
        [ $tries -lt 180 ] || fail 'YARN did not start' "$work/resourcemanager.log" "$work/nodemanager1.log"
        sleep 1
    done
}

on() {
    where=$1
    command=$2
    shift 2
    case $where in
        here) linfhash spark "$command" --master 'local[*]' "$@" ;;
        cluster)
            # Spark's libraries lie on every machine, and so need not be sent to it.
            shown env SPARK_HOME="$spark" HADOOP_CONF_DIR="$conf" ./linfhash spark "$command" --master yarn \
                --conf spark.driver.host=127.0.0.1 --conf "spark.yarn.jars=local:$spark/jars/*" \
                --conf spark.yarn.submit.file.replication=1 --conf spark.yarn.am.memory=512m \
                --conf spark.executor.instances=2 --conf spark.executor.memory=512m \
                --conf spark.executor.memoryOverhead=1g "$@"
            ;;
    esac
}
executor_logs() { find "$work"/nodemanager[12]/logs -name stderr 2>/dev/null; }
victim_log() {
    for log in $(executor_logs); do
        if in_flight "$log"; then
            echo "$log"
            return
        fi
    done
}
# A container works in a folder that is named like the one of its log.
victim() {
    container=$(basename "$(dirname "$log")")
    for nodemanager in $nodemanagers; do
        for pid in $(descendants "$nodemanager"); do
            if [ "$(basename "$(readlink "/proc/$pid/cwd" || true)")" = "$container" ] &&
                [ "$(basename "$(readlink "/proc/$pid/exe" || true)")" = java ]; then
                echo "$pid"
            fi
        done
    done
}
tidy() { rm -rf "$work"/nodemanager[12]/logs/application_*; }
get() {
    rm -rf "${2:?}"
    files -get "$1" "$2"
}
refused() {
    # refused CHECK WORDS COMMAND...: exit code 2, one sentence with these words
    name=$1
    words=$2
    shift 2
    code=0
    "$@" >"$work/out" 2>"$work/err" || code=$?
    verdict "$name: exit code 2" test $code = 2
    verdict "$name: a sentence" one_sentence "$words"
}
one_sentence() { [ "$(grep -c '^linfhash: ' "$work/err")" = 1 ] && grep -q "^linfhash: .*$1" "$work/err"; }

install "$(dependency org.apache.spark spark-yarn_2.13 "$(version_of spark)")"
# The daemons are of the version of the client that Spark comes with.
version=$(basename "$spark"/jars/hadoop-client-api-*.jar .jar)
version=${version#hadoop-client-api-}
jars "$hadoop" "$(dependency org.apache.hadoop hadoop-hdfs "$version")" \
    "$(dependency org.apache.hadoop hadoop-yarn-server-resourcemanager "$version")" \
    "$(dependency org.apache.hadoop hadoop-yarn-server-timelineservice "$version")" \
    "$(dependency org.apache.hadoop hadoop-yarn-server-nodemanager "$version")"
configure
start_hdfs
if wanted yarn; then start_yarn; fi
make_data
mkdir "$work/expected"
files -put "$data/parquet" /data/features
encode here "$work/expected/codes" --vectors "$data/parquet"

# every_command WHERE NAME HDFS: reads and writes Parquet at paths that begin with HDFS
every_command() {
    where=$1
    name=$2
    root=$3
    out=$work/$where-$(echo "$root" | cksum | cut -d ' ' -f 1)
    mkdir "$out"
    encode "$where" "$root/codes-$where" --vectors "$root/features"
    get "/data/codes-$where" "$out/codes"
    same_folder "$name: encode from Parquet to Parquet" "$out/codes" "$work/expected/codes"
    verdict "$name: nothing is left beside the codes" nothing_beside
    encode "$where" "$out/npy" --vectors "$root/features" --format npy
    same_codes "$name: encode from Parquet to .npy" "$out/npy"
    encode "$where" "$root/of-npy-$where" --vectors "$data/features" --labels "$data/labels" --format parquet
    for codes in "codes-$where" "of-npy-$where"; do
        evaluate "$where" --database-codes "$root/$codes" >"$out/metrics"
        same "$name: evaluate $codes" "$out/metrics" "$plain/metrics"
        search "$where" "$root/$codes" "$out/$codes.npz"
        same "$name: search $codes" "$out/$codes.npz" "$plain/n.npz"
    done
    files -rm -r -skipTrash "/data/codes-$where" "/data/of-npy-$where" >/dev/null
}
nothing_beside() { ! files -ls /data | grep -q '\.part$'; }

# --- HDFS, by local[*].
hdfs_part() { every_command here HDFS "$hdfs/data"; }

# --- What is refused.
refused_part() {
    encode="./linfhash spark encode --model $data/m.linfhash"
    features="--vectors $hdfs/data/features"
    for out in "$hdfs/data/npy" "hdfs:///data/npy"; do
        refused "refused: .npy files to $(echo "$out" | sed "s|$hdfs|hdfs://HOST|")" 'on the local file system.*found hdfs:' \
            $encode $features --format npy --out "$out"
    done
    refused 'refused: a model on HDFS' '--model: expected a path on the local file system' \
        ./linfhash spark encode --model "$hdfs/data/m.linfhash" $features --out "$hdfs/data/codes"
    refused 'refused: queries on HDFS' '--queries: expected a path on the local file system' \
        ./linfhash spark search --codes "$hdfs/data/codes" --queries "$hdfs/data/q.npy" --out "$work/n.npz"
    refused 'refused: features that are not there' "$hdfs/data/none: expected a folder of .npy files or Parquet" \
        $encode --vectors "$hdfs/data/none" --out "$hdfs/data/codes"
    refused 'refused: a folder that is there' '--out: expected a folder that does not exist yet' \
        $encode $features --out "$hdfs/data/features"
    refused 'refused: a folder in none' '--out: expected an existing folder for' \
        $encode $features --out "$hdfs/none/codes"
    refused 'refused: the driver on the cluster' '--conf spark.submit.deployMode: expected client' \
        $encode $features --out "$hdfs/data/codes" --master yarn --conf spark.submit.deployMode=cluster
    refused 'refused: YARN without SPARK_HOME' '--master: expected' \
        $encode $features --out "$hdfs/data/codes" --master yarn
    overtake
    code=0
    $encode --vectors hdfs://127.0.0.1:1/data/features --out "$hdfs/data/codes" >"$work/out" 2>"$work/err" || code=$?
    verdict 'no NameNode: exit code 1' test $code = 1
    verdict 'no NameNode: a sentence' one_sentence 'Connection refused'
}
# Another command makes the folder while this one writes; HDFS would move the one into the other and call it a success.
overtake() {
    encode here "$hdfs/data/overtaken" --vectors "$hdfs/data/features" &
    job=$!
    started="$started $job"
    await 120 "$work/namenode.log" 'for /data/\.overtaken\.'
    driver=
    for pid in $(descendants $job); do
        [ "$(basename "$(readlink "/proc/$pid/exe")")" != java ] || driver=$pid
    done
    kill -STOP "$driver"
    files -mkdir /data/overtaken
    files -touchz /data/overtaken/theirs
    kill -CONT "$driver"
    wait $job 2>/dev/null || true
    verdict 'overtaken: a sentence' one_sentence '--out: expected a folder that does not exist yet'
    get /data/overtaken "$work/overtaken"
    verdict "overtaken: the other's folder is as it was" test "$(ls -A "$work/overtaken")" = theirs
    verdict 'overtaken: nothing is left beside it' nothing_beside
}

# --- YARN, by spark-submit in client mode.
kill_datanode() {
    kill -9 "$datanode"
    kill -CONT "$executor"
}
kill_executor() { kill -9 "$executor"; }
# With the executors on it.
kill_nodemanager() {
    for nodemanager in $nodemanagers; do
        case " $(descendants "$nodemanager" | tr '\n' ' ') " in
            *" $executor "*)
                # shellcheck disable=SC2046 # numbers
                kill -9 "$nodemanager" $(descendants "$nodemanager") 2>/dev/null || true
                gone=$nodemanager
                ;;
        esac
    done
}
encode_on_yarn() { encode cluster "$1" --vectors "$hdfs/data/features"; }
yarn_part() {
    # Paths without a scheme are on HDFS, by the configuration of Hadoop.
    every_command cluster YARN /data
    tidy
    draw codes "$work/many" 4000000 250000 1000
    set -- evaluate --query-codes "$work/many/queries.npy" --query-labels "$work/many/query-labels.npy" \
        --database-codes "$work/many/codes" --database-labels "$work/many/labels"
    on here "$@" >"$work/many.metrics"
    disturb kill_executor 2 on cluster "$@"
    succeeded 'YARN, killed executor, evaluate'
    same 'YARN, killed executor, evaluate: the metrics' "$work/out" "$work/many.metrics"
    verdict 'YARN, killed executor, evaluate: the lost task was done again' repeated
    tidy
    disturb kill_executor 0 encode_on_yarn /data/codes-killed
    after_encode 'YARN, killed executor' /data/codes-killed
    verdict 'YARN, killed executor, encode: the lost task was done again' repeated
    tidy
    disturb kill_datanode 0 encode_on_yarn /data/codes-datanode
    after_encode 'YARN, killed DataNode' /data/codes-datanode
    tidy
    disturb kill_nodemanager 2 on cluster "$@"
    succeeded 'YARN, killed NodeManager, evaluate'
    same 'YARN, killed NodeManager, evaluate: the metrics' "$work/out" "$work/many.metrics"
}
after_encode() {
    succeeded "$1, encode"
    get "$2" "$work/after"
    same_folder "$1, encode: the files" "$work/after" "$work/expected/codes"
    verdict "$1, encode: nothing is left beside them" nothing_beside
}

echo 'check,verdict'
if wanted hdfs; then hdfs_part; fi
if wanted refused; then refused_part; fi
if wanted yarn; then yarn_part; fi
[ $wrong = 0 ] || fail "$wrong checks went wrong"
