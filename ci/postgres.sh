#!/bin/sh
# Runs the SQL that `linfhash advise --engine pgvector` shows, as it stands there, on PostgreSQL 17 with pgvector and 20,000 sampled
# vectors, and compares the recall@10 of its search with what advise promises. Ends with 1 where it finds more than 0.03 fewer, or fewer
# than ten rows with a filter, or where the check of docs/postgres.md finds too few.
# Needs Debian's python3-numpy, python3-psycopg, postgresql-17 and postgresql-17-pgvector.
set -eu
cd "$(dirname "$0")/.."
. ci/postgres.inc

run() { psql -q -X -v ON_ERROR_STOP=1 "$@"; }

start
failed=0
check() { # OFFSET of the mean, TABLE, COLUMN, QUANTIZERS
    [ "$1" = "${offset:-}" ] || /usr/bin/python3 ci/engines.py vectors "$work" "$1" 384 20000
    offset=$1
    ./linfhash advise --vectors "$work/database.npy" --queries "$work/queries.npy" --out "$work/advice" --force \
        --engine pgvector --table "$2" --column "$3" --quantizers "$4" > "$work/advice.txt"
    for target in 0 1; do
        /usr/bin/python3 ci/engines.py sql "$work" $target
        run -c 'DROP DATABASE IF EXISTS paste' -c 'CREATE DATABASE paste'
        table=$(echo "\"$2\"" | sed 's/\./"."/')
        PGDATABASE=paste
        run -c 'CREATE EXTENSION vector' -c 'CREATE SCHEMA "Shop"' -c "CREATE TABLE $table (id int PRIMARY KEY, \"$3\" vector(384))" \
            -c "\\copy $table FROM '$work/items.copy'"
        run -f "$work/once.sql"
        # A row that comes later is found like the others.
        run -c "INSERT INTO $table SELECT -1, \"$3\" FROM $table WHERE id = 0" -c "DELETE FROM $table WHERE id = 0" \
            -c "UPDATE $table SET id = 0 WHERE id = -1"
        run -A -t -f "$work/search.sql" > "$work/found.txt"
        /usr/bin/python3 ci/engines.py compare "$work" $target "$work/found.txt" || failed=1
        # A filter where the comment shows it leaves ten rows of each search, for the index goes on.
        sed 's/-- WHERE tenant = 7 .*/WHERE id % 20 = 0/' "$work/search.sql" > "$work/filtered.sql"
        grep -q '^ *WHERE id' "$work/filtered.sql"
        run -A -t -f "$work/filtered.sql" | awk '/^--$/ { if (searches++ && rows != 10) few++; rows = 0; next } { rows++ }
            END { print "with a filter, fewer than 10 rows of " few + 0 " of " searches - 1 " searches"; exit few > 0 || searches < 2 }' || failed=1
        [ "$2" != items ] || run -c \
            "\\copy (SELECT array_to_string(embedding::real[], ',') FROM items TABLESAMPLE BERNOULLI (5)) TO '$work/sample.csv'"
        PGDATABASE=postgres
    done
}

check 0 items embedding binary_quantize
check 3 Shop.Order User binary_quantize
check 0 items embedding halfvec

# The sample of docs/postgres.md is a file of vectors.
./linfhash advise --vectors "$work/sample.csv" --engine pgvector --format json | grep -q '"dimension" : 384'

# Its check of a running index, with that of the last answer, which is of halfvec.
sed -n '/^```python$/,/^```$/p' docs/postgres.md | sed -e '/^```/d' -e 's|connect(".*")|connect("dbname=paste")|' > "$work/check.py"
(cd "$work" && /usr/bin/python3 check.py) > "$work/check.txt"
echo "check of a running index: $(cat "$work/check.txt")"
awk '{ exit !($1 >= 0.95 && $1 <= 1) }' "$work/check.txt" || failed=1
exit $failed
