#!/bin/sh
# Sets the version of linfhash in each file that contains it: the POMs, CITATION.cff, docs/java.md and docs/reproduce-the-paper.md.
#
#   ci/version.sh 0.1.0
#   ci/version.sh 0.2.0-SNAPSHOT
#   ci/version.sh --is 0.1.0     fails unless it is this one
set -eu
cd "$(dirname "$0")/.."
old=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml | head -n 1)
if [ "${1:-}" = --is ]; then
    [ "$old" = "${2:-}" ] && exit
    echo "version: the POM has $old, expected ${2:-a version after --is}; run ci/version.sh ${2:-VERSION}, commit, and tag that commit" >&2
    exit 1
fi
new=${1:-}
echo "$new" | grep -Eqx '[0-9]+\.[0-9]+\.[0-9]+(-SNAPSHOT)?' || {
    echo "version: expected a version such as 0.1.0 or 0.2.0-SNAPSHOT, found '$new'" >&2
    exit 2
}
files="pom.xml $(echo modules/*/pom.xml) CITATION.cff docs/java.md docs/reproduce-the-paper.md"
pattern=$(echo "$old" | sed 's/\./\\./g')
# shellcheck disable=SC2086 # several files, without spaces
sed -i.bak -E "s/(^|[^0-9.])$pattern([^0-9.]|\$)/\\1$new\\2/g" $files
for file in $files; do
    rm "$file.bak"
done
echo "version: $old is now $new"
