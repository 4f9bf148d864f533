"""compare.py DESCRIBE - the reader and the writer of the core against expected.json, against
reader.py, against themselves with other vectors, and against what generate.py says."""
import json
import os
import subprocess
import sys
import tempfile

import reader

describe, here = sys.argv[1], os.path.dirname(os.path.abspath(__file__))
reference = os.path.join(here, "reference")
compared = 0


def same(what, ours, theirs):
    global compared
    compared += 1
    if ours != theirs:
        sys.exit(f"sie: {what}:\n  ours   {str(ours)[:900]}\n  theirs {str(theirs)[:900]}")


def run(*arguments, check=True):
    return subprocess.run([describe, *arguments], capture_output=True, check=check).stdout


def iso(date):
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if date else None


# ---- against expected.json ----


def deviations(d):
    return {(v["code"], v["label"]): (v["count"], v["line"]) for v in reversed(d["deviations"])}


def gaps(v):
    return [s for s in v["series"] if 0 < s["vouchers"] and s["low"] <= s["high"] and s["high"] - s["low"] + 1 > s["vouchers"]]


def sums(d, year):
    out = {}
    for kind, of, month, _, objects, ore, _ in d["balances"]:
        if of == year and not (month and objects):  # those of objects are in the account's, too
            name = ("IB", "UB", "RES", "OIB", "OUB", "PSALDO", "PBUDGET")[kind]
            out[name] = out.get(name, 0) + ore
    return out


RENAMED = {"unterminated_quote": "quote_unterminated", "serie_empty": "series_empty", "voucher_without_TRANS": "voucher_empty",
           "non_numeric_account": "account_not_numeric", "note_indented_line": "indented_line",
           "encoding_not_cp437": "encoding_not_cp437", "trans_undeclared_object": "object_undeclared",
           "note_has_quantity": "row_quantity"}
# Ours are said in another way, or by the ledger's rules: tabs are counted by line, not by tab.
ELSEWHERE = {"note_tab_separator", "trans_account_non_numeric", "duplicate_vernr_in_series", "gap_in_vernr_series",
             "note_transdate_differs_from_verdate", "note_has_sign"}


def against_deviations(name, d, expected):
    found = deviations(d)
    total = {}
    for (code, _), (count, _) in found.items():
        total[code] = total.get(code, 0) + count
    for code, e in expected.items():
        if code in ELSEWHERE:
            continue
        if code == "trans_undeclared_account":
            same(f"{name} {code}", total.get("account_undeclared", 0) + total.get("chart_absent", 0), e["count"])
        elif code in RENAMED:
            same(f"{name} {code}", total.get(RENAMED[code]), e["count"])
            if e["first_line"]:
                first = min(line for (c, _), (_, line) in found.items() if c == RENAMED[code])
                same(f"{name} {code} line", first, e["first_line"])
        else:
            kind, label = code.rsplit("_", 1)
            kind = {"missing_required": "label_missing"}.get(kind, kind)
            same(f"{name} {code}", found.get((kind, label)), (e["count"], e["first_line"]))
    for code in ("note_transdate_differs_from_verdate", "note_has_sign"):
        ours = total.get({"note_has_sign": "row_sign"}.get(code, "row_date_differs"), 0)
        same(f"{name} {code}", ours, expected.get(code, {"count": 0})["count"])
    same(f"{name} tabs", "tab_separator" in total, "note_tab_separator" in expected)
    same(f"{name} gaps", bool(gaps(d)) if d["vouchers"] else False, "gap_in_vernr_series" in expected)


