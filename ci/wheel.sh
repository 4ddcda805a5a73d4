#!/bin/sh
# Builds the Python wheel of the advisor with a Java runtime, in modules/python/target, and tests it in a minimal Debian without Java and
# without a network: first with NumPy alone, then with pandas and matplotlib. Prints sizes and what the tests print; exit code 1 if a test
# fails. The advisor's archive is built, or comes from the folder that is named.
# Needs a JDK, Maven for the archive, and root on Debian for the tests; installs what is missing. Linux on x86-64 only.
#
#   ci/wheel.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
fail() {
    echo "wheel: $1" >&2
    exit 2
}
. /etc/os-release
[ "$(id -u)" = 0 ] || fail 'expected to be run by root, which makes the folder of another system.'
[ "${ID:-}" = debian ] || fail "expected Debian, found ${ID:-an unknown system}."
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
[ -x "$jdk/bin/jlink" ] || fail "$jdk: expected a JDK with bin/jlink."
missing=
for program in mmdebstrap:mmdebstrap bwrap:bubblewrap unzip:unzip; do
    command -v "${program%:*}" >/dev/null || missing="$missing ${program#*:}"
done
/usr/bin/python3 -c 'import setuptools, wheel' 2>/dev/null || missing="$missing python3-setuptools python3-wheel"
if [ -n "$missing" ]; then
    apt-get update -q >&2
    # shellcheck disable=SC2086 # several packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 755 "$work"

archives=${1:-modules/distribution/target}
if [ $# = 0 ]; then
    commit=$(git describe --always 2>/dev/null || echo unknown)
    mvn -q -B -ntp -P quick -Dassembly.skipAssembly=false "-Dlinfhash.commit=$commit" -pl modules/distribution -am package >&2
fi
archive=$(find "$archives" -maxdepth 1 -name 'linfhash-advisor-*.zip' 2>/dev/null)
[ -n "$archive" ] || fail "$archives: expected a folder with linfhash-advisor-VERSION.zip."
version=${archive##*/linfhash-advisor-}
version=${version%.zip}

# --- The wheel.
package=$work/build/linfhash
mkdir "$work/build" "$work/classes"
cp -RL modules/python/linfhash modules/python/pyproject.toml modules/python/README.md LICENSE NOTICE "$work/build"
find "$work/build" -name __pycache__ -prune -exec rm -r {} +
# As Python numbers versions.
echo "$version" | sed 's/-SNAPSHOT$/.dev0/' >"$work/build/VERSION"
unzip -q "$archive" -d "$work"
mv "$work/linfhash-advisor-$version" "$package/program"
# For measure and watch.
engines=$archives/linfhash-engines-$version.zip
[ -f "$engines" ] || fail "$archives: expected linfhash-engines-$version.zip beside the archive of the advisor."
unzip -q "$engines" -d "$work/engines"
mv "$work/engines/linfhash-$version/engines" "$package/program/engines"
for jar in "$package"/program/lib/*.jar "$package"/program/engines/lib/*.jar; do
    # Some jars are modules whose requirements are not there. unzip ends with 11 for a jar without classes.
    unzip -qo "$jar" '*.class' -x module-info.class 'META-INF/*' -d "$work/classes" 2>/dev/null || [ $? = 11 ]
done
modules=$("$jdk/bin/jdeps" --multi-release base --ignore-missing-deps --print-module-deps "$work/classes")
# The program opens its own jars as file systems, which no class refers to.
"$jdk/bin/jlink" --add-modules "$modules,jdk.zipfs" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --dedup-legal-notices=error-if-not-same-content --output "$work/runtime"
# The links among the legal files become files, as a wheel has no links.
cp -RL "$work/runtime" "$package/runtime"
rm -f "$package/runtime/bin/keytool" "$package/runtime/bin/rmiregistry"
# The archives of all programs take 1.9 GB; what the wheel needs was taken from them.
[ $# != 0 ] || find modules/distribution/target -maxdepth 1 \( -name 'linfhash-*.zip' -o -name 'linfhash-*.tar.gz' \) -delete
target=$PWD/modules/python/target
rm -rf "$target"
mkdir -p "$target"
# Setuptools warns of every folder that is no package.
(cd "$work/build" && /usr/bin/python3 -c 'import setuptools; setuptools.setup()' -q bdist_wheel --plat-name linux_x86_64 --dist-dir "$target") \
    >"$work/build.log" 2>&1 || {
    cat "$work/build.log" >&2
    exit 1
}
wheel=$(find "$target" -name 'linfhash-*-py3-none-linux_x86_64.whl')
. ci/verdict.sh
echo 'check,verdict'
bytes=$(wc -c <"$wheel")
echo "modules: $modules,jdk.zipfs; $("$package/runtime/bin/java" -version 2>&1 | head -n 1); runtime: $(du -sm "$package/runtime" | cut -f 1) MB; wheel: $bytes bytes"
verdict 'the wheel has at most 110 MB' test "$bytes" -le 110000000
unzip -Z1 "$wheel" >"$work/list.err"
verdict 'the wheel contains the legal files of the runtime' grep -q '^linfhash/runtime/legal/java.base/LICENSE$' "$work/list.err"
verdict 'the wheel contains the licenses that jars lack' grep -q '^linfhash/program/licenses/BSD-3-Clause-libwebp' "$work/list.err"
verdict 'the wheel contains LICENSE and NOTICE' test "$(grep -c 'dist-info/licenses/\(LICENSE\|NOTICE\)$' "$work/list.err")" = 2

# --- Its tests. The packages come from where this machine's apt has those of its release.
# shellcheck disable=SC2016 # apt-get's variables
apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    grep -F " $VERSION_CODENAME" | sort -u >"$work/sources.list"
[ -s "$work/sources.list" ] || fail "expected package lists of $VERSION_CODENAME, found none: run apt-get update."
mkdir "$work/home"
# try NAME [PACKAGES]: the second call has the measurements of the first in its cache
try() {
    echo "wheel: making a minimal $PRETTY_NAME ..." >&2
    mmdebstrap --quiet --variant=minbase "--include=python3,python3-venv,python3-pip,python3-numpy${2:+,$2}" "$VERSION_CODENAME" \
        "$work/$1" - <"$work/sources.list" >&2
    rm -rf "$work/home/venv"
    # shellcheck disable=SC2016 # the variables of the other shell
    bwrap --die-with-parent --unshare-pid --unshare-ipc --unshare-uts --unshare-net --bind "$work/$1" / --dev /dev --proc /proc \
        --bind "$work/home" /root --ro-bind "$target" /mnt --ro-bind modules/python/tests /srv --clearenv --setenv HOME /root \
        --setenv PATH /usr/bin:/bin --setenv MPLBACKEND agg --chdir /root sh -euc '
            if command -v java; then exit 1; fi
            python3 -m venv --system-site-packages venv
            venv/bin/pip install -q --no-index /mnt/linfhash-*.whl
            venv/bin/python -m unittest discover -v -s /srv
        ' >"$target/$1.log" 2>&1 </dev/null || { wrong=$((wrong + 1)); cat "$target/$1.log" >&2; }
    grep '^wheel: \|^Ran \|^OK\|^FAILED' "$target/$1.log" || true
    rm -rf "${work:?}/$1"
}
try numpy
try pandas python3-pandas,python3-matplotlib
[ ! -f "$work/home/advice.png" ] || cp "$work/home/advice.png" "$target"
verdict 'the plot is a picture' test -s "$target/advice.png"
echo "wheel: $wrong went wrong"
[ "$wrong" -eq 0 ]
