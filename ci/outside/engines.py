"""Runs the lines that `linfhash advise --engine` prints, as they are, and compares the recall@10 of their searches with the promised one.

engines [faiss|lucene|pgvector|redis|sqlite-vec...]  the first three by default; LINFHASH_SQLITE_VEC is the file vec0.so of npm's sqlite-vec-linux-x64

Ends with 1 if a search finds more than 0.03 fewer. In PostgreSQL, a search with a filter has to return ten rows, "To undo" must leave nothing,
and another table must not change. The check of docs/postgres.md has to find a recall of 0.95 or more, and to refuse without an index.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import types

import numpy as np

import engine_codes
import peers

TOLERANCE = 0.03
SESSION = "-- In each session:\n"
SEARCH = "-- Each search, with the query vector as psql's variable: \\set query '[0.1, ...]'\n"


def advised(folder, vectors, queries, *options):
    """Returns the advice for both targets."""
    files = peers.save(folder, vectors, queries)
    peers.linfhash("advise", "--vectors", files[0], "--queries", files[1], "--out", folder / "advice", "--force", *options)
    return peers.read_json(folder / "advice/advice.json")["advice"]


def say(verdicts, engine, advice, recall):
    what = f"{engine}, {advice['quantizer']} ({advice['options']}), {advice['oversampling']}x"
    verdicts.say(what, recall >= advice["recall"] - TOLERANCE, f"recall@10 {recall:.4f}, promised {advice['recall']:.4f}")


def faiss(folder, verdicts):
    # Debian's faiss trains slowly.
    vectors, queries = peers.draw(64, 5000, 500, lengths=(0.5, 2))
    for quantizers in ("SQ8", "SQ4", "PQ", "OPQ", "RaBitQ", "binary", "binary-rotated", "binary-itq"):
        for advice in advised(folder, vectors, queries, "--engine", "faiss", "--quantizers", quantizers):
            for line in re.findall("^# linfhash (.*)", advice["paste"], flags=re.MULTILINE):
                words = {"FILE": folder / "vectors.npy", "DIR": folder / "DIR"}
                peers.linfhash(*(words.get(word, word) for word in shlex.split(line)), "--force")
            names = {"vectors": vectors.copy(), "queries": queries.copy()}
            home = pathlib.Path.cwd()
            os.chdir(folder)
            exec(compile(advice["paste"], "paste", "exec"), names)
            os.chdir(home)
            say(verdicts, "faiss", advice, peers.recall(vectors, queries, names["ids"]))


def lucene(folder, verdicts):
    vectors, queries = peers.draw(64, 5000, 500, lengths=(0.5, 2))
    # The launcher builds the program that has Lucene.
    peers.linfhash("measure", "--engine", "lucene", "--help")
    jar = peers.program_jars("lucene", "lucene-core-*.jar")
    for quantizers in ("int8", "int4", "int2", "BBQ"):
        for advice in advised(folder, vectors, queries, "--engine", "lucene", "--quantizers", quantizers):
            found = peers.run_lucene(advice["paste"], vectors, queries, jar, folder)
            say(verdicts, "lucene", advice, peers.recall(vectors, queries, found))


def searches(folder, verdicts, engine, codes, modules):
    """Runs Python that defines a search of one query."""
    vectors, queries = peers.draw(384, 5000, 500)
    sys.modules.update(modules)
    home = pathlib.Path.cwd()
    for code in codes:
        for number, advice in enumerate(advised(folder, vectors, queries, "--engine", engine, "--quantizers", code)):
            work = folder / f"{code}{number}"
            work.mkdir()
            os.chdir(work)
            names = {"vectors": vectors, "queries": queries}
            exec(compile(advice["paste"].replace('"items"', f'"{code}{number}"'), "paste", "exec"), names)
            found = np.array([names["search"](query) for query in queries])
            os.chdir(home)
            say(verdicts, engine, advice, peers.recall(vectors, queries, found))


def redis(folder, verdicts):
    with engine_codes.Server("redis-server", folder) as server:
        searches(folder, verdicts, "redis", ["Q8", "BIN"], {"redis": types.SimpleNamespace(Redis=lambda: server)})


def sqlite(folder, verdicts):
    load = types.SimpleNamespace(load=lambda database: database.load_extension(os.environ["LINFHASH_SQLITE_VEC"]))
    searches(folder, verdicts, "sqlite-vec", ["int8", "bit"], {"sqlite_vec": load})


def state(server, table):
    """Returns what a table is, without the order of its rows."""
    of_table = f"= '{table}'::regclass"
    return server.psql(
        "-c", f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)), (SELECT count(*) FROM pg_trigger WHERE tgrelid {of_table}) FROM {table} t",
        "-c", f"SELECT attname, atttypid::regtype, atttypmod FROM pg_attribute WHERE attrelid {of_table} AND attnum > 0 ORDER BY attnum",
        "-c", f"SELECT indexrelid::regclass FROM pg_index WHERE indrelid {of_table} ORDER BY 1",
        "-c", "SELECT count(*) FROM pg_proc", database="paste")


def pgvector(folder, verdicts):
    with peers.Server(folder / "pg") as server:
        for offset, table, column, key, quantizers in [
            (3, "Shop.Order items", "User", "the key", "binary_quantize"), (0, "Shop.docs", "embedding", "id", "halfvec"),
            (0, "items", "embedding", "id", "binary_quantize"), (0, "items", "embedding", "id", "halfvec"),
        ]:
            vectors, queries = peers.draw(384, 20000, 500, offset=offset, lengths=(0.5, 2))
            name = ".".join(f'"{part}"' for part in table.split("."))
            names = ["--table", table, "--column", column, "--key-column", key]
            for advice in advised(folder, vectors, queries, "--engine", "pgvector", "--quantizers", quantizers, *names):
                server.table(name, f'"{key}"', f'"{column}"', vectors)
                pasted(server, advice, name, key, column, queries, vectors, verdicts)
        check_of_docs(folder, server, advice, queries, verdicts)


def pasted(server, advice, table, key, column, queries, vectors, verdicts):
    """Runs the SQL for one target; where the table is not called items, there is another one of this name, which must stay as it is."""
    once, later = advice["paste"].split(SESSION)
    session, search = later.split(SEARCH)
    server.psql("-c", "CREATE TABLE IF NOT EXISTS items AS SELECT i AS id, '[1, 2, 3]'::vector AS embedding FROM generate_series(1, 100) i",
                database="paste")
    before, others = state(server, table), state(server, "items")
    (server.folder / "once.sql").write_text(once, encoding="utf-8")
    for _ in range(2):
        server.psql("-f", server.folder / "once.sql", database="paste")
    # A row that is added later is found like the others.
    server.psql("-c", f'INSERT INTO {table} SELECT -1, "{column}" FROM {table} WHERE "{key}" = 0',
                "-c", f'DELETE FROM {table} WHERE "{key}" = 0', "-c", f'UPDATE {table} SET "{key}" = 0 WHERE "{key}" = -1', database="paste")
    plan = server.search(session, "EXPLAIN " + search, queries[:1])
    verdicts.say(f"pgvector, {table}: the search", "Index Scan using" in plan, "uses the index" if "Index Scan using" in plan else plan)
    say(verdicts, "pgvector", advice, peers.recall(vectors, queries, peers.lists(server.search(session, search, queries))))
    filtered, count = re.subn("-- WHERE tenant = 7 .*", f'WHERE "{key}" % 20 = 0', search)
    full = sum(len(ids) == peers.NEIGHBORS for ids in peers.lists(server.search(session, filtered, queries)))
    verdicts.say(f"pgvector, {table}: with a filter", count == 1 and full == len(queries), f"{full} of {len(queries)} searches return ten rows")
    if table != '"items"':
        server.psql("-c", undo(once), database="paste")
        same = state(server, table) == before and state(server, "items") == others
        verdicts.say(f"pgvector, {table}: after the undo", same, "both tables are as before" if same else "a table has changed")


def undo(once):
    return re.search("^-- To undo: (.*)", once, flags=re.MULTILINE).group(1)


def check_of_docs(folder, server, advice, queries, verdicts):
    """Runs what docs/postgres.md has for a table, with the answer of the last advice, which is of halfvec on items."""
    server.psql("-c", f"\\copy (SELECT array_to_string(embedding::real[], ',') FROM items TABLESAMPLE BERNOULLI (5)) TO '{folder}/sample.csv'",
                database="paste")
    sample = json.loads(peers.linfhash("advise", "--vectors", folder / "sample.csv", "--engine", "pgvector", "--format", "json"))["vectors"]
    verdicts.say("a sample that psql exports", sample["dimension"] == queries.shape[1], f"{sample['dimension']} dimensions")
    page = pathlib.Path("docs/postgres.md").read_text(encoding="utf-8")
    check = re.sub(r'connect\(".*"\)', 'connect("dbname=paste")', re.search("```python\n(.*?)```", page, flags=re.DOTALL).group(1))
    run = [sys.executable, "-c", check]
    said = subprocess.run(run, cwd=folder, env=server.environment(), capture_output=True, text=True, check=True).stdout
    verdicts.say("docs/postgres.md: its check", 0.95 <= float(said.split()[0]) <= 1, said.strip())
    server.psql("-c", undo(advice["paste"]), database="paste")
    refused = subprocess.run(run, cwd=folder, env=server.environment(), capture_output=True, text=True, check=False)
    right = refused.returncode != 0 and "does not use the index items_embedding" in refused.stderr
    verdicts.say("docs/postgres.md: its check without the index", right, "it refuses" if right else refused.stderr)


def main(engines):
    verdicts = peers.Verdicts()
    for engine in engines or ["faiss", "lucene", "pgvector"]:
        with peers.scratch() as folder:
            {"faiss": faiss, "lucene": lucene, "pgvector": pgvector, "redis": redis, "sqlite-vec": sqlite}[engine](folder, verdicts)
    return verdicts.code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
