#!/bin/sh
# score-submissions.sh REQUESTED MERGED TASK OUT: scores each submission in the folder REQUESTED that the folder MERGED does not have as
# it is, for the task in the folder TASK; results go to OUT/NAME. Submissions come from anybody, so that names are held to letters,
# digits and hyphens, and nothing of them is run. Exit code 1 if one was refused, 2 if there is none.
set -eu
requested=$1 merged=$2 task=$3 out=$4
mkdir -p "$out"
refused=0 scored=0
for folder in "$requested"/*; do
    name=$(basename "$folder")
    case $name in
        '*' | README.md) continue ;;
        [!a-z0-9]* | *[!a-z0-9-]*)
            echo "score-submissions: expected as the name of a folder lower-case letters, digits and hyphens, found another" >&2
            refused=1
            continue
            ;;
    esac
    if [ -L "$folder" ] || [ ! -d "$folder" ]; then
        echo "score-submissions: expected a folder, found that $name is none" >&2
        refused=1
        continue
    fi
    if [ -d "$merged/$name" ] && diff -r "$folder" "$merged/$name" >/dev/null 2>&1; then
        continue
    fi
    code=0
    ./linfhash task score "$folder" --task "$task" --out "$out/$name" || code=$?
    # 3: scored, with flags that the results name.
    case $code in
        0 | 3) scored=$((scored + 1)) ;;
        *) refused=1 ;;
    esac
done
if [ "$scored" = 0 ] && [ "$refused" = 0 ]; then
    echo 'score-submissions: expected a submission that is new or changed, found none' >&2
    exit 2
fi
exit "$refused"
