#!/bin/sh
# checks.sh BUILD - what a golden file cannot say of the command line: validity, exit
# status when output fails, the same bytes everywhere, the installed program, no leaks.
set -u
build=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
reports="examples/sydnarke/2023.yaml examples/lekeberg-orebro/2023.yaml"
commands=$("$build/medel" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')

ok() {
    passed=$((passed + 1))
}

fail() {
    failed=$((failed + 1))
    printf 'FAIL %s\n' "$*"
}

# expect WHAT COMMAND...: the command must succeed.
expect() {
    what=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then ok; else fail "$what: $(head -c 600 "$scratch/said")"; fi
}

have() {
    command -v "$1" >/dev/null 2>&1
}

left_out() {
    printf 'not tried: %s (apt install %s)\n' "$1" "$2"
}

medel() {
    "$build/medel" "$@"
}

# ---- what is printed is valid ----

valid_json() {
    medel "$@" >"$scratch/json"
    [ $? -le 1 ] && python3 -m json.tool "$scratch/json"
}

check_json() {
    for report in $reports; do
        expect "audit --format json $report" valid_json audit --format json --level note "$report"
    done
    # shellcheck disable=SC2086
    expect "audit --format json, both" valid_json audit --format json $reports
    expect "explain --format json" valid_json explain --format json examples/lekeberg-orebro/2023.yaml \
        "(eget_kapital - riktlinje.eget_kapital) / medlemsbidrag"
    expect "rules --format json" valid_json rules --format json
    expect "schema" valid_json schema
}

check_schema() {
    medel schema >"$scratch/schema.json"
    # shellcheck disable=SC2086
    python3 tests/cli/schema.py "$scratch/schema.json" $reports tests/cli/data/sex-fel.yaml=6
    case $? in
    0) ok ;;
    3) left_out "reports against the schema" "python3-jsonschema python3-yaml" ;;
    *) fail "reports against the schema" ;;
    esac
    medel new "Förbundet Nytt" 2024 >"$scratch/ny.yaml"
    expect "a new report can be audited" sh -c "'$build/medel' audit '$scratch/ny.yaml'; [ \$? -le 1 ]"
}

check_help() {
    for command in $commands; do
        medel "$command" --help >"$scratch/long" 2>&1 || fail "$command --help"
        medel "$command" -h >"$scratch/short" 2>&1 || fail "$command -h"
        medel help "$command" >"$scratch/help" 2>&1 || fail "help $command"
        expect "$command: -h, --help and help are one text" \
            sh -c "cmp '$scratch/long' '$scratch/short' && cmp '$scratch/long' '$scratch/help'"
        expect "$command: help begins with its usage" grep -q "^Usage: medel $command" "$scratch/long"
        expect "$command: help has exit status and examples" \
            sh -c "grep -q '^Exit status:' '$scratch/long' && grep -q '^Examples:' '$scratch/long'"
        expect "$command: help fits 80 columns" sh -c "! grep -v '^  ' '$scratch/long' | grep -E '^.{90}'"
        medel "$command" --finns-inte >/dev/null 2>&1
        if [ $? -eq 2 ]; then ok; else fail "$command: an unknown option is not refused"; fi
    done
}

completes() {
    # shellcheck disable=SC2016
    bash -c '. "$1"; COMP_WORDS=(medel '"$2"'); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _medel
        printf "%s\n" "${COMPREPLY[@]}" | grep -qx -- "$3"' completes "$scratch/bash" "$2" "$3"
}

check_completion() {
    medel completion bash >"$scratch/bash"
    medel completion fish >"$scratch/fish"
    if have bash; then
        expect "completion bash is bash" bash -n "$scratch/bash"
        expect "completion of commands" completes x "aud" audit
        expect "completion of options" completes x "audit --on" --only
        expect "completion of choices" completes x "audit --format j" json
        expect "completion of help" completes x "help exp" explain
    else
        left_out "completion for bash" bash
    fi
    if have fish; then expect "completion fish is fish" fish -n "$scratch/fish"; else left_out "completion for fish" fish; fi
}

check_man() {
    medel help --man >"$scratch/medel.1"
    if ! have groff; then
        left_out "the man page" groff
        return
    fi
    groff -ww -K utf8 -T utf8 -man "$scratch/medel.1" >"$scratch/page" 2>"$scratch/warnings"
    expect "the man page has no warnings" sh -c "! grep . '$scratch/warnings'"
    for command in $commands; do
        expect "the man page has $command" grep -qi "medel $command" "$scratch/page"
    done
}

# ---- when output fails ----

