"""Speaks the protocol linfhash-engine/1 as linfhash does, and checks each line by docs/schemas/linfhash-engine-1.schema.json.

EngineCase has the tests that every engine of the program has to pass.
"""

import json
import os
import pathlib
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[5]
ENGINES = ROOT / "modules/engines/src/main/resources/io/github/linfhash/engines/python"
SCHEMA = json.loads((ROOT / "docs/schemas/linfhash-engine-1.schema.json").read_text(encoding="utf-8"))
PROTOCOL = "linfhash-engine/1"
# linfhash waits for 5 seconds; the machine may be busy.
SECONDS_TO_END = 9
KINDS = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
# The schema of an answer that is not named by its call.
SHARED = {"loadAnswer": "nothing", "dropAnswer": "nothing", "filteredAnswer": "searchAnswer"}


def faults(value, schema, where="$"):
    """Yields what of a value is not as a schema says, for the few words that the schema of engines has."""
    known = {"$ref", "type", "const", "enum", "pattern", "minimum", "required", "properties", "additionalProperties", "items", "minItems", "maxItems",
             "anyOf", "description"}
    assert set(schema) <= known, set(schema) - known
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], where)
    kind = schema.get("type")
    if kind and (not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield f"{where}: expected {kind}, found {value!r}"
        return
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        yield f"{where}: expected {schema.get('const', schema.get('enum'))}, found {value!r}"
    if ("pattern" in schema and not re.search(schema["pattern"], value)) or ("minimum" in schema and value < schema["minimum"]):
        yield f"{where}: expected {schema.get('pattern', schema.get('minimum'))}, found {value!r}"
    if "anyOf" in schema and all(any(True for _ in faults(value, one, where)) for one in schema["anyOf"]):
        yield f"{where}: expected any of {schema['anyOf']}, found {value!r}"
    for name in schema.get("required", []):
        if name not in value:
            yield f"{where}: expected {name}, found {sorted(value)}"
    if isinstance(value, dict):
        for name, one in value.items():
            of_name = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            yield from faults(one, of_name, f"{where}.{name}") if of_name else ()
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{where}: found {len(value)} items"
        for number, one in enumerate(value):
            yield from faults(one, schema.get("items", {}), f"{where}[{number}]")


class Refused(Exception):
    """The sentence of an answer."""


class Process:
    """An engine in a process of its own."""

    def __init__(self, script, database=None, hello=True, environment=None):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="linfhash-test-"))
        shutil.copy(ENGINES / "linfhash_engine.py", self.scratch)
        if ENGINES in pathlib.Path(script).parents:
            script = shutil.copy(script, self.scratch / "engine.py")
        self.log = open(self.scratch / "engine.log", "w+b")
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
        environment["PYTHONPATH"] = os.pathsep.join([str(self.scratch), *filter(None, [environment.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, env=environment)
        self.left = b""
        self.about = None
        if hello:
            fields = {} if database is None else {"database": database}
            try:
                self.about = self.call("hello", protocol=PROTOCOL, scratch=str(self.scratch), **fields)
            except BaseException:
                self.end()
                raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def send(self, call, **fields):
        """Sends a request, in which arrays become names of files."""
        request = {"call": call}
        for name, value in fields.items():
            if isinstance(value, numpy.ndarray):
                numpy.save(self.scratch / f"{name}.npy", value)
                value = f"{name}.npy"
            request[name] = value
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        return request

    def line(self, seconds=60):
        end = time.monotonic() + seconds
        while b"\n" not in self.left:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            more = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b""
            if not more:
                raise AssertionError(f"{'no answer' if not ready else 'the process ended'}: {self.text_of_log()[-2000:]}")
            self.left += more
        line, self.left = self.left.split(b"\n", 1)
        return json.loads(line)

    def text_of_log(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def call(self, call, **fields):
        request = self.send(call, **fields)
        answer = self.line()
        if "error" in answer:
            raise Refused(answer["error"])
        names = (f"{call}Request", request), (SHARED.get(f"{call}Answer", f"{call}Answer"), answer)
        wrong = [fault for name, value in names for fault in faults(value, SCHEMA["$defs"][name])]
        assert not wrong, wrong
        for name in ("ids", "millis"):
            if name in answer:
                assert stat.S_ISREG(os.lstat(self.scratch / answer[name]).st_mode)
                answer[name] = numpy.load(self.scratch / answer[name], allow_pickle=False)
        return answer

    def load(self, vectors, similarity, **columns):
        """Loads vectors as linfhash does, of unit length for cosine."""
        vectors = prepared(vectors, similarity)
        files = {name: f"column-{number}.npy" for number, name in enumerate(columns)}
        for name, values in columns.items():
            numpy.save(self.scratch / files[name], values.astype("int32"))
        self.call("load", vectors=vectors, similarity=similarity, columns=files)
        return vectors

    def grid(self, type, rows, dimension, neighbors):
        return self.call("grid", type=type, rows=rows, dimension=dimension, neighbors=neighbors)

    def search(self, queries, neighbors, *points):
        """Returns the lists of each point, without -1, after checks."""
        answer = self.call("search", points=[{"effort": e, "candidates": c} for e, c in points], neighbors=neighbors, queries=queries)
        assert answer["ids"].dtype == numpy.int64 and answer["ids"].shape == (len(points) * len(queries), neighbors), answer["ids"].shape
        assert answer["millis"].dtype == numpy.float64 and answer["millis"].shape == (len(points), len(queries))
        assert (answer["millis"] >= 0).all()
        return [lists(answer["ids"][p * len(queries):(p + 1) * len(queries)]) for p in range(len(points))]

    def children(self):
        """Returns the processes that it has started, and their own."""
        found, more = [], [self.process.pid]
        while more:
            files = pathlib.Path(f"/proc/{more.pop()}/task").glob("*/children")
            of_one = [int(pid) for file in files for pid in file.read_text().split()]
            found, more = found + of_one, more + of_one
        return found

    def end(self, kill=False):
        """Ends its input, before which it may be killed, and returns its exit code; fails if something is left."""
        if self.process.stdout.closed:
            return self.process.returncode
        children = self.children()
        if kill:
            self.process.send_signal(signal.SIGKILL)
        self.process.stdin.close()
        try:
            code = self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired as late:
            self.process.kill()
            raise AssertionError(f"the process did not end within {SECONDS_TO_END} s") from late
        finally:
            self.process.stdout.close()
            self.log.close()
            end = time.monotonic() + 5
            while any(running(pid) for pid in children) and time.monotonic() < end:
                time.sleep(0.02)
            left = self.scratch.exists()
            shutil.rmtree(self.scratch, ignore_errors=True)
        alive = [pid for pid in children if running(pid)]
        assert not alive, f"processes {alive} are left"
        # If both sides are killed as well.
        assert self.about is None or not left, "the scratch folder is left"
        return code


def running(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def prepared(vectors, similarity):
    """Returns vectors as an engine gets them."""
    if similarity != "cosine":
        return vectors.astype("float32")
    return (vectors / numpy.linalg.norm(vectors.astype("float64"), axis=1, keepdims=True)).astype("float32")


def lists(ids):
    """Returns ids without -1, each of which has to be there once."""
    found = []
    for row in ids:
        kept = row[row >= 0].tolist()
        assert len(set(kept)) == len(kept) and (row >= -1).all(), row
        found.append(kept)
    return found


def draw(rows, dimension, seed):
    """Draws vectors around 30 centers, whose values are not centered."""
    random = numpy.random.default_rng(seed)
    centers = numpy.random.default_rng(0).standard_normal((30, dimension)) + 0.3
    return (centers[random.integers(0, 30, rows)] + 0.8 * random.standard_normal((rows, dimension))).astype("float32")


def nearest(vectors, queries, similarity, neighbors):
    """Returns the nearest rows by brute force in float64."""
    vectors, queries = (prepared(some, similarity).astype("float64") for some in (vectors, queries))
    scores = queries @ vectors.T
    if similarity == "euclidean":
        scores = 2 * scores - (vectors**2).sum(axis=1)
    return numpy.argsort(-scores, axis=1, kind="stable")[:, :neighbors]


def recall(found, truth):
    return float(numpy.mean([len(set(one) & set(other.tolist())) / len(other) for one, other in zip(found, truth)]))


class EngineCase:
    """Tests of an engine of the program: a subclass is a TestCase, too."""

    name = ""
    # The sentence without the real part, which skips the tests.
    missing = "^nothing is missing$"
    similarities = ("cosine", "dot", "euclidean")
    exact_type = None
    rows, dimension = 1500, 32
    # What the largest effort and number of candidates find at least, in the smallest index that is tried.
    least_recall = 0.9
    # A graph is not always the same.
    least_same = 0.95
    # A point of which the page of the engine has the lines, with cosine similarity.
    page = {}

    @classmethod
    def start(cls, **options):
        return Process(ENGINES / cls.name / "engine.py", **options)

    @classmethod
    def setUpClass(cls):
        try:
            cls.engine = cls.start()
        except Refused as missing:
            if not re.search(cls.missing, str(missing)):
                raise
            print(f"engines: {cls.name} is skipped: {missing}", file=sys.stderr)
            raise unittest.SkipTest(str(missing)) from missing
        cls.vectors, cls.queries = draw(cls.rows, cls.dimension, 1), draw(25, cls.dimension, 2)

    @classmethod
    def tearDownClass(cls):
        cls.engine.end()

    def types(self):
        return [one["name"] for one in self.engine.about["types"]]

    def built(self, type, rows=None, neighbors=10, which=0):
        """Builds an index by the first parameters, and returns its largest effort and number of candidates."""
        engine, all_rows, dimension = self.engine, self.loaded.shape[0], self.loaded.shape[1]
        grid = engine.grid(type, all_rows, dimension, neighbors)
        self.parameters = (grid["builds"] + grid["usual"] + grid["larger"])[which]
        engine.call("drop")
        self.sizes = engine.call("build", type=type, parameters=self.parameters, rows=rows or all_rows, of=all_rows)
        return grid["efforts"][-1], grid["candidates"][-1]

    def load(self, vectors=None, similarity=None, **columns):
        self.similarity = similarity or self.similarities[0]
        self.engine.call("drop")
        self.loaded = self.engine.load(self.vectors if vectors is None else vectors, self.similarity, **columns)
        self.asked = prepared(self.queries, self.similarity)

    def test_each_type_finds_neighbors_by_each_similarity(self):
        for similarity in self.similarities:
            self.load(similarity=similarity)
            truth = nearest(self.vectors, self.queries, similarity, 10)
            for type in self.types():
                with self.subTest(similarity=similarity, type=type):
                    effort, most = self.built(type)
                    few, all_rescored = self.engine.search(self.asked, 10, (effort, 10), (effort, most))
                    self.assertGreaterEqual(recall(all_rescored, truth), 1 if type == self.exact_type else self.least_recall)
                    self.assertLessEqual(recall(few, truth), recall(all_rescored, truth))
                    self.assertGreater(self.sizes["index_bytes"], 0)
                    # Those of rescored candidates are among the neighbors.
                    by_code = lists(self.engine.call("candidates", effort=effort, candidates=most, exact=False, queries=self.asked)["ids"])
                    best = [[row for row in known.tolist() if row in one] for known, one in zip(truth, by_code)]
                    self.assertAlmostEqual(recall(best, truth), recall(all_rescored, truth), delta=0.005)
                    # Equal codes may come in any order.
                    self.assertGreaterEqual(recall(few, [numpy.array(one[:10]) for one in by_code]), self.least_same)
                    by_scan = lists(self.engine.call("candidates", effort=effort, candidates=10, exact=True, queries=self.asked)["ids"])
                    self.assertGreaterEqual(recall(by_scan, truth), recall(few, truth) - 0.05)

    def test_each_build_of_the_grid_works(self):
        self.load(self.vectors[:300])
        for type in self.types():
            grid = self.engine.grid(type, 300, self.dimension, 10)
            for which, _ in enumerate(grid["builds"] + grid["usual"] + grid["larger"]):
                with self.subTest(type=type, which=which):
                    effort, most = self.built(type, which=which)
                    self.assertTrue(all(self.engine.search(self.asked, 10, (effort, most))[0]))

    def test_few_rows_and_queries(self):
        for rows, some in ((1, self.vectors), (5, self.vectors), (50, numpy.repeat(self.vectors[:1], 50, axis=0))):
            self.load(some[:rows])
            for type in self.types():
                with self.subTest(rows=rows, type=type):
                    point = self.built(type)
                    found = self.engine.search(self.asked, 10, point)[0]
                    self.assertTrue(all(1 <= len(one) <= min(rows, 10) for one in found), found)
                    if type == self.exact_type:
                        self.assertTrue(all(len(one) == min(rows, 10) for one in found), found)
                    self.assertEqual(self.engine.search(self.asked[:0], 10, point, point), [[], []])
                    self.assertEqual(self.engine.search(self.asked, 10), [])

    def test_a_part_of_the_rows(self):
        self.load()
        truth = nearest(self.vectors[:400], self.queries, self.similarity, 10)
        for type in self.types():
            with self.subTest(type=type):
                point = self.built(type, rows=400)
                self.assertGreaterEqual(recall(self.engine.search(self.asked, 10, point)[0], truth), self.least_recall)

    def test_filters(self):
        tenants = numpy.arange(self.rows) % 7
        self.load(**{"tenant": tenants, "a b": tenants + 1})
        wanted = (numpy.arange(len(self.queries)) % 7).astype("int32")
        truth = [rows[nearest(self.vectors[rows], query[None], self.similarity, 10)[0]] for query, rows in (
            (query, numpy.flatnonzero(tenants == value)) for query, value in zip(self.queries, wanted))]
        for type in self.types():
            with self.subTest(type=type):
                effort, most = self.built(type)
                words = {"neighbors": 10, "column": "a b", "values": wanted + 1, "queries": self.asked}
                exact = self.engine.call("filtered", **words)
                self.assertEqual(recall(lists(exact["ids"]), truth), 1)
                self.assertEqual(exact["millis"].shape, (len(self.queries),))
                try:
                    found = lists(self.engine.call("filtered", effort=effort, candidates=most, **words)["ids"])
                except Refused as sentence:
                    self.assertEqual((type, str(sentence)), ("flat-pq4fs", "an index of PQ fast scan without lists cannot filter"))
                    continue
                self.assertTrue(all((tenants[one] == value).all() for one, value in zip(found, wanted)))
                self.assertGreaterEqual(recall(found, truth), self.least_recall)

    def test_clients(self):
        self.load()
        effort, most = self.built(self.types()[0])
        answer = self.engine.call("clients", effort=effort, candidates=most, neighbors=10, clients=3, seconds=0.2, queries=self.asked)
        self.assertEqual(answer["clients"], 3)
        self.assertGreater(answer["per_second"], 0)

    def test_lines_to_paste_find_the_same(self):
        # Vectors of any length, as a user has them.
        vectors = self.vectors * numpy.random.default_rng(3).uniform(0.5, 2, (self.rows, 1)).astype("float32")
        for similarity in self.similarities:
            self.load(vectors, similarity)
            truth = nearest(vectors, self.queries, similarity, 10)
            for type in self.types():
                effort, most = self.built(type)
                for candidates in sorted({10, most}):
                    with self.subTest(similarity=similarity, type=type, candidates=candidates):
                        found = self.engine.search(self.asked, 10, (effort, candidates))[0]
                        lines = self.engine.call(
                            "snippet", type=type, parameters=self.parameters, effort=effort, candidates=candidates, rows=self.rows,
                            dimension=self.dimension, neighbors=10, similarity=similarity)
                        self.assertAlmostEqual(recall(self.paste(lines, vectors), truth), recall(found, truth), delta=0.05)

    def paste(self, lines, vectors, **more):
        folder, before = pathlib.Path(tempfile.mkdtemp()), os.getcwd()
        os.chdir(folder)
        try:
            names = {"vectors": vectors.copy(), **more}
            exec(compile(lines["create"], "create", "exec"), names)
            found = []
            for query in self.queries:
                names["query"] = query.copy()
                exec(compile(lines["search"], "search", "exec"), names)
                found.append([int(row) for row in names["ids"]])
            return found
        finally:
            for value in names.values():
                if hasattr(value, "close"):
                    value.close()
            os.chdir(before)
            shutil.rmtree(folder)

    def test_the_page_has_the_lines(self):
        lines = self.engine.call("snippet", **{"dimension": 384, "neighbors": 10, "similarity": "cosine", **self.page})
        page = (ROOT / f"docs/engines/{self.name}.md").read_text(encoding="utf-8")
        self.assertIn("```python\n" + lines["create"] + "```\n", page)
        self.assertIn("```python\n" + lines["search"] + "```\n", page)
        for type in self.types():
            self.assertIn(f"`{type}`", page)

    def test_lines_of_a_filter_compile(self):
        lines = self.engine.call("snippet", rows=self.rows, dimension=self.dimension, neighbors=10, similarity=self.similarities[0])
        self.assertIn("tenant", lines["search"])
        compile(lines["search"], "search", "exec")
        self.assertNotIn("create", lines)

    def test_the_end_of_its_input_in_a_build_leaves_nothing(self):
        self.stop_in_a_build(kill=False)

    def test_a_kill_of_both_sides_in_a_build_leaves_nothing(self):
        self.stop_in_a_build(kill=True)

    def stop_in_a_build(self, kill):
        with self.start() as engine:
            vectors = engine.load(draw(20000, 64, 1), self.similarities[0])
            type = self.types()[-1]
            grid = engine.grid(type, len(vectors), 64, 10)
            engine.send("build", type=type, parameters=(grid["builds"] + grid["larger"])[-1], rows=len(vectors), of=len(vectors))
            time.sleep(0.2)
            self.assertEqual(engine.end(kill), -9 if kill else 0)
