"""Vectors, their neighbors, linfhash, and a PostgreSQL server, for the parts of ci/outside.sh, which run in the root of the checkout."""

import contextlib
import importlib.util
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import numpy as np

NEIGHBORS = 10
POSTGRES = pathlib.Path("/usr/lib/postgresql/17/bin")
LUCENE_JAVA = os.environ["LINFHASH_LUCENE_JAVA"]

EACH = "// Each document:\n"
AFTER = "// After all documents:\n"
SEARCH = "// Each search, for the query vector target:\n"
PROGRAM = """%(imports)s
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.store.ByteBuffersDirectory;

public final class Paste {
    static float[][] read(String file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN);
        float[][] rows = new float[bytes.capacity() / 4 / %(dimension)d][%(dimension)d];
        for (float[] row : rows) {
            bytes.asFloatBuffer().get(row);
            bytes.position(bytes.position() + 4 * row.length);
        }
        return rows;
    }

    public static void main(String[] folder) throws Exception {
%(setup)s
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            int id = 0;
            for (float[] vector : read(folder[0] + "/database.f32")) {
                Document document = new Document();
                document.add(new StoredField("id", id++));
%(each)s
                writer.addDocument(document);
            }
%(after)s
        }
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            for (float[] target : read(folder[0] + "/queries.f32")) {
%(search)s
                for (ScoreDoc doc : found.scoreDocs) {
                    System.out.println(searcher.storedFields().document(doc.doc).getField("id").numericValue());
                }
                System.out.println("--");
            }
        }
    }
}
"""


# What was started ends, and folders are deleted, when a part is ended, too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