def against_expected(name, d, e):
    same(f"{name} encoding", d["encoding"].lower(), e["encoding"])
    for key in ("type", "sietyp", "flagga", "kptyp", "valuta", "bom"):
        same(f"{name} {key}", d[key], e[key])
    same(f"{name} size", d["bytes"], e["size"])
    same(f"{name} line ends", [d["crlf"], d["cr"]], [e["eol"]["crlf"], e["eol"]["cr"]])
    same(f"{name} program", [d["program"], d["version"]], e["program"])
    same(f"{name} gen", d["gen"], iso(e["gen"]))
    same(f"{name} years", {str(y["number"]): [y["start"], y["end"]] for y in d["years"]},
         {n: [iso(x) for x in dates] for n, dates in e["rar"].items()})
    same(f"{name} labels", {v["name"]: v["count"] for v in d["labels"]}, {**e["counts"], **e["unknown_labels"]})
    same(f"{name} accounts", sum(a["declared"] for a in d["accounts"]), e["n_konto_distinct"])
    rows = [r for v in d["vouchers"] for r in v["rows"]]
    trail = [r for v in d["vouchers"] for r in v["trail"]]
    same(f"{name} rows", [len(d["vouchers"]), len(rows), sum(r["kind"] == 1 for r in trail), sum(r["kind"] == 2 for r in trail)],
         [e["n_ver"], e["n_trans"], e["n_rtrans"], e["n_btrans"]])
    same(f"{name} dimensions", {x["number"]: x["name"] for x in d["dimensions"] if x["declared"]}, e["dims"])
    same(f"{name} objects", sum(o["declared"] for o in d["objects"]), e["n_objects"])
    used = {}
    for r in rows + trail:
        for o in r["objects"]:
            number = d["dimensions"][d["objects"][o]["dimension"]]["number"]
            used[number] = used.get(number, 0) + 1
    same(f"{name} dimensions in use", used, e["dims_used_in_trans"])
    for year in ("0", "-1"):
        ours = sums(d, int(year))
        for label, ore in e.get(f"sum_year{year}_oere", {}).items():
            same(f"{name} #{label} {year}", ours.get(label, 0), ore)
        for label, by_year in e.get("sum_other_oere", {}).items():
            same(f"{name} #{label} {year}", ours.get(label, 0), by_year.get(year, 0))
    same(f"{name} debit", sum(r["amount"] for r in rows if r["amount"] > 0) if rows else None, e["trans_debit_oere"])
    same(f"{name} unbalanced", d["tally"]["voucher"][1], e["n_unbalanced"])
    same(f"{name} series", {s["name"]: s["vouchers"] for s in d["series"]}, e["series"])
    dates = [v["day"] for v in d["vouchers"]]
    same(f"{name} dates", [min(dates), max(dates)] if dates else None,
         e["voucher_dates"] and [iso(x) for x in e["voucher_dates"]])
    if "not_reconciled" in e:
        wrong = [[d["accounts"][c[1]]["number"], c[0][0].upper(), c[6] - c[5]] for c in d["checks"] if c[0] in ("balance", "result")]
        same(f"{name} reconciled", sorted(wrong), sorted(e["not_reconciled"]))
    if e.get("ksumma"):
        same(f"{name} ksumma", d["ksumma"], [3, int(e["ksumma"]["declared"]), int(e["ksumma"]["computed"])])
    if "ub_plus_res_oere" in e:
        same(f"{name} UB + RES", next((c[6] for c in d["checks"] if c[0] == "sum"), 0), e["ub_plus_res_oere"])
    against_deviations(name, d, e["deviations"])


# ---- against reader.py ----


def against_reader(name, d, path):
    r = reader.read(path)
    number = [a["number"] for a in d["accounts"]]
    objects = [(d["dimensions"][o["dimension"]]["number"], o["number"]) for o in d["objects"]]
    same(f"{name} counts", {v["name"]: v["count"] for v in d["labels"]}, r["counts"])
    same(f"{name} names", {a["number"]: a["name"] for a in d["accounts"] if a["declared"]}, r["accounts"])
    same(f"{name} objects", {objects[i]: o["name"] for i, o in enumerate(d["objects"]) if o["declared"]}, r["objects"])
    same(f"{name} balances", [(b[0], b[1], b[2], number[b[3]], b[5], b[6]) for b in d["balances"]],
         [(b[0], b[1], b[2], b[3], b[5], b[6]) for b in r["balances"]])

    def row(x):
        return (x["kind"], number[x["account"]], [objects[o] for o in x["objects"]], x["amount"], x["day"].replace("-", ""),
                x["text"], x["quantity"], x["sign"], x["line"])
    for ours, theirs in zip(d["vouchers"], r["vouchers"]):
        at = f"{name}:{theirs['line']}"
        same(at, [d["series"][ours["series"]]["name"], ours["number"], (ours["day"] or "").replace("-", ""), ours["text"],
                  (ours["regday"] or "").replace("-", ""), ours["sign"], ours["line"]],
             [theirs[k] for k in ("series", "number", "date", "text", "reg", "sign", "line")])
        for part in ("rows", "trail"):
            same(f"{at} {part}", [row(x) for x in ours[part]], theirs[part])
    same(f"{name} vouchers", len(d["vouchers"]), len(r["vouchers"]))


