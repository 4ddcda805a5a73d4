#!/bin/sh
# Runs the SQL that `linfhash advise --engine pgvector` shows, as it stands there, on PostgreSQL 17 with pgvector and 20,000 sampled
# vectors, and compares the recall@10 of its search with what advise promises. Ends with 1 where it finds more than 0.03 fewer, or fewer
# than ten rows with a filter, where the check of docs/postgres.md finds too few, or where another table called items, or anything but the indexes of
# the named one, has changed.
# Needs Debian's python3-numpy, python3-psycopg, postgresql-17 and postgresql-17-pgvector.
set -eu
cd "$(dirname "$0")/.."
. ci/postgres.inc

run() { psql -q -X -v ON_ERROR_STOP=1 "$@"; }

start
failed=0

# What a table is, without the order of its rows: TABLE
state() {
    run -A -t -c "SELECT md5(string_agg(t::text, ',' ORDER BY t::text)), pg_relation_size('$1'), (SELECT count(*) FROM pg_trigger
            WHERE tgrelid = '$1'::regclass) FROM $1 t" -c "SELECT attname, atttypid::regtype, atttypmod FROM pg_attribute WHERE attrelid = '$1'::regclass
            AND attnum > 0 ORDER BY attnum" -c "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = '$1'::regclass ORDER BY 1" \
        -c 'SELECT count(*) FROM pg_proc'
}

check() { # OFFSET of the mean, TABLE, COLUMN, KEY, QUANTIZERS
    [ "$1" = "${offset:-}" ] || /usr/bin/python3 ci/engines.py vectors "$work" "$1" 384 20000
    offset=$1
    ./linfhash advise --vectors "$work/database.npy" --queries "$work/queries.npy" --out "$work/advice" --force \
        --engine pgvector --table "$2" --column "$3" --key-column "$4" --quantizers "$5" > "$work/advice.txt"
    for target in 0 1; do
        /usr/bin/python3 ci/engines.py sql "$work" $target
        run -c 'DROP DATABASE IF EXISTS paste' -c 'CREATE DATABASE paste'
        table=$(echo "\"$2\"" | sed 's/\./"."/')
        PGDATABASE=paste
        run -c 'CREATE EXTENSION vector' -c 'CREATE SCHEMA "Shop"' -c "CREATE TABLE $table (\"$4\" int PRIMARY KEY, \"$3\" vector(384))" \
            -c "\\copy $table FROM '$work/items.copy'" -c "ANALYZE $table"
        # Another table has the names that examples have.
        run -c "CREATE TABLE IF NOT EXISTS items AS SELECT i AS id, '[1, 2, 3]'::vector AS embedding FROM generate_series(1, 100) i"
        state "$table" > "$work/before.txt"
        state items > "$work/beside.txt"
        run -f "$work/once.sql"
        run -f "$work/once.sql"
        run -A -t -c "SELECT pg_relation_size('$table') = $(sed -n '1s/[^|]*|\([0-9]*\)|.*/\1/p' "$work/before.txt")" | grep -q t ||
            { echo "the table grew"; failed=1; }
        # A row that comes later is found like the others.
        run -c "INSERT INTO $table SELECT -1, \"$3\" FROM $table WHERE \"$4\" = 0" -c "DELETE FROM $table WHERE \"$4\" = 0" \
            -c "UPDATE $table SET \"$4\" = 0 WHERE \"$4\" = -1"
        run -A -t -f "$work/search.sql" > "$work/found.txt"
        /usr/bin/python3 ci/engines.py compare "$work" $target "$work/found.txt" || failed=1
        # A filter where the comment shows it leaves ten rows of each search, for the index goes on.
        sed 's/-- WHERE tenant = 7 .*/WHERE "'"$4"'" % 20 = 0/' "$work/search.sql" > "$work/filtered.sql"
        grep -q '^ *WHERE "' "$work/filtered.sql"
        run -A -t -f "$work/filtered.sql" | awk '/^--$/ { if (searches++ && rows != 10) few++; rows = 0; next } { rows++ }
            END { print "with a filter, fewer than 10 rows of " few + 0 " of " searches - 1 " searches"; exit few > 0 || searches < 2 }' || failed=1
        [ "$2" != items ] || run -c \
            "\\copy (SELECT array_to_string(embedding::real[], ',') FROM items TABLESAMPLE BERNOULLI (5)) TO '$work/sample.csv'"
        if [ "$2" != items ]; then
            sed -n 's/^-- To undo: //p' "$work/once.sql" > "$work/undo.sql"
            run -f "$work/undo.sql"
            run -c "VACUUM FULL $table"
            state "$table" | cmp - "$work/before.txt" || { echo "the undo leaves something of $table"; failed=1; }
            state items | cmp - "$work/beside.txt" || { echo "another table, items, has changed"; failed=1; }
        fi
        PGDATABASE=postgres
    done
}

check 0 items embedding id binary_quantize
check 3 'Shop.Order items' User 'the key' binary_quantize
check 0 Shop.docs embedding id halfvec
check 0 items embedding id halfvec

# The sample of docs/postgres.md is a file of vectors.
./linfhash advise --vectors "$work/sample.csv" --engine pgvector --format json | grep -q '"dimension" : 384'

# Its check of a running index, with that of the last answer, which is of halfvec.
sed -n '/^```python$/,/^```$/p' docs/postgres.md | sed -e '/^```/d' -e 's|connect(".*")|connect("dbname=paste")|' > "$work/check.py"
(cd "$work" && /usr/bin/python3 check.py) > "$work/check.txt"
echo "check of a running index: $(cat "$work/check.txt")"
awk '{ exit !($1 >= 0.95 && $1 <= 1) }' "$work/check.txt" || failed=1
# Without the index, it refuses instead of praising a scan.
sed -n 's/^-- To undo: //p' "$work/once.sql" | PGDATABASE=paste psql -q -X -v ON_ERROR_STOP=1
(cd "$work" && /usr/bin/python3 check.py) > "$work/check.txt" 2>&1 && failed=1
grep -q 'The search does not use the index items_embedding_hnsw_halfvec_' "$work/check.txt" || { cat "$work/check.txt"; failed=1; }
exit $failed
