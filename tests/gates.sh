#!/bin/sh
# gates.sh - what the parts of the tree promise each other, checked on plain objects.
# Arguments: build directory, compiler.  Or: --exports LIBRARY, to print what it exports.
exports() {
    nm -D --defined-only "$1" | awk '{print $NF}' | LC_ALL=C sort
}
if [ "$1" = --exports ]; then
    exports "$2"
    exit
fi
B=$1 CC=$2 bad=0
INCLUDES=$(for d in core/*/ bindings/*/; do printf -- "-I%s " "$d"; done)
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
undefined() { nm -A -u "$B"/core/*/*.o | grep -wE "$1"; }
defined() { nm -A -g --defined-only "$B"/core/*/*.o | awk '$NF !~ /^medel_/'; }
writable() { size -A "$B"/core/*/*.o | awk '/:$/ {f=$1} $1==".data"||$1==".bss" {if ($2) print f, $0}'; }

[ -n "$(ls "$B"/core/*/*.o 2>/dev/null)" ] || fail "no objects in $B/core"
nothing "core calls up into Lua" undefined 'luaL?_[A-Za-z]+'
nothing "core ends the program or prints" undefined \
    '_?exit|_Exit|quick_exit|abort|printf|puts|putchar|putc|fputs|fputc|fprintf|vprintf|vfprintf|perror|stdout|stderr|stdin'
nothing "core depends on locale, environment or clock" undefined \
    'setlocale|strtod|strtof|atof|toupper|tolower|isalpha|isspace|strcoll|getenv|setenv|time|localtime|gmtime|clock|rand|srand'
nothing "core has mutable globals" writable
nothing "a symbol of core does not begin with medel_" defined
nothing "core includes Lua" grep -nE '#include.*(lua|lauxlib|lualib)\.h' -r core
private=$(ls core/*/*.h | sed 's|.*/||' | grep -v '^medel_' | tr '\n' '|')medel_priv.h
nothing "a binding knows the inside of core" grep -nE "#include \"($private)\"" -r bindings
nothing "a file is opened elsewhere than in core/base/file.c" grep -nE '\b(fopen|open|openat|freopen|creat)\(' -r core bindings \
    --include=*.c --exclude=file.c --exclude-dir=program
nothing "a script opens a file by itself" grep -nE 'io\.(open|lines|input|output)\b|\bdofile\b|\bloadfile\b' -r scripts
# JSON, schemas, help and finished documents are written as they are; all else by terminal.write.
raw_output() {
    grep -nE 'io\.(stdout:)?write\(' -r scripts | grep -vE '^scripts/medel/(terminal|apart|cli|language)\.lua:|^scripts/medel/commands/(help|completion|version|schema|new)\.lua:|as_json\(|made\.text\)|doc\.text\)|writer\.join\(|formats\[args\.format\]\(|else io\.stdout:write\(text\) end'
}
nothing "text for a reader does not leave by terminal.write" raw_output
nothing "a binding knows libyaml" grep -nE '#include.*yaml\.h' -r bindings

# What a host is promised: it lives on, and it alone decides what is printed.
library() { ls "$B"/bindings/*/*.o | grep -vE "/program/(main|bundler)[.]o"; }
# shellcheck disable=SC2046
wants() { nm -A -u $(library) | grep -wE "$1"; }
# shellcheck disable=SC2046
keeps() { size -A $(library) | awk '/:$/ {f=$1} $1==".data"||$1==".bss" {if ($2) print f, $0}'; }
# The static library has the same global symbols as the shared one, and the Lua module's.
others() {
    { exports "$B/libmedel.so" | sed -n 's/@@.*//p' && echo luaopen_medel; } | LC_ALL=C sort >"$B/exports.txt"
    nm -g --defined-only "$B/libmedel.a" | awk 'NF==3 {print $3}' | LC_ALL=C sort | diff "$B/exports.txt" -
}
abi=$(sed -n 's/^#define MEDEL_ABI //p' core/base/medel_base.h)
unversioned() { nm -D --defined-only "$B/libmedel.so" | grep -vE " (medel_[a-z0-9_]+@@)?MEDEL_$abi\$"; }
missing() { ldd -r "$B/libmedel.so" 2>&1 | grep -E 'undefined|not found'; }
brings_lua() { readelf -d "$B/lua/medel.so" | grep 'NEEDED.*lua'; }
nothing "a binding ends the program or prints" wants \
    '_?exit|_Exit|quick_exit|abort|printf|puts|putchar|putc|fputs|fprintf|vprintf|vfprintf|perror|stdout|stderr|stdin'
nothing "a binding depends on the host's locale or environment" wants \
    'setlocale|strtod|strtof|atof|toupper|tolower|strcoll|getenv|setenv|chdir|signal|sigaction'
nothing "a binding has mutable globals" keeps
nothing "libmedel.a has other global symbols than libmedel.so" others

# What is exported is what tests/host/exports.txt says, and all of it is versioned.
exports "$B/libmedel.so" | diff -u tests/host/exports.txt - \
    || fail "libmedel.so exports other names: make exports, if that was meant; what hosts use must stay"
nothing "libmedel.so exports what has no version" unversioned
nothing "libmedel.so is not complete" missing
readelf -d "$B/libmedel.so" | grep -q "SONAME.*\[libmedel\.so\.$abi\]" || fail "libmedel.so has no soname"
[ "$(exports "$B/lua/medel.so")" = luaopen_medel ] || fail "the Lua module exports more than luaopen_medel"
nothing "the Lua module brings a Lua of its own" brings_lua

# The wings use each other by the arrows of tests/arrows only, and no Lua file needs itself.
sh tests/arrows.sh "$B" || bad=1
sh tests/requires.sh || bad=1

# Each wing says what lives there.
for wing in core/*/ bindings/*/; do
    [ -s "${wing}README.md" ] || fail "${wing}README.md is not there: what lives here, how to add to it"
done

# medel.h has every public header but what is packed into the program.
for header in core/*/medel_*.h; do
    case ${header##*/} in medel_priv.h | *packed.h) continue ;; esac
    grep -q "^#include \"${header##*/}\"" bindings/host/medel.h || fail "medel.h does not include $header"
