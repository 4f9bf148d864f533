# coverage.awk - gcov's summaries as one line for each file of core, and the sum.
/^File '.*core\/[a-z]*\/[a-z0-9_]*\.c'/ { file = $2; gsub(/'|.*\//, "", file); next }
/^File / { file = "" }
function count(text) { sub(/.* of /, "", text); return text + 0 }
function share(text) { sub(/[^:]*:/, "", text); return text + 0 }
file && /^Lines executed/ { lines[file] = count($0); hit[file] = share($0) * lines[file] / 100 }
file && /^Branches executed/ { branches[file] = count($0) }
file && /^Taken at least once/ {
    taken[file] = share($0) * branches[file] / 100
    file = ""
}
END {
    for (f in lines) {
        l += lines[f]; h += hit[f]; b += branches[f]; t += taken[f]
        printf "%-16s lines %5.1f %% of %4d  branches %5.1f %% of %4d\n", f,
            100 * hit[f] / lines[f], lines[f],
            branches[f] ? 100 * taken[f] / branches[f] : 100, branches[f] | "sort"
    }
    close("sort")
    printf "%-16s lines %5.1f %% of %4d  branches %5.1f %% of %4d\n", "core", 100 * h / l, l,
        100 * t / b, b
}
