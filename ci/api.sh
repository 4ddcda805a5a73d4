#!/bin/sh
# api.sh [REVISION]: whether what programs may use (all packages but those that are @Internal) is as it was in a revision,
# that of the last release (the newest tag) if none is named. Builds the revision in a folder of its own. Fails where a program
# that was written against it would no longer compile or link; target/japicmp of each module has the differences.
set -eu
cd "$(dirname "$0")/.."
revision=${1:-$(git tag --list 'v*' --sort=-version:refname | head -n 1)}
if [ -z "$revision" ]; then
    echo 'api: expected a revision or a release (a tag v...) to compare with, found none' >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/source" "$work/jars"
git archive "$revision" | tar -x -C "$work/source"
(cd "$work/source" && mvn -B -ntp -q -P quick package) >&2
for folder in "$work"/source/modules/*; do
    for jar in "$folder"/target/linfhash-*.jar; do
        case $jar in
            *-tests.jar | *-sources.jar | *-javadoc.jar | *\*.jar) ;;
            *) cp "$jar" "$work/jars/linfhash-$(basename "$folder").jar" ;;
        esac
    done
done
# What the revision has no module for is compared with nothing.
mkdir "$work/nothing"
for folder in modules/*; do
    old=$work/jars/linfhash-$(basename "$folder").jar
    [ -f "$old" ] || jar --create --file "$old" -C "$work/nothing" .
done
mvn -B -ntp -q -fae -P quick,api -Dapi.before="$work/jars" verify
echo "api: as in $revision"
