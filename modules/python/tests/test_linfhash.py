"""Tests of an installed wheel, or of the checkout that LINFHASH_HOME names. ci/wheel.sh runs them with and without pandas and
matplotlib.

Lines that begin with "wheel: " are figures that ci/wheel.sh prints.
"""

import contextlib
import importlib.util
import io
import json
import os
import pathlib
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import time
import types
import typing
import unittest
import unittest.mock

import linfhash
import numpy

NEAR_THRESHOLD = 1e-5
PANDAS = importlib.util.find_spec("pandas") is not None
FAISS = importlib.util.find_spec("faiss") is not None
MATPLOTLIB = importlib.util.find_spec("matplotlib") is not None


def mixture(count, dimension, seed):
    """Draws vectors around 200 centers."""
    random = numpy.random.default_rng(seed)
    centers = numpy.random.default_rng(0).standard_normal((200, dimension))
    return (centers[random.integers(0, 200, count)] + 1.5 * random.standard_normal((count, dimension))).astype(numpy.float32)


def exact(x, q, similarity):
    """The scores of all vectors by brute force, in float64."""
    x, q = x.astype(numpy.float64), q.astype(numpy.float64)
    if similarity == "euclidean":
        return -(((q[:, None] - x) ** 2).sum(axis=2))
    if similarity == "cosine":
        x, q = (one / numpy.sqrt((one**2).sum(axis=1, keepdims=True)) for one in (x, q))
    return q @ x.T


def leftovers():
    return sorted(pathlib.Path(tempfile.gettempdir()).glob("linfhash-*"))


def say(text):
    print("wheel: " + text, file=sys.stderr, flush=True)


class AdviceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.x = mixture(20000, 384, 1)
        cls.q = mixture(1000, 384, 2)
        cls.before = leftovers()
        cls.progress = io.StringIO()
        start = time.monotonic()
        with contextlib.redirect_stderr(cls.progress):
            cls.advice = linfhash.advise(cls.x, queries=cls.q, target=0.99)
        wall = time.monotonic() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        say("advise, 20,000 x 384: %.1f s, %.1f s of CPU time" % (wall, used.ru_utime + used.ru_stime))
        say(cls.advice.sentence)

    def test_best_reaches_its_target(self):
        best = self.advice.best
        self.assertEqual(best["target"], 0.99)
        self.assertTrue(best["reached"])
        self.assertGreater(best["timesSmaller"], 1)
        self.assertIn("recall", self.advice.sentence)

    def test_progress_names_the_array(self):
        self.assertIn("reading x.npy", self.progress.getvalue())

    def test_no_file_is_left(self):
        self.assertEqual(leftovers(), self.before)

    def test_table(self):
        table = self.advice.table
        self.assertEqual(type(table).__name__, "DataFrame" if PANDAS else "list")
        names = list(table["quantizer"]) if PANDAS else [row["quantizer"] for row in table]
        targets = list(table["target"]) if PANDAS else [row["target"] for row in table]
        # A target has a second row if quantize cannot write the code of the first.
        self.assertEqual(list(dict.fromkeys(targets))[:2], [0.95, 0.99])
        self.assertLessEqual({"float32", "int8"}, set(names))
        if PANDAS:
            say("\n" + table.drop(columns=["command", "options"]).to_string())

    def test_plot(self):
        if not MATPLOTLIB:
            with self.assertRaisesRegex(ImportError, "^plot\\(\\) requires matplotlib"):
                self.advice.plot()
            return
        axes = self.advice.plot()
        self.assertIn(self.advice.best["quantizer"], axes.get_legend_handles_labels()[1])
        low, high = axes.get_ylim()
        self.assertLess(low, 0.99)
        self.assertGreater(high, 0.99)
        title = axes.get_title()
        self.assertIn("filled: reaches the target by the half of the queries that chooses", title)
        # Filled markers are at codes of which the queries that choose show the target, the recommended one among them.
        factor = str(self.advice.best["oversampling"])
        reaching = {
            round(one["bytes"] + one["modelBytes"] / self.advice.json["vectors"]["givenRows"], 6)
            for one in self.advice.json["quantizers"]
            if one["choosing"]["interval"][factor][0] >= 0.99
        }
        filled = {round(float(size), 6) for line in axes.get_lines() if line.get_zorder() == 3 for size in line.get_xdata()}
        # The recommended code is the smallest of them.
        self.assertEqual(round(self.advice._recommended["bytesWithModel"], 6), min(filled))
        self.assertLessEqual(filled, reaching)
        picture = io.BytesIO()
        axes.figure.savefig(picture, dpi=100)
        self.assertTrue(picture.getvalue().startswith(b"\x89PNG"))

    def test_recommended_code_has_its_recall(self):
        index = linfhash.quantize(self.x, self.advice.best, quiet=True)
        ids, scores = index.search(self.q, 10, rescore=self.x)
        truth = numpy.sort(exact(self.x, self.q, "cosine"), axis=1)[:, ::-1][:, :10]
        # A vector as near as the tenth counts like it.
        found = (scores >= truth[:, 9:] - 1e-6).mean()
        say("recall@10 of the recommended code: %.4f found by search, %.4f promised" % (found, self.advice.best["recall"]))
        low, high = self.advice.best["interval"]
        self.assertGreater(found, low - 0.01)
        self.assertTrue(index.check(self.x, quiet=True)["passes"])

    def test_html(self):
        page = self.advice._repr_html_()
        self.assertRegex(page, "<td>[0-9.]+ \\([0-9.]+ to [0-9.]+\\)</td>")
        self.assertIn("<td>%s</td>" % self.advice._recommended["quantizer"], page)

    def test_options_of_the_best_code_are_those_that_quantize_takes(self):
        best = self.advice.best
        if best["quantizer"] in ("sign", "rabitq", "pq", "opq", "int8"):
            index = linfhash.quantize(self.x[:2000], best["quantizer"], option=best["options"], quiet=True)
            self.assertLessEqual(best["options"].items(), index.card["options"].items())


