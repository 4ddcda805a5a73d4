"""sqlite-vec: scans of vec0 tables with columns of floats, int8 and bits, rescored in SQL."""

import os
import sqlite3

import numpy
from linfhash_engine import Engine, EngineError, multiples, run

LIBRARY = "LINFHASH_SQLITE_VEC"
METRIC = {"cosine": "cosine", "euclidean": "L2"}
# What a code is made of, with parameters of a statement.
CODES = {
    "flat-int8": "vec_int8(:int8)",
    "flat-bit": "vec_quantize_binary(:vector)",
    "flat-centered-bit": "vec_quantize_binary(vec_sub(:vector, :mean))",
}
# How many rows are rescored at most, as a multiple of the neighbors, and whatever that is.
RESCORED = {"flat-int8": 5, "flat-bit": 100, "flat-centered-bit": 100}
MOST_RESCORED = 4096


def create_sql(type, dimension, similarity, rescores, columns=()):
    """Returns the statements that make a table, and insert a vector."""
    words = {"dimension": dimension, "metric": METRIC[similarity]}
    if type == "flat-float":
        column, code, more = "embedding float[{dimension}] distance_metric={metric}", ":vector", ("", "", "")
    else:
        column = "code int8[{dimension}] distance_metric={metric}" if type == "flat-int8" else "code bit[{dimension}]"
        code, more = CODES[type], (", +embedding BLOB", ", embedding", ", :vector") if rescores else ("", "", "")
    names = [column.split()[0], *columns]
    metadata = "".join(f", {name} INTEGER" for name in columns)
    values = "".join(f", :{name}" for name in columns)
    return (f"CREATE VIRTUAL TABLE items USING vec0(id INTEGER PRIMARY KEY, {column.format(**words)}{metadata}{more[0]})",
            f"INSERT INTO items(id, {', '.join(names)}{more[1]}) VALUES (:id, {code}{values}{more[2]})")


def search_sql(type, similarity, candidates, neighbors, condition=""):
    if type == "flat-float":
        return f"SELECT id FROM items WHERE embedding MATCH :vector AND k = {neighbors}{condition} ORDER BY distance"
    if candidates <= neighbors:
        return f"SELECT id FROM items WHERE code MATCH {CODES[type]} AND k = {neighbors}{condition} ORDER BY distance"
    found = f"SELECT id, embedding FROM items WHERE code MATCH {CODES[type]} AND k = {candidates}{condition}"
    return f"SELECT id FROM ({found})\n    ORDER BY vec_distance_{METRIC[similarity]}(embedding, :vector) LIMIT {neighbors}"


def scan_sql(similarity, neighbors, column):
    order = f"vec_distance_{METRIC[similarity]}(embedding, :vector)"
    return f"SELECT id FROM items WHERE {column} = :value\n    ORDER BY {order} LIMIT {neighbors}"


