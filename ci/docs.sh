#!/bin/sh
# Builds the documentation site, docs/.vitepress/dist: the pages of docs/, the references that tests make from the sources,
# the rankings of reports/results below /rankings/ and Javadoc below /api/. Needs Node 18 or newer.
# A link to a page that is not there fails the build.
set -eu
cd "$(dirname "$0")/.."
dist=docs/.vitepress/dist

# The profile quick skips tests, but these two write the references.
mvn -q -P quick -DskipTests=false -Dmaven.test.skip=false -pl modules/protocols,modules/cli -am test -Dtest='ProtocolReferenceTest,CommandReferenceTest' \
    -Dsurefire.failIfNoSpecifiedTests=false
mkdir -p docs/reference
cp modules/protocols/target/docs/protocol.md modules/cli/target/docs/commands.md docs/reference/

(cd docs && npm ci --no-audit --no-fund --loglevel=error && npm run --silent docs:build)

./linfhash results rank --results reports/results --out "$dist/rankings"
mvn -q -P quick javadoc:aggregate -DskipTests
cp -R target/reports/apidocs "$dist/api"
echo "docs: $dist"
