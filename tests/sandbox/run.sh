#!/bin/sh
# run.sh BUILD PROGRAM TIMES - what rules cannot do, tried in a build's own process and, unless it is
# empty, with a program.
set -u
build=$1 program=$2 times=$3
failed=0
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/apart" "$folder/program" "$folder/faces" "$folder/commands" "$folder/configuration"

# A child that is killed on purpose is no find of the sanitizer's.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:handle_segv=0:handle_abort=0"

# The tests must end, say "N passed, 0 failed", and print nothing else.
run() {
    what=$1
    shift
    out=$(timeout 1800 "$@" 2>&1)
    case "$out" in
    *"
"* | *" 1 failed" | "") failed=1 ;;
    *" passed, 0 failed") ;;
    *) failed=1 ;;
    esac
    printf '%s: %s\n' "$what" "$out"
}

[ -z "$program" ] || run "what commands say" "$build/medel" run --trust tests/sandbox/faces.lua "$program" "$folder/faces"
[ -z "$program" ] || run "files that configure" "$build/medel" run --trust tests/sandbox/configuration.lua \
    "$program" "$folder/configuration"
run "child processes" "$build/medel" run --trust tests/sandbox/apart.lua "$folder/apart"
run "hostile rules" "$build/medel" run --trust tests/sandbox/hostile.lua
run "what limits cost" "$build/medel" run --trust tests/sandbox/cost.lua 1
run "mutants of the catalogue" "$build/medel" run --trust tests/sandbox/mutate.lua 1 "$times"
run "rules at random" "$build/medel" run --trust tests/sandbox/random.lua 1 "$times"
[ -z "$program" ] || run "hostile rules, installed" "$build/medel" run --trust tests/sandbox/program.lua \
    "$program" "$folder/program"
# One in seven by medel.h, and medel_cancel: the whole catalogue is in make figures-sandbox.
if [ -x "$build/tests/hostile" ] && [ -n "$program" ]; then
    # shellcheck disable=SC2046
    run "hostile rules, a host" sh -c '"$@" 2>/dev/null' sh "$build/tests/hostile" . tests/bindings/report.yaml 300 32 \
        $(ls "$folder"/program/r*-a.lua | awk 'NR % 7 == 1')
fi
[ -z "$program" ] || MEDEL_DATA=$PWD run "hostile guests of other commands" \
    python3 -B tests/sandbox/commands.py "$program" "$folder/commands" 23
exit $failed
