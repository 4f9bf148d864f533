"""shapes.py DESCRIBE - vouchers and rows as different programs write them are the same ledger, and what is unusual in
them is counted line by line, whether they are read fast or slowly."""
import json
import os
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
SHAPES = ("usual", "indented", "tabs", "empty", "quoted", "aligned")


def described(path):
    return json.loads(subprocess.run([sys.argv[1], path], check=True, capture_output=True).stdout)


failed, usual = 0, None
with tempfile.TemporaryDirectory() as folder:
    for shape in SHAPES:
        for extra in ([], ["--ksumma"]):  # of which the sum needs every line, so that none is read fast
            path = os.path.join(folder, shape + ".se")
            subprocess.run([sys.executable, os.path.join(here, "generate.py"), "400", path, "--seed", "5", "--shape", shape, *extra], check=True)
            seen = described(path)
            counted = {d["code"]: d["count"] for d in seen["deviations"] if not d["code"].startswith("ksumma")}
            rows, vouchers = sum(len(v["rows"]) for v in seen["vouchers"]), len(seen["vouchers"])
            usual = usual or seen["vouchers"]
            same = [[r[k] for v in seen["vouchers"] for r in v["rows"]] == [r[k] for v in usual for r in v["rows"]]
                    for k in ("account", "amount", "objects", "text", "quantity", "sign", "day", "voucher")]
            same += [[v[k] for v in seen["vouchers"]] == [v[k] for v in usual] for k in ("series", "sum", "day", "regday", "number", "text", "sign")]
            want = {}
            if shape in ("indented", "tabs", "aligned"):
                want["indented_line"] = rows
            if shape == "tabs":
                want["tab_separator"] = rows + vouchers
            if not all(same) or counted != want or seen["errors"]:
                failed += 1
                print(f"FAILED: {shape} {extra}: {same} {counted} {want}", file=sys.stderr)
print(f"sie: {2 * len(SHAPES)} shapes of one ledger, {failed} differ")
sys.exit(failed > 0)