check_output() {
    for line in "audit examples/sydnarke/2023.yaml" "audit --format json examples/sydnarke/2023.yaml" \
        "rules" "schema" "help" "help --man" "completion bash" "--version" "new Namn 2024" \
        "explain examples/sydnarke/2023.yaml eget_kapital" "test"; do
        # shellcheck disable=SC2086
        medel $line >/dev/full 2>"$scratch/err"
        if [ $? -eq 2 ]; then ok; else fail "$line > /dev/full is not exit status 2"; fi
        expect "$line > /dev/full says so" grep -q "cannot write" "$scratch/err"
        # shellcheck disable=SC2086
        medel $line >&- 2>"$scratch/err"
        if [ $? -eq 2 ]; then ok; else fail "$line with stdout closed is not exit status 2"; fi
    done
    medel audit examples/sydnarke/2023.yaml 2>&- >/dev/null
    if [ $? -eq 1 ]; then ok; else fail "audit with stderr closed is not exit status 1"; fi
    medel audit examples/sydnarke/2023.yaml <&- >/dev/null
    if [ $? -eq 1 ]; then ok; else fail "audit with stdin closed is not exit status 1"; fi
}

# ---- the same bytes everywhere ----

everything() {
    # shellcheck disable=SC2086
    medel audit --level note --why $reports
    # shellcheck disable=SC2086
    medel audit --level note --format json $reports
    medel audit --format md examples/sydnarke/2023.yaml
    medel explain examples/lekeberg-orebro/2023.yaml "eget_kapital - riktlinje.eget_kapital"
    medel rules
    medel schema
    medel new "Förbundet Åäö" 2024
    medel run examples/nyckeltal.lua examples/sydnarke/2023.yaml
}

check_locales() {
    LC_ALL=C everything >"$scratch/first" 2>&1
    for locale in C C.UTF-8 sv_SE.UTF-8 sv_SE tr_TR.UTF-8 de_DE.UTF-8 finns_INTE; do
        LC_ALL=$locale LANG=$locale everything >"$scratch/again" 2>&1
        expect "the same bytes with LC_ALL=$locale" cmp "$scratch/first" "$scratch/again"
    done
    for zone in UTC Pacific/Apia Asia/Kathmandu; do
        TZ=$zone everything >"$scratch/again" 2>&1
        expect "the same bytes with TZ=$zone" cmp "$scratch/first" "$scratch/again"
    done
    COLUMNS=20 TERM=dumb everything >"$scratch/again" 2>&1
    expect "the same bytes on a narrow terminal" cmp "$scratch/first" "$scratch/again"
}

# ---- the installed program ----

installed() {
    env -u MEDEL_DATA "$root/bin/medel" "$@"
}

same_when_installed() {
    medel "$@" >"$scratch/built" 2>&1
    installed "$@" >"$scratch/installed" 2>&1
    cmp "$scratch/built" "$scratch/installed"
}

# Away from the source tree and without it: nothing may be found there by chance.
check_installed() {
    destination=$scratch/root
    root=$destination/usr/local
    expect "make install" make -s --no-print-directory B="$build" DESTDIR="$destination" PREFIX=/usr/local install
    for report in $reports; do
        expect "the installed program audits $report" same_when_installed audit "$report"
    done
    expect "the installed program lists the rules" same_when_installed rules
    expect "the installed program tests the rules" installed test
    expect "the installed program runs elsewhere" sh -c "cp -R examples '$scratch/ex' && cd / \
        && '$root/bin/medel' audit '$scratch/ex/sydnarke/2023.yaml'; [ \$? -eq 1 ]"
    expect "the installed module" env LUA_CPATH="$root/lib/lua/5.4/?.so" lua5.4 -e \
        'local m = require "medel" assert(m.kr(5):text() == "5 kr")'
    expect "the installed man page" test -s "$root/share/man/man1/medel.1"
}

check_uninstalled() {
    make -s --no-print-directory B="$build" DESTDIR="$destination" PREFIX=/usr/local uninstall
    left=$(find "$destination" ! -type d)
    if [ -z "$left" ]; then ok; else fail "make uninstall leaves $left"; fi
}

check_leaks() {
    if ! have valgrind; then
        left_out "leaks" valgrind
        return
    fi
    MEDEL_DATA=$PWD valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=all \
        "$build/tests/freeing" audit examples/sydnarke/2023.yaml >/dev/null 2>"$scratch/valgrind"
    if [ $? -eq 1 ]; then ok; else fail "valgrind: $(head -20 "$scratch/valgrind")"; fi
}

check_json
check_schema
check_help
check_completion
check_man
check_output
check_locales
check_installed
check_uninstalled
check_leaks
printf 'command line, checks: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
