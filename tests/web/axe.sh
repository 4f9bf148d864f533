#!/bin/sh
# axe.sh BUILD - accessibility of the HTML reports, judged by axe-core in headless Chromium,
# and the same pages parsed by a second parser.  axe-core comes from npm into the build folder.
set -eu
build=$1
work=$build/web
mkdir -p "$work"

if ! command -v chromium >/dev/null || ! command -v npm >/dev/null; then
    echo "not tried: pages in a browser (apt install chromium npm)"
    exit 0
fi
axe=$work/node_modules/axe-core/axe.min.js
[ -f "$axe" ] || (cd "$work" && npm install --no-save --no-package-lock --silent axe-core@4 >/dev/null 2>&1) || {
    echo "not tried: pages in a browser: npm cannot fetch axe-core"
    exit 0
}

browser() {
    chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --user-data-dir="$work/profile" "$@" 2>/dev/null
}

passed=0
failed=0
judge() { # name, kind, report
    page=$work/$1.html
    if [ "$2" = import ]; then
        rm -f "$work/$1.yaml" "$work/$1.import.json"
        "$build/medel" import "$3" -o "$work/$1.yaml" --granska "$page" >/dev/null 2>&1 || true
    elif [ "$2" = projektion ]; then
        "$build/medel" project --paths 2000 -f html -o "$page" "$3" || true
    else
        "$build/medel" report "$2" "$3" -f html -o "$page" || true
    fi
    # The page's own policy forbids scripts, as it should; the copy under test lets axe in.
    {
        sed -e 's/<meta http-equiv="Content-Security-Policy"[^>]*>//' -e 's/<\/body>//' -e 's/<\/html>//' "$page"
        printf '<pre id="axe">waiting</pre><script>'
        cat "$axe"
        printf '%s' '</script><script>axe.run({exclude:[["#axe"]]},{runOnly:["wcag2a","wcag2aa","wcag21a","wcag21aa","best-practice"]}).then(r=>{document.getElementById("axe").textContent="AXE "+r.violations.map(v=>v.id+" ("+v.nodes.length+"): "+v.nodes[0].html.slice(0,120)).join(" | ")+" END"})</script></body></html>'
    } > "$work/$1-axe.html"
    for size in 794,1123 390,844; do
        result=$(browser --window-size=$size --virtual-time-budget=20000 --dump-dom "file://$(realpath "$work/$1-axe.html")" \
            | tr '\n' ' ' | sed -n 's/.*<pre id="axe">\(AXE .* END\)<\/pre>.*/\1/p')
        if [ "$result" = "AXE  END" ]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAIL $1 at $size: ${result:-axe gave no answer}"
        fi
    done
    # a page for answers has a script of its own, which its policy names
    if python3 "$(dirname "$0")/page.py" "$page" $([ "$2" = import ] && echo scripted); then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

for report in examples/*/2023.yaml; do
    name=$(basename "$(dirname "$report")")
    judge "granskning-$name" granskning "$report"
    judge "begaran-$name" begaran "$report"
    judge "avprickad-$name" avprickad "$report"
done
for scenario in scripts/scenarios/*; do
    judge "$(basename "$scenario")" projektion "$scenario"
done
judge import import tests/import/reports/sydnarke.txt
judge fientlig granskning tests/web/fientlig.yaml
rm -rf "$work/profile"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
