#!/bin/sh
# Builds the commit that is checked out twice, clean, in two folders, with another time zone, language and umask, and compares
# the jars and archives; exit code 1 if two differ. Prints their checksums.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() {
    # build FOLDER
    mkdir -p "$1"
    # Without this option root would get the modes of the archive, whatever the umask.
    git archive HEAD | tar -x --no-same-permissions -C "$1"
    (cd "$1" && mvn -B -ntp -q -P quick,release -Dgpg.skip=true package) >&2
    (cd "$1" && find modules -path '*/target/linfhash-*.jar' ! -path '*lib/*' | sort | xargs sha256sum; sha256sum modules/distribution/target/linfhash-*.zip \
        modules/distribution/target/linfhash-*.tar.gz target/bom.json)
}

(umask 022 && TZ=UTC LC_ALL=C.UTF-8 build "$work/one") >"$work/first"
(umask 077 && TZ=Asia/Kolkata LC_ALL=C build "$work/another/folder") >"$work/second"
cat "$work/first"
if ! diff "$work/first" "$work/second"; then
    echo 'reproducible: the two builds differ' >&2
    exit 1
fi
echo "reproducible: $(wc -l <"$work/first") files, the same in both builds"
