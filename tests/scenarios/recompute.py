"""recompute.py MEDEL FILE ... - scenarios computed again, month by month, from what `medel project -f json` prints
that they rest on, and nothing else: every figure of every year, and cash of every month, to the öre."""
import json
import subprocess
import sys
from fractions import Fraction as F

medel, files = sys.argv[1], sys.argv[2:]


def q(x):
    return None if x is None else F(x["numerator"], x["denominator"])


def kronor(x):
    """Öre rounded to whole kronor, half away from zero."""
    n = abs(x) / 100
    whole = int(n) + (n - int(n) >= F(1, 2))
    return (-whole if x < 0 else whole) * 100


def again(a):
    base, changes = a["base"], a["changes"]
    fig = {k: q(v) for k, v in base["figures"].items()}
    level = {("bidrag", p): fig["bidrag_" + p] for p in ("staten", "region", "kommuner")}
    group = {}
    for b in base["costs"]:
        level["kostnad", b["id"]], group[b["id"]] = q(b["value"]), b["group"]
    for b in base["incomes"]:
        level["intakt", b["id"]] = q(b["value"])
    for b in ("fordringar", "avsattningar", "langfristiga_skulder", "kortfristiga_skulder"):
        level["balans", b] = fig[b]
    for c in changes:
        if c["driver"] in ("kostnad", "intakt") and c["target"] and (c["driver"], c["target"]) not in level and c["target"] not in group.values():
            level[c["driver"], c["target"]], group[c["target"]] = F(0), c["group"] or "ovrigt"
    at = lambda c: c["year"] * 12 + c["month"] - 1 + (c["delay"] if c["driver"] == "kostnad" else 0)
    events = sorted(((at(c), i, c) for i, c in enumerate(changes)), key=lambda e: e[:2])
    braked, last_state = False, fig["bidrag_staten"]
    cash, equity, fixed, state_margin = fig["kassa"], fig["eget_kapital"], fig["anlaggningstillgangar"], fig["riktlinje"] - fig["eget_kapital"]
    out = []
    for y in a["years"]:
        year, share = y["year"], {k: q(v) for k, v in y["shares"].items()}
        if q(y["index"]):
            for k in level:
                if k[0] == "kostnad":
                    level[k] = kronor(level[k] * (1 + q(y["index"])))
        months, one_off, before = [], [F(0)] * 12, {k: v for k, v in level.items() if k[0] == "balans"}
        for m in range(12):
            for _, _, c in (e for e in events if e[0] == year * 12 + m):
                d, t, op, v = c["driver"], c["target"], c["op"], q(c["value"])
                new = lambda k, x: level.__setitem__(k, kronor({"set": x, "add": level[k] + x, "scale": level[k] * x}[op]))
                if d == "engangs":
                    one_off[m] += v
                elif d == "bidrag":
                    for p in ("staten", "region", "kommuner"):
                        if t in (None, p):
                            new((d, p), v * share[p] if t is None and op != "scale" else v)
                            braked = c["braked"] if p == "staten" else braked
                elif d == "kostnad" and (t is None or (d, t) not in level):
                    if op == "scale":
                        for k in list(level):
                            if k[0] == d and t in (None, group[k[1]]):
                                new(k, v)
                    else:
                        rest = v - sum(x for k, x in level.items() if k[0] == d and k[1] != "ofordelat") if op == "set" else v
                        new((d, "ofordelat"), rest)
                elif d in ("kostnad", "intakt", "balans"):
                    new((d, t), v)
            months.append(dict(level))
        year_of = lambda k: sum(m[k] for m in months) / 12
        given = {p: year_of(("bidrag", p)) for p in share}
        if braked and y["largest_cut"] and state_margin >= 0:
            given["staten"] = max(given["staten"], kronor(last_state - last_state * q(y["largest_cut"])))
        A = kronor(min(given[p] / share[p] for p in share))
        last_state = kronor(A * share["staten"])
        other = sum(kronor(year_of(k)) for k in level if k[0] == "intakt")
        cost = kronor(sum(year_of(k) for k in level if k[0] == "kostnad") * q(y["realisation"])) + kronor(sum(one_off))
        pays = sum((months[11][k] - before[k]) * (-1 if k[1] == "fordringar" else 1) for k in before)
        wear = min(fig["avskrivningar"], fixed)
        r = q(y["interest"])
        x = A + other - cost + pays
        interest = kronor(kronor((2 * cash + x) / (2 - r)) * r) if r else F(0)
        spread = lambda amount, weights: [amount * sum(weights[:i + 1]) / sum(weights) if sum(weights) else amount * F(i + 1, 12) for i in range(12)]
        total = lambda kind: [sum(v for k, v in m.items() if k[0] == kind) for m in months]
        paid = [sum((months[i][k] - before[k]) * (-1 if k[1] == "fordringar" else 1) for k in before) for i in range(12)]
        ore = lambda v: int(abs(v) + F(1, 2)) * (-1 if v < 0 else 1)
        path = [spread(A, total("bidrag")), spread(other, total("intakt")), spread(cost - kronor(sum(one_off)), total("kostnad")),
                [kronor(sum(one_off)) * F(sum(one_off[:i + 1])) / sum(one_off) if sum(one_off) else F(0) for i in range(12)], spread(interest, [F(1)] * 12)]
        month_cash = [cash + ore(path[0][i]) + ore(path[1][i]) - ore(path[2][i]) - ore(path[3][i]) + ore(path[4][i]) + paid[i] for i in range(12)]
        result = A + other - cost - wear + interest
        cash, equity, fixed = cash + x + interest, equity + result, fixed - wear
        limit, low = F(0), F(0)
        for s in y["guideline"]:
            high = F(s["upper_ore"]) if s["upper_ore"] is not None else None
            limit += q(s["rate"]) * ((A if high is None else min(A, high)) - low)
            low = high
            if high is None or A <= high:
                break
        state_margin = limit - equity
        out.append({"year": year, "medlemsbidrag": A, "ovriga_intakter": other, "kostnader": cost, "finansnetto": interest, "resultat": result,
                    "eget_kapital": equity, "kassa": cash, "riktlinje": limit, "marginal": state_margin, "months": month_cash})
    return out


bad, compared = 0, 0
for path in files:
    made = json.loads(subprocess.run([medel, "project", "-f", "json", path], capture_output=True, check=True).stdout)
    for s in made["scenarios"]:
        assert not s["assumptions"]["replaced"], "a function of the scenario's own cannot be computed again"
        printed = {y["year"]: y for y in s["years"] if y["projected"]}
        for y in again(s["assumptions"]):
            for name, value in y.items():
                if name in ("year", "months"):
                    continue
                compared += 1
                if q(printed[y["year"]]["figures"][name]) != value:
                    bad += 1
                    print(f"{path}: {s['scenario']}: {y['year']} {name}: {q(printed[y['year']]['figures'][name])} printed, {value} computed", file=sys.stderr)
            months = [m["cash_ore"] for m in s["months"] if m["year"] == y["year"]]
            compared += 12
            if months != y["months"] or months[11] != y["kassa"]:
                bad += 1
                print(f"{path}: {s['scenario']}: months of {y['year']}: {months} {[str(v) for v in y['months']]}", file=sys.stderr)
print(f"recomputed: {compared} figures, {bad} differ")
sys.exit(bad > 0)
