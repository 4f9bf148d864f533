"""support.py - running medel, small reports to run it on, and the schemas."""
import csv
import functools
import io
import json
import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as xml

MEDEL = "build/medel"
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
EXAMPLES = ("examples/lekeberg-orebro/2023.yaml", "examples/sydnarke/2023.yaml")

try:
    import jsonschema
except ImportError:
    jsonschema = None


@functools.lru_cache(maxsize=None)
def run(*arguments, folder=ROOT, environment=()):
    """Exit status, standard output and standard error of one run."""
    made = subprocess.run([MEDEL, *arguments], cwd=folder, capture_output=True, check=False,
                          env={**os.environ, **dict(environment)})
    return made.returncode, made.stdout, made.stderr.decode("utf-8", "replace")


def read(name, *arguments, **options):
    """What a format says, as Python sees it."""
    status, out, err = run("audit", "--format", name, *arguments, **options)
    if status not in (0, 1):
        raise AssertionError(f"status {status}: {err or run('audit', *arguments, **options)[2]}")
    return parse(name, out)


def parse(name, out):
    if name == "csv":
        return list(csv.reader(io.StringIO(out.decode("utf-8"), newline="")))
    return xml.fromstring(out) if name == "junit" else json.loads(out)


def load(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return json.load(file)


class Case(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory(prefix="medel-formats-")
        cls.folder = cls.held.name

    @classmethod
    def tearDownClass(cls):
        cls.held.cleanup()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return path

    def validate(self, schema, document):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is needed")
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        wrong = [f"{list(e.absolute_path)}: {e.message[:300]}"
                 for e in validator(schema).iter_errors(document)]
        self.assertEqual([], wrong[:5])


def quoted(text):
    """A text as YAML in double quotes, so that any character can be in it."""
    def escape(c):
        if c in '"\\':
            return "\\" + c
        if " " <= c <= "~" or c in "åäöÅÄÖ＝＋－＠":
            return c
        return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"
    return '"' + "".join(escape(c) for c in text) + '"'


def report(year=2023, costs="-950 000", total="50 000", more=""):
    """A report whose sums can be made wrong."""
    return f"""medel: 1
forbund: {{ namn: Prov }}
rakenskapsar: {year}
resultatrakning:
  enhet: kr
  kolumner: [{year}, {year - 1}]
  rader:
    verksamhetens_intakter: [1 000 000, 900 000]
    verksamhetens_kostnader: [{costs}, -900 000]
    verksamhetens_resultat: [{total}, 0]
    arets_resultat: [{total}, 0]
{more}"""


# A pack whose rule finds each member of the förbund, in the report's own words.
SAYS = """return rule {
  id = "PROV-01", title = "Prov", ground = "Prov", level = "error", needs = { "forbund.medlemmar" },
  check = function(ar)
    local out = {}
    for medlem in each(ar.forbund.medlemmar) do
      out[#out + 1] = finding("{namn}", { namn = medlem.namn }, { at = medlem })
    end
    return out
  end,
}
"""


def in_a_message(text):
    """A text of the report as a finding's sentence quotes it: one line of at most 1000 bytes."""
    raw = text.replace("\n", " ").replace("\t", " ").encode()
    return raw.decode() if len(raw) <= 1000 else raw[:1000].decode(errors="ignore") + "…"


def members(texts):
    """A report whose members have these names."""
    names = "\n".join(f"    - {{ namn: {quoted(text)}, part: kommun }}" for text in texts)
    return f"medel: 1\nrakenskapsar: 2023\nforbund:\n  namn: {quoted(texts[0])}\n  medlemmar:\n{names}\n"
