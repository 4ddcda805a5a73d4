"""Tests of the engine faiss against faiss."""

import os
import pathlib
import tempfile
import unittest

import driver

# For the pasted lines, which run in this process.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


class FaissTest(driver.EngineCase, unittest.TestCase):
    name = "faiss"
    missing = ": install faiss "
    exact_type = "flat-float"
    page = {"type": "ivf-pq", "parameters": {"lists": 400, "subquantizers": 48}, "effort": 40, "candidates": 100, "rows": 10000}

    def test_names_what_it_needs(self):
        sentence = "^{}: install faiss .*, or name another Python by LINFHASH_PYTHON$"
        with tempfile.TemporaryDirectory() as folder:
            module = pathlib.Path(folder) / "faiss.py"
            for text, reason in (("raise ImportError('no library')", "no library"), ("", "cannot import name 'index_factory' from 'faiss' .*")):
                module.write_text(text, encoding="utf-8")
                with self.assertRaisesRegex(driver.Refused, sentence.format(reason)):
                    self.start(environment={"PYTHONPATH": folder})
        with self.assertRaisesRegex(driver.Refused, "^faiss takes no --database$"):
            self.start(database="x")


if __name__ == "__main__":
    unittest.main()