@contextlib.contextmanager
def scratch():
    """A folder that is deleted at the end, and that PostgreSQL's user may enter."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="linfhash-outside."))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def linfhash(*words, allowed=(0,)):
    """Runs the program, and returns what it prints; shows its messages and ends if its exit code is not allowed."""
    done = subprocess.run(["./linfhash", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode not in allowed:
        sys.exit(f"{done.stderr}outside: exit code {done.returncode} of linfhash {' '.join(map(str, words))}")
    return done.stdout


def program_jars(program, pattern):
    """The class path of some jars of a program that the launcher has built, such as cli."""
    name = pathlib.Path(".programs", program).read_text(encoding="utf-8").strip()
    return os.pathsep.join(map(str, sorted(pathlib.Path(".programs", name, "lib").glob(pattern))))


def draw(dimension, rows, queries=1000, seed=7, offset=0.5, lengths=(1, 1)):
    """Returns vectors and queries of clusters with a decaying spectrum and a mean, much as embeddings of sentences have them."""
    random = np.random.default_rng(seed)
    spectrum = 1 / np.sqrt(1 + np.arange(dimension) / 20)
    rotation, _ = np.linalg.qr(random.standard_normal((dimension, dimension)))
    centers = random.standard_normal((150, dimension))
    every = centers[random.integers(150, size=rows + queries)] + 0.8 * random.standard_normal((rows + queries, dimension))
    every = (every + offset * random.standard_normal(dimension)) * spectrum @ rotation
    every *= random.uniform(*lengths, size=(len(every), 1)) / np.linalg.norm(every, axis=1, keepdims=True)
    every = every.astype(np.float32)
    return every[queries:], every[:queries]


def save(folder, vectors, queries):
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "queries.npy", queries)
    return folder / "vectors.npy", folder / "queries.npy"


def units(vectors):
    wide = vectors.astype(np.float64)
    return wide / np.linalg.norm(wide, axis=1, keepdims=True)


def recall(vectors, queries, found):
    """Returns the share of the ten nearest by cosine that lists of ids contain, where a vector as near as the tenth counts like it."""
    if len(found) != len(queries):
        sys.exit(f"outside: expected {len(queries)} lists of neighbors, found {len(found)}")
    scores = units(queries) @ units(vectors).T
    least = -np.partition(-scores, NEIGHBORS - 1, axis=1)[:, NEIGHBORS - 1]
    hits = [min(NEIGHBORS, int(np.sum(scores[q, np.asarray(ids, int)] >= least[q] - 1e-7))) for q, ids in enumerate(found)]
    return sum(hits) / NEIGHBORS / len(queries)


def lists(text):
    """Returns the ids that a search printed, one a line, with -- behind those of each query."""
    return [[int(line) for line in part.split()] for part in text.split("--\n")[:-1]]


def run_lucene(lines, vectors, queries, classpath, folder):
    """Pastes Java into a program that makes an index and, behind SEARCH, searches in it; returns the ids for each query."""
    imports = "".join(re.findall("^import .*\n", lines, flags=re.MULTILINE))
    create, search = re.sub("^import .*\n", "", lines, flags=re.MULTILINE).split(SEARCH)
    setup, later = create.split(EACH)
    each, _, after = later.partition(AFTER)
    for name, rows in ("database", vectors), ("queries", queries):
        rows.astype("<f4").tofile(folder / (name + ".f32"))
    parts = {"imports": imports, "setup": setup, "each": each, "after": after, "search": search, "dimension": vectors.shape[1]}
    (folder / "Paste.java").write_text(PROGRAM % parts, encoding="utf-8")
    done = subprocess.run([LUCENE_JAVA + "/bin/java", "-cp", classpath, folder / "Paste.java", folder], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return lists(done.stdout)


def literal(row):
    """Returns a vector as pgvector reads it."""
    return "[" + ",".join("%.9g" % x for x in row) + "]"


class Server:
    """A PostgreSQL of its own, which listens in its folder and on a port of the loopback interface."""

    def __init__(self, folder):
        self.folder = folder
        self.port = 20000 + os.getpid() % 20000
        # PostgreSQL refuses to run as root.
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        self.url = f"postgresql://127.0.0.1:{self.port}/postgres?user={self.user}"

    def _control(self, *words):
        prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*prefix, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def __enter__(self):
        self.folder.mkdir()
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        data = self.folder / "data"
        self._control(POSTGRES / "initdb", "-D", data, "--auth=trust", "--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C")
        self._control(POSTGRES / "pg_ctl", "-s", "-w", "-D", data, "-l", self.folder / "log", "-o",
                      f"-c listen_addresses=127.0.0.1 -p {self.port} -c unix_socket_directories='{self.folder}' -c fsync=off "
                      "-c maintenance_work_mem=256MB", "start")
        return self

    def __exit__(self, *failure):
        self._control(POSTGRES / "pg_ctl", "-s", "-D", self.folder / "data", "-m", "immediate", "stop")

    def environment(self, database="postgres"):
        return {**os.environ, "PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": self.user, "PGDATABASE": database,
                "PGOPTIONS": "-c client_min_messages=warning"}

    def psql(self, *words, database="postgres", separator="|"):
        """Runs statements or, behind -f, files; returns the rows that they print."""
        done = subprocess.run(["psql", "-q", "-X", "-A", "-t", "-F", separator, "-v", "ON_ERROR_STOP=1", *map(str, words)],
                              capture_output=True, text=True, check=False, env=self.environment(database))
        if done.returncode:
            sys.exit(f"{done.stderr}outside: psql failed: {' '.join(map(str, words))[:200]}")
        return done.stdout

    def table(self, name, key, column, vectors, database="paste"):
        """Makes a database with one table of vectors, whose keys are their rows."""
        self.psql("-c", f"DROP DATABASE IF EXISTS {database}", "-c", f"CREATE DATABASE {database}")
        rows = self.folder / "rows.copy"
        with open(rows, "w", encoding="utf-8") as out:
            out.writelines(f"{i}\t{literal(row)}\n" for i, row in enumerate(vectors))
        schema = ['-c', f"CREATE SCHEMA {name.rpartition('.')[0]}"] if "." in name else []
        self.psql("-c", "CREATE EXTENSION vector", *schema, "-c",
                  f"CREATE TABLE {name} ({key} bigint PRIMARY KEY, {column} vector({vectors.shape[1]}))", "-c", f"\\copy {name} FROM '{rows}'",
                  "-c", f"ANALYZE {name}", database=database)

    def search(self, session, search, queries, database="paste"):
        """Returns the rows that a search prints for each query, as lines."""
        script = self.folder / "search.sql"
        with open(script, "w", encoding="utf-8") as out:
            out.write(session)
            out.writelines(f"\\set query '{literal(query)}'\n{search}\\echo --\n" for query in queries)
        return self.psql("-f", script, database=database)


def has_postgres():
    return pathlib.Path("/usr/share/postgresql/17/extension/vector.control").is_file()


def has_module(name):
    return importlib.util.find_spec(name) is not None


class Verdicts:
    """The lines of checks, and whether one has failed."""

    def __init__(self):
        self.failed = False

    def say(self, what, right, found):
        self.failed |= not right
        print(f"{what}: {found}{'' if right else '  DIFFERS'}", flush=True)

    def close(self, what, ours, theirs, tolerance):
        apart = float(np.max(np.abs(ours - theirs)) / np.max(np.abs(theirs)))
        self.say(what, apart < tolerance, f"at most {apart:.1e} of the largest apart")

    def code(self):
        return 1 if self.failed else 0


def read_json(file):
    with open(file, encoding="utf-8") as content:
        return json.load(content)


def exported(folder):
    """Returns the quantizer of a folder that `linfhash quantize` wrote, by the Python beside it."""
    spec = importlib.util.spec_from_file_location("linfhash_codes", folder / "linfhash_codes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.load(folder)
