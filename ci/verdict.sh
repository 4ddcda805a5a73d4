# Read by scripts that make many checks, whose logs lie as NAME.err in $work.
# shellcheck shell=sh disable=SC2034,SC2154 # wrong is theirs to read, work theirs to set
wrong=0
verdict() {
    # verdict WHAT COMMAND...
    what=$1
    shift
    if "$@"; then
        echo "$what,ok"
    else
        wrong=$((wrong + 1))
        echo "$what,WRONG"
        tail -n 20 "$work"/*.err >&2
    fi
}
