#!/bin/sh
# All tests, the slow ones included, and their coverage.
set -eu
cd "$(dirname "$0")/.."
# One module after the other: some of these tests measure seconds.
exec mvn -B -ntp -T 1 -P slow verify
