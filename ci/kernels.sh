#!/bin/sh
# Runs the tests of everything that computes with BLAS under several of OpenBLAS's kernels, as the processor of a user may select another
# one than yours. A kernel whose instructions the processor lacks would crash Java and is left out with a message.
# Exit code 1 if a test fails under any kernel. ci/kernels.sh [KERNEL...]: without names those of Haswell, Zen, SkylakeX and
# Sandybridge that OpenBLAS does not select here by itself, as mvn verify runs under that one
set -eu
cd "$(dirname "$0")/.."
if [ $# = 0 ]; then
    own=$(./linfhash doctor | sed -n 's/^BLAS kernel  *//p')
    for kernel in Haswell Zen SkylakeX Sandybridge; do
        [ "$kernel" = "$own" ] || set -- "$@" "$kernel"
    done
fi

# Whole packages, and of the other modules the classes whose numbers are those of products.
tests='io/github/linfhash/linalg/**/*Test,io/github/linfhash/quantizers/**/*Test,io/github/linfhash/baselines/**/*Test'
tests="$tests,io/github/linfhash/encoders/**/*Test,io/github/linfhash/opencl/**/SiameseTrainingsTest"
tests="$tests,io/github/linfhash/advisor/advice/CheckTest,io/github/linfhash/advisor/advice/DiagnosisTest"
tests="$tests,io/github/linfhash/spark/**/FloatSearchTest,io/github/linfhash/spark/**/VectorCommandsTest"
tests="$tests,io/github/linfhash/spark/**/RecallTest"
# Margins of recall and of learning that no last bit decides.
tests="$tests,!QuantizerPropertiesTest,!SideBytesTest,!LearnedByLossTest"
# mvn verify checks the rest of the build.
checks='-Dspotless.check.skip -Dforbiddenapis.skip -Denforcer.skip'

has() {
    for flag in "$@"; do
        grep -m 1 '^flags' /proc/cpuinfo | grep -qw "$flag" || return 1
    done
}
runs_on() {
    case $1 in
    Sandybridge) has avx ;;
    Haswell | Zen) has avx2 fma ;;
    SkylakeX) has avx512f avx512dq avx512bw avx512vl ;;
    *)
        echo "kernels: expected Haswell, Zen, SkylakeX or Sandybridge, found $1." >&2
        exit 2
        ;;
    esac
}

wrong=0
for kernel in "$@"; do
    if ! runs_on "$kernel"; then
        echo "kernels: $kernel is left out: this processor lacks its instructions."
        continue
    fi
    begin=$(date +%s)
    code=0
    # shellcheck disable=SC2086 # several options
    OPENBLAS_CORETYPE=$kernel mvn -B -ntp -q test -pl modules/spark,modules/opencl -am $checks \
        -Dtest="$tests" -Dsurefire.failIfNoSpecifiedTests=false || code=$?
    count=$(find modules -path '*/surefire-reports/TEST-*.xml' -newermt "@$begin" -exec sed -n \
        's/.*<testsuite .* tests="\([0-9]*\)".*/\1/p' {} + | awk '{ n += $1 } END { print n + 0 }')
    echo "kernels: $kernel: exit code $code, $count tests, $(($(date +%s) - begin)) s"
    [ "$count" -gt 0 ] || code=1
    [ "$code" = 0 ] || wrong=1
done
exit $wrong
