#!/bin/sh
# installed.sh BUILD - the installed tree, as other programs find it: pkg-config, the shared
# and the static library, the headers, a stock Lua, Python; and what README shows.
set -u
build=$1
here=$(pwd)
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
report=$here/examples/lekeberg-orebro/2023.yaml
passed=0
failed=0

expect() {
    what=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s: %s\n' "$what" "$(head -c 1500 "$scratch/said")"
    fi
}

have() { command -v "$1" >/dev/null 2>&1; }
left_out() { printf 'not tried: %s (apt install %s)\n' "$1" "$2"; }
pkg() { PKG_CONFIG_PATH="$root/lib/pkgconfig" pkg-config "$@" medel; }
# shellcheck disable=SC2046
compile() { ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -o "$1" "$2" $(pkg --cflags) $(eval "$3"); }
shared() { pkg --libs; }
static() { pkg --static --libs | sed 's/-lmedel/-l:libmedel.a/'; }
# Away from the source tree, where nothing can be found by chance; paths as they will be said.
elsewhere() { (cd "$scratch" && LD_LIBRARY_PATH=$root/lib "$@") | sed "s|$here/||"; }
says() {
    golden=$1
    shift
    elsewhere "$@" >"$scratch/out" 2>&1
    diff -u "$golden" "$scratch/out"
}
without_library() { ! ldd "$1" | grep libmedel; }
exported_by_header() { # what the headers declare is what is exported
    cat "$root"/include/*.h | tr '\n' ' ' | sed 's|/\*[^*]*\*/||g' \
        | grep -o 'MEDEL_API[^;]*;' | grep -o 'medel_[a-z0-9_]*(' | tr -d '(' | sort -u >"$scratch/declared"
    nm -D --defined-only "$root/lib/libmedel.so" | sed -n 's/.* \(medel_[a-z0-9_]*\)@.*/\1/p' | sort -u | diff "$scratch/declared" -
}

# The data folder is compiled in: the same objects but for those that name it.
mkdir -p "$scratch/b/tests"
cp -a "$build/core" "$build/bindings" "$scratch/b/"
expect "make install" make -s --no-print-directory B="$scratch/b" PREFIX="$root" install
expect "the headers declare what the library exports" exported_by_header

for how in shared static; do
    expect "embed.c, $how" compile "$scratch/$how" examples/embed.c $how
    expect "embed.c, $how, finds" says tests/host/embed.txt "$scratch/$how" "$report"
done
mkdir "$scratch/egna" && cp tests/host/egen.lua "$scratch/egna/"
books="$here/examples/sydnarke/2023.yaml $here/examples/sydnarke/2023.se"
expect "books.c" compile "$scratch/books" examples/books.c shared
# shellcheck disable=SC2086
expect "books.c finds, sums and projects" says tests/host/books.txt "$scratch/books" $books ./egna
expect "the static host needs no libmedel.so" without_library "$scratch/static"
# A host and the program say the same, to the byte.
same_as_program() {
    elsewhere "$scratch/json" "$root/share/medel" "$@" >"$scratch/host.json" || return 1
    elsewhere env -u MEDEL_DATA "$root/bin/medel" audit --format json --level note "$1" ${2:+--ledger "$2"} >"$scratch/program.json"
    test -s "$scratch/host.json" && cmp "$scratch/host.json" "$scratch/program.json"
}
expect "json.c" compile "$scratch/json" tests/host/json.c shared
for name in lekeberg-orebro sydnarke; do
    expect "the host's JSON of $name" same_as_program "$here/examples/$name/2023.yaml"
done
one_cause_once() { grep -q 'Samma orsak märks på' "$scratch/host.json"; }
expect "the host's JSON with books" same_as_program "$here/examples/sydnarke/2023.yaml" "$here/examples/sydnarke/2023-planterade-fel.se"
expect "findings of one cause are one there, too" one_cause_once

if have "${CXX:-g++}"; then
    printf '#include <medel.h>\nint main() { medel_runtime *rt = 0; return medel_runtime_new(&rt, 0) != MEDEL_OK; }\n' >"$scratch/h.cc"
    # shellcheck disable=SC2046
    expect "a host in C++" "${CXX:-g++}" -Wall -Wextra -Werror -o "$scratch/h" "$scratch/h.cc" $(pkg --cflags --libs)
    expect "a host in C++ runs" elsewhere "$scratch/h"
fi

# The first hour of medel.h: a program, how it is built, and that it finds.
sed -n 's|^ \*     ||p' bindings/host/medel.h >"$scratch/hour"
sed '/^cc /d' "$scratch/hour" >"$scratch/hour.c"
expect "medel.h begins with a program" test "$(sed -n '1,100s|^ \*     int main|&|p' bindings/host/medel.h | wc -l)" = 1
expect "medel.h's program" compile "$scratch/hour.out" "$scratch/hour.c" shared
expect "medel.h's program finds" says tests/host/hour.txt "$scratch/hour.out" "$report"
if have "${CXX:-g++}"; then
    for standard in c++11 c++20; do
        # shellcheck disable=SC2046
        expect "medel.h's program in $standard" "${CXX:-g++}" -std=$standard -pedantic -Wall -Wextra -Werror -x c++ "$scratch/hour.c" \
            -o "$scratch/hour.cc.out" $(pkg --cflags --libs)
        expect "medel.h's program in $standard finds" says tests/host/hour.txt "$scratch/hour.cc.out" "$report"
    done
fi

# The example in README is a program's main function.
sed -n '/^```c$/,/^```$/{/^```/d;p}' README.md >"$scratch/readme.c"
expect "README has an example" grep -q medel_audit "$scratch/readme.c"
expect "README's example" compile "$scratch/readme" "$scratch/readme.c" shared
expect "README's example finds" says tests/host/readme.txt "$scratch/readme" "$report"

if have lua5.4; then
    expect "embed.lua" says tests/host/embed.lua.txt env LUA_CPATH="$root/lib/lua/5.4/?.so" lua5.4 \
        "$here/examples/embed.lua" "$root/share/medel" "$report"
else
    left_out "a stock Lua" lua5.4
fi
if have python3; then
    expect "embed.py" says tests/host/embed.py.txt python3 "$here/examples/embed.py" "$root/lib/libmedel.so.2" "$report"
else
    left_out "the ABI from Python" python3
fi

expect "make uninstall" make -s --no-print-directory B="$scratch/b" PREFIX="$root" uninstall
expect "make uninstall leaves no file" sh -c "! find '$root' ! -type d | grep ."
printf 'host, installed: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
