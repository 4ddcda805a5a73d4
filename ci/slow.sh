#!/bin/sh
# All tests, the slow ones included.
set -eu
cd "$(dirname "$0")/.."
exec mvn -B -ntp -P slow verify
