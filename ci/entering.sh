#!/bin/sh
# Enters the benchmark as an outsider does (docs/entering.md): hands fashion-mnist out for two seeds, runs the example and the two
# submissions of examples/submissions, scores them, and holds the two against our own methods: a line for each number, and exit
# code 1 if one is farther off than seeds explain. Needs Debian's python3-numpy and python3-sklearn, and is skipped without them.
set -eu
cd "$(dirname "$0")/.."
if ! /usr/bin/python3 -c 'import numpy, sklearn' 2>/dev/null; then
    echo 'entering: skipped, as /usr/bin/python3 lacks numpy or sklearn' >&2
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

./linfhash hand-out --seeds 0,1 --out "$work/task"
/usr/bin/python3 "$work/task/example.py" "$work/example"
/usr/bin/python3 examples/submissions/itq/itq.py "$work/task" "$work/itq"
/usr/bin/python3 examples/submissions/class-codes/class_codes.py "$work/task" "$work/class-codes"
# The noise of seeds is estimated from five.
./linfhash reproduce --methods itq,class-codes --seeds 0-4 --out "$work/ours" >&2
for submission in example itq class-codes; do
    ./linfhash score "$work/$submission" --task "$work/task" --against "$work/ours" --out "$work/$submission-results" >&2
done
/usr/bin/python3 ci/entering.py "$work/ours/results.json" itq "$work/itq-results/results.json" numpy-itq
/usr/bin/python3 ci/entering.py "$work/ours/results.json" class-codes "$work/class-codes-results/results.json" \
    sklearn-class-codes
