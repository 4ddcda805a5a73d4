#!/bin/sh
# Runs README's two commands, and ci/kernels.sh with the kernel Haswell, on a fresh machine: a minimal Debian of the release that this
# machine has, with the distribution's default JDK, Maven and git alone, in which a clone of this checkout finds an empty ~/.m2. Prints the
# time of each command, how many tests ran, and which were skipped for what reason; exit code 1 if a command or a test fails. The logs go
# to target/bare. Uncommitted changes are not in the clone. Needs root on Debian; installs mmdebstrap and bubblewrap where they are missing.
# ci/bare.sh [JDK...]: each is "default", the distribution's, or the folder of a JDK of this machine; without one, "default"
# and the JDK that this machine uses
set -eu
cd "$(dirname "$0")/.."
fail() {
    echo "bare: $1" >&2
    exit 2
}
. /etc/os-release
[ "$(id -u)" = 0 ] || fail 'expected to be run by root, which makes the folder of another system.'
[ "${ID:-}" = debian ] || fail "expected Debian, found ${ID:-an unknown system}."
if [ $# = 0 ]; then
    own=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
    set -- default "$own"
fi
for jdk in "$@"; do
    [ "$jdk" = default ] || [ -x "$jdk/bin/javac" ] || fail "$jdk: expected \"default\" or a folder with bin/javac."
done
# readme PATTERN: the first line of README that is such a command
readme() {
    grep -m 1 "$1" README.md || fail "README.md: expected a line that matches $1, found none."
}
reproduce=$(readme '^\./linfhash run')
verify=$(readme '^mvn ')
missing=
for program in mmdebstrap:mmdebstrap bwrap:bubblewrap; do
    command -v "${program%:*}" >/dev/null || missing="$missing ${program#*:}"
done
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
root=$work/root
# The home of root there, which Java takes from the list of users.
home=/root
logs=$PWD/target/bare
rm -rf "$logs"
mkdir -p "$logs"

# The packages come from where this machine's apt has those of its release, whatever else it is set to.
# shellcheck disable=SC2016 # apt-get's variables
apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    grep -F " $VERSION_CODENAME" | sort -u >"$work/sources.list"
[ -s "$work/sources.list" ] || fail "expected package lists of $VERSION_CODENAME, found none: run apt-get update."
echo "bare: making a minimal $PRETTY_NAME ..." >&2
mmdebstrap --quiet --variant=minbase --include=default-jdk-headless,maven,git "$VERSION_CODENAME" "$root" - \
    <"$work/sources.list" >&2

# inside WORDS...: a command in the other system, with binds as $binds says. Of this machine it sees the network and how that is
# reached: names, proxies, and below certificates and Maven's settings.
binds=
inside() {
    set -- -- "$@"
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY MAVEN_ARGS MAVEN_OPTS; do
        value=$(printenv $name) || continue
        set -- --setenv $name "$value" "$@"
    done
    # shellcheck disable=SC2086 # several words
    bwrap --die-with-parent --unshare-pid --unshare-ipc --unshare-uts --bind "$root" / --dev /dev --proc /proc \
        --ro-bind /etc/resolv.conf /etc/resolv.conf --ro-bind /etc/hosts /etc/hosts --clearenv --setenv HOME $home \
        --setenv PATH "${jdk_path:-}/usr/local/bin:/usr/bin:/bin" $binds "$@"
}
for certificate in /usr/local/share/ca-certificates/*.crt; do
    [ -e "$certificate" ] || continue
    cp "$certificate" "$root/usr/local/share/ca-certificates"
done
inside env PATH=/usr/sbin:/usr/bin:/sbin:/bin update-ca-certificates >"$logs/certificates.log" 2>&1

# use JDK: sets binds and jdk_path
use() {
    binds=
    jdk_path=
    [ "$1" != default ] || return 0
    folder=$(readlink -f "$1")
    binds="--ro-bind $folder $folder --setenv JAVA_HOME $folder"
    jdk_path=$folder/bin:
    # Debian keeps a JDK's settings elsewhere.
    for target in $(find "$folder" -type l -exec readlink -f {} + | sort -u); do
        case $target in "$folder"/*) ;; *) [ ! -e "$target" ] || binds="$binds --ro-bind $target $target" ;; esac
    done
}

wrong=0
# run COMMAND LOG: in the clone
run() {
    begin=$(date +%s)
    code=0
    inside sh -c "cd $home/linfhash && $1" >"$2" 2>&1 </dev/null || code=$?
    echo "$1: exit code $code after $(($(date +%s) - begin)) s"
    [ $code = 0 ] || {
        wrong=1
        grep -v '^Progress\|^Download' "$2" | tail -n 60 >&2
    }
}
tests() {
    find "$root$home/linfhash/modules" -path '*/surefire-reports/TEST-*.xml' -exec cat {} + >"$work/tests.xml"
    awk '
        function count(name) { return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0 }
        /<testsuite / { tests += count("tests"); failed += count("failures") + count("errors"); skipped += count("skipped") }
        END {
            printf "tests: %d, failed: %d, skipped: %d\n", tests, failed, skipped
            exit tests == 0 || failed > 0
        }' "$work/tests.xml" || wrong=1
    sed -n 's/.*<skipped message="\([^"]*\)".*/\1/p
        s/.*<skipped .*Exception: \(Assumption failed: \)\{0,1\}//p' "$work/tests.xml" | sort | uniq -c | sort -rn
}
number=0
for jdk in "$@"; do
    number=$((number + 1))
    rm -rf "$root$home"
    mkdir -p "$root$home"
    git clone -q . "$root$home/linfhash"
    mkdir "$root$home/.m2"
    [ ! -f "$HOME/.m2/settings.xml" ] || cp "$HOME/.m2/settings.xml" "$root$home/.m2"
    use "$jdk"
    echo "--- JDK $jdk: $(inside javac -version 2>&1)"
    run "$reproduce" "$logs/$number-reproduce.log"
    run "$verify" "$logs/$number-verify.log"
    tests
    # The processor of a user may differ: tests that compute with BLAS have to pass under the kernel for AVX2 too.
    run 'ci/kernels.sh Haswell' "$logs/$number-haswell.log"
done
exit $wrong
