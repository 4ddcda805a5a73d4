"""Tests of the engine faiss against faiss."""

import os
import unittest

import driver

# For the pasted lines, which run in this process.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


class FaissTest(driver.EngineCase, unittest.TestCase):
    name = "faiss"
    exact_type = "flat-float"
    page = {"type": "ivf-pq", "parameters": {"lists": 400, "subquantizers": 48}, "effort": 40, "candidates": 100, "rows": 10000}


if __name__ == "__main__":
    unittest.main()
