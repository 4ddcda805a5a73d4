#!/bin/sh
# Coverage-guided fuzzing of the readers of untrusted files: ci/fuzz.sh SECONDS_PER_TARGET [TARGET ...]
# Prints a line for each target: inputs tried, coverage counters and features reached, size of the corpus, findings. The
# corpora and whatever was found are kept in target/fuzz, so that the next run goes on from there; JOBS sets how many
# targets run at a time (1). target/fuzz/tried.tsv counts the inputs of every run that came to its end; the last line is their
# sum. Ends with exit code 3 if anything was found. CONTRIBUTING.md says what counts as a finding.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:?usage: ci/fuzz.sh SECONDS_PER_TARGET [TARGET ...]}
shift
driver=io.github.linfhash.testing.fuzz.FuzzDriver
# What judges a reader is none: a fuzzer that watches it learns nothing of readers.
oracle=io.github.linfhash.testing.fuzz.InputOracle
work=$PWD/target/fuzz
mkdir -p "$work"

if [ -z "${FUZZ_SKIP_BUILD:-}" ]; then
    # Compiles the tests and copies all libraries, Jazzer's included; without Logback, which would log each step of each input.
    mvn -q -B -P fuzz -pl modules/tasks -am -DskipTests -Djacoco.skip test-compile \
        dependency:copy-dependencies -DincludeScope=test -DoutputDirectory="$work/lib" \
        -DexcludeGroupIds=io.github.linfhash,ch.qos.logback >&2
fi
path=
for module in codes core testing io shell html formats data linalg quantizers advisor protocols opencl encoders baselines results reports experiment tasks; do
    path=$path$PWD/modules/$module/target/classes:
    case $module in formats | data | protocols | results | experiment | tasks) path=$path$PWD/modules/$module/target/test-classes: ;; esac
done
path=$path$work/lib/*
scratch=${TMPDIR:-/tmp}
[ -d /dev/shm ] && scratch=/dev/shm
scratch=$(mktemp -d "$scratch/linfhash-fuzz.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export OMP_NUM_THREADS=1

targets=$(java -Djava.io.tmpdir="$scratch" -cp "$path" "$driver" "$work/seeds")
[ $# -eq 0 ] || targets=$*

# One target; its line of figures goes to standard output.
fuzz() {
    name=$1
    mkdir -p "$work/corpus/$name" "$work/found/$name"
    found=0
    java "-Xmx${FUZZ_HEAP:-768m}" -XX:+UseSerialGC -Djava.io.tmpdir="$scratch" -Djava.awt.headless=true \
        -Dlinfhash.fuzz.target="$name" -cp "$path" com.code_intelligence.jazzer.Jazzer \
        --target_class="$driver" --instrumentation_includes='io.github.linfhash.**' \
        --custom_hook_includes='io.github.linfhash.**' --instrumentation_excludes="$oracle" --custom_hook_excludes="$oracle" \
        --reproducer_path="$work/found/$name" \
        -artifact_prefix="$work/found/$name/" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3072 \
        -max_len=65536 -print_final_stats=1 "$work/corpus/$name" "$work/seeds/$name" \
        >"$work/$name.log" 2>&1 || found=1
    awk -v name="$name" -v failed="$found" -v tried="$work/tried.tsv" '
        /^#[0-9]+/ { for (i = 1; i < NF; i++) { if ($i == "cov:") cov = $(i + 1); if ($i == "ft:") ft = $(i + 1)
            if ($i == "corp:") corp = $(i + 1) } }
        /number_of_executed_units/ { units = $2 }
        END { printf "%-18s %10d inputs  cov %5d  features %6d  corpus %-12s %s\n", name, units, cov, ft, corp,
            failed ? "FINDING" : "nothing found"
            printf "%s\t%d\t%d\n", name, units, failed >>tried }' "$work/$name.log"
    return "$found"
}

status=0
jobs=${JOBS:-1}
running=0
pids=
for target in $targets; do
    fuzz "$target" &
    pids="$pids $!"
    running=$((running + 1))
    if [ "$running" -ge "$jobs" ]; then
        for pid in $pids; do wait "$pid" || status=3; done
        pids=
        running=0
    fi
done
for pid in $pids; do wait "$pid" || status=3; done
awk '{ all += $2; found += $3; targets[$1] = 1 } END { for (t in targets) n++
    printf "in all runs: %d inputs, %d targets, %d times something found\n", all, n, found }' "$work/tried.tsv"
[ "$status" -eq 0 ] || printf 'What was found is in %s\n' "$work/found" >&2
exit "$status"