done

# Faces ask a session; none opens rules or audits by itself.
found=$(grep -lE 'workspace\.(open|audit|setting|taxonomy|parameters)\(' -r scripts/medel --include='*.lua' \
    | grep -vE '^scripts/medel/(workspace|session|host|testing)\.lua$|commands/(docs|schema|new)\.lua$')
[ -z "$found" ] || fail "opens or audits beside the session: $found"

# In tests/plants.sh nothing else: the form is that of the tree.
if [ -n "$WALLS" ]; then
    [ $bad = 0 ] && echo "gates: all hold"
    exit $bad
fi

# Rules are called what they try.
lua5.4 tests/rules/form.lua || bad=1
lua5.4 tests/ids.lua || bad=1
sh tests/walks.sh || bad=1

# What a tool leaves behind is not the project's.
found=$(git ls-files 2>/dev/null | grep -E '(^|/)((crash|leak|timeout|oom|slow-unit)-[0-9a-f]{40}|core(\.[0-9]+)?|vgcore.*|callgrind\.out.*|perf\.data.*|.*\.orig|.*\.rej)$')
[ -z "$found" ] || fail "left behind by a tool: $found"

# One form of the code: that of clang-format 14, since others break some lines elsewhere.
if command -v clang-format >/dev/null && clang-format --version | grep -q 'version 14\.'; then
    for file in $(git ls-files '*.c' '*.h' 2>/dev/null); do
        clang-format "$file" | cmp -s - "$file" || fail "$file is not formatted: make fmt"
    done
else
    echo "not tried: the form of the code (clang-format 14)"
fi

# The public headers stand alone, in C11 and in every C++ since.
for header in medel.h $(sed -n 's/^#include "\(.*\)"/\1/p' bindings/host/medel.h); do
    for how in "$CC -std=c11 -x c" "${CXX:-g++} -std=c++11 -x c++" "${CXX:-g++} -std=c++17 -x c++" \
        "${CXX:-g++} -std=c++20 -x c++" "${CXX:-g++} -std=c++23 -x c++"; do
        echo "#include \"$header\"" | $how -pedantic -Wall -Wextra -Werror $INCLUDES -fsyntax-only - \
            || fail "$header does not stand alone: $how"
    done
done
# No two structures of one name, so that any two headers can be used together.
found=$(cat core/*/*.h bindings/*/*.h | grep -oE '^(typedef )?(struct|enum|union) [a-z_0-9]+ \{' | sed 's/^typedef //' \
    | sort | uniq -d)
[ -z "$found" ] || fail "defined twice: $found"

# And the gates themselves.
[ $bad = 0 ] && { sh tests/plants.sh "$B" "$CC" || bad=1; }

[ $bad = 0 ] && echo "gates: all hold"
exit $bad
