"""doubling.py BUILD - twice as much of one thing takes about twice the instructions.

Instructions are counted by valgrind, and are the same on every run of one machine: this is
no time limit.  What the thing costs is beyond what hardly any of it costs, so that a
beginning that costs much hides nothing."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

build = sys.argv[1]
medel = os.path.abspath(os.path.join(build, "medel"))
straight = 2.3  # 2 is a straight line, 4 a square
with open("examples/sydnarke/2023.yaml", encoding="utf-8") as file:
    report = file.read()


def after(mark, text):
    at = report.index(mark) + len(mark)
    return report[:at] + text + report[at:]


# ---- inputs with n of one thing: { file: text } ----


def uppgifter(n):
    return {"2023.yaml": after("\nuppgifter:\n", "".join(
        f"  - {{ text: antal besök i verksamhet nummer {k}, tal: {k + 1}, id: upp_{k}, rad: {100 + k} }}\n" for k in range(n)))}


def insatser(n):
    one = re.search(r"\n  mottagningsteamet:\n(?:    .*\n)+", report)[0]
    one = re.sub(r"\n    driftrad:.*", "", one).rstrip("\n")
    return {"2023.yaml": after("\ninsatser:", "".join(
        one.replace("\n  mottagningsteamet:", f"\n  insats_{k}:").replace("namn: Mottagningsteamet", f"namn: Insatsen nummer {k}")
        for k in range(n)))}


def own_rows(n):
    at = report.index("    massa:             { tal:")
    return {"2023.yaml": report[:at] + "".join(
        f"    rad_{k}: {{ tal: [–, 1 000, -1 000, -1 000, 0, –, 1 000, 1 000], rad: {1300 + k}, under: individ, text: Insats nummer {k} }}\n"
        for k in range(n)) + report[at:]}


def reports(n):
    return {f"forbund-{k}/{name}": text for k in range(n + 1)
            for name, text in (("2023.yaml", report), ("forbund.yaml", forbund))}


def rules(n, change=lambda text: text):
    with open("rules/kpmg/mal-16-aktivitet-en-gang.lua", encoding="utf-8") as rule:
        text = change(rule.read())
    files = {f"egna/r{k}.lua": re.sub(r'id( *)= "[^"]*"', f'id\\1= "EGEN-{k}"', text, count=1) for k in range(n)}
    return {"2023.yaml": report, "egna/pack.yaml": "medel_pack: 1\nid: egna\ntitle: Egna\n", **files}


bare = "medel: 1\nforbund: forbund.yaml\nrakenskapsar: 2023\n"


def bare_uppgifter(n):  # with as many digits each, for a digit is a misprint more
    return {"2023.yaml": bare + "uppgifter:\n" + "".join(
        f"  - {{ text: antal besök i verksamhet nummer {k}, tal: {k + 1011}, id: upp_{k} }}\n" for k in range(n + 1))}


def short(make):
    """The same in a report of which most is left out: coverage tries every figure of it."""
    def only(n):
        text = make(n)["2023.yaml"]
        return {"2023.yaml": bare + "".join(re.search(rf"^{section}:\n(?:(?: .*)?\n)+", text, re.M)[0]
                                            for section in ("resultatrakning", "driftredovisning", "insatser"))}
    return only


def scenario(years, decisions):
    return {"scenario.lua": f"""return scenario "Lång" {{
  base = report "2023.yaml",
  years = {{ 2024, {2027 + years} }},
""" + "".join(f'  decision {{ "Beslut {k}", by = "styrelsen", from = "{2024 + k % 4}-01", medlemsbidrag = percent(-1) }},\n'
              for k in range(decisions)) + "}\n", "2023.yaml": report}


def accounts(n):
    return {"2023.se": "#FLAGGA 0\n#PROGRAM \"X\" 1\n#FORMAT PC8\n#GEN 20240101\n#SIETYP 4\n#FNAMN \"X\"\n#RAR 0 20230101 20231231\n"
            + "".join(f"#KONTO {10000 + k} \"Konto {k}\"\n" for k in range(2 * n + 2))
            + "".join(f"#VER A {k + 1} 20230{k % 9 + 1}15 \"Text {k}\"\n{{\n#TRANS {10000 + 2 * k} {{}} 100.00\n#TRANS {10001 + 2 * k} {{}} -100.00\n}}\n"
                      for k in range(n + 1))}


def vouchers(n):
    path = os.path.join(build, "doubling.se")
    subprocess.run([sys.executable, "tests/sie/generate.py", str(n), path], check=True, stdout=subprocess.DEVNULL)
    with open(path, encoding="cp437") as book:
        return {"2023.se": book.read()}


audit, coverage = "audit -j0 2023.yaml --time-limit 600000", "coverage -j1 2023.yaml --time-limit 600000"
kinds = {
    "vouchers": (vouchers, 2000, "ledger 2023.se --check --time-limit 600000"),
    "accounts": (accounts, 300, "ledger 2023.se --check --time-limit 600000"),
    "uppgifter": (uppgifter, 300, audit),
    "insatser": (insatser, 40, audit),
    "own rows": (own_rows, 100, audit),
    "reports": (reports, 6, "audit -j0 . --time-limit 600000"),
    "rules": (rules, 60, audit + " --rules egna"),
    "years": (lambda n: scenario(n, 2), 10, "project scenario.lua --time-limit 600000"),
    "decisions": (lambda n: scenario(4, n), 16, "project scenario.lua --time-limit 600000"),
    "uppgifter, coverage": (bare_uppgifter, 100, coverage),
    "own rows, coverage": (short(own_rows), 16, coverage),
    "insatser, coverage": (short(insatser), 8, coverage),
}
# A rule that looks at every insats is asked again for every misprint of each.
squares = {"insatser, coverage": 3}

with open("examples/sydnarke/forbund.yaml", encoding="utf-8") as file:
    forbund = file.read()


def instructions(files, command):
    """Of the command and of the processes that it begins."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"forbund.yaml": forbund, **files}.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="cp437" if name.endswith(".se") else "utf-8") as out:
                out.write(text)
        run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", medel, *command.split()],
                             cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"doubling: medel ended with {run.returncode}:\n{run.stderr}")
    return sum(int(n) for n in re.findall(r"Collected : (\d+)", run.stderr))


def finds_nothing():
    """A rule that says in a list that it found nothing is run once, like one that says nothing."""
    def ends(words):
        return lambda text: re.sub(r"check *= function.*", "check = function(ar)\n    for _ = 1, 10000 do local _ = ar.eget_kapital + ar.eget_kapital end\n"
                                   f"    return {words}\n  end,\n}}\n", text, flags=re.S)
    none, listed, nothing = (instructions(rules(n, ends(words)), audit + " --rules egna")
                             for n, words in ((0, "{}"), (10, "{}"), (10, "nil")))
    ratio = (listed - none) / (nothing - none)
    print(f"a rule that returns an empty list against one that returns nothing: {ratio:.2f}" + (", more than 1.1" if ratio > 1.1 else ""))
    return ratio > 1.1


def main():
    if not shutil.which("valgrind"):
        print("not tried: instructions of twice as much (apt install valgrind)")
        return 0
    failed = tried = 0
    for kind, (make, n, command) in kinds.items():
        if len(sys.argv) > 2 and kind not in sys.argv[2:]:
            continue
        none, once, twice = (instructions(make(k), command) for k in (n // 100, n, 2 * n))
        tried += 1
        factor, most = (twice - none) / (once - none), squares.get(kind, straight)
        failed += factor > most
        print(f"{kind:19} {n:4} {2 * n:4}  {(once - none) / 1e6:8.1f} {(twice - none) / 1e6:8.1f} M instructions  factor {factor:.2f}"
              + (f", more than {most}" if factor > most else ""))
    if len(sys.argv) == 2:
        tried += 1
        failed += finds_nothing()
    print(f"doubling: {tried - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
