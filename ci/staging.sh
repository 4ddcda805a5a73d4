#!/bin/sh
# Deploys version 0.1.0 to a folder as if it were a repository, checks what lies there, and uses it from a project outside: runs the
# service of docs/java.md, and prints the kB of libraries that encoding, evaluating and training need. Needs a network for the
# libraries of others. Usage: ci/staging.sh [FOLDER]
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
for module in codes core io linalg data protocols quantizers baselines encoders opencl results reports experiment cli spark embeddings testing; do
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

# project ARTIFACT: a project outside that depends on it, by the BOM.
project() {
    mkdir -p "$work/$1/src/main/java"
    cat >"$work/$1/pom.xml" <<POM
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
  </repositories>
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
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>io.github.linfhash</groupId>
      <artifactId>$1</artifactId>
    </dependency>
  </dependencies>
</project>
POM
    (cd "$work/$1" && mvn -B -ntp -q "-Dmaven.repo.local=$work/m2" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=libraries)
    echo "$1: $(find "$work/$1/libraries" -name '*.jar' | wc -l) jars, $(du -sk --apparent-size "$work/$1/libraries" | cut -f1) kB"
}
project linfhash-codes
# The service of docs/java.md, from the staged artifact, with codes of the program that was built.
sed 's/^package .*;$//' modules/examples/src/main/java/io/github/linfhash/examples/SearchService.java \
    >"$work/linfhash-codes/src/main/java/SearchService.java"
cat >"$work/linfhash-codes/src/main/java/Main.java" <<'JAVA'
import java.nio.file.Path;

class Main {
    public static void main(String[] arguments) throws Exception {
        SearchService service = new SearchService(Path.of(arguments[0]), Path.of(arguments[1]));
        float[] query = new float[32];
        query[3] = 1;
        long[] nearest = service.nearest(query);
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
(cd "$work/linfhash-codes" && mvn -B -ntp -q "-Dmaven.repo.local=$work/m2" compile)
java -cp "$work/linfhash-codes/target/classes:$(echo "$work"/linfhash-codes/libraries/*.jar | tr ' ' ':')" Main "$work/index" "$work/vectors.npy"
project linfhash-core
project linfhash-baselines