class UsageTest(unittest.TestCase):
    def test_exceptions_can_be_pickled(self):
        other = pickle.loads(pickle.dumps(linfhash.CheckFailedError("a", {"b": 1})))
        self.assertEqual((str(other), other.report), ("a", {"b": 1}))

    def test_hints_resolve(self):
        for one in (linfhash.advise, linfhash.quantize, linfhash.Advice.plot, linfhash.Advice.table.fget, linfhash.Index.search, linfhash.Index.load):
            if sys.version_info >= (3, 10):
                self.assertIn("return", typing.get_type_hints(one))

    def test_version(self):
        self.assertRegex(linfhash.__version__, "^[0-9]+\\.[0-9]+")

    def test_one_line_of_progress(self):
        for module in ({"tqdm": None}, {}):
            module["IPython"] = None
            with contextlib.redirect_stderr(io.StringIO()) as shown, unittest.mock.patch.dict(sys.modules, module):
                progress = linfhash.progress.Progress("advise", False)
                for line in ("reading x.npy ...", "screening: 12%, about 3 s left", "screening: 4 s", "quantizer 3 of 4, pq (bits 8) ..."):
                    progress.show(line)
                progress.close()
            self.assertIn("quantizer 3 of 4", shown.getvalue())
            self.assertEqual(shown.getvalue().count("\n"), 1)
        with contextlib.redirect_stderr(io.StringIO()) as shown:
            linfhash.progress.Progress("advise", True).show("a")
        self.assertEqual(shown.getvalue(), "")

    def test_share_of_the_work(self):
        for line, percent in (("reading x.npy ...", None), ("screening: 12%, about 3 s left", 12), ("quantizer 1 of 41, pq (bits 8): 3.1 s", 0), ("quantizer 42 of 42, pq ...", 97)):
            self.assertEqual(linfhash.progress._percent(line), percent)

    def test_one_output_in_a_notebook(self):
        shown = []

        def display(bundle, raw, display_id=None):
            shown.append(bundle["text/plain"])
            return types.SimpleNamespace(update=lambda bundle, raw: shown.__setitem__(-1, bundle["text/plain"]))

        python = types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace(kernel=1))
        modules = {"IPython": python, "IPython.display": types.SimpleNamespace(display=display)}
        with contextlib.redirect_stderr(io.StringIO()) as printed, unittest.mock.patch.dict(sys.modules, modules):
            progress = linfhash.progress.Progress("advise", False)
            progress.show("reading x.npy ...")
            progress.show("quantizer 3 of 4, pq ...")
            self.assertEqual(shown, ["advise: quantizer 3 of 4, pq ..."])
            progress.close()
        self.assertEqual(shown, ["advise: 0 s"])
        self.assertEqual(printed.getvalue(), "")

    def test_mapped_files_are_not_copied(self):
        x = mixture(10, 8, 5)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "mine.npy")
            numpy.save(path, x)
            mapped = numpy.load(path, mmap_mode="r")
            for given, same in ((mapped, True), (path, True), (pathlib.Path(path), True), (mapped[:5], False), (mapped[:, ::-1], False), (mapped * 2, False), (numpy.load(path, mmap_mode="c"), False)):
                with linfhash.program.files(x=given) as paths:
                    self.assertEqual(paths["x"] == path, same)
                    self.assertEqual(numpy.load(paths["x"]).dtype, numpy.float32)
            numpy.save(path, x.astype(numpy.float64))
            with linfhash.program.files(x=numpy.load(path, mmap_mode="r")) as paths:
                self.assertNotEqual(paths["x"], path)


class BestTest(unittest.TestCase):
    ROWS = (
        {"target": 0.95, "reached": True, "quantizer": "transform-coding", "bytesWithModel": 10},
        {"target": 0.99, "reached": True, "quantizer": "itq", "bytesWithModel": 30, "command": "c"},
        {"reached": False, "quantizer": "sign", "bytesWithModel": 5, "command": "c"},
        {"reached": True, "quantizer": "rabitq", "bytesWithModel": 20, "command": "c"},
        {"reached": True, "quantizer": "sq4", "bytesWithModel": 15},
    )

    def best(self, target, *places, **others):
        answer = {"schema": "linfhash-advice/2", "answer": [self.ROWS[place] for place in places], **others}
        best = linfhash.Advice(answer, target).best
        self.assertEqual(best["target"], target)
        return best["quantizer"]

    def test_best_can_be_written_by_quantize(self):
        self.assertEqual(self.best(0.99, 0, 1, 2, 3, 4), "itq")
        self.assertEqual(self.best(0.95, 0, 1, 2, 3, 4), "rabitq")
        self.assertEqual(self.best(0.95, 0, 1, 2, 4), "itq")

    def test_best_is_the_recommended_code_if_no_other_can_be_written(self):
        self.assertEqual(self.best(0.95, 0, 2, 4), "transform-coding")
        self.assertEqual(self.best(0.95, 0, 1, 3, engine="faiss"), "transform-coding")

    def test_best_of_a_smaller_target_is_no_choice(self):
        rows = [{**self.ROWS[1], "target": 0.95}, {**self.ROWS[0], "target": 0.99}, self.ROWS[3]]
        answer = {"schema": "linfhash-advice/2", "answer": rows}
        self.assertEqual(linfhash.Advice(answer, 0.99).best["quantizer"], "rabitq")

    def test_another_schema(self):
        with self.assertRaisesRegex(linfhash.InputError, "linfhash-advice/2, found linfhash-advice/1"):
            linfhash.Advice({"schema": "linfhash-advice/1"}, 0.99)


