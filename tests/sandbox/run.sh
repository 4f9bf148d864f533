#!/bin/sh
# run.sh BUILD - what rules cannot do, tried with the program of a build.
set -u
build=$1
failed=0
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT

# A child that is killed on purpose is no find of the sanitizer's.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:handle_segv=0:handle_abort=0"

# The tests must end, say "N passed, 0 failed", and print nothing else.
run() {
    what=$1
    shift
    out=$(timeout 300 "$@" 2>&1)
    case "$out" in
    *"
"* | *" 1 failed" | "") failed=1 ;;
    *" passed, 0 failed") ;;
    *) failed=1 ;;
    esac
    printf '%s: %s\n' "$what" "$out"
}

mkdir "$folder/apart"
run "child processes" "$build/medel" run --trust tests/sandbox/apart.lua "$folder/apart"
exit $failed
