#!/bin/sh
# requires.sh - among the requires of scripts/ there is no circle, and none that goes up: commands
# are at the top, needed by what starts and describes them (cli, help) and by no other.
needs=$(grep -roE "require *\(?[\"']medel\.[a-z_.0-9]+" scripts --include='*.lua' | LC_ALL=C sort \
    | sed -E "s|^scripts/||; s|/|.|g; s|\.lua:.*[\"']| |")
bad=0
circle=$(echo "$needs" | tsort 2>&1 >/dev/null) || {
    echo "gate: a circle among the requires of scripts/:" >&2
    echo "$circle" | sed 's/^tsort: //' >&2
    bad=1
}
up=$(echo "$needs" | grep -E ' medel\.commands\.' | grep -vE '^medel\.(cli|help|commands\.help) ') && {
    echo "gate: a command is needed from below:" >&2
    echo "$up" | sed 's/^/  /; s/ / requires /3' >&2
    bad=1
}
exit $bad
