#!/bin/sh
# bundle.sh - what was made of the installation's texts when the program was built says the
# same as these texts, and nothing where they have changed.  Argument: the build directory.
B=$1 passed=0 failed=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
is() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'bundle: %s\n' "$1" >&2
    fi
}

# The same installation, with every text one blank line longer: none is what was compiled.
here=$PWD
mkdir "$tmp/text" && cp -R rules scripts "$tmp/text/"
find "$tmp/text" \( -name '*.lua' -o -name '*.yaml' \) -exec sh -c 'for f; do echo >>"$f"; done' - {} +

both() {
    MEDEL_DATA=$here "$B/medel" "$@" >"$tmp/bundled" 2>&1
    echo "status $?" >>"$tmp/bundled"
    MEDEL_DATA=$tmp/text "$B/medel" "$@" >"$tmp/read" 2>&1
    echo "status $?" >>"$tmp/read"
    is "medel $*: other bytes than as text: $(diff "$tmp/bundled" "$tmp/read" | head -n 5)" \
        "$(cksum <"$tmp/bundled")" "$(cksum <"$tmp/read")"
}
for report in examples/*/2023.yaml; do
    both audit "$report"
done
both audit --format json --level note --why examples/sydnarke/2023.yaml
both audit -j0 --ledger examples/sydnarke/2023.se examples/sydnarke/2023.yaml
both audit examples/sydnarke/nothing.yaml
both explain examples/sydnarke/2023.yaml "arets_resultat + 1"
both report missiv examples/sydnarke/2023.yaml
both rules
both import tests/import/reports/sydnarke.txt
both schema
both help audit
both test rules/kpmg
MEDEL_TRACE=1 both audit --only INGEN examples/sydnarke/2023.yaml

# A rule, a script and the taxonomy that were changed are what is run.
sed -i 's/title  *= "[^"]*"/title = "Ändrad sedan programmet byggdes"/' "$tmp/text/rules/nationell/arb-01-andelar.lua"
is "a changed rule is not run" \
    "$(MEDEL_DATA=$tmp/text "$B/medel" rules | grep -c 'Ändrad sedan programmet byggdes')" 1
sed -i 's/^    label: Resultaträkning$/    label: Ändrad taxonomi/' "$tmp/text/rules/taxonomy/finsam.yaml"
is "a changed taxonomy is not read" \
    "$(MEDEL_DATA=$tmp/text "$B/medel" schema | grep -c 'Ändrad taxonomi')" 1
sed -i 's/^  verksamhetens_intakter: .*/  verksamhetens_intakter: [inkomst]/' "$tmp/text/rules/taxonomy/ord.yaml"
is "changed words are not read" "$(MEDEL_DATA=$tmp/text "$B/medel" import tests/import/reports/sydnarke.txt 2>/dev/null \
    | grep -c 'begrepp: verksamhetens_intakter')" 0
echo 'do return 77 end' | cat - scripts/medel/cli.lua >"$tmp/text/scripts/medel/cli.lua"
MEDEL_DATA=$tmp/text "$B/medel" version >/dev/null 2>&1
is "a changed script is not run" $? 77

# Every script and every rule of the installation is in it.
n=$(od -An -t u8 -j 256 -N 8 "$B/bundle" | tr -d ' ')
of=$(find scripts/medel rules -name '*.lua' | wc -l)
is "of $of files $n were compiled" "$((n >= of))" 1

echo "bundle: $passed passed, $failed failed"
[ "$failed" = 0 ]
