#!/bin/sh
# Holds quantizers against faiss: RaBitQ of one bit against IndexRaBitQ, product quantization against IndexPQ, and on smaller vectors
# OPQ and scalar quantization: recall at most 0.01 lower at every oversampling. Shows residual quantization. Needs Debian's
# python3-faiss.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 ci/quantizers.py vectors "$work"
./linfhash advise --vectors "$work/vectors.npy" --queries "$work/queries.npy" --quantizers sign,rabitq,pq --bytes 48,56 \
    --seeds 0-2 --format json > "$work/advice.json"
./linfhash advise --vectors "$work/small-vectors.npy" --queries "$work/small-queries.npy" --quantizers opq,rq,sq8,sq4 --bytes 8,32,64 \
    --seeds 0-1 --format json > "$work/small.json"
/usr/bin/python3 ci/quantizers.py small "$work" "$work/small.json"
/usr/bin/python3 ci/quantizers.py compare "$work" "$work/advice.json"