class PasteTest(unittest.TestCase):
    def test_lines_for_the_target(self):
        answer = {"schema": "linfhash-advice/2", "advice": [{"target": 0.95, "paste": "a"}, {"target": 0.99, "paste": "b"}]}
        self.assertEqual(linfhash.Advice(answer, 0.95).paste, "a")
        self.assertEqual(linfhash.Advice(answer, 0.99).paste, "b")

    def test_advice_without_an_engine_has_none(self):
        answer = {"schema": "linfhash-advice/2", "advice": [{"target": 0.95}]}
        with self.assertRaisesRegex(linfhash.InputError, "^paste: expected advice for an engine, found none"):
            linfhash.Advice(answer, 0.95).paste


class FolderTest(unittest.TestCase):
    """A folder written by hand: the signs of four vectors of eight dimensions."""

    X = numpy.array([[1, 1, 1, 1, 1, 1, 1, 1], [-1, 1, 1, 1, 1, 1, 1, 1], [-1, -1, 1, 1, 1, 1, 1, 1], [-1] * 8], dtype=numpy.float32)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        numpy.save(pathlib.Path(folder.name, "codes.npy"), numpy.array([[255], [254], [252], [0]], dtype=numpy.uint8))
        card = {
            "schema": "linfhash-quantizer/1",
            "quantizer": "sign",
            "options": {"bits": 8, "distance": "hamming"},
            "similarity": "cosine",
            "vectors": {"dimension": 8},
            "codes": {"numbers": 8, "bits": 1, "hamming": True},
            "arrays": {"codes.npy": {"type": "uint8", "shape": [4, 1]}},
        }
        pathlib.Path(folder.name, "quantizer.json").write_text(json.dumps(card), encoding="utf-8")
        self.index = linfhash.Index(folder.name)

    def test_saved_index_keeps_its_oversampling(self):
        self.index.oversampling = 7
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder, "a b")
            self.index.save(place)
            other = linfhash.Index.load(place)
            self.assertEqual(other.oversampling, 7)
            numpy.testing.assert_array_equal(other.search(self.X, 2)[0], self.index.search(self.X, 2)[0])
            with self.assertRaisesRegex(linfhash.InputError, "a b: expected a folder that does not exist, found one; force=True"):
                self.index.save(place)
            self.index.save(place, force=True)
            self.assertEqual([one.name for one in pathlib.Path(folder).iterdir()], ["a b"])

    def test_killed_save_leaves_an_index(self):
        call = """if True:
            import os, shutil, signal, sys, linfhash
            index = linfhash.Index.load(sys.argv[1])
            index.oversampling = 7
            calls = 0
            def killing(function, last):
                def call(*arguments, **others):
                    global calls
                    calls += 1
                    if calls == last:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return function(*arguments, **others)
                return call
            last = int(sys.argv[3])
            os.rename = killing(os.rename, last)
            shutil.rmtree = killing(shutil.rmtree, last)
            index.save(sys.argv[2], force=True)
        """
        # Calls: the rename of the lock, the old index aside, the new one to its place, the deletion of the old one.
        for last, expected in ((1, 5), (2, 5), (3, 5), (4, 7), (5, 7)):
            with self.subTest(last), tempfile.TemporaryDirectory() as folder:
                place = pathlib.Path(folder, "a [b]")
                self.index.oversampling = 5
                self.index.save(place)
                killed = subprocess.run([sys.executable, "-c", call, str(self.index.folder), str(place), str(last)])
                self.assertEqual(killed.returncode, -signal.SIGKILL if last < 5 else 0)
                other = linfhash.Index.load(place)
                self.assertEqual(other.oversampling, expected)
                numpy.testing.assert_array_equal(other.codes["codes"], self.index.codes["codes"])
                other.save(place, force=True)
                left = [one.name for one in pathlib.Path(folder).iterdir() if (one / "lock").exists() or one == place]
                self.assertEqual(left, ["a [b]"])

    def test_failed_save_leaves_the_old_index(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder, "a")
            self.index.save(place)
            original = os.rename

            def rename(source, target):
                if os.fspath(target) == os.fspath(place) and os.path.basename(source) == "new":
                    raise OSError("full")
                original(source, target)

            with unittest.mock.patch("os.rename", rename), self.assertRaisesRegex(OSError, "full"):
                self.index.save(place, force=True)
            self.assertEqual(len(linfhash.Index.load(place)), 4)
            self.assertEqual([one.name for one in pathlib.Path(folder).iterdir()], ["a"])

    def test_pickled_index_searches(self):
        other = pickle.loads(pickle.dumps(self.index))
        numpy.testing.assert_array_equal(other.search(self.X, 2)[0], self.index.search(self.X, 2)[0])

    def test_search(self):
        ids, scores = self.index.search(self.X[:1], 4)
        numpy.testing.assert_array_equal(ids, [[0, 1, 2, 3]])
        numpy.testing.assert_array_equal(scores, [[0, -1, -2, -8]])
        self.assertFalse(numpy.signbit(scores[0, 0]), "-0 instead of 0")
        self.assertEqual(self.index.oversampling, 3)
        self.assertEqual(self.index.arrays, {})

    def test_wrong_arguments(self):
        for message, call in (
            ("^k: expected a whole number, found 10\\.0\\.$", lambda: self.index.search(self.X, 10.0)),
            ("^oversampling: expected a whole number, found '3'\\.$", lambda: self.index.search(self.X, 1, rescore=self.X, oversampling="3")),
            ("^oversampling: expected the vectors as rescore", lambda: self.index.search(self.X, 1, oversampling=10)),
            ("^codes: expected arrays by name, as encode returns them, found ndarray\\.$", lambda: self.index.search(self.X, 1, codes=self.index.encode(self.X)["codes"])),
            ("^target: expected a number between 0 and 1, found '0.99'\\.$", lambda: linfhash.advise(self.X, target="0.99")),
            ("^target: expected a number between 0 and 1, found 1\\.$", lambda: linfhash.advise(self.X, target=1)),
            ("^bytes: expected whole numbers from 1 on, found 0\\.$", lambda: linfhash.quantize(self.X, "sign", bytes=0)),
            ("^similarity: expected one of cosine, dot, euclidean, found 'l2'\\.$", lambda: linfhash.advise(self.X, similarity="l2")),
            ("^x: expected an array without a mask", lambda: linfhash.advise(numpy.ma.masked_array(self.X))),
            ("^bytes: expected none with the name OPQ48", lambda: linfhash.quantize(self.X, "OPQ48", bytes=48)),
            ("^rescore: expected finite vectors, found another one in row 3\\.$", lambda: self.index.search(self.X[:1], 4, rescore=self.X * [[1], [1], [1], [numpy.nan]])),
            ("^codes: expected the arrays codes, found none named codes\\.$", lambda: self.index.search(self.X, 1, codes={})),
            ("^codes: expected codes of type uint8 and shape \\(4, 1\\), found int64", lambda: self.index.search(self.X, 1, codes={"codes": numpy.zeros((4, 1), dtype=numpy.int64)})),
            ("^x: expected an array or the path of a .npy file, found /nowhere.npy\\.$", lambda: linfhash.advise("/nowhere.npy")),
        ):
            with self.subTest(message), self.assertRaisesRegex(linfhash.InputError, message):
                call()