# ---- round trips ----


def items(d):
    """What a file holds, but for where it stands in the file and how it was written."""
    gone = {"lines", "bytes", "crlf", "cr", "encoding", "deviations", "errors", "bom", "line"}

    def bare(x):
        if isinstance(x, dict):
            return {k: bare(v) for k, v in x.items() if k not in gone}
        return [bare(v) for v in x] if isinstance(x, list) else x
    d = bare(d)
    d["balances"] = [b[:6] for b in d["balances"]]
    d["checks"] = [c[:4] + c[5:] for c in d["checks"]]
    return d


def round_trip(name, path, d, folder):
    lost = "\ufffd" in json.dumps(d, ensure_ascii=False)  # CP437 has no such character
    for n, how in enumerate((["--utf8"],) if lost else (["--utf8"], [], ["--lf"])):
        copy = os.path.join(folder, f"copy{n}.se")
        with open(copy, "wb") as file:
            file.write(run("--write", *how, path))
        same(f"{name} written {how}", items(json.loads(run(copy))), items(d))
        same(f"{name} written twice {how}", run("--write", *how, copy), open(copy, "rb").read())
    for kind in ("1", "2", "3", "4I", "4E"):
        with open(copy, "wb") as file:
            file.write(run("--write", "--type", kind, path))
        again = json.loads(run(copy))
        same(f"{name} as {kind}", [again["sietyp"] or "1", any(v["code"] == "label_forbidden" for v in again["deviations"])],
             [kind[0], False])


def generated(folder):
    for n, flags in enumerate(([], ["--ksumma", "--corrections"], ["--balances", "--corrections", "--seed", "7"])):
        path = os.path.join(folder, f"generated{n}.se")
        subprocess.run([sys.executable, os.path.join(here, "generate.py"), "1500", path, *flags], check=True)
        data = json.loads(run(path))
        name = f"generated {' '.join(flags)}"
        same(f"{name} normal form", run("--write", path), open(path, "rb").read())
        same(f"{name} checks", data["checks"], [])
        same(f"{name} tested", data["tally"]["voucher"][0], 1500)
        notes = {v["code"] for v in data["deviations"]} - {"row_sign"}
        same(f"{name} deviations", notes, set())
        against_reader(name, data, path)
        same_everywhere(name, path, data)
        round_trip(name, path, data, folder)


def same_everywhere(name, path, d):
    """All widths of vectors give the same bytes; a stream the same sums."""
    plain = run(path)
    for how in ("--scalar", "--sse2"):
        same(f"{name} {how}", run(how, path) == plain, True)
    stream = json.loads(run("--stream", path))
    for key in ("accounts", "balances", "labels", "years", "series", "objects", "encoding", "ksumma", "errors"):
        same(f"{name} streamed {key}", stream[key], d[key])
    keep = [c for c in d["checks"] if c[0] != "object"]
    same(f"{name} streamed checks", stream["checks"], keep)


def main():
    with open(os.path.join(reference, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)["files"]
    with tempfile.TemporaryDirectory() as folder:
        for name, e in expected.items():
            path = os.path.join(reference, name)
            d = json.loads(run(path))
            against_expected(name, d, e)
            same_everywhere(name, path, d)
            if name != "BL0001_typ4I.SI":  # its #RAR has no dates, which the second reader does not know
                against_reader(name, d, path)
            round_trip(name, path, d, folder)
        generated(folder)
    print(f"sie: {len(expected)} real files and 3 made ones read, written and read again; {compared} comparisons")


main()
