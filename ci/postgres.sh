#!/bin/sh
# Runs the SQL of docs/postgres.md as it stands there, on PostgreSQL 17 with pgvector and 20,000 drawn vectors, and holds the
# recall@10 of its search against what `linfhash advise` promises for the same bits. Ends with 1 where it finds more than 0.03 fewer.
# Needs Debian's python3-numpy, postgresql-17 and postgresql-17-pgvector.
set -eu
cd "$(dirname "$0")/.."
. ci/postgres.inc

/usr/bin/python3 - "$work" <<'PYTHON'
import sys
import numpy
work = sys.argv[1]
rng = numpy.random.default_rng(7)
# Clusters off the origin, as embeddings have them.
centers = rng.normal(size=(300, 384)) + 0.7
rows = centers[rng.integers(300, size=20500)] + 0.9 * rng.normal(size=(20500, 384))
rows = (rows / numpy.linalg.norm(rows, axis=1, keepdims=True)).astype(numpy.float32)
numpy.save(work + "/database.npy", rows[:20000])
numpy.save(work + "/queries.npy", rows[20000:])
def line(row):
    return "[" + ",".join("%.9g" % x for x in row) + "]"
with open(work + "/items.copy", "w") as out:
    out.writelines("%d\t%s\n" % (i, line(row)) for i, row in enumerate(rows[:20000]))
with open(work + "/page.sql", "w") as sql, open("docs/postgres.md") as page:
    blocks = [part.split("```")[0] for part in page.read().split("```sql")[1:]]
    create, search = blocks
    sql.write(create)
with open(work + "/search.sql", "w") as sql:
    setting, query = search.strip().split(";", 1)
    sql.write(setting + ";\nPREPARE search(vector) AS " + query.strip() + "\n")
    for row in rows[20000:]:
        sql.write("EXECUTE search('" + line(row) + "');\n\\echo --\n")
PYTHON

start
psql -q -X -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION vector' -c 'CREATE TABLE items (id int PRIMARY KEY, embedding vector(384))' \
    -c "\\copy items FROM '$work/items.copy'"
psql -q -X -v ON_ERROR_STOP=1 -f "$work/page.sql"
psql -q -X -v ON_ERROR_STOP=1 -c "\\copy (SELECT array_to_string(embedding::real[], ',') FROM items TABLESAMPLE BERNOULLI (5)) TO '$work/sample.csv'"
psql -q -X -A -t -v ON_ERROR_STOP=1 -f "$work/search.sql" > "$work/found.txt"

./linfhash advise --vectors "$work/database.npy" --queries "$work/queries.npy" --quantizers sign --bytes 48 --out "$work/advice" > "$work/advice.txt"
/usr/bin/python3 - "$work" <<'PYTHON'
import json
import sys
import numpy
work = sys.argv[1]
database, queries = numpy.load(work + "/database.npy"), numpy.load(work + "/queries.npy")
exact = numpy.argsort(-(queries @ database.T), axis=1, kind="stable")[:, :10]
lists = open(work + "/found.txt").read().split("--\n")[: len(queries)]
found = [set(int(line) for line in one.split()) for one in lists]
recall = numpy.mean([len(found[i] & set(exact[i])) / 10 for i in range(len(queries))])
sample = numpy.loadtxt(work + "/sample.csv", delimiter=",", dtype=numpy.float32)
assert sample.shape[1] == 384 and len(sample) > 500, sample.shape
advice = json.load(open(work + "/advice/advice.json"))
promised = next(one["recall"]["5"] for one in advice["quantizers"]
                if one["options"] == {"bits": 384, "centered": True, "distance": "hamming"})
print("postgres: recall@10 with 5x oversampling %.4f, promised by advise %.4f" % (recall, promised))
sys.exit(0 if recall >= promised - 0.03 else 1)
PYTHON
