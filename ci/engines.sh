#!/bin/sh
# Runs the lines that `linfhash advise --engine faiss` shows, and with the folder of a JDK (21 or newer) those for Lucene, as they stand
# there, and compares the recall@10 of their searches with what advise promises. Ends with 1 where one finds more than 0.03 fewer. There
# are 5,000 sampled vectors of 64 dimensions, as Debian's faiss trains slowly. Needs Debian's python3-faiss; Maven gets Lucene.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lucene=10.5.0
failed=0
/usr/bin/python3 ci/engines.py vectors "$work" 0.5 64 5000

advise() { # ENGINE, QUANTIZERS
    ./linfhash advise --vectors "$work/database.npy" --queries "$work/queries.npy" --out "$work/advice" --force \
        --engine "$1" --quantizers "$2" > "$work/advice.txt"
}

for quantizers in SQ8 SQ4 PQ OPQ RaBitQ binary binary-rotated binary-itq; do
    advise faiss $quantizers
    /usr/bin/python3 ci/engines.py faiss "$work" || failed=1
done

if [ $# -gt 0 ]; then
    mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=org.apache.lucene:lucene-core:$lucene -DoutputDirectory="$work"
    for quantizers in int8 int4 int2 BBQ; do
        advise lucene $quantizers
        for target in 0 1; do
            /usr/bin/python3 ci/engines.py java "$work" $target
            "$1/bin/java" -cp "$work/lucene-core-$lucene.jar" "$work/Paste.java" "$work" > "$work/found.txt" 2> "$work/java.log" ||
                { cat "$work/java.log"; exit 1; }
            /usr/bin/python3 ci/engines.py compare "$work" $target "$work/found.txt" || failed=1
        done
    done
fi
exit $failed
