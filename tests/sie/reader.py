"""reader.py - a second reader of SIE, written from the specification and as plain as can be, to
compare the core's with.  It knows no deviations but those that the reference files have."""
import re

FIELD = re.compile(r'"((?:[^"\\]|\\(?!")|\\")*)(?:"|$)|(\{[^}]*\})|([^\s{]+)')
ROWS = {"TRANS": 0, "RTRANS": 1, "BTRANS": 2}
BALANCES = {"IB": 0, "UB": 1, "RES": 2, "OIB": 3, "OUB": 4, "PSALDO": 5, "PBUDGET": 6}


def decode(data):
    for encoding in ("utf-8", "cp437"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise ValueError("no encoding")


def fields(text):
    found = []
    for quoted, braces, bare in FIELD.findall(text):
        if braces:
            words = [w[0].replace('\\"', '"') or w[2] for w in FIELD.findall(braces[1:-1])]
            found.append(list(zip(words[::2], words[1::2])))
        else:
            found.append(bare or quoted.replace('\\"', '"'))
    return found


def ore(text):
    match = re.fullmatch(r"(-?)(\d+)(?:\.(\d{1,2}))?", text)
    if not match:
        raise ValueError(text)
    value = int(match[2]) * 100 + int((match[3] or "0").ljust(2, "0"))
    return -value if match[1] else value


def at(items, i):
    return items[i] if i < len(items) else ""


def read(path):
    with open(path, "rb") as file:
        lines = re.split("\r\n|\n|\r", decode(file.read()))
    out = {"counts": {}, "accounts": {}, "objects": {}, "balances": [], "vouchers": []}
    voucher = None
    for number, line in enumerate(lines, 1):
        match = re.match(r"\s*#(\w+)(.*)", line)
        if not match:
            continue
        label, f = match[1], fields(match[2])
        out["counts"][label] = out["counts"].get(label, 0) + 1
        if label == "KONTO":
            out["accounts"][f[0]] = f[1]
        elif label == "OBJEKT":
            out["objects"][f[0], f[1]] = f[2]
        elif label in BALANCES:
            period = f.pop(1) if label in ("PSALDO", "PBUDGET") else "0"
            objects = f.pop(2) if isinstance(at(f, 2), list) else []
            out["balances"].append((BALANCES[label], int(f[0]), int(period), f[1], objects, ore(f[2]), number))
        elif label == "VER":
            voucher = {"series": f[0], "number": f[1], "date": f[2], "text": at(f, 3), "reg": at(f, 4), "sign": at(f, 5),
                       "line": number, "rows": [], "trail": []}
            out["vouchers"].append(voucher)
        elif label in ROWS:
            row = (ROWS[label], f[0], f[1], ore(f[2]), at(f, 3) or voucher["date"], at(f, 4), at(f, 5), at(f, 6), number)
            voucher["trail" if ROWS[label] else "rows"].append(row)
    return out