class SqliteVec(Engine):
    name = "sqlite-vec"
    similarities = ["cosine", "euclidean"]
    heap = "the rest of the file, with the full-precision vectors that rescoring needs"
    filter_note = "A filter is a metadata column of vec0, which the scan compares."
    pasted = "with sqlite-vec 0.1.9"
    types = [{"name": "flat-float", "most_dimensions": 8192, "most_candidates": MOST_RESCORED, "grid": {"usual": [{}]}}] + [
        {"name": type, "coded": True, "most_dimensions": 8192, "most_candidates": MOST_RESCORED} for type in CODES]

    def open(self, database, folder):
        super().open(database, folder)
        self.file, self.database = folder / "items.db", None
        database = self.connect()
        self.text = f"sqlite-vec {database.execute('SELECT vec_version()').fetchone()[0].lstrip('v')} in SQLite {sqlite3.sqlite_version}"
        self.versions = {"sqlite-vec": self.text.split()[1], "sqlite": sqlite3.sqlite_version}
        database.close()

    def connect(self):
        database = sqlite3.connect(self.file, check_same_thread=False)
        try:
            database.enable_load_extension(True)
            if LIBRARY in os.environ:
                database.load_extension(os.environ[LIBRARY])
            else:
                import sqlite_vec
                sqlite_vec.load(database)
        except AttributeError as error:
            raise EngineError("sqlite3 of this Python loads no extensions: name another Python by LINFHASH_PYTHON") from error
        except ImportError as error:
            raise EngineError(f"{error}: install pip's sqlite-vec, or name the file vec0.so of npm's sqlite-vec-linux-x64 by {LIBRARY}") from error
        except sqlite3.OperationalError as error:
            raise EngineError(f"SQLite cannot load the extension {os.environ.get(LIBRARY, 'sqlite_vec')}: {error}") from error
        return database

    def grid(self, type, rows, dimension, neighbors):
        return {**super().grid(type, rows, dimension, neighbors), "candidates": multiples(neighbors, RESCORED.get(type, 1), MOST_RESCORED)}

    def load(self, vectors, similarity, columns):
        self.vectors, self.similarity = vectors, similarity
        # Any name may be given to a column, but vec0 takes few.
        self.columns = {name: f"column{number}" for number, name in enumerate(columns)}
        self.values = {self.columns[name]: values.tolist() for name, values in columns.items()}

    def words(self, vector):
        """Returns the parameters of a statement."""
        words = {"vector": vector.tobytes()}
        if self.type == "flat-int8":
            words["int8"] = numpy.clip(numpy.rint(vector * self.scale), -127, 127).astype("int8").tobytes()
        if self.type == "flat-centered-bit":
            words["mean"] = self.mean
        return words

    def build(self, type, parameters, rows, of):
        dimension = self.vectors.shape[1]
        if dimension % 8 and "bit" in type:
            raise EngineError(f"expected vectors whose dimension is a multiple of 8 for a column of bits, found {dimension} dimensions")
        self.type, vectors = type, self.vectors[:rows]
        self.scale = 127 / max(numpy.abs(vectors).max(), numpy.finfo("float32").tiny)
        self.mean = vectors.mean(axis=0, dtype="float64").astype("float32").tobytes()
        create, insert = create_sql(type, dimension, self.similarity, True, self.values)
        self.database = self.connect()
        self.database.execute(create)
        self.database.executemany(insert, (
            {"id": row, **self.words(vector), **{name: values[row] for name, values in self.values.items()}}
            for row, vector in enumerate(vectors)))
        self.database.commit()

    def drop(self):
        if self.database:
            self.database.close()
            self.database = None
        self.file.unlink(missing_ok=True)

    def bytes(self):
        """Returns those of the codes, their row numbers and the filtered columns, and those of the rest of the file."""
        parts = [("vectors", "items_vector_chunks00"), ("validity", "items_chunks"), ("rowids", "items_chunks")]
        parts += [("data", f"items_metadatachunks{number:02d}") for number in range(len(self.values))]
        index = sum(self.database.execute(f"SELECT sum(length({column})) FROM {table}").fetchone()[0] for column, table in parts)
        return index, self.file.stat().st_size - index

    def rows(self, database, sql, query, **more):
        return [row for row, in database.execute(sql, {**self.words(query), **more})]

    def search(self, query, neighbors, effort, candidates):
        return self.rows(self.database, search_sql(self.type, self.similarity, candidates, neighbors), query)

    def exact(self, query, count):
        return self.search(query, count, 1, count)

    def client(self):
        database = self.connect()
        return lambda query, neighbors, effort, candidates: self.rows(
            database, search_sql(self.type, self.similarity, candidates, neighbors), query)

    def filtered(self, query, neighbors, effort, candidates, column, value):
        name = self.columns[column]
        if candidates is None:
            sql = scan_sql(self.similarity, neighbors, name)
        else:
            sql = search_sql(self.type, self.similarity, candidates, neighbors, f" AND {name} = :value")
        return self.rows(self.database, sql, query, value=value)

    def snippet(self, type, parameters, effort, candidates, about):
        if type is None:
            scan = scan_sql(about.similarity, about.neighbors, "tenant")
            return "", ("# The table has one more column: tenant INTEGER\n"
                        f'ids = [row for row, in database.execute("""\n    {scan}""",\n    {{"vector": query.tobytes(), "value": tenant}})]\n')
        create, insert = create_sql(type, about.dimension, about.similarity, candidates > about.neighbors)
        numbers, unit = type == "flat-int8", about.similarity == "cosine" and type in ("flat-int8", "flat-centered-bit")
        lines = [
            "import sqlite3",
            *["import numpy"] * (type in ("flat-int8", "flat-centered-bit")),
            "import sqlite_vec",
            "# vectors has a row of float32 for each vector, and query is one vector.",
            *["vectors = vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)"] * unit,
            *["scale = 127 / numpy.abs(vectors).max()"] * numbers,
            *['mean = vectors.mean(axis=0, dtype="float64").astype("float32").tobytes()'] * (type == "flat-centered-bit"),
            "def words(vector):",
            *["    int8 = numpy.clip(numpy.rint(vector * scale), -127, 127).astype(\"int8\")"] * numbers,
            "    return {" + ", ".join(['"vector": vector.tobytes()', *['"int8": int8.tobytes()'] * numbers, *['"mean": mean'] * (
                type == "flat-centered-bit")]) + "}",
            'database = sqlite3.connect("items.db")',
            "database.enable_load_extension(True)",
            "sqlite_vec.load(database)",
            f'database.execute("{create}")',
            f'database.executemany("{insert}",',
            '                     ({"id": row, **words(vector)} for row, vector in enumerate(vectors)))',
            "database.commit()",
        ]
        search = [
            *["query = query / numpy.linalg.norm(query)"] * unit,
            'ids = [row for row, in database.execute("""',
            f'    {search_sql(type, about.similarity, candidates, about.neighbors)}""", words(query))]',
        ]
        return "\n".join(lines) + "\n", "\n".join(search) + "\n"


if __name__ == "__main__":
    run(SqliteVec)
