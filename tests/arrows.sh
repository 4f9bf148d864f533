#!/bin/sh
# arrows.sh - every use of one wing's symbol by another is an arrow of tests/arrows.
# Argument: a build directory with the objects of core and bindings.
B=$1
for o in "$B"/core/*/*.o "$B"/bindings/*/*.o; do
    source=${o#"$B"/}
    source=${source%.o}.c
    [ -e "$source" ] || continue # left by a file that has moved
    nm "$o" | awk -v source="$source" '
        { wing = source; sub(/\/[^\/]*$/, "", wing) }
        $(NF - 1) == "U" { print "use", wing, source, $NF }
        $(NF - 1) ~ /^[TRDBVW]$/ { print "has", wing, source, $NF }'
done | LC_ALL=C sort | awk '
    function fail(what) { print "gate: " what; bad = 1 }
    function tree(wing) { sub(/\/.*/, "", wing); return wing }
    BEGIN {
        while ((getline line <"tests/arrows") > 0) {
            if (line ~ /^#/ || line !~ /:/) continue
            wing = line; sub(/:.*/, "", wing)
            sub(/^[^:]*:/, "", line)
            n = split(line, below, " ")
            for (i = 1; i <= n; i++) {
                lower = tree(wing) "/" below[i]
                if (!(lower in known)) fail("tests/arrows: " wing " names " below[i] ", which is not above it")
                may[wing, lower] = 1
            }
            known[wing] = 1
        }
    }
    !($2 in known) { if (!told[$2]++) fail($2 " is not in tests/arrows") }
    $1 == "has" { home[$4] = $2 }
    $1 == "use" && $4 in home && home[$4] != $2 && !(($2, home[$4]) in may) && \
        !(tree($2) == "bindings" && tree(home[$4]) == "core") {
        fail($3 " uses " $4 " of " home[$4] ": no arrow " $2 " -> " home[$4])
    }
    END { exit bad }' >&2
