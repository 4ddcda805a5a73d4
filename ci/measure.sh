#!/bin/sh
# Measures indexes of pgvector and of Lucene with `linfhash measure`, pastes its answers into a database of their own or a program, and
# counts how often the recall@10 of queries that it has never seen is at least the lower end of the promised interval.
#   ci/measure.sh [OPTIONS] [SEEDS [FILE.npy ...]]   20,000 vectors of each file, or sampled ones, targets 0.95 and 0.99, that many seeds (default: 5)
#   ci/measure.sh small                              one seed, 4,000 vectors, two types, in about a minute
#   --whole                 also compares sizes predicted from a fourth of the vectors with measured ones, and for seed 0 measures every setting with
#                           64 queries and the fastest ones with 500. The fastest of the smallest indexes is compared with the answer
#   --out DIR               keeps what was measured. What is there is not measured again
#   --only FILE:ENGINE:SEED measures one part, such as clinc:lucene:0 for clinc.npy
# ROWS is another number of vectors, MINUTES another limit of each measurement.
# Ends with 1 if fewer than 95 % of the answers hold, a size is not within 3 % of the predicted one, or the p95 of an answer is more than 15 %
# above the smallest; in the small run, if a recall is too low by more than 0.02, or a schema is left.
# Needs Debian's python3-numpy; for pgvector postgresql-17 and postgresql-17-pgvector, for Lucene a JDK 21 or newer, which
# LINFHASH_LUCENE_JAVA, JAVA_HOME or /usr/lib/jvm has. An engine that lacks these is left out.
set -eu
cd "$(dirname "$0")/.."
out='' only=:: whole=0
while [ $# -gt 0 ]; do
    case $1 in
        --out) out=$2; shift 2 ;;
        --only) only=$2; shift 2 ;;
        --whole) whole=1; shift ;;
        *) break ;;
    esac
done
. ci/lucene-java.inc
export LINFHASH_LUCENE_JAVA
engines=
if [ -f /usr/share/postgresql/17/extension/vector.control ]; then
    engines=pgvector
    . ci/postgres.inc
    # A port that nobody listens to, as this script alone knows its server.
    port=$((20000 + $$ % 20000))
    start "-c listen_addresses=127.0.0.1 -p $port -c maintenance_work_mem=256MB"
    PGPORT=$port
    export PGPORT
    psql() { command psql -q -X -v ON_ERROR_STOP=1 "$@"; }
    psql -c 'CREATE EXTENSION vector'
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    echo "measure: no PostgreSQL 17 with pgvector, which is left out" >&2
fi
if [ -n "$LINFHASH_LUCENE_JAVA" ]; then
    engines="$engines lucene"
else
    echo "measure: no JDK 21 or newer: Lucene is left out" >&2
fi

seeds=${1:-5}
[ $# -eq 0 ] || shift
rows=${ROWS:-20000} pgvector="--minutes ${MINUTES:-10}" lucene="--minutes ${MINUTES:-10}" tolerance=0
# shellcheck disable=SC2034 # by 'bytes'
graphs_pgvector='--types hnsw-halfvec,hnsw-bit,hnsw-centered-bit' graphs_lucene=
if [ "$seeds" = small ]; then
    seeds=1 rows=4000 tolerance=0.02
    pgvector='--minutes 1 --types hnsw-halfvec,ivfflat-bit'
    lucene='--minutes 1 --types hnsw-int8,flat-bit'
fi
out=${out:-$work/out}
mkdir -p "$out"
of=${only%%:*} by=${only#*:} by=${by%:*} at=${only##*:}

# Measures with engine $1, of vectors in the folder, with further options.
measure() {
    case $1 in
        pgvector) shift; set -- --database "postgresql://127.0.0.1:$port/postgres?user=$PGUSER" "$@" ;;
        lucene) shift; set -- --engine lucene "$@" ;;
    esac
    ./linfhash measure --vectors "$work/database.npy" --format json "$@"
}

# Measures the answers in file $2 again; a recall below its target, which ends with 3, is no failure here.
check() {
    measure "$1" --seed "$seed" --queries "$3" --minutes 600 --check "$2" || [ $? -eq 3 ]
}

# Keeps file $1 of the folder as $2.
keep() {
    cp "$work/$1" "$2.part"
    mv "$2.part" "$2"
}

# Runs answer number $1 of pgvector into found.txt.
of_pgvector() {
    /usr/bin/python3 ci/measure.py sql "$work" "$1"
    psql -c 'DROP DATABASE IF EXISTS paste' -c 'CREATE DATABASE paste'
    PGDATABASE=paste
    psql -c 'CREATE EXTENSION vector' -c "CREATE TABLE items (id bigint PRIMARY KEY, embedding vector($(cat "$work/dimension")))" \
        -c "\\copy items FROM '$work/items.copy'"
    psql -f "$work/create.sql"
    psql -A -t -f "$work/search.sql" >"$work/found.txt"
    PGDATABASE=postgres
}

