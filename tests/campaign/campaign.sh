#!/bin/sh
# campaign.sh BUILD MAKE PART... - runs the long form of each part, one after the other, each
# with its own log, and prints how it went.
set -u
build=$1
make=$2
shift 2
logs=$build/campaign
mkdir -p "$logs"
: >"$logs/table"
bad=0
for part; do
    began=$(date +%s)
    printf '%-14s ' "$part"
    if $make --no-print-directory "campaign-$part" >"$logs/$part.log" 2>&1; then how=holds; else how=FAILS bad=1; fi
    line=$(printf '%-14s %-6s %6d s  %s' "$part" "$how" $(($(date +%s) - began)) "$(tail -n 1 "$logs/$part.log")")
    printf '%s\n' "${line#* }"
    printf '%s\n' "$line" >>"$logs/table"
done
printf '\n%s\n' "The campaign ($(date -u +%F), logs in $logs):"
cat "$logs/table"
exit $bad
