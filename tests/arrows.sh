#!/bin/sh
# arrows.sh - every use of one wing's symbol, or of its header, by another is an arrow of
# tests/arrows, what a wing's public header declares is that wing's own, and bindings use of
# core only what a header there gives them.
# Argument: a build directory with the objects of core and bindings.
B=$1
# What is left by a file that has moved is not looked at.
objects=$(cd "$B" && ls core/*/*.o bindings/*/*.o)
# shellcheck disable=SC2086
nm -A $(for o in $objects; do if [ -e "${o%.o}.c" ]; then echo "$B/$o"; fi; done) \
    | awk -v skip=$((${#B} + 2)) '
        { source = substr($1, skip); sub(/[.]o:.*/, ".c", source); wing = source; sub(/\/[^\/]*$/, "", wing) }
        $(NF - 1) ~ /U$/ { print "use", wing, source, $NF }
        $(NF - 1) ~ /^[TRDBVW]$/ { print "has", wing, source, $NF }' >"$B/arrows.txt"
grep -H '^#include "' core/*/*.[ch] bindings/*/*.[ch] | sed -n 's|^\([^:]*\):#include "\([^"]*\)".*|\1 \2|p' \
    | while read -r file header; do
        for home in core/*/"$header" bindings/*/"$header"; do
            if [ -e "$home" ]; then echo "include ${file%/*} $file $header ${home%/*}"; fi
        done
    done >>"$B/arrows.txt"
for header in core/*/medel_*.h bindings/*/medel_*.h; do
    case $header in */medel_priv.h) continue ;; esac
    tr '\n' ' ' <"$header" | grep -oE 'medel_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u | sed "s|^|given ${header%/*} $header |"
    tr '\n' ' ' <"$header" | grep -o 'MEDEL_API[^;]*;' | grep -oE 'medel_[a-z0-9_]+ *\(' | tr -d ' (' \
        | sed "s|^|public ${header%/*} $header |"
done >>"$B/arrows.txt"
LC_ALL=C sort "$B/arrows.txt" | awk '
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
    $1 == "given" { given[$4] = 1 }
    $1 == "has" { home[$4] = $2 }
    function no_arrow(from, to) {
        return from != to && !((from, to) in may) && !(tree(from) == "bindings" && tree(to) == "core")
    }
    $1 == "include" && no_arrow($2, $5) { fail($3 " includes " $4 ": no arrow " $2 " -> " $5) }
    $1 == "public" && home[$4] != $2 { fail($3 " declares " $4 ", which is in " (home[$4] ? home[$4] : "no wing")) }
    $1 == "use" && $4 in home && no_arrow($2, home[$4]) {
        fail($3 " uses " $4 " of " home[$4] ": no arrow " $2 " -> " home[$4])
    }
    $1 == "use" && $4 in home && tree($2) != tree(home[$4]) && !($4 in given) {
        fail($3 " uses " $4 ", which is private to " tree(home[$4]))
    }
    END { exit bad }' >&2
