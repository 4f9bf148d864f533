#!/bin/sh
# run.sh BUILD [sanitized] - the tests of the Lua API, as bindings.mk runs them.
set -u
build=$1
failed=0

# The tests must end, say "N passed, 0 failed", and nothing else may be printed.
run() {
    what=$1
    shift
    out=$(timeout 1800 "$@" 2>&1)
    case "$out" in
    *"
"* | *" 1 failed" | "") printf '%s: %s\n' "$what" "$out"; failed=1 ;;
    *" passed, 0 failed") printf '%s: %s\n' "$what" "$out" ;;
    *) printf '%s: %s\n' "$what" "$out"; failed=1 ;;
    esac
}

same() {
    if ! diff -u "$1" "$2"; then
        printf '%s\n' "$3"
        failed=1
    fi
}

if [ "${2:-}" = sanitized ]; then
    export MEDEL_TEST_SANITIZED=1
    run "bindings, sanitized" "$build/medel" run --trust tests/bindings/all.lua
    "$build/tests/threads" . || failed=1
    "$build/tests/memory" 7 || failed=1
    "$build/tests/memory" 3 tests/bindings/memory_import.lua || failed=1
    "$build/tests/memory" 1 tests/bindings/memory_start.lua || failed=1
    exit $failed
fi

run "bindings, medel run" "$build/medel" run --trust tests/bindings/all.lua
export LUA_CPATH="$build/lua/?.so"
run "bindings, stock Lua" lua5.4 tests/bindings/all.lua
run "bindings, collecting all the time" env MEDEL_TEST_GC=hard lua5.4 tests/bindings/all.lua \
    quantity report record parameter runner ledger describe json yaml

"$build/tests/threads" . || failed=1
"$build/tests/environment" > "$build/tests/environment.txt" || failed=1
same tests/bindings/environment.txt "$build/tests/environment.txt" \
    "What a rule can reach has changed. If it was meant to: cp $build/tests/environment.txt tests/bindings/"

rm -rf "$build/tests/docs"
mkdir -p "$build/tests/docs"
"$build/medel" docs "$build/tests/docs" || failed=1
for name in falt.md lua.md grunder.md granskning-falt.md medel.d.lua; do
    same "docs/$name" "$build/tests/docs/$name" "docs/$name is out of date: medel docs docs/"
done
exit $failed
