#!/bin/sh
# How large the program is: for each module, lines of main Java and top-level types (package descriptions count as lines
# alone). What is not shipped (testing, benchmarks, examples) is below the sum.
set -eu
cd "$(dirname "$0")/.."

count() {
    # count MODULE ...
    for module in "$@"; do
        source=modules/$module/src/main/java
        [ -d "$source" ] || continue
        lines=$(find "$source" -name '*.java' -exec cat {} + | wc -l)
        types=$(find "$source" -name '*.java' ! -name package-info.java | wc -l)
        printf '%-14s %7d %6d\n' "$module" "$lines" "$types"
    done
}
modules=$(sed -n 's|.*<module>modules/\(.*\)</module>.*|\1|p' pom.xml)
printf '%-14s %7s %6s\n' module lines types
# shellcheck disable=SC2086 # several modules
count $(echo "$modules" | grep -vE '^(testing|benchmarks|examples)$') |
    awk '{ print; lines += $2; types += $3 } END { printf "%-14s %7d %6d\n", "sum", lines, types }'
count testing benchmarks examples
