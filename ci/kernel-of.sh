#!/bin/sh
# Prints the kernel of OpenBLAS that selects itself on a processor, named as in results ("environment: cpu"), if this processor has its
# instructions; else nothing. Kept numbers of trained methods are compared under the kernel that measured them (docs/determinism.md).
# ci/kernel-of.sh "AMD EPYC, family 25, model 17"
set -eu
case $1 in
    'AMD EPYC, family 25, model 1') kernel=Zen needs='avx2 fma' ;;
    'AMD EPYC, family 25, model 17') kernel=Cooperlake needs='avx512f avx512dq avx512bw avx512vl' ;;
    'Intel(R) Xeon(R) Processor, family 6, model 167') kernel=SkylakeX needs='avx512f avx512dq avx512bw avx512vl' ;;
    *) exit 0 ;;
esac
for flag in $needs; do
    grep -qw -m 1 "$flag" /proc/cpuinfo || exit 0
done
echo "$kernel"
