#!/bin/sh
# Holds what `linfhash quantize` writes against the programs that it is for: NumPy, ONNX Runtime, faiss, and PostgreSQL with
# pgvector, on vectors that are drawn, or on those of a .npy file that is named. One line for each comparison; ends with 1 if anything
# differs. Needs Debian's python3-faiss, python3-onnxruntime, postgresql-17 and postgresql-17-pgvector.
set -eu
cd "$(dirname "$0")/.."
. ci/postgres.inc

/usr/bin/python3 ci/export.py vectors "$work" ${1:+"$1"}
start

failed=0
check() { # NAME of the comparison, then the options of the export
    name=$1
    shift
    ./linfhash quantize --vectors "$work/vectors.npy" --out "$work/$name" "$@" 2> "$work/$name.log" ||
        { cat "$work/$name.log"; exit 1; }
    /usr/bin/python3 ci/export.py codes "$work" "$name" || failed=1
    if [ -f "$work/$name/codes.copy" ]; then
        ./linfhash search --codes "$work/$name/codes.npy" --queries "$work/$name/query-codes.npy" \
            --bits "$(/usr/bin/python3 ci/export.py bits "$work" "$name")" -k 10 --out "$work/$name/ours.npz" 2> /dev/null
        (cd "$work/$name" && psql -q -X -v ON_ERROR_STOP=1 -f schema.sql)
        /usr/bin/python3 ci/export.py neighbors "$work" "$name" || failed=1
        psql -q -X -c 'DROP TABLE linfhash_codes'
    fi
    rm -rf "${work:?}/$name"
}

check sign --quantizer sign --bytes 48 --with-vectors
check sign-centered --quantizer sign --bytes 48 --option centered=true --similarity euclidean --with-vectors
check truncated-sign --quantizer truncated-sign --bytes 16
check truncated-sign-plain --quantizer truncated-sign --option bits=100 --option centered=false --option distance=hamming
check truncated-sign-100 --quantizer truncated-sign --option bits=100 --option centered=true --option distance=hamming
check rotated-sign --quantizer rotated-sign --bytes 48 --with-vectors
check rotated-sign-long --quantizer rotated-sign --bytes 64 --similarity dot --with-vectors
check rotated-sign-blocks --quantizer rotated-sign --option bits=384 --option rotation=hadamard-blocks --option distance=asymmetric
check rotated-sign-padded --quantizer rotated-sign --option bits=512 --option rotation=hadamard-padded --option distance=asymmetric
check itq --quantizer itq --bytes 32
check rabitq-1 --quantizer rabitq --bytes 56
check rabitq-1-dot --quantizer rabitq --bytes 40 --similarity dot
check rabitq-2 --quantizer rabitq --bytes 104 --option bits=2
check rabitq-4 --quantizer rabitq --bytes 200 --option bits=4
check int8 --quantizer int8 --bytes 388
check int8-128 --quantizer int8 --bytes 132 --similarity dot
check pq --quantizer pq --option parts=48 --option iterations=10 --option sample=10000
check pq-dot --quantizer pq --option parts=24 --option iterations=10 --option sample=10000 --similarity dot
check pq-4 --quantizer pq --bytes 48 --option bits=4
check pq-4-uneven --quantizer pq --option bits=4 --option parts=51 --option iterations=5 --option sample=4096
check pq-uneven --quantizer pq --option parts=50 --option iterations=5 --option sample=5000
check opq --quantizer opq --option parts=48 --option rounds=2 --option iterations=5 --option sample=5000
exit $failed