@unittest.skipUnless(MATPLOTLIB, "requires matplotlib")
class PlotTest(unittest.TestCase):
    def test_vectors_of_fewer_dimensions_are_no_codes(self):
        points = (("sign", 16, 0.95), ("rabitq", 32, 0.99), ("float32", 512, 1.0), ("float32", 256, 0.87), ("float32", 64, 0.4))
        quantizers = [
            {"name": name, "bytes": size, "modelBytes": 0, "choosing": {"recall": {"3": recall}, "interval": {"3": [recall - 0.01, recall]}}}
            for name, size, recall in points
        ]
        row = {"target": 0.95, "reached": True, "quantizer": "sign", "bytes": 16, "bytesWithModel": 16, "oversampling": 3, "command": "c"}
        vectors = {"givenRows": 1000, "dimension": 128, "queries": 100, "queriesDrawn": False}
        advice = linfhash.Advice(
            {"schema": "linfhash-advice/2", "answer": [row], "quantizers": quantizers, "vectors": vectors, "neighbors": 10}, 0.95
        )
        axes = advice.plot()
        self.assertGreater(axes.get_ylim()[0], 0.9)
        self.assertEqual(axes.get_legend_handles_labels()[1], ["float32", "rabitq", "sign"])


    def test_table_and_recommendation_stand_on_the_queries_and_bytes_of_the_plot(self):
        def code(name, size, model, low, recall, other):
            choosing = {"recall": {"3": recall}, "interval": {"3": [low, 1.0]}}
            # The other half of the queries, and all of them, found something else.
            return {"name": name, "bytes": size, "modelBytes": model, "choosing": choosing, "recall": {"3": other}, "interval": {"3": [other - 0.001, 1.0]}}

        quantizers = [code("sign", 16, 0, 0.985, 0.991, 0.999), code("rabitq", 20, 4000, 0.992, 0.996, 0.989), code("int8", 68, 0, 0.999, 1.0, 1.0)]
        row = {"target": 0.99, "reached": True, "quantizer": "rabitq", "options": "bits 1", "bytes": 20, "bytesWithModel": 24.0, "oversampling": 3}
        row.update(command="c", recall=0.989, interval=[0.988, 1.0], timesSmaller=10, memoryBytes=1)
        compared = {key: value for key, value in row.items() if key != "target"}
        others = [
            {**compared, "quantizer": name, "bytes": size, "bytesWithModel": float(size), "reached": reached}
            for name, size, reached in (("sign", 16, False), ("int8", 68, True))
        ]
        vectors = {"givenRows": 1000, "dimension": 128, "queries": 100, "queriesDrawn": True}
        advice = linfhash.Advice(
            {"schema": "linfhash-advice/2", "answer": [row, *others], "quantizers": quantizers, "vectors": vectors, "neighbors": 10}, 0.99
        )
        axes = advice.plot()
        drawn = {(float(size), float(recall)) for line in axes.get_lines() for size, recall in zip(line.get_xdata(), line.get_ydata())}
        self.assertLessEqual({(16.0, 0.991), (24.0, 0.996), (68.0, 1.0)}, drawn)
        filled = {float(size) for line in axes.get_lines() if line.get_zorder() == 3 for size in line.get_xdata()}
        table = advice.table if isinstance(advice.table, list) else advice.table.to_dict("records")
        self.assertEqual(filled, {one["bytesWithModel"] for one in table if one["reached"]})
        self.assertEqual(min(filled), advice.best["bytesWithModel"])
        marks = [text.get_text() for text in axes.texts]
        self.assertIn("recommended: rabitq, 20 bytes, 24.0 with the model", marks)
        self.assertIn(24.0, {float(line.get_xdata()[0]) for line in axes.get_lines() if line.get_linestyle() == ":"})
        self.assertEqual(axes.get_ylabel(), "recall@10 of the 50 queries that choose")
        self.assertTrue(axes.get_title().startswith("1000 vectors and 100 sampled queries of dimension 128, 3x oversampling"))


