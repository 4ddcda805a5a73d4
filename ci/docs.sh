#!/bin/sh
# Builds the documentation site, docs/.vitepress/dist: the pages of docs/, the references that tests make from the sources,
# the rankings of reports/results below /rankings/, an example of a report and of advice below /examples/, and Javadoc below /api/. Needs
# Node 18 or newer. A link to a page that is not there fails the build. Where there are Chromium and its driver, it then takes pictures of
# pages at 1,400 and 400 pixels, light and dark, in docs/.vitepress/pictures, and fails if axe-core has a serious finding.
set -eu
cd "$(dirname "$0")/.."
dist=docs/.vitepress/dist

# The profile quick skips tests, but these two write the references.
mvn -q -P quick -DskipTests=false -Dmaven.test.skip=false -pl modules/protocols,modules/cli -am test -Dtest='ProtocolReferenceTest,CommandReferenceTest' \
    -Dsurefire.failIfNoSpecifiedTests=false
mkdir -p docs/reference
# The picture of the home page lies at the root of the site.
mkdir -p docs/public
cp docs/images/dots-fashion-mnist-*.svg docs/public/
cp modules/protocols/target/docs/protocol.md modules/cli/target/docs/commands.md docs/reference/

(cd docs && npm ci --no-audit --no-fund --loglevel=error && npm run --silent docs:build)

./linfhash results rank --results reports/results --out "$dist/rankings"
mkdir -p "$dist/examples"
./linfhash report reports/results/cifar10-e1-8ae73e77/results.json.gz --out "$dist/examples/report"
# Vectors of a mixture of 20 normal distributions, as CSV.
mkdir -p docs/.vitepress/cache
python3 - > docs/.vitepress/cache/vectors.csv <<'END'
import random

random.seed(1)
centers = [[random.gauss(0, 1) for _ in range(64)] for _ in range(20)]
for _ in range(4000):
    center = random.choice(centers)
    print(",".join(f"{c + random.gauss(0, 1):.4f}" for c in center))
END
./linfhash advise --vectors docs/.vitepress/cache/vectors.csv --out "$dist/examples/advice"
mvn -q -P quick javadoc:aggregate -DskipTests
cp -R target/reports/apidocs "$dist/api"
if command -v chromedriver > /dev/null; then
    mvn -q -P quick -DskipTests=false -Dmaven.test.skip=false -pl modules/reports -am test -Dtest=PublishedPagesTest \
        -Dsurefire.failIfNoSpecifiedTests=false -Dlinfhash.site="$PWD/$dist" -Dlinfhash.pictures="$PWD/docs/.vitepress/pictures"
    cat docs/.vitepress/pictures/axe.txt
fi
echo "docs: $dist"
