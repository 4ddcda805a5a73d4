#!/bin/sh
# Measures what a service embeds: the jar of the module codes and what it depends on, and the search of an index of 2 GB, or as many
# bytes as are given, with a heap of 256 MB: ci/codes.sh [BYTES]. The nearest codes are compared with those of brute force, and a
# flipped bit has to be found. Then codes and distances of exports are compared with those of linfhash_codes.py. Needs twice the bytes of
# disk space, and NumPy.
set -eu
cd "$(dirname "$0")/.."
bytes=${1:-2000000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./linfhash --version > /dev/null
jar=$(ls modules/codes/target/linfhash-codes-*.jar | grep -v -e sources -e javadoc | head -n 1)
size=$(wc -c < "$jar")
echo "$jar: $size bytes; modules: $(jdeps --multi-release 17 --ignore-missing-deps --print-module-deps "$jar")"
if [ "$size" -gt 400000 ]; then
    echo "the jar has more than 400000 bytes" >&2
    exit 3
fi
python3 - "$work/vectors.npy" << 'END'
import random, struct, sys
n, d = 1000, 384
values = random.Random(1)
header = ("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }" % (n, d)).ljust(117) + "\n"
with open(sys.argv[1], "wb") as file:
    file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
    file.write(struct.pack("<%df" % (n * d), *[values.gauss(0, 1) for _ in range(n * d)]))
END
./linfhash quantize --quantizer rotated-sign --bytes 48 --option distance=asymmetric --vectors "$work/vectors.npy" \
    --out "$work/index" > /dev/null
java -Xmx256m -cp "$jar" ci/LargeIndex.java "$work/index" "$bytes"
rm -r "$work/index"

python3 ci/codes.py vectors "$work"
number=0
python3 ci/codes.py quantizers > "$work/quantizers.txt"
while read -r similarity name size options; do
    number=$((number + 1))
    # shellcheck disable=SC2086 # several options
    ./linfhash quantize --similarity "$similarity" --quantizer "$name" --bytes "$size" $options \
        --vectors "$work/vectors.npy" --out "$work/$number" < /dev/null > /dev/null 2> "$work/log.txt" || {
        cat "$work/log.txt" >&2
        exit 3
    }
done < "$work/quantizers.txt"
java -cp "$jar" ci/CodeDistances.java "$work/queries.npy" $(seq -f "$work/%g" "$number")
python3 ci/codes.py compare "$work"
