#!/bin/sh
# gates.sh - what the parts of the tree promise each other, checked on plain objects.
# Arguments: build directory, compiler.
B=$1 CC=$2 bad=0
fail() {
    echo "gate: $1" >&2
    bad=1
}
# Run a command that must print nothing.
nothing() {
    why=$1
    shift
    found=$("$@" 2>/dev/null)
    [ -z "$found" ] || fail "$why:
$found"
}
undefined() { nm -A -u "$B"/core/*.o | grep -wE "$1"; }
defined() { nm -A -g --defined-only "$B"/core/*.o | awk '$NF !~ /^medel_/'; }
writable() { size -A "$B"/core/*.o | awk '/:$/ {f=$1} $1==".data"||$1==".bss" {if ($2) print f, $0}'; }

[ -n "$(ls "$B"/core/*.o 2>/dev/null)" ] || fail "no objects in $B/core"
nothing "core calls up into Lua" undefined 'luaL?_[A-Za-z]+'
nothing "core ends the program or prints" undefined \
    '_?exit|_Exit|quick_exit|abort|printf|puts|putchar|putc|fputs|fputc|fprintf|vprintf|vfprintf|perror|stdout|stderr|stdin'
nothing "core depends on locale, environment or clock" undefined \
    'setlocale|strtod|strtof|atof|toupper|tolower|isalpha|isspace|strcoll|getenv|setenv|time|localtime|gmtime|clock|rand|srand'
nothing "core has mutable globals" writable
nothing "a symbol of core does not begin with medel_" defined
nothing "core includes Lua" grep -nE '#include.*(lua|lauxlib|lualib)\.h' core/*.c core/*.h
nothing "a binding knows the inside of core" grep -nE \
    '#include.*(medel_priv|check|report_read|solve|random|montecarlo)\.h' bindings/*.c bindings/*.h
nothing "a binding knows libyaml" grep -nE '#include.*yaml\.h' bindings/*.c bindings/*.h

# The public header stands alone, in C11 and in C++.
for how in "$CC -std=c11 -x c" "${CXX:-g++} -std=c++11 -x c++"; do
    echo '#include "medel.h"' | $how -pedantic -Wall -Wextra -Werror -Icore -Ibindings -fsyntax-only - \
        || fail "medel.h does not stand alone: $how"
done
[ $bad = 0 ] && echo "gates: all hold"
exit $bad
