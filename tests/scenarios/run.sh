#!/bin/sh
# Scenario files that must be refused, and what projections print.  RESET=1 rewrites the
# expected texts; read the difference.
medel=$1
bad=0
check() { # expected actual
    if [ -n "$RESET" ]; then cp "$2" "$1"; return; fi
    diff -u "$1" "$2" || bad=1
}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
for f in tests/scenarios/bad/*.lua tests/scenarios/bad/*.yaml; do
    # What ends by itself has time to, where the machine is busy.
    limit=600000
    grep -q 'takes more than 2000 ms' "$f.txt" 2>/dev/null && limit=2000
    "$medel" project --time-limit $limit "$f" >"$tmp/out" 2>"$tmp/err"
    [ $? -eq 2 ] || { echo "$f was not refused"; bad=1; }
    [ -s "$tmp/out" ] && { echo "$f printed a projection"; bad=1; }
    check "$f.txt" "$tmp/err"
done
for f in scripts/scenarios/*.lua scripts/scenarios/*.yaml; do
    name=$(basename "$f")
    "$medel" project "$f" >"$tmp/out" 2>&1 || { echo "$f failed"; bad=1; }
    check "tests/scenarios/golden/$name.txt" "$tmp/out"
    "$medel" project -f csv "$f" >"$tmp/out" 2>&1 || { echo "$f failed"; bad=1; }
    check "tests/scenarios/golden/$name.csv" "$tmp/out"
    for format in md html; do
        "$medel" project -f $format "$f" >"$tmp/out" 2>&1 || { echo "$f failed as $format"; bad=1; }
    done
    "$medel" project -f json "$f" >"$tmp/$name.json" || { echo "$f failed as json"; bad=1; }
done
"$medel" explain -s 1 -y 2025 scripts/scenarios/lekeberg-orebro-halverad.lua eget_kapital >"$tmp/out" 2>&1
check tests/scenarios/golden/explain.txt "$tmp/out"
"$medel" project -s 2 --paths 2000 --seed 7 --threads 2 scripts/scenarios/lekeberg-orebro-halverad.lua >"$tmp/out" 2>&1
check tests/scenarios/golden/paths.txt "$tmp/out"
"$medel" project --paths 1000 tests/scenarios/osakerhet.lua >"$tmp/out" 2>&1
check tests/scenarios/golden/osakerhet.txt "$tmp/out"
lo=examples/lekeberg-orebro/2023.yaml
{
    "$medel" project $lo
    "$medel" project examples/sydnarke/2023.yaml
    "$medel" project -f csv $lo
    "$medel" project -f md $lo
    "$medel" explain -s "budget 2024" $lo "eget_kapital - riktlinje.eget_kapital"
    "$medel" explain -s prognos $lo eget_kapital
    "$medel" audit -s prognos $lo
    "$medel" audit -s 1 --only EKA-05 scripts/scenarios/lekeberg-orebro-halverad.lua | head -4
    "$medel" explain -s "budget 2031" $lo eget_kapital
    "$medel" project -s "budget 2024" $lo
    "$medel" project -s 1 --paths 5 $lo
    "$medel" audit -s "budget 2031" $lo
} >"$tmp/out" 2>&1
check tests/scenarios/golden/plans.txt "$tmp/out"
"$medel" project -f json $lo >"$tmp/report.json" || bad=1
"$medel" project -f json --paths 200 tests/scenarios/osakerhet.lua >"$tmp/paths.json" || bad=1
for python in python3 /usr/bin/python3; do
    $python -c 'import jsonschema' 2>/dev/null && break
done
$python -B tests/scenarios/schema.py docs/projection.schema.json "$tmp"/*.json
case $? in
0) ;;
3) echo "not tried: projections against their schema (apt install python3-jsonschema)" ;;
*) bad=1 ;;
esac
exit $bad
