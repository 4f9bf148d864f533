#!/bin/sh
# walks.sh - every function that docs/design.md leads through is there.
bad=0
for name in $(sed -n '/^## Four walks/,/^## Words of the house/p' docs/design.md | grep -oE '`[a-z_]+(\.[a-z_]+)?`' | tr -d '`'); do
    case $name in
    *.*) pattern="function ${name%%.*}[.]${name#*.}\\(" where=scripts ;;
    *) pattern="\\b$name\\(" where="core bindings" ;;
    esac
    # shellcheck disable=SC2086
    grep -rqE "$pattern" $where || {
        echo "gate: docs/design.md leads to $name, which is not there" >&2
        bad=1
    }
done
exit $bad
