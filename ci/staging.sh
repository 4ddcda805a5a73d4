#!/bin/sh
# Deploys version 0.1.0 to a folder as if it were a repository, checks what lies there, and uses it from projects outside: runs the
# service and the table of docs/java.md without a warning, and prints the kB of libraries that encoding, evaluating and training
# need. Needs a network for the libraries of others. Usage: ci/staging.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
staged=$(realpath -m "${1:-$work/staged}")
version=0.1.0

mkdir -p "$work/source"
git archive HEAD | tar -x -C "$work/source"
find "$work/source" -name pom.xml -exec sed -i "s|<version>$version-SNAPSHOT</version>|<version>$version</version>|" {} +
(cd "$work/source" && mvn -B -ntp -q -P quick,release -Dgpg.skip=true "-DaltDeploymentRepository=staged::file:$staged" deploy)

group=$staged/io/github/linfhash
lucene=
[ ! -e "$group/linfhash-lucene" ] || lucene=lucene
[ ! -e "$group/linfhash-codes-vector" ] || lucene="$lucene codes-vector"
for module in codes core io shell html linalg formats data protocols quantizers advisor baselines encoders opencl results reports experiment tasks cli spark embeddings engines $lucene testing; do
    for kind in .pom .jar -sources.jar -javadoc.jar; do
        file=$group/linfhash-$module/$version/linfhash-$module-$version$kind
        [ "$(sha1sum <"$file" | cut -c1-40)" = "$(cut -c1-40 "$file.sha1")" ] || { echo "staging: $file or its checksum is missing or damaged" >&2; exit 1; }
    done
done
for module in benchmarks examples distribution; do
    [ ! -e "$group/linfhash-$module" ] || { echo "staging: linfhash-$module must not be published" >&2; exit 1; }
done
[ -s "$work/source/target/bom.json" ] || { echo "staging: expected the list of components target/bom.json" >&2; exit 1; }
(cd "$staged" && find . -name "*$version*" ! -name '*.md5' ! -name '*.sha1' -type f -printf '%9s %p\n' | sort -k2)

# project ARTIFACT [plain]: a project outside that depends on it, by the BOM, or plain by its version. Sets outside, its folder.
project() {
    outside=$work/$1${2:+-$2}
    mkdir -p "$outside/src/main/java"
    of_version=
    managed="
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>io.github.linfhash</groupId>
        <artifactId>linfhash-bom</artifactId>
        <version>$version</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>"
    if [ "${2:-}" = plain ]; then
        managed=
        of_version="
      <version>$version</version>"
    fi
    cat >"$outside/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>outside</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <repositories>
    <repository>
      <id>staged</id>
      <url>file:$staged</url>
    </repository>
  </repositories>$managed
  <dependencies>
    <dependency>
      <groupId>io.github.linfhash</groupId>
      <artifactId>$1</artifactId>$of_version
    </dependency>
  </dependencies>
</project>
POM
    (cd "$outside" && mvn -B -ntp -q "-Dmaven.repo.local=$work/m2" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=libraries)
    echo "$1${2:+, $2}: $(find "$outside/libraries" -name '*.jar' | wc -l) jars, $(du -sk --apparent-size "$outside/libraries" | cut -f1) kB"
    # JavaCPP requires its own version of every library that it binds.
    versions=$(find "$outside/libraries" -name 'javacpp-*.jar' -o -name 'openblas-*.jar' | sed 's/.*\(1\.5\.[0-9]*\)[-.].*/\1/' | sort -u)
    [ "$(echo "$versions" | wc -l)" = 1 ] || { echo "staging: $1${2:+, $2}: expected one version of JavaCPP, found" $versions >&2; exit 1; }
}

# start WORDS...: compiles the project and starts a class of it. Fails at a warning of Maven or Java.
start() {
    (cd "$outside" && mvn -B -ntp -q "-Dmaven.repo.local=$work/m2" compile) >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
    java -cp "$outside/target/classes:$(echo "$outside"/libraries/*.jar | tr ' ' ':')" "$@" >"$work/printed" 2>>"$work/said" ||
        { cat "$work/said" >&2; exit 1; }
    cat "$work/printed"
    # Which program logs is for the project to choose.
    ! grep -v '^SLF4J' "$work/said" | grep -i -e warn -e 'do not match' >&2 ||
        { echo "staging: expected no warning" >&2; exit 1; }
}
project linfhash-codes
# The service of docs/java.md, from the staged artifact, with codes of the program that was built.
sed 's/^package .*;$//' modules/examples/src/main/java/io/github/linfhash/examples/SearchService.java \
    >"$outside/src/main/java/SearchService.java"
cat >"$outside/src/main/java/Main.java" <<'JAVA'
import java.nio.file.Path;

class Main {
    public static void main(String[] arguments) throws Exception {
        SearchService service = new SearchService(Path.of(arguments[0]), Path.of(arguments[1]));
        float[] query = new float[32];
        query[3] = 1;
        long[] nearest = service.nearest(query, id -> true);
        if (nearest.length != 10 || nearest[0] != 3) {
            throw new IllegalStateException("expected 10 rows, the first of them 3, found " + java.util.Arrays.toString(nearest));
        }
        System.out.println("the service finds " + java.util.Arrays.toString(nearest));
    }
}
JAVA
# Row i is direction i % 32 and little else, and row i < 32 that alone.
java ci/staging/Vectors.java "$work/vectors.npy"
"$work/source/linfhash" quantize --quantizer rotated-sign --bytes 16 --option distance=asymmetric --vectors "$work/vectors.npy" \
    --out "$work/index" >/dev/null
start Main "$work/index" "$work/vectors.npy"
project linfhash-core
project linfhash-baselines
# The table of docs/java.md, which needs every native library but those of texts.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
for way in plain bom; do
    project linfhash-experiment "$way"
    sed 's/^package .*;$//' modules/examples/src/main/java/io/github/linfhash/examples/TableInTenLines.java \
        >"$outside/src/main/java/TableInTenLines.java"
    start TableInTenLines "$work/table-$way"
done
