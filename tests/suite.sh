#!/bin/sh
# suite.sh - run every part of the tests and end with what passed, what failed, and what was not
# tried and why.  Arguments: a file for all that is printed, and the command.
log=$1
shift
: >"$log"
{
    "$@" 2>&1
    echo "suite: the command ended with $?"
} | tee "$log" | grep -v '^suite: the command ended with '
status=$(sed -n 's/^suite: the command ended with //p' "$log" | tail -n 1)
awk '
    /^\[  PASSED  \] [0-9]+ test/ { passed += $4; next }
    /^\[  FAILED  \] [0-9]+ test/ { failed += $4; next }
    match($0, /[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$/) {
        n = split(substr($0, RSTART), word, " ")
        passed += word[1]
        failed += word[3]
        skipped += n > 4 ? word[5] : 0
        next
    }
    # What compares whole sets says how many of them are wrong.
    match($0, /[0-9]+ (differ|different|wrong)([;,].*)?$/) {
        if (substr($0, RSTART) + 0) { failed++; wrong[++nwrong] = $0 } else passed++
        next
    }
    /^gates: all hold$/ { passed++ }
    /^gate: / { failed++; wrong[++nwrong] = $0 }
    /^make.*\*\*\* \[/ { wrong[++nwrong] = $0 }
    /^not tried: / { untried[++nuntried] = substr($0, 12) }
    END {
        print ""
        for (i = 1; i <= nwrong; i++) print "failed: " wrong[i]
        for (i = 1; i <= nuntried; i++) print "not tried: " untried[i]
        printf "%d passed, %d failed, %d skipped\n", passed, failed, nuntried + skipped
    }' "$log"
exit "${status:-1}"
