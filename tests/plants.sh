#!/bin/sh
# plants.sh - the gates are tried themselves: in a copy of the tree each wall is broken once, and
# the gates must say so of each, and nothing of what was left as it is.
# Arguments: a build directory that passed the gates, compiler.
B=$(cd "$1" && pwd) CC=$2 bad=0
copy=$B/planted
rm -rf "$copy" && mkdir -p "$copy/build" && cp -R core bindings scripts tests "$copy" \
    && cp -lR "$B/core" "$B/bindings" "$B/lua" "$copy/build" && cp -l "$B"/libmedel.* "$copy/build" || exit 1
cd "$copy" || exit 1

# file, text: a planted file; of C also its object.
plant() {
    printf '%b\n' "$2" >"$1"
    case $1 in
    *.c) $CC -std=c11 -Icore/base -Icore/norms -Icore/report -Icore/check -c -o "build/${1%.c}.o" "$1" || exit 1 ;;
    esac
}
says() {
    case $said in
    *"$1"*) ;;
    *)
        echo "gate: planted, and the gates do not say: $1" >&2
        bad=1
        ;;
    esac
}

said=$(WALLS=1 sh tests/gates.sh build "$CC" 2>&1)
[ "$said" = "gates: all hold" ] || {
    echo "gate: nothing is planted yet, and the gates say: $said" >&2
    bad=1
}

plant core/base/planted.c '#include "medel_report.h"\nvoid medel_planted(medel_report *r);\nvoid medel_planted(medel_report *r)\n{\n    medel_report_free(r);\n}'
plant core/csv/planted.c 'void puts_it(void);\nint puts(const char *);\nint planted_count;\nvoid puts_it(void)\n{\n    puts("");\n    planted_count++;\n}'
plant bindings/ledger/planted.c '#include "report.h"\nvoid medel_priv_report_planted(void);\nint medel_arrow_from(void);\nint medel_arrow_from(void)\n{\n    medel_priv_report_planted();\n    return 0;\n}'
plant core/report/planted.c 'void medel_priv_report_planted(void);\nvoid medel_priv_report_planted(void)\n{\n}'
plant bindings/base/planted.c 'void medel_runtime_free(void *);\nvoid lmedel_planted(void);\nvoid lmedel_planted(void)\n{\n    medel_runtime_free(0);\n}'
: >core/report/medel_planted.h
plant scripts/medel/planted_one.lua 'local two = require "medel.planted_two"\nreturn two'
plant scripts/medel/planted_two.lua 'return function() return require("medel.planted_one") end'
plant scripts/medel/planted_up.lua 'return require "medel.commands.audit"'
plant scripts/medel/planted_face.lua 'local workspace = require "medel.workspace"\nreturn workspace.open("rules"), io.open("x")'
sed -i 's/^core\/norms: base$/& report/' tests/arrows
said=$(WALLS=1 sh tests/gates.sh build "$CC" 2>&1)
says "core/base/planted.c includes medel_report.h: no arrow core/base -> core/report"
says "core/base/planted.c uses medel_report_free of core/report: no arrow core/base -> core/report"
says "tests/arrows: core/norms names report, which is not above it"
says "core ends the program or prints"
says "core has mutable globals"
says "a symbol of core does not begin with medel_"
says "bindings/base/planted.c uses medel_runtime_free of bindings/host: no arrow bindings/base -> bindings/host"
says "a binding knows the inside of core"
says "bindings/ledger/planted.c uses medel_priv_report_planted, which is private to core"
says "medel.h does not include core/report/medel_planted.h"
says "a circle among the requires of scripts/"
says "medel.planted_up requires medel.commands.audit"
says "a script opens a file by itself"
says "opens or audits beside the session: scripts/medel/planted_face.lua"
rm -rf "$copy"
exit $bad
