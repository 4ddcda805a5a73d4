#!/bin/sh
# The Allure report of the last tests as HTML that opens from disk: target/allure-report/index.html.
set -eu
cd "$(dirname "$0")/.."

[ -d target/allure-results ] || {
    echo 'allure.sh: there is no target/allure-results; mvn verify writes it.' >&2
    exit 2
}
# What was tested, for the report's first page.
{
    printf 'Commit=%s\n' "$(git describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)"
    printf 'Java=%s\n' "$(java -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)"
    printf 'System=%s\n' "$(uname -srm)"
} >target/allure-results/environment.properties
# Without this the report would ask an analytics service for a script.
export ALLURE_NO_ANALYTICS=true
rm -rf target/allure-report
mvn -B -ntp -q -N io.qameta.allure:allure-maven:report
report=target/allure-report/index.html
[ -s "$report" ] || {
    echo "allure.sh: Maven made no $report." >&2
    exit 1
}
if grep -qEi 'googletagmanager|google-analytics' "$report"; then
    echo 'allure.sh: the report has an analytics tag.' >&2
    exit 1
fi
echo "wrote $report"