class IndexTest(unittest.TestCase):
    QUANTIZERS = (
        ("sign", {"option": {"centered": False, "bits": 64, "distance": "hamming"}}),
        ("rotated-sign", {"bytes": 8, "similarity": "euclidean"}),
        ("rabitq", {"bytes": 16, "option": {"bits": 1}}),
        ("rabitq", {"bytes": 24, "option": {"bits": 2}, "similarity": "dot"}),
        ("int8", {"bytes": 68}),
        ("pq", {"bytes": 16}),
        ("pq", {"bytes": 16, "option": {"bits": 4}}),
    )

    @classmethod
    def setUpClass(cls):
        cls.x = mixture(9000, 64, 3)
        cls.q = mixture(50, 64, 4)
        cls.indexes = [linfhash.quantize(cls.x, name, quiet=True, **options) for name, options in cls.QUANTIZERS]

    def test_codes_equal_those_of_the_program(self):
        bits = differing = 0
        for index in self.indexes:
            with self.subTest(index):
                codes = index.codes["codes"]
                other = index.encode(self.x)["codes"]
                self.assertEqual((other.shape, other.dtype), (codes.shape, codes.dtype))
                bits += 8 * codes.size
                changed = numpy.unpackbits((codes.view(numpy.uint8) ^ other.view(numpy.uint8)), axis=1, bitorder="little")
                differing += int(changed.sum())
                rows, places = numpy.nonzero(changed)
                if len(rows) and index.card["codes"]["bits"] == 1:
                    quantizer = index._quantizer
                    near = numpy.abs(quantizer.mapped(quantizer.prepared(self.x[rows])))[numpy.arange(len(rows)), places]
                    self.assertLess(near.max(), NEAR_THRESHOLD)
                self.assertLessEqual(len(set(rows)), 9)
        say("%d of %d bits of codes differ between Python and Java" % (differing, bits))

    def test_search_ranks_by_estimated_distance(self):
        for index in self.indexes:
            with self.subTest(index):
                distances = index._quantizer.distances(self.q)
                expected = numpy.argsort(distances, axis=1, kind="stable")[:, :20]
                ids, scores = index.search(self.q, 20)
                # Blocks round sums in another order.
                numpy.testing.assert_allclose(-scores, numpy.take_along_axis(distances, expected, axis=1), rtol=1e-4, atol=1e-4)
                if index.card["codes"]["hamming"]:
                    numpy.testing.assert_array_equal(ids, expected)

    def test_search_with_rescoring_is_exact_among_all(self):
        for index in self.indexes:
            with self.subTest(index):
                truth = exact(self.x, self.q, index.card["similarity"])
                ids, scores = index.search(self.q, 10, rescore=self.x, oversampling=900)
                numpy.testing.assert_array_equal(ids, numpy.argsort(-truth, axis=1, kind="stable")[:, :10])
                numpy.testing.assert_allclose(scores, numpy.take_along_axis(truth, ids, axis=1), rtol=1e-5)

    def test_rescoring_looks_at_the_candidates_alone(self):
        index = self.indexes[0]
        candidates = index.search(self.q, 30)[0]
        ids = index.search(self.q, 10, rescore=self.x, oversampling=3)[0]
        truth = exact(self.x, self.q, "cosine")
        for own, found, scores in zip(candidates, ids, truth):
            own = numpy.sort(own)
            numpy.testing.assert_array_equal(found, own[numpy.argsort(-scores[own], kind="stable")[:10]])

    def test_search_among_other_codes(self):
        index = self.indexes[0]
        ids, scores = index.search(self.x[:5], 3, codes=index.encode(self.x[4::-1]))
        numpy.testing.assert_array_equal(ids[:, 0], [4, 3, 2, 1, 0])
        numpy.testing.assert_array_equal(scores[:, 0], 0)
        self.assertEqual(index.search(self.q, 10, codes=index.encode(self.x[:3]))[0].shape, (50, 3))

    def test_folder_of_ones_own(self):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "a b")
            index = linfhash.quantize(self.x, "sign", bytes=8, out=out, quiet=True)
            self.assertEqual(len(linfhash.Index(out)), 9000)
            packaged = pathlib.Path(linfhash.__file__).with_name("linfhash_codes.py")
            self.assertEqual((index.folder / "linfhash_codes.py").read_bytes(), packaged.read_bytes())
            with self.assertRaisesRegex(linfhash.InputError, "a b"):
                linfhash.quantize(self.x, "sign", bytes=8, out=out, quiet=True)
            linfhash.quantize(self.x, "sign", bytes=8, out=out, force=True, quiet=True)

    def test_temporary_folder_is_deleted_with_the_index(self):
        index = linfhash.quantize(self.x[:500], "sign", bytes=8, quiet=True)
        folder = index.folder
        self.assertTrue(folder.is_dir())
        index = None
        self.assertFalse(folder.exists())
        before = leftovers()
        with self.assertRaises(linfhash.InputError):
            linfhash.quantize(self.x[:500], "sign", bytes=7, option={"bits": 3}, quiet=True)
        self.assertEqual(leftovers(), before)

    def test_wrong_arguments(self):
        index = self.indexes[0]
        for message, call in (
            ("^q: expected vectors of dimension 64, found 63\\.$", lambda: index.search(self.q[:, :63])),
            (r"^q: expected an array of numbers with one vector per row.* Pass q\[None, :\]\.$", lambda: index.search(self.q[0])),
            ("^v: expected non-zero vectors", lambda: index.encode(numpy.zeros((1, 64)))),
            ("^rescore: expected the 9000 vectors", lambda: index.search(self.q, rescore=self.x[1:])),
            ("^k and oversampling: expected at least 1", lambda: index.search(self.q, 0)),
            ("^quantizer: expected a row of advice with a command", lambda: linfhash.quantize(self.x, {"quantizer": "float32"})),
            ("^quantizer: expected a name or one row of advice, such as advice.best, found list", lambda: linfhash.quantize(self.x, [{}])),
            ("/nowhere/quantizer.json is missing", lambda: linfhash.Index("/nowhere")),
        ):
            with self.subTest(message), self.assertRaisesRegex(linfhash.InputError, message):
                call()

    def test_failed_check(self):
        with self.assertRaisesRegex(linfhash.CheckFailedError, "mean") as caught:
            self.indexes[1].check(self.x + 10, quiet=True)
        self.assertIn("shift", caught.exception.report["failed"])


    def test_ids_do_not_depend_on_the_batch(self):
        # Copies of vectors have equal codes, whose order is that of their numbers.
        x = numpy.concatenate([self.x, self.x[:4000]])
        for index in self.indexes:
            with self.subTest(index):
                codes = index.encode(x)
                together, scores = index.search(self.q, 20, codes=codes)
                for size in (1, 5, 6):
                    parts = [index.search(self.q[first : first + size], 20, codes=codes) for first in range(0, 18, size)]
                    numpy.testing.assert_array_equal(numpy.concatenate([ids for ids, _ in parts])[:18], together[:18])
                    numpy.testing.assert_array_equal(numpy.concatenate([some for _, some in parts])[:18], scores[:18])
                distances = index._quantizer.distances(self.q, codes)
                expected = numpy.sort(distances, axis=1)[:, :20]
                numpy.testing.assert_allclose(-scores, expected, rtol=1e-4, atol=1e-4)
                again = (numpy.diff(together, axis=1) < 0) & (numpy.diff(scores, axis=1) == 0)
                self.assertFalse(again.any())

    def test_search_without_counts_of_bits(self):
        index = self.indexes[0]
        expected = index.search(self.q[:3], 20)
        numbers = types.SimpleNamespace(**{name: getattr(numpy, name) for name in dir(numpy) if name != "bitwise_count"})
        with unittest.mock.patch("linfhash.scanning.numpy", numbers):
            for size in (3, 50):
                numpy.testing.assert_array_equal(index.search(self.q[:size], 20)[0][:3], expected[0])

    @unittest.skipUnless(FAISS, "requires faiss")
    def test_faiss_finds_the_same(self):
        for index in self.indexes:
            if index.card["codes"]["hamming"]:
                found = index.to_faiss().search(index.encode(self.q)["codes"], 10)[0]
                numpy.testing.assert_array_equal(found, -index.search(self.q, 10)[1])
            elif index.card["quantizer"] == "pq":
                q = self.q / numpy.linalg.norm(self.q, axis=1, keepdims=True)
                found = index.to_faiss().search(q, 10)[0]
                numpy.testing.assert_allclose(found, -index.search(self.q, 10)[1], rtol=1e-3, atol=1e-4)
            else:
                with self.assertRaisesRegex(linfhash.InputError, "^to_faiss: expected codes with Hamming distances, or PQ or OPQ"):
                    index.to_faiss()

    def test_names_of_faiss(self):
        index = linfhash.quantize(self.x[:2000], "PQ16x4", quiet=True)
        self.assertEqual((index.card["quantizer"], index.codes["codes"].shape[1], index.card["options"]["bits"]), ("pq", 8, 4))

    def test_signs_are_centered(self):
        self.assertTrue(linfhash.quantize(self.x[:500], "sign", bytes=8, quiet=True).card["options"]["centered"])


