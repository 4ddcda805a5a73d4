"""Tests of linfhash_engine.py with the template of docs/engines.md and with engines that are faulty on purpose."""

import json
import os
import pathlib
import re
import tempfile
import time
import unittest

import numpy

import driver

TEMPLATE = next(block for block in re.findall(r"```python\n(.*?)```", (driver.ROOT / "docs/engines.md").read_text(encoding="utf-8"), re.S)
                if "\nrun(" in block)
HEAD = TEMPLATE.replace("\nrun(BruteForce)\n", "")


def script(folder, more, name="Mine"):
    """Writes a script with a class that extends the template."""
    path = pathlib.Path(folder) / f"{name}.py"
    path.write_text(f"{HEAD}\n\nclass {name}(BruteForce):\n" + "".join(f"    {line}\n" for line in more.splitlines()) + f"\n\nrun({name})\n",
                    encoding="utf-8")
    return path


class TemplateTest(driver.EngineCase, unittest.TestCase):
    """The template of the docs, as pasted."""

    exact_type = "flat-float"

    @classmethod
    def start(cls, **options):
        path = pathlib.Path(cls.folder.name) / "mine.py"
        path.write_text(TEMPLATE, encoding="utf-8")
        return driver.Process(path, **options)

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.folder.cleanup()

    def test_has_at_most_40_lines(self):
        self.assertLessEqual(len(TEMPLATE.splitlines()), 40)

    def test_the_page_has_the_lines(self):
        self.assertEqual(self.engine.about["can"], [])
        self.assertRegex(self.engine.about["text"], r"^NumPy [0-9.]+ on Python 3[0-9.]+$")
        self.assertEqual(sorted(self.engine.about["versions"]), ["numpy", "python"])

    def refuses(self, sentence, call, **fields):
        with self.assertRaisesRegex(driver.Refused, sentence):
            self.engine.call(call, **fields)

    # What the template leaves out.
    def test_filters(self):
        self.load()
        self.built("flat-float")
        self.refuses("has no attribute 'filtered'", "filtered", neighbors=1, column="a", values=numpy.zeros(25, "int32"), queries=self.asked)

    def test_clients(self):
        self.load()
        self.built("flat-float")
        self.refuses("has no attribute 'client'", "clients", effort=1, candidates=1, neighbors=1, clients=1, seconds=0.1, queries=self.asked)

    def test_each_type_finds_neighbors_by_each_similarity(self):
        for similarity in self.similarities:
            self.load(similarity=similarity)
            effort, candidates = self.built("flat-float")
            self.assertEqual((effort, candidates), (1, 10))
            truth = driver.nearest(self.vectors, self.queries, similarity, 10)
            self.assertEqual(driver.recall(self.engine.search(self.asked, 10, (1, 10))[0], truth), 1)
            by_code = self.engine.call("candidates", effort=1, candidates=30, exact=False, queries=self.asked)["ids"]
            self.assertEqual(driver.recall(driver.lists(by_code[:, :10]), truth), 1)
        self.refuses("has no attribute 'exact'", "candidates", effort=1, candidates=30, exact=True, queries=self.asked)

    def test_lines_of_a_filter_compile(self):
        """There are none, and nobody asks for them."""
        self.assertNotIn("filters", self.engine.about["can"])

    def test_refuses_requests_that_are_wrong(self):
        self.load()
        self.built("flat-float")
        queries = self.asked
        self.refuses("^expected a call of hello, grid, load, build, candidates, search, filtered, clients, snippet, drop, found \"no-such-call\"$",
                     "no-such-call")
        self.refuses("^build: expected drop first$", "build", type="flat-float", parameters={}, rows=1, of=1)
        self.refuses("^search: expected an integer from 1 on as 'neighbors', found 0$", "search", points=[], neighbors=0, queries=queries)
        self.refuses("^search: expected an integer from 1 on as 'effort', found null$", "search", points=[{}], neighbors=1, queries=queries)
        self.refuses("^search: expected a list as 'points', found null$", "search", neighbors=1, queries=queries)
        self.refuses("^candidates: expected true or false as 'exact', found 1$", "candidates", effort=1, candidates=1, exact=1, queries=queries)
        self.refuses("^grid: expected a type of flat-float, found flat-bit$", "grid", type="flat-bit", rows=1, dimension=1, neighbors=1)
        self.refuses(r"^search: expected float32\[\*, 32\] as 'queries' in the scratch folder, found float64\[25, 32\] in queries.npy$", "search",
                     points=[], neighbors=1, queries=queries.astype("float64"))
        self.refuses(r"found float32\[25, 31\] in queries.npy$", "search", points=[], neighbors=1, queries=queries[:, :31].copy())
        self.refuses("found values in queries.npy that are not finite$", "search", points=[], neighbors=1, queries=queries * numpy.float32("nan"))
        self.refuses("found nothing.npy: .*No such file", "search", points=[], neighbors=1, queries="nothing.npy")
        self.refuses("found the path ../x.npy$", "search", points=[], neighbors=1, queries="../x.npy")
        self.refuses("found the path /etc/passwd$", "search", points=[], neighbors=1, queries="/etc/passwd")
        os.symlink("/etc/passwd", self.engine.scratch / "link.npy")
        self.refuses("found the path link.npy$", "search", points=[], neighbors=1, queries="link.npy")
        numpy.save(self.engine.scratch / "objects.npy", numpy.array([{}], dtype=object), allow_pickle=True)
        self.refuses("found objects.npy: .*allow_pickle=False", "search", points=[], neighbors=1, queries="objects.npy")
        (self.engine.scratch / "broken.npy").write_bytes(b"\x93NUMPY")
        self.refuses("found broken.npy: ", "search", points=[], neighbors=1, queries="broken.npy")
        self.engine.call("drop")
        self.engine.call("drop")
        self.refuses("^search: expected build first$", "search", points=[], neighbors=1, queries=queries)
        self.refuses("^build: expected an integer from 1 to 1500 as 'rows', found 1501$", "build", type="flat-float", parameters={}, rows=1501, of=1501)
        self.refuses("^build: expected an integer from 1500 on as 'of', found 9$", "build", type="flat-float", parameters={}, rows=1500, of=9)
        self.refuses("^load: expected a similarity of cosine, dot, euclidean, found hamming$", "load", vectors=queries, similarity="hamming")
        self.refuses(r"^load: expected int32\[25\] as 'a' in the scratch folder, found ", "load", vectors=queries, similarity="dot",
                     columns={"a": "queries.npy"})
        for line in (b"no JSON\n", b"[1]\n", b"5\n", b"\n", b"\xff\n"):
            self.engine.process.stdin.write(line)
            self.engine.process.stdin.flush()
            self.assertRegex(self.engine.line()["error"], "^expected a JSON object on each line, found b'")
        # Fields that a later version may have are ignored.
        self.engine.call("grid", type="flat-float", rows=1, dimension=1, neighbors=3, novelty=[1])


class EngineTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def start(self, more, **options):
        return driver.Process(script(self.folder.name, more), **options)

    def built(self, engine):
        vectors = engine.load(driver.draw(30, 8, 1), "dot")
        engine.call("build", type=engine.about["types"][0]["name"], parameters={}, rows=30, of=30)
        return vectors

    def test_an_engine_of_another_version_is_refused(self):
        with self.start("pass", hello=False) as engine:
            with self.assertRaisesRegex(driver.Refused, "^build: expected hello first$"):
                engine.call("build", type="flat-float", parameters={}, rows=1, of=1)
            for protocol in ("linfhash-engine/2", "linfhash-engine", ""):
                engine.send("hello", protocol=protocol, scratch=str(engine.scratch))
                self.assertEqual(engine.line()["error"], f"expected the protocol linfhash-engine/1, found {protocol}: use the linfhash_engine.py "
                                                         "that belongs to this linfhash")

    def test_only_a_folder_of_measure_is_the_scratch_folder(self):
        with tempfile.TemporaryDirectory() as other, tempfile.TemporaryDirectory(prefix="linfhash-") as open_to_all, \
                self.start("pass", hello=False) as engine:
            os.chmod(open_to_all, 0o755)
            for scratch in (other, open_to_all, str(engine.scratch / "none"), "/"):
                with self.assertRaisesRegex(driver.Refused, "^hello: expected a folder named linfhash-... of mode 700 as 'scratch', found /"):
                    engine.call("hello", protocol=driver.PROTOCOL, scratch=scratch)
            engine.end()
            self.assertTrue(os.path.exists(other) and os.path.exists(open_to_all))

    def test_a_class_without_its_methods_is_refused(self):
        path = pathlib.Path(self.folder.name) / "mine.py"
        path.write_text("from linfhash_engine import Engine, run\n\n\nclass Mine(Engine):\n    types = []\n\n\nrun(Mine)\n", encoding="utf-8")
        with self.assertRaisesRegex(driver.Refused, "^Mine lacks load, build, search, bytes, snippet: an engine has types, load, build, search, "):
            driver.Process(path)
        with self.assertRaisesRegex(driver.Refused, "^brute-force takes no --database$"):
            self.start("pass", database="x")

    def test_types_say_what_they_have(self):
        more = '''types = [
    {"name": "graph-code", "graph": True, "coded": True, "effort": {"name": "width", "least": 2, "most": 100}, "most_candidates": 40,
     "parameters": {"m": [1, 9], "merged": "boolean"}, "grid": {"builds": [{"m": 3, "merged": True}], "candidates": [10, 20, 40]}},
    {"name": "flat-float"}]'''
        with self.start(more) as engine:
            graph, flat = engine.about["types"]
            self.assertEqual(flat, {"name": "flat-float", "graph": False, "coded": False, "most_dimensions": 65536, "parameters": {},
                                    "most_candidates": 1000})
            self.assertNotIn("grid", graph)
            self.assertEqual(engine.grid("flat-float", 100, 8, 10), {
                "builds": [{}], "usual": [], "larger": [], "efforts": [1], "candidates": [10]})
            self.assertEqual(engine.grid("graph-code", 100, 8, 10), {
                "builds": [{"m": 3, "merged": True}], "usual": [], "larger": [], "efforts": [11, 15, 20, 30, 40, 60, 80],
                "candidates": [10, 20, 40]})
            self.assertEqual(engine.grid("graph-code", 100, 8, 500)["efforts"], [500])

    def test_each_search_is_timed_query_by_query(self):
        more = '''def search(self, query, neighbors, effort, candidates):
    import time
    print("a library prints")
    time.sleep(effort / 1000)
    self.order = getattr(self, "order", []) + [effort]
    return self.order[:0] if effort < 9 else [len(self.order)]'''
        with self.start(more) as engine:
            queries = self.built(engine)[:3]
            answer = engine.call("search", points=[{"effort": e, "candidates": 1} for e in (3, 9)], neighbors=2, queries=queries)
            self.assertEqual(answer["ids"].tolist(), [[-1, -1]] * 3 + [[2, -1], [4, -1], [6, -1]])
            self.assertTrue((answer["millis"] >= [[3], [9]]).all(), answer["millis"])
            self.assertIn("a library prints", engine.text_of_log())

    def test_clients_search_at_once(self):
        more = '''def client(self):
    import threading, time
    self.clients = getattr(self, "clients", 0) + 1
    if self.clients > 2:
        return None
    together = self.together = getattr(self, "together", threading.Barrier(2, timeout=20))
    def search(query, neighbors, effort, candidates):
        # Ends only if another client searches as well.
        together.wait()
        time.sleep(1)
        return [0]
    return search'''
        with self.start(more) as engine:
            queries = self.built(engine)[:3]
            words = {"effort": 1, "candidates": 1, "neighbors": 1, "seconds": 0.01}
            answer = engine.call("clients", clients=5, queries=queries, **words)
            self.assertEqual(answer["clients"], 2)
            self.assertTrue(0 < answer["per_second"] <= 2, answer)
            with self.assertRaisesRegex(driver.Refused, "^clients: expected queries and clients, found 3 queries and 0 clients$"):
                engine.call("clients", clients=1, queries=queries, **words)

    def test_failures_are_sentences(self):
        more = '''def search(self, query, neighbors, effort, candidates):
    from linfhash_engine import EngineError
    if effort == 1:
        raise EngineError("nothing is\\nthere: do this")
    if effort == 2:
        raise ValueError("of a library")
    return {3: [1.5], 4: [1, 2, 3], 5: [[1]], 6: 7}[effort]
def bytes(self):
    return self.index.nbytes, numpy.int64(3)
def grid(self, type, rows, dimension, neighbors):
    return {"efforts": [numpy.int64(1)], "larger": [{"m": float("nan")}] if rows == 2 else []}'''
        with self.start(more) as engine:
            queries = self.built(engine)[:1]
            for effort, sentence in (
                (1, "nothing is there: do this"), (2, "ValueError: of a library"), (3, r"search: expected at most 2 row numbers, found float64\[1\]"),
                (4, r"search: expected at most 2 row numbers, found int64\[3\]"), (5, r"found int64\[1, 1\]"), (6, r"found int64\[\]"),
            ):
                with self.assertRaisesRegex(driver.Refused, sentence + "$"):
                    engine.search(queries, 2, (effort, 2))
            self.assertIn("Traceback", engine.text_of_log())
            self.assertEqual(engine.grid("flat-float", 1, 1, 1)["efforts"], [1])
            with self.assertRaisesRegex(driver.Refused, "^ValueError: Out of range float values"):
                engine.grid("flat-float", 2, 1, 1)

    def test_a_build_that_failed_is_dropped(self):
        more = '''def build(self, type, parameters, rows, of):
    self.builds = getattr(self, "builds", []) + [rows]
    if rows == 3:
        raise ValueError("too few")
    super().build(type, parameters, rows, of)
def drop(self):
    print("dropped", getattr(self, "builds", []), file=__import__("sys").stderr, flush=True)'''
        with self.start(more) as engine:
            engine.load(driver.draw(30, 8, 1), "dot")
            with self.assertRaisesRegex(driver.Refused, "^ValueError: too few$"):
                engine.call("build", type="flat-float", parameters={}, rows=3, of=30)
            engine.call("build", type="flat-float", parameters={}, rows=4, of=30)
            self.assertIn("dropped [3]\n", engine.text_of_log())

    def stop(self, more, code=0):
        """Ends the input of an engine while it builds."""
        with self.start(more) as engine:
            engine.load(driver.draw(30, 8, 1), "dot")
            engine.send("build", type="flat-float", parameters={}, rows=30, of=30)
            time.sleep(0.5)
            self.assertEqual(engine.end(), code)

    def test_closes_and_ends_in_a_build(self):
        closed = pathlib.Path(self.folder.name) / "closed"
        self.stop(f'''def build(self, type, parameters, rows, of):
    while True: pass
def close(self):
    open({str(closed)!r}, "w").close()''')
        self.assertTrue(closed.exists())

    def test_ends_if_it_cannot_close(self):
        self.stop('''def build(self, type, parameters, rows, of):
    __import__("time").sleep(100)
def close(self):
    raise ValueError("cannot close")''')
        self.stop('''def build(self, type, parameters, rows, of):
    __import__("time").sleep(100)
def close(self):
    __import__("time").sleep(100)''', code=1)

    def test_a_build_that_holds_the_lock_of_python_is_killed(self):
        self.stop('''def build(self, type, parameters, rows, of):
    import ctypes
    ctypes.PyDLL(None).sleep(100)''', code=-9)

    def test_a_terminated_process_closes(self):
        with self.start('''def close(self):
    print("closed", file=__import__("sys").stderr, flush=True)''') as engine:
            log = os.dup(engine.log.fileno())
            engine.process.terminate()
            self.assertEqual(engine.process.wait(5), 0)
            self.assertIn(b"closed", os.pread(log, 1000, 0))
            os.close(log)

    def test_children_end_with_a_killed_process(self):
        more = '''def open(self, database, folder):
    from linfhash_engine import child
    self.child = child(["sleep", "100"])
    self.text = str(self.child.pid)'''
        for kill in (True, False):
            with self.start(more) as engine:
                pid = int(engine.about["text"].split()[0])
                self.assertTrue(driver.running(pid))
                engine.end(kill)
                self.assertFalse(driver.running(pid))

    def test_ctrl_c_is_left_to_measure(self):
        with self.start("pass") as engine:
            engine.process.send_signal(2)
            engine.call("grid", type="flat-float", rows=1, dimension=1, neighbors=1)

    def test_input_that_ends_before_hello_ends_it(self):
        with self.start("pass", hello=False) as engine:
            self.assertEqual(engine.end(), 0)


class SchemaTest(unittest.TestCase):
    def test_a_wrong_line_is_noticed(self):
        request = {"call": "search", "points": [{"effort": 1, "candidates": 0}], "neighbors": True, "queries": "../q.npy"}
        self.assertEqual(len(list(driver.faults(request, driver.SCHEMA["$defs"]["searchRequest"]))), 3)
        self.assertEqual(list(driver.faults({"index_bytes": 1, "heap_bytes": 0, "seconds": 0.5}, driver.SCHEMA["$defs"]["buildAnswer"])), [])

    def test_all_parts_are_reached(self):
        text = json.dumps(driver.SCHEMA)
        for name in driver.SCHEMA["$defs"]:
            self.assertIn(f'"#/$defs/{name}"', text)


if __name__ == "__main__":
    unittest.main()
