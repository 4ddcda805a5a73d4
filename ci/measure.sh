#!/bin/sh
# Measures indexes of pgvector and of Lucene with `linfhash measure`, pastes its answers into a database of their own or a program, and
# counts how often the recall@10 of queries that it has never seen is at least the lower end of the promised interval.
#   ci/measure.sh [SEEDS [FILE.npy ...]]   20,000 vectors of each file, or sampled ones, targets 0.95 and 0.99, that many seeds (default: 5)
#   ci/measure.sh small                    one seed, 4,000 vectors, two types, in about a minute
# Ends with 1 if fewer than 95 % of the answers hold; in the small run, if one misses by more than 0.02, or a schema is left.
# Needs Debian's python3-numpy; for pgvector postgresql-17 and postgresql-17-pgvector, for Lucene a JDK 21 or newer, which
# LINFHASH_LUCENE_JAVA, JAVA_HOME or /usr/lib/jvm has. An engine that lacks these is left out.
set -eu
cd "$(dirname "$0")/.."
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
rows=20000 pgvector='--minutes 10' lucene='--minutes 10' tolerance=0
if [ "$seeds" = small ]; then
    seeds=1 rows=4000 tolerance=0.02
    pgvector='--minutes 1 --types hnsw-halfvec,ivfflat-bit'
    lucene='--minutes 1 --types hnsw-int8,flat-bit'
fi

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

: >"$work/verdicts.txt"
# shellcheck disable=SC2086 # several engines and options
for file in "${@:-sampled}"; do
    seed=0
    while [ "$seed" -lt "$seeds" ]; do
        /usr/bin/python3 ci/measure.py vectors "$work" "$file" "$seed" "$rows"
        for engine in $engines; do
            if [ $engine = pgvector ]; then
                set -- --database "postgresql://127.0.0.1:$port/postgres?user=$PGUSER" $pgvector
            else
                set -- $lucene
            fi
            ./linfhash measure --engine $engine --seed "$seed" --vectors "$work/database.npy" --format json "$@" >"$work/measure.json"
            for target in 0 1; do
                of_$engine $target
                /usr/bin/python3 ci/measure.py compare "$work" $target "$tolerance" | sed "s|^|$engine, $(basename "$file") seed $seed: |" |
                    tee -a "$work/verdicts.txt"
            done
        done
        seed=$((seed + 1))
    done
done
left=0
case $engines in pgvector*) left=$(psql -A -t -c "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'linfhash%'") ;; esac
held=$(grep -c ' holds$' "$work/verdicts.txt") || true
all=$(wc -l <"$work/verdicts.txt")
echo "measure: $held of $all answers hold, $left schemas are left"
[ "$left" -eq 0 ] && [ $((100 * held)) -ge $((95 * all)) ]
