#!/bin/sh
# Builds the Python wheel in modules/python/target, and tests it in a minimal Debian without Java and without a network: first with NumPy
# alone, then, where results are in the cache, with pandas, matplotlib and faiss. Prints sizes and what the tests print; exit code 1 if a test fails.
# Needs a JDK and Maven, and for the tests root on Debian; installs what is missing for these. To build only, run modules/python/build_wheel.py.
set -eu
cd "$(dirname "$0")/.."
fail() {
    echo "wheel: $1" >&2
    exit 2
}
. /etc/os-release
[ "$(id -u)" = 0 ] || fail 'expected to be run by root, which makes the folder of another system.'
[ "${ID:-}" = debian ] || fail "expected Debian, found ${ID:-an unknown system}."
missing=
for program in mmdebstrap:mmdebstrap bwrap:bubblewrap; do
    command -v "${program%:*}" >/dev/null || missing="$missing ${program#*:}"
done
[ -x /usr/bin/python3 ] || missing="$missing python3"
if [ -n "$missing" ]; then
    apt-get update -q >&2
    # shellcheck disable=SC2086 # several packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
fi
work=$(mktemp -d)
# If mmdebstrap was killed, folders of this system are still mounted in its folder: they are not entered.
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 755 "$work"

target=$PWD/modules/python/target
rm -rf "$target"
/usr/bin/python3 modules/python/build_wheel.py "$target" >&2
wheel=$(find "$target" -name 'linfhash-*-py3-none-linux_*.whl')
. ci/verdict.sh
echo 'check,verdict'
bytes=$(wc -c <"$wheel")
echo "wheel: $bytes bytes; checkout with what was built: $(du -sm . | cut -f 1) MB"
verdict 'the wheel has at most 80 MB' test "$bytes" -le 80000000
/usr/bin/python3 -c 'import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist(), sep="\n")' "$wheel" >"$work/list.err"
verdict 'the wheel contains the legal files of the runtime' grep -q '^linfhash/runtime/legal/java.base/LICENSE$' "$work/list.err"
verdict 'the wheel contains the licenses that jars lack' grep -q '^linfhash/program/licenses/BSD-3-Clause-libwebp' "$work/list.err"
verdict 'the wheel contains LICENSE and NOTICE' test "$(grep -c 'dist-info/licenses/\(LICENSE\|NOTICE\)$' "$work/list.err")" = 2

# --- Its tests. The packages come from where this machine's apt has those of its release.
# shellcheck disable=SC2016 # apt-get's variables
apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    grep -F " $VERSION_CODENAME" | sort -u >"$work/sources.list"
[ -s "$work/sources.list" ] || fail "expected package lists of $VERSION_CODENAME, found none: run apt-get update."
mkdir "$work/home"
# try NAME TESTS [PACKAGES]
try() {
    echo "wheel: making a minimal $PRETTY_NAME ..." >&2
    mmdebstrap --quiet --variant=minbase "--include=python3,python3-venv,python3-pip,python3-numpy${3:+,$3}" "$VERSION_CODENAME" \
        "$work/$1" - <"$work/sources.list" >&2
    rm -rf "$work/home/venv"
    # shellcheck disable=SC2016 # the variables of the other shell
    bwrap --die-with-parent --unshare-pid --unshare-ipc --unshare-uts --unshare-net --bind "$work/$1" / --dev /dev --proc /proc \
        --bind "$work/home" /root --ro-bind "$target" /mnt --ro-bind modules/python/tests /srv --clearenv --setenv HOME /root \
        --setenv PATH /usr/bin:/bin --setenv MPLBACKEND agg --setenv TESTS "$2" --chdir /root sh -euc '
            if command -v java; then exit 1; fi
            python3 -m venv --system-site-packages venv
            venv/bin/pip install -q --no-index /mnt/linfhash-*.whl
            # shellcheck disable=SC2086 # several patterns
            venv/bin/python -m unittest discover -v -s /srv $TESTS
        ' >"$target/$1.log" 2>&1 </dev/null || { wrong=$((wrong + 1)); cat "$target/$1.log" >&2; }
    grep '^wheel: \|^Ran \|^OK\|^FAILED' "$target/$1.log" || true
    rm -rf --one-file-system "${work:?}/$1"
}
try numpy ''
try pandas '-k AdviceTest -k PlotTest -k UsageTest -k faiss' python3-pandas,python3-matplotlib,python3-faiss
echo "wheel: $wrong went wrong"
[ "$wrong" -eq 0 ]
