#!/bin/sh
# Measures linfhash beside other programs: ci/outside.sh PART
#   speed [--generic] [ROWS]  searches and encodings of linfhash-codes beside the faiss that python3 finds, such as on PYTHONPATH, on the same vectors
#                             (100,000 if ROWS are not given) and one thread each. Builds no faiss. Refuses a generic build of faiss, which uses no
#                             vector instructions and is several times slower, unless --generic says that it is meant. JAVA_HOME chooses the
#                             Java; from Java 25 on, the vector kernels are measured
set -eu
cd "$(dirname "$0")/.."
[ "${1:-}" = speed ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
shift
generic=
if [ "${1:-}" = --generic ]; then generic=--generic; shift; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 ci/outside.py vectors "$work" "${1:-100000}" $generic
./linfhash --version > /dev/null
fit() { # FOLDER, then options
    folder=$1
    shift
    ./linfhash quantize --quiet --no-check-record --vectors "$work/vectors.npy" --out "$work/$folder" --similarity euclidean "$@"
}
fit hamming --quantizer rotated-sign --bytes 48 --option distance=hamming
for bits in 1 2 3 4; do
    fit rabitq-$bits --quantizer rabitq --option bits=$bits --option dimensions=384 --option queryBits=4
done
fit pq-8 --quantizer pq --bytes 48 --option bits=8
fit pq-4 --quantizer pq --bytes 48 --option bits=4
fit int8 --quantizer int8 --bytes 388
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
modules=
case $("$java" --list-modules) in
    *jdk.incubator.vector@1* | *jdk.incubator.vector@2[0-4]*) ;;
    *jdk.incubator.vector@*) modules='--add-modules=jdk.incubator.vector' ;;
esac
# shellcheck disable=SC2086 # an option or none
python3 ci/outside.py times "$work" "$java" $modules -XX:+UseSerialGC -cp "$(echo .programs/"$(cat .programs/cli)"/lib/linfhash-codes*.jar | tr ' ' :)" \
    ci/CodeSearch.java
