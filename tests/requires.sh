#!/bin/sh
# requires.sh - no circle among the requires of scripts/: what needs a module is never needed by it.
find scripts -name '*.lua' | LC_ALL=C sort | while read -r file; do
    module=$(echo "${file#scripts/}" | sed 's|\.lua$||; s|/|.|g')
    echo "$module $module"
    grep -oE "require *\(?[\"']medel\.[a-z_.0-9]+" "$file" | sed "s/.*[\"']//; s/^/$module /"
done | tsort >/dev/null 2>build/requires.txt && exit 0
echo "gate: a circle among the requires of scripts/:" >&2
sed 's/^tsort: //' build/requires.txt >&2
exit 1
