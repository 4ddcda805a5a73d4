#!/bin/sh
# Tests linfhash_engine.py and the engines in Python, with the lines to paste: ci/engines.sh [linfhash_engine|faiss|redis|sqlite_vec]
# An engine whose real part is missing is skipped with a message: python3-faiss, redis-server 8, or sqlite-vec, whose file vec0.so
# LINFHASH_SQLITE_VEC may name. PYTHON is the Python that runs it (default: /usr/bin/python3, with NumPy).
set -eu
cd "$(dirname "$0")/../modules/engines/src/test/python"
export PYTHONDONTWRITEBYTECODE=1
exec "${PYTHON:-/usr/bin/python3}" -W ignore::ResourceWarning -m unittest discover -p "test_${1:-*}.py"
