#!/bin/sh
# arrows.sh - every use of one wing's symbol by another is an arrow of tests/arrows.
# Argument: a build directory with core's objects.
B=$1
for o in "$B"/core/*/*.o; do
    wing=${o%/*}
    wing=${wing##*/}
    file=${o##*/}
    [ -e "core/$wing/${file%.o}.c" ] || continue # left by a file that has moved
    nm "$o" | awk -v wing="$wing" -v file="$file" '
        $(NF - 1) == "U" { print "use", wing, file, $NF }
        $(NF - 1) ~ /^[TRDBVW]$/ { print "has", wing, file, $NF }'
done | LC_ALL=C sort | awk '
    BEGIN {
        while ((getline line <"tests/arrows") > 0) {
            if (line ~ /^#/ || line !~ /:/) continue
            wing = line; sub(/:.*/, "", wing)
            sub(/^[^:]*:/, "", line)
            n = split(line, below, " ")
            for (i = 1; i <= n; i++) {
                if (!(below[i] in known)) { print "gate: tests/arrows: " wing " names " below[i] ", which is not above it"; bad = 1 }
                may[wing, below[i]] = 1
            }
            known[wing] = 1
        }
    }
    !($2 in known) { if (!told[$2]++) { print "gate: core/" $2 " is not in tests/arrows"; bad = 1 } }
    $1 == "has" { home[$4] = $2 }
    $1 == "use" && $4 in home && home[$4] != $2 && !(($2, home[$4]) in may) {
        print "gate: core/" $2 "/" $3 " uses " $4 " of core/" home[$4] ": no arrow " $2 " -> " home[$4]
        bad = 1
    }
    END { exit bad }' >&2
