#!/bin/sh
# Holds quantisers against faiss: RaBitQ of one bit against IndexRaBitQ, product quantisation against IndexPQ, on the same
# vectors, recall within 0.01 at every oversampling; and shows the time of a distance beside that of IndexBinaryFlat and IndexRaBitQ on
# one core. Needs Debian's python3-faiss.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 ci/quantisers.py vectors "$work"
./linfhash advise --features "$work/vectors.npy" --queries "$work/queries.npy" --quantisers sign,rabitq,pq --bytes 48,56 \
    --seeds 0-2 --format json > "$work/advice.json"
/usr/bin/python3 ci/quantisers.py compare "$work" "$work/advice.json"