class KillTest(unittest.TestCase):
    """Python is killed while Java computes for it."""

    CALL = "import linfhash, numpy; linfhash.advise(numpy.random.default_rng(0).standard_normal((60000, 256)).astype('f4'))"

    def begun(self, folder):
        """Starts advice in a process, and returns it and its Java process once that reads the vectors."""
        python = subprocess.Popen([sys.executable, "-c", self.CALL], stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": folder})
        self.addCleanup(python.stderr.close)
        self.addCleanup(python.wait)
        self.addCleanup(python.kill)
        seen = b""
        while b"x.npy" not in seen:
            byte = python.stderr.read(1)
            self.assertTrue(byte, seen)
            seen += byte
        children = pathlib.Path("/proc/%d/task/%d/children" % (python.pid, python.pid)).read_text().split()
        self.assertEqual(len(children), 1)
        return python, int(children[0])

    def assert_ends(self, process):
        end = time.monotonic() + 60
        while pathlib.Path("/proc/%d/stat" % process).exists():
            # Where nobody waits for orphans, they stay as zombies.
            if pathlib.Path("/proc/%d/stat" % process).read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return
            self.assertLess(time.monotonic(), end)
            time.sleep(0.1)

    @unittest.skipUnless(sys.platform == "linux", "reads /proc")
    def test_nothing_is_left(self):
        for number in (signal.SIGKILL, signal.SIGTERM):
            with self.subTest(number), tempfile.TemporaryDirectory() as folder:
                other, others = self.begun(folder)
                python, java = self.begun(folder)
                python.send_signal(number)
                python.wait()
                self.assert_ends(java)
                # The next call deletes what is left of one process, and not that of another one.
                with unittest.mock.patch.object(tempfile, "tempdir", folder):
                    linfhash.scratch.Scratch().close()
                self.assertEqual(len([*pathlib.Path(folder).glob("linfhash-*")]), 1)
                self.assertIsNone(other.poll())
                other.kill()
                other.wait()
                self.assert_ends(others)


class ScratchTest(unittest.TestCase):
    def test_folders_of_others_stay(self):
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch.object(tempfile, "tempdir", folder):
            stranger = pathlib.Path(folder, "linfhash-stranger")
            stranger.mkdir()
            first = linfhash.scratch.Scratch()
            second = linfhash.scratch.Scratch()
            self.assertTrue(os.path.isdir(first.folder))
            first.close()
            second.close()
            self.assertEqual([*pathlib.Path(folder).iterdir()], [stranger])


class PrefixTest(unittest.TestCase):
    """The first 16 of 64 dimensions have nearly all of the distances, as in a model that is trained for prefixes."""

    @classmethod
    def setUpClass(cls):
        scale = numpy.where(numpy.arange(64) < 16, 1, 0.01).astype(numpy.float32)
        cls.x, cls.q = mixture(5000, 64, 6) * scale, mixture(1000, 64, 7) * scale

    def test_code_of_a_prefix_is_recommended_and_searched(self):
        advice = linfhash.advise(self.x, queries=self.q, quantizers=["int8"], prefix=[16], target=0.95, quiet=True)
        best = advice.best
        self.assertEqual(best["options"]["prefix"], 16)
        self.assertLessEqual(best["bytes"], 20)
        index = linfhash.quantize(self.x, best, quiet=True)
        ids = index.search(self.q, 10, rescore=self.x)[0]
        truth = numpy.argsort(-exact(self.x, self.q, "cosine"), axis=1, kind="stable")[:, :10]
        found = numpy.mean([len(set(a) & set(b)) / 10 for a, b in zip(ids, truth)])
        self.assertGreater(found, 0.95)
        self.assertTrue(index.check(self.x, target=0.5, quiet=True)["passes"])

    def test_codes_are_those_of_the_first_dimensions(self):
        index = linfhash.quantize(self.x, "sign", bytes=2, prefix=16, quiet=True)
        other = linfhash.quantize(self.x[:, :16], "sign", bytes=2, quiet=True)
        numpy.testing.assert_array_equal(index.codes["codes"], other.codes["codes"])
        numpy.testing.assert_array_equal(index.encode(self.q)["codes"], other.encode(self.q[:, :16])["codes"])
        with self.assertRaisesRegex(linfhash.InputError, "^q: expected vectors of dimension 64, found 16\\.$"):
            index.search(self.q[:, :16])

    def test_a_row_of_advice_has_its_own_prefix(self):
        with self.assertRaisesRegex(linfhash.InputError, "similarity and prefix, found a row of advice"):
            linfhash.quantize(self.x, {"quantizer": "sign", "command": "c"}, prefix=16)

    def test_oversampling_is_recommended_up_to_a_limit(self):
        advice = linfhash.advise(self.x, quantizers=["sign"], max_oversampling=2, target=0.95, quiet=True)
        self.assertEqual({row["oversampling"] for row in advice.json["answer"]} - {1, 2}, set())


class WatchTest(unittest.TestCase):
    def test_ends_are_those_of_java(self):
        golden = [(10 - (3 if i * 7 % 11 == 0 else 1 if i % 13 == 0 else 0)) / 10 for i in range(200)]
        low, high = linfhash.watching.interval(golden)
        self.assertAlmostEqual(low, 0.9328410527169161, delta=1e-9)
        self.assertAlmostEqual(high, 0.9814647577179418, delta=1e-9)
        self.assertEqual(linfhash.watching.interval([1, 1, 1, 1])[1], 1)

    def test_index_is_watched(self):
        x, q = mixture(2000, 16, 1), mixture(100, 16, 2)
        score = lambda queries, rows: numpy.argsort(-(queries @ rows.T), axis=1)[:, :10]
        well = linfhash.watch(lambda some: score(some, x), lambda some: score(some, x), q, looks=20)
        self.assertEqual((well.mean, well.high, well.alarm, well.count), (1, 1, False, 1000))
        self.assertGreater(well.low, 0.98)
        # An index without a fifth of the rows.
        poor = linfhash.watch(lambda some: score(some, x[:1600]), lambda some: score(some, x), q, looks=3)
        self.assertTrue(poor.alarm)
        self.assertLess(poor.high, 0.9)
        self.assertEqual(len(poor.look().history), 4)
        with self.assertRaisesRegex(linfhash.InputError, "^search and exact: expected ids for each of 50 queries, found 1 and 50"):
            linfhash.watch(lambda some: [[1]], lambda some: score(some, x), q)
        with self.assertRaisesRegex(linfhash.InputError, "^queries: expected an array of vectors"):
            linfhash.watch(len, len, [])

    def test_copies_are_hits(self):
        base = mixture(200, 16, 3)
        rows = numpy.repeat(base, 8, axis=0)

        def scan(order, count):
            def search(some):
                distances = ((some[:, None, :] - rows[order][None]) ** 2).sum(2)
                near = numpy.argsort(distances, axis=1, kind="stable")[:, :count]
                return order[near], numpy.take_along_axis(distances, near, 1)

            return search

        forwards, backwards = numpy.arange(len(rows)), numpy.arange(len(rows))[::-1]
        index = lambda some: scan(backwards, 10)(some)[0]
        # Two exact scans, which order equal rows otherwise.
        self.assertLess(linfhash.watch(index, lambda some: scan(forwards, 10)(some)[0], base).recall, 0.9)
        watched = linfhash.watch(index, scan(forwards, 17), base)
        self.assertEqual((watched.recall, watched.alarm), (1, False))
        missing = linfhash.watch(lambda some: index(some)[:, :5], scan(forwards, 17), base)
        self.assertEqual(missing.recall, 0.5)
        with self.assertRaisesRegex(linfhash.InputError, "^exact: expected all rows as far as neighbor 10, found 16 without a farther"):
            linfhash.watch(index, scan(forwards, 16), base)
        with self.assertRaisesRegex(linfhash.InputError, "^exact: expected a distance for each of 17 ids, found 3"):
            linfhash.watch(index, lambda some: (scan(forwards, 17)(some)[0], numpy.zeros((len(some), 3))), base)


class ProgramTest(unittest.TestCase):
    X = mixture(100, 8, 5)

    def test_bad_input(self):
        said = io.StringIO()
        with contextlib.redirect_stderr(said), self.assertRaisesRegex(linfhash.InputError, "^similarity: expected one of cosine, dot") as caught:
            linfhash.quantize(mixture(100, 8, 5), "sign", bytes=1, similarity="none")
        self.assertNotIn("\n", str(caught.exception))
        self.assertIsInstance(caught.exception, ValueError)

    def test_numbers_that_are_not_finite_are_found_before_java_starts(self):
        x = mixture(5000, 8, 5).astype(numpy.float64)
        for value, found in ((numpy.nan, "nan"), (1e39, "inf")):
            x[4999, 7] = value
            for call in (lambda: linfhash.advise(x), lambda: linfhash.advise(self.X, queries=x), lambda: linfhash.quantize(x, "sign", bytes=1)):
                with unittest.mock.patch("subprocess.Popen", side_effect=AssertionError), self.assertRaisesRegex(
                    linfhash.InputError, "^(x|queries): expected finite float32 numbers, found %s in row 4999, column 7 \\(counted from 0\\)\\.$" % found
                ):
                    call()

    def test_bad_vectors_of_a_file_are_named_by_the_argument(self):
        x = mixture(100, 8, 5)
        x[7, 0] = numpy.nan
        with tempfile.TemporaryDirectory() as folder:
            numpy.save(folder + "/a.npy", x)
            with self.assertRaisesRegex(linfhash.InputError, "^x has a wrong value in row 7"):
                linfhash.quantize(folder + "/a.npy", "sign", bytes=1, quiet=True)

    def test_too_few_queries(self):
        advice = linfhash.advise(mixture(300, 8, 5), quantizers=["sign"], bytes=1, quiet=True)
        self.assertRegex(advice.sentence, "queries are too few to tell\\. About [0-9]+ are needed, half of which report: hold as many vectors out, and pass them with queries\\.")
        self.assertRegex(advice.sentence, "These queries show a recall of [0-9.]+% at least\\.")

    def test_messages_name_arguments(self):
        x = mixture(300, 8, 5)
        for message, call in (
            ("^bytes: expected a size that pca-sign can fill in dimension 8, such as 1, found 4000\\.$", lambda: linfhash.quantize(x, "pca-sign", bytes=4000, quiet=True)),
            ("^x: expected at least one vector of at least one dimension, found shape \\(0, 8\\)\\.$", lambda: linfhash.advise(x[:0], quiet=True)),
            ("^k: expected whole numbers from 1 on, found 0\\.$", lambda: linfhash.advise(x, k=0, quiet=True)),
            ("^k: expected numbers from 1 to 1000, found 1001\\.$", lambda: linfhash.advise(x, k=1001, quiet=True)),
        ):
            with self.subTest(message), self.assertRaisesRegex(linfhash.InputError, message):
                call()

    def test_invalid_vectors_are_skipped_if_you_ask_for_it(self):
        x = mixture(300, 8, 5)
        x[7] = 0
        with self.assertRaisesRegex(linfhash.InputError, "row 7 .*; skip_invalid=True skips them\\.$"):
            linfhash.advise(x, quantizers=["sign"], bytes=1, quiet=True)
        advice = linfhash.advise(x, quantizers=["sign"], bytes=1, skip_invalid=True, target=0.95, quiet=True)
        self.assertEqual(advice.json["vectors"]["skippedVectors"], [7])

    def test_missing_program(self):
        with unittest.mock.patch.dict(os.environ, LINFHASH_HOME="/nowhere"):
            with self.assertRaisesRegex(linfhash.ProgramMissingError, "^LINFHASH_HOME is /nowhere: expected a folder with bin/linfhash"):
                linfhash.advise(mixture(100, 8, 5))

    def test_failing_program(self):
        with unittest.mock.patch.dict(os.environ, LINFHASH_JAVA_ARGS="-Xmx2m"):
            with self.assertRaises(linfhash.ProgramFailedError) as caught:
                linfhash.quantize(mixture(100, 8, 5), "sign", bytes=1, quiet=True)
        self.assertTrue(str(caught.exception))

    def test_arguments_are_passed_through(self):
        done = subprocess.run([sys.executable, "-m", "linfhash", "--version"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        # The wheel contains the advisor alone, a checkout the whole program.
        self.assertRegex(done.stdout, "^linfhash " if "LINFHASH_HOME" in os.environ else "^linfhash-advisor ")
        done = subprocess.run([sys.executable, "-m", "linfhash", "advise", "--vectors", "/nowhere.npy"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("linfhash: --vectors: expected an existing file or folder, found nothing at /nowhere.npy.", done.stderr)

    def test_engines_are_of_this_python(self):
        with unittest.mock.patch.dict(os.environ):
            os.environ.pop("LINFHASH_PYTHON", None)
            self.assertEqual(linfhash.program.command()[1]["LINFHASH_PYTHON"], sys.executable)
            os.environ["LINFHASH_PYTHON"] = "/other"
            self.assertEqual(linfhash.program.command()[1]["LINFHASH_PYTHON"], "/other")

    @unittest.skipUnless(FAISS, "requires faiss")
    def test_measure_of_faiss(self):
        with tempfile.TemporaryDirectory() as folder:
            numpy.save(folder + "/x.npy", mixture(3000, 32, 5))
            words = ["measure", "--vectors", folder + "/x.npy", "--engine", "faiss", "--types", "flat-sq8", "--target", "0.9"]
            done = subprocess.run([sys.executable, "-m", "linfhash", *words], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("on Python %d.%d.%d" % sys.version_info[:3], done.stdout)
            self.assertIn("\nimport faiss\n", done.stdout)

    def test_vectors_are_private(self):
        with linfhash.program.files(x=mixture(10, 8, 5)) as paths:
            self.assertEqual(os.stat(paths["x"]).st_mode & 0o777, 0o600)
            numpy.testing.assert_array_equal(numpy.load(paths["x"]), mixture(10, 8, 5))
        self.assertFalse(os.path.exists(paths["x"]))


if __name__ == "__main__":
    unittest.main()
