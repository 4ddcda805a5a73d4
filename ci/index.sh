#!/bin/sh
# Measures how long linfhash-codes takes to encode a vector and to search 100,000 codes, beside faiss on the same vectors and on one
# thread. Ends with 1 if a search by Hamming distance or RaBitQ takes more than 1.1 times as long as that of faiss, or by PQ 1.5 times.
# Needs Debian's python3-faiss, which is built for any x86-64 processor, and a machine that does nothing else.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 ci/index.py vectors "$work"
fit() { # FOLDER, then options
    folder=$1
    shift
    ./linfhash quantize --vectors "$work/vectors.npy" --out "$work/$folder" --similarity euclidean "$@" > /dev/null
}
fit sign --quantizer sign --option bits=384 --option centered=true --option distance=hamming
fit rabitq --quantizer rabitq --option bits=1 --option dimensions=384 --option queryBits=0
fit rabitq-4 --quantizer rabitq --option bits=1 --option dimensions=384 --option queryBits=4
for bytes in 8 16 48; do
    fit pq-$bytes --quantizer pq --bytes $bytes
done
OMP_NUM_THREADS=1 mvn -q -B -P jmh -pl modules/benchmarks -am verify -DskipTests \
    -Djmh.args="IndexBenchmark -p folder=$work -p fitted=sign,rabitq,rabitq-4,pq-8,pq-16,pq-48 -rf json -rff $work/times.json -v SILENT"
/usr/bin/python3 ci/index.py times "$work" "$work/times.json"
