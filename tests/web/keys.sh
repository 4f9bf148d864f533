#!/bin/sh
# keys.sh BUILD - the review page of an import answered with keys only, in headless Chromium; what it
# saves is applied by medel import --bekrafta.
set -eu
build=$1
work=$build/web-keys
rm -rf "$work"
mkdir -p "$work"

if ! command -v chromium >/dev/null; then
    echo "not tried: the review page by keys (apt install chromium)"
    exit 0
fi

document=tests/import/reports/sydnarke.txt
"$build/medel" import "$document" -o "$work/first.yaml" --granska "$work/page.html" >/dev/null 2>&1 || true
# The page's own policy names its script alone; the copy under test lets the keys in.
{
    sed -e 's/<meta http-equiv="Content-Security-Policy"[^>]*>//' -e 's/<\/body>//' -e 's/<\/html>//' "$work/page.html"
    cat <<'PAGE'
<pre id="said">waiting</pre><script>
(function () {
  function press(key) {
    (document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", { key: key, bubbles: true, cancelable: true }));
  }
  function write(text) { document.activeElement.value = text; }
  press("j"); press("Enter");            // the first question: read rightly
  press("2");                            // the second: the group by its number
  press("r"); write("coachingteam");     // the third: a row and what it is under, typed
  document.querySelector("article.vald input.under").value = "individ";
  press("Enter");
  var i = 0;
  while (document.querySelector("article.vald").dataset.plats !== "text" && i++ < 500) press("j");
  press("u");                            // figures of running text
  press("n");
  press("e"); write("eget_kapital_andel budget 2024"); press("Enter");
  press("s");
  document.getElementById("said").textContent = "SAID " + window.medelSvar + " END";
})();
</script></body></html>
PAGE
} > "$work/keys.html"
chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update \
    --disable-sync --user-data-dir="$work/profile" --virtual-time-budget=10000 --dump-dom \
    "file://$(realpath "$work/keys.html")" 2>/dev/null | python3 -c '
import html, re, sys
found = re.search(r"SAID (\{.*\})\s+END", html.unescape(sys.stdin.read().split("<pre id=\"said\">")[1]), re.S)
sys.stdout.write(found.group(1) if found else "{}")' > "$work/svar.json"
rm -rf "$work/profile"

failed=0
has() { # file, text
    grep -qF -- "$2" "$1" || { echo "FAIL $1 lacks: $2"; failed=$((failed + 1)); }
}
[ "$(grep -c '"nyckel"' "$work/svar.json")" = 6 ] || { echo "FAIL six answers were expected"; failed=$((failed + 1)); }
has "$work/svar.json" '"under": "individ"'
"$build/medel" import "$document" -o "$work/second.yaml" --bekrafta "$work/svar.json" >/dev/null 2>&1 || true
has "$work/second.yaml" 'coachingteam:'
has "$work/second.yaml" 'under: individ, text: Coachingteam sydnärke'
has "$work/second.yaml" 'variant: budget, ar: 2024'
[ "$(grep -c '"nyckel"' "$work/second.import.json")" -gt 6 ] || failed=$((failed + 1))
echo "review page by keys: $((7 - failed)) passed, $failed failed"
[ "$failed" = 0 ]
