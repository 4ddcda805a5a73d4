#!/bin/sh
# Holds the program against reports/expected: the embedded data with two seeds, and CIFAR-10 at 48 bits with one seed
# where it is in the folder that LINFHASH_CIFAR10 names or in the cache.
# Training uses the kernel of OpenBLAS that measured the references, where the processor has it: another one trains other codes.
# Exit code 3: a number moved, see CONTRIBUTING.md.
set -eu
cd "$(dirname "$0")/.."

code=0
# The name of a protocol, then options.
hold() {
    protocol=$1
    shift
    kernel=$(ci/kernel-of.sh "$(sed -n 's/^  cpu: "\(.*\)"$/\1/p' "reports/expected/$protocol.yaml")")
    echo "regression: $protocol $*${kernel:+, kernel $kernel}"
    (
        [ -z "$kernel" ] || export OPENBLAS_CORETYPE="$kernel"
        ./linfhash results check --protocol "$protocol" "$@"
    ) || code=$?
}

hold fashion-mnist --seeds 0,1

cache=${LINFHASH_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/linfhash}
if [ -n "${LINFHASH_CIFAR10:-}" ]; then
    hold cifar10 --data "$LINFHASH_CIFAR10" --bits 48 --seeds 0
elif [ -d "$cache/datasets/cifar10" ]; then
    hold cifar10 --bits 48 --seeds 0
else
    echo 'regression: CIFAR-10 is not here (LINFHASH_CIFAR10, or the cache), its numbers are not looked at'
fi
exit "$code"
