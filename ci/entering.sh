#!/bin/sh
# Enters the benchmark as an outsider does (docs/entering.md): hands fashion-mnist out for two seeds, runs the example and the two
# submissions of examples/submissions, scores them, and holds the two against our own methods: a line for each number, and exit
# code 1 if one is farther off than seeds explain, has a flag, or two submissions that cheat have none. Needs Debian's python3-numpy and python3-sklearn, and is skipped without them.
set -eu
cd "$(dirname "$0")/.."
if ! /usr/bin/python3 -c 'import numpy, sklearn' 2>/dev/null; then
    echo 'entering: skipped, as /usr/bin/python3 lacks numpy or sklearn' >&2
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

./linfhash task create --seeds 0,1 --out "$work/task"
/usr/bin/python3 "$work/task/example.py" "$work/example"
/usr/bin/python3 examples/submissions/itq/itq.py "$work/task" "$work/itq"
/usr/bin/python3 examples/submissions/class-codes/class_codes.py "$work/task" "$work/class-codes"
# The submissions have the defaults, and the protocol's options are tuned. The noise of seeds is estimated from all of the protocol.
mkdir "$work/defaults"
{
    sed '/^methods:$/,$d' protocols/fashion-mnist.yaml
    printf 'methods:\n  - name: itq\n  - name: class-codes\n'
} >"$work/defaults/fashion-mnist.yaml"
./linfhash run --protocol "$work/defaults/fashion-mnist.yaml" --out "$work/ours" >&2
for submission in example itq class-codes; do
    ./linfhash task score "$work/$submission" --task "$work/task" --baseline "$work/ours" --out "$work/$submission-results" >&2
done
/usr/bin/python3 ci/entering.py "$work/ours/results.json" itq "$work/itq-results/results.json" numpy-itq
/usr/bin/python3 ci/entering.py "$work/ours/results.json" class-codes "$work/class-codes-results/results.json" \
    sklearn-class-codes

# What breaks the rules is flagged for each seed and length, which is exit code 3.
./linfhash data features --protocol fashion-mnist --out "$work/all.npy" >&2
/usr/bin/python3 ci/cheats.py "$work/task" "$work/all.npy" "$work/all.labels.npy" "$work/cheats"
for cheat in pooled noisy; do
    code=0
    ./linfhash task score "$work/cheats/$cheat" --task "$work/task" --out "$work/$cheat-results" >"$work/said" 2>&1 || code=$?
    flagged=$(grep '^linfhash: flagged: ' "$work/said" | grep -c 'seed 0 at 48 bits, seed 0 at 64 bits, seed 1 at 48 bits, seed 1 at 64 bits' || true)
    if [ "$code" -ne 3 ] || [ "$flagged" -lt 1 ]; then
        echo "entering: expected $cheat to be flagged for all runs with exit code 3, found $code and:" >&2
        cat "$work/said" >&2
        exit 1
    fi
    echo "$cheat,flagged"
done
