#!/bin/sh
# Mutation testing with PIT: ci/mutation.sh [MODULE ...] (default: core, quantizers, advisor, baselines, encoders, experiment and results).
# Prints a line for each module: mutants, killed ones in percent, and mutants in lines that no test reaches. At most MUTANTS
# mutants of each class (5), the same ones in every run. Reports: modules/*/target/pit-reports. Takes hours.
set -eu
cd "$(dirname "$0")/.."
mvn -q -B -DskipTests -Djacoco.skip install >&2
printf '%-12s %8s %8s %10s\n' module mutants killed uncovered
for module in ${*:-core quantizers advisor baselines encoders experiment results}; do
    mvn -B -P mutation -pl "modules/$module" -Djacoco.skip -Dmutants.per.class="${MUTANTS:-5}" \
        test-compile org.pitest:pitest-maven:mutationCoverage >"modules/$module/target/mutation.log" 2>&1 || {
        tail -n 20 "modules/$module/target/mutation.log" >&2
        exit 1
    }
    # The columns of mutations.csv: file, class, mutator, method, line, state, test.
    awk -F, -v module="$module" '{ n++ } $6 == "KILLED" || $6 == "TIMED_OUT" { k++ } $6 == "NO_COVERAGE" { u++ }
        END { printf "%-12s %8d %7.1f%% %10d\n", module, n, 100 * k / n, u }' "modules/$module/target/pit-reports/mutations.csv"
done
