#!/bin/sh
# Compares linfhash with other programs: ci/outside.sh PART [ARGUMENTS]; ci/outside/PART.py describes each part and its arguments.
#   engines [faiss|lucene|pgvector|...]   runs the lines that advise prints for these engines, and compares recall with the promised one
#   measure [small|SEEDS [FILE.npy...]]   runs the answers of measure on new indexes of each engine, and compares recall
#   export [FEATURES.npy]                 reads the files of quantize with NumPy, ONNX Runtime, faiss and pgvector
#   codes [BYTES]                         measures the jar of linfhash-codes, and searches an index that is larger than the heap
#   quantizers [golden|published]         compares the recall of quantizers with that of faiss
#   speed [--generic] [ROWS]              measures encoding and search of linfhash-codes and of faiss on one thread
#   entering                              enters the benchmark with submissions in Python, and with cheats
#   prediction [FOLDER]                   compares the recall that advise predicts from a sample with that on all vectors
# Ends with 1 if something differs. PYTHON is the Python that runs it (default: /usr/bin/python3, for which are Debian's packages python3-numpy,
# python3-faiss, python3-onnxruntime, python3-sklearn and python3-psycopg). The server is that of postgresql-17 and postgresql-17-pgvector. The JDK
# for Lucene, 21 or newer, is LINFHASH_LUCENE_JAVA, JAVA_HOME, or one of /usr/lib/jvm.
set -eu
cd "$(dirname "$0")/.."
part=ci/outside/${1:-none}.py
[ -f "$part" ] && [ "$1" != peers ] || { sed -n '2,14s/^# \{0,1\}//p' "$0" >&2; exit 2; }
shift
. ci/lucene-java.inc
export LINFHASH_LUCENE_JAVA
# The launcher builds what is out of date.
./linfhash --version >/dev/null
exec "${PYTHON:-/usr/bin/python3}" "$part" "$@"
