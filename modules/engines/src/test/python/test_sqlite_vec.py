"""Tests of the engine sqlite-vec against the library that LINFHASH_SQLITE_VEC names, or that Python has."""

import os
import sys
import types
import unittest

import numpy

import driver


class SqliteVecTest(driver.EngineCase, unittest.TestCase):
    name = "sqlite-vec"
    missing = ": install pip's sqlite-vec"
    similarities = ("cosine", "euclidean")
    exact_type = "flat-float"
    page = {"type": "flat-bit", "parameters": {}, "effort": 1, "candidates": 200, "rows": 10000}

    def paste(self, lines, vectors, **more):
        library = os.environ.get("LINFHASH_SQLITE_VEC")
        if library and "sqlite_vec" not in sys.modules:
            # The module of pip does nothing else.
            sys.modules["sqlite_vec"] = types.SimpleNamespace(load=lambda database: database.load_extension(library))
        return super().paste(lines, vectors, **more)

    def test_a_dimension_that_bits_do_not_have(self):
        engine = self.engine
        engine.call("drop")
        engine.load(driver.draw(20, 12, 1), "cosine")
        with self.assertRaisesRegex(driver.Refused, "^expected vectors whose dimension is a multiple of 8 .*, found 12 dimensions$"):
            engine.call("build", type="flat-bit", parameters={}, rows=20, of=20)
        engine.call("build", type="flat-int8", parameters={}, rows=20, of=20)

    def test_sizes_are_those_of_the_columns(self):
        self.load(numpy.repeat(self.vectors, 2, axis=0)[:2048])
        for type, code in (("flat-float", 4 * 32), ("flat-int8", 32), ("flat-bit", 4)):
            self.built(type)
            # Two chunks of 1,024 rows with a number of 8 bytes and a bit that is set for rows that are there.
            self.assertEqual(self.sizes["index_bytes"], 2048 * (code + 8) + 2048 // 8)
            self.assertGreater(self.sizes["heap_bytes"], 0 if type == "flat-float" else 2048 * 4 * 32)

    def test_names_what_it_needs(self):
        for library, sentence in (
            ("/nothing/vec0.so", "^SQLite cannot load the extension /nothing/vec0.so: "),
            (None, "No module named 'sqlite_vec': install pip's sqlite-vec, or name the file vec0.so of .* by LINFHASH_SQLITE_VEC$"),
        ):
            before = os.environ.pop("LINFHASH_SQLITE_VEC", None)
            try:
                if library is None and before is None:
                    continue
                with self.assertRaisesRegex(driver.Refused, sentence):
                    self.start(environment={"LINFHASH_SQLITE_VEC": library} if library else None).end()
            finally:
                if before is not None:
                    os.environ["LINFHASH_SQLITE_VEC"] = before
        with self.assertRaisesRegex(driver.Refused, "^sqlite-vec takes no --database$"):
            self.start(database="items.db")


if __name__ == "__main__":
    unittest.main()
