#!/bin/sh
# Measures indexes of pgvector with `linfhash measure`, pastes its answers into a database of their own, and counts how often the
# recall@10 of queries that it has never seen is at least the lower end of the promised interval.
#   ci/measure.sh [SEEDS [FILE.npy ...]]   20,000 vectors of each file, or sampled ones, targets 0.95 and 0.99, that many seeds (default: 5)
#   ci/measure.sh small                    one seed, 4,000 vectors, two types, in about a minute
# Ends with 1 if fewer than 95 % of the answers hold; in the small run, if one misses by more than 0.02, or a schema is left.
# Needs Debian's python3-numpy, postgresql-17 and postgresql-17-pgvector.
set -eu
cd "$(dirname "$0")/.."
. ci/postgres.inc
# A port that nobody listens to, as this script alone knows its server.
port=$((20000 + $$ % 20000))
start "-c listen_addresses=127.0.0.1 -p $port -c maintenance_work_mem=256MB"
PGPORT=$port
export PGPORT
psql() { command psql -q -X -v ON_ERROR_STOP=1 "$@"; }
psql -c 'CREATE EXTENSION vector'

seeds=${1:-5}
[ $# -eq 0 ] || shift
rows=20000 options='--minutes 10' tolerance=0
if [ "$seeds" = small ]; then
    seeds=1 rows=4000 tolerance=0.02
    options='--minutes 1 --types hnsw-halfvec,ivfflat-bit'
fi

: >"$work/verdicts.txt"
for file in "${@:-sampled}"; do
    seed=0
    while [ "$seed" -lt "$seeds" ]; do
        /usr/bin/python3 ci/measure.py vectors "$work" "$file" "$seed" "$rows"
        # shellcheck disable=SC2086 # several options
        ./linfhash measure --engine pgvector --database "postgresql://127.0.0.1:$port/postgres?user=$PGUSER" --seed "$seed" \
            --vectors "$work/database.npy" --format json $options >"$work/measure.json"
        for target in 0 1; do
            /usr/bin/python3 ci/measure.py sql "$work" "$target"
            psql -c 'DROP DATABASE IF EXISTS paste' -c 'CREATE DATABASE paste'
            PGDATABASE=paste
            psql -c 'CREATE EXTENSION vector' -c "CREATE TABLE items (id bigint PRIMARY KEY, embedding vector($(cat "$work/dimension")))" \
                -c "\\copy items FROM '$work/items.copy'"
            psql -f "$work/create.sql"
            psql -A -t -f "$work/search.sql" >"$work/found.txt"
            PGDATABASE=postgres
            /usr/bin/python3 ci/measure.py compare "$work" "$target" "$tolerance" | sed "s|^|$(basename "$file") seed $seed: |" |
                tee -a "$work/verdicts.txt"
        done
        seed=$((seed + 1))
    done
done
left=$(psql -A -t -c "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'linfhash%'")
held=$(grep -c ' holds$' "$work/verdicts.txt") || true
all=$(wc -l <"$work/verdicts.txt")
echo "measure: $held of $all answers hold, $left schemas are left"
[ "$left" -eq 0 ] && [ $((100 * held)) -ge $((95 * all)) ]