# Runs answer number $1 of Lucene into found.txt, with the jar that measured it.
of_lucene() {
    /usr/bin/python3 ci/measure.py java "$work" "$1"
    "$LINFHASH_LUCENE_JAVA/bin/java" -cp "$(echo .programs/"$(cat .programs/lucene)"/lib/lucene-core-*.jar)" "$work/Paste.java" "$work" \
        >"$work/found.txt" 2>"$work/java.log" || { cat "$work/java.log"; exit 1; }
}

# The answers of engine $1, into $2.json, and whether they hold, into $2.answers.
answers() {
    if [ ! -f "$2.json" ]; then
        eval "types=\$$1"
        # shellcheck disable=SC2086 # several options
        measure "$1" --seed "$seed" $types >"$work/measure.json"
        keep measure.json "$2.json"
    fi
    cp "$2.json" "$work/measure.json"
    [ ! -f "$2.answers" ] || return 0
    : >"$work/answers"
    for target in 0 1; do
        "of_$1" $target
        /usr/bin/python3 ci/measure.py compare "$work" $target "$tolerance" >>"$work/answers"
    done
    keep answers "$2.answers"
}

# Sizes that engine $1 predicts from a fourth of the vectors, into $2.bytes.
bytes() {
    [ ! -f "$2.bytes" ] || return 0
    # The pages of so few rows in IVFFlat's lists are mostly empty, so that sizes of IVFFlat are refused.
    eval "types=\$graphs_$1"
    # shellcheck disable=SC2086,SC2154 # several options, from the line above
    measure "$1" $types --seed "$seed" --queries "$work/held.npy" --max-vectors $((rows / 4)) --database-size "$rows" --minutes "${MINUTES:-4}" >"$work/part.json"
    : >"$work/bytes"
    if grep -q '"reached" : true' "$work/part.json"; then
        check "$1" "$work/part.json" "$work/held.npy" >"$work/part-check.json"
        /usr/bin/python3 ci/measure.py bytes "$work" $((rows / 4)) >"$work/bytes"
    fi
    keep bytes "$2.bytes"
}

# Every setting of engine $1, into $2.grid.json, and the answers beside the best ones, into $2.grid.
grid() {
    [ ! -f "$2.grid" ] || return 0
    /usr/bin/python3 ci/measure.py grid "$work"
    if [ ! -f "$2.grid.json" ]; then
        check "$1" "$work/grid.json" "$work/few.npy" >"$work/grid-check.json"
        keep grid-check.json "$2.grid.json"
    fi
    cp "$2.grid.json" "$work/grid-check.json"
    /usr/bin/python3 ci/measure.py near "$work"
    check "$1" "$work/near.json" "$work/near.npy" >"$work/near-check.json"
    /usr/bin/python3 ci/measure.py best "$work"
    : >"$work/grid"
    if grep -q '"reached": true' "$work/turns.json"; then
        for turn in 1 2 3; do
            check "$1" "$work/turns.json" "$work/held.npy" >"$work/turns-check-$turn.json"
        done
        /usr/bin/python3 ci/measure.py turns "$work" >"$work/grid"
    fi
    keep grid "$2.grid"
}

for file in "${@:-sampled}"; do
    name=$(basename "$file" .npy)
    seed=0
    while [ "$seed" -lt "$seeds" ]; do
        drawn=0
        for engine in $engines; do
            case "${of:-$name}:${by:-$engine}:${at:-$seed}" in "$name:$engine:$seed") ;; *) continue ;; esac
            if [ $drawn -eq 0 ]; then
                /usr/bin/python3 ci/measure.py vectors "$work" "$file" "$seed" "$rows"
                drawn=1
            fi
            part=$out/$name-$engine-$seed
            answers "$engine" "$part"
            sed "s|^|$engine, $name seed $seed: |" "$part.answers"
            [ $whole -eq 1 ] || continue
            bytes "$engine" "$part"
            sed "s|^|$engine, $name seed $seed: |" "$part.bytes"
            [ "$seed" -eq 0 ] || continue
            grid "$engine" "$part"
            sed "s|^|$engine, $name seed $seed: |" "$part.grid"
        done
        seed=$((seed + 1))
    done
done
left=0
case $engines in pgvector*) left=$(psql -A -t -c "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'linfhash%'") ;; esac
count() { cat "$out"/*."$1" 2>/dev/null | grep -c "$2" || true; }
held=$(count answers ' holds$')
all=$(count answers .)
others=$(($(count bytes 'not within') + $(count grid 'not within')))
more=
[ $whole -eq 0 ] || more=", $(count bytes 'is within') of $(count bytes '3 %') sizes are as predicted, $(count grid 'is within') of $(count grid .) answers are as fast as the best"
echo "measure: $held of $all answers hold$more; $left schemas are left"
[ "$left" -eq 0 ] && [ "$others" -eq 0 ] && [ $((100 * held)) -ge $((95 * all)) ]
