#!/bin/sh
# Runs the tests that need an OpenCL device or a browser as on a machine that lacks them: they have to be skipped, not to fail.
# Exit code 1 if one is not.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/vendors" "$work/path"
# All programs of the PATH but these.
(
    IFS=:
    for folder in $PATH; do ln -s "$folder"/* "$work/path" 2>/dev/null || true; done
)
rm -f "$work"/path/chromium* "$work"/path/google-chrome* "$work"/path/chromedriver*

# skipped WHERE LEAST REPORTS OPTIONS...: Maven's tests with these options; there are at least so many classes, and each skips
skipped() {
    where=$1
    least=$2
    reports=$3
    shift 3
    # shellcheck disable=SC2086 # a pattern
    rm -f $reports
    mvn -B -ntp -q -am -Dsurefire.failIfNoSpecifiedTests=false "$@" test
    # shellcheck disable=SC2086 # a pattern
    set -- $reports
    if [ $# -lt "$least" ] || [ ! -e "$1" ] || grep -L '<skipped' "$@" | grep .; then
        echo "skips: expected that each class of tests skips some $where: $*" >&2
        exit 1
    fi
    echo "skips: $# classes of tests skip what cannot be tested $where" >&2
}
opencl='modules/opencl/target/surefire-reports/TEST-*.xml'
OCL_ICD_VENDORS=$work/vendors skipped 'without a device' 2 "$opencl" -pl modules/opencl -Dtest='**/opencl/**/*Test'
skipped 'without a library of OpenCL' 2 "$opencl" -pl modules/opencl -Dtest='**/opencl/**/*Test' \
    -Dlinfhash.opencl.library="$work/none.so"
PATH=$work/path skipped 'without a browser' 2 'modules/*/target/surefire-reports/TEST-*InBrowserTest.xml' -pl modules/reports,modules/tasks \
    -Dtest='*InBrowserTest'
