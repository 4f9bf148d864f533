"""schema.py SCHEMA REPORT... - does the schema accept the reports, and refuse what is wrong?
A report given as FILE=N must be refused at N places.

The YAML is read with every scalar as an editor's language server reads it.  Exit status 3
when python3-jsonschema or python3-yaml is not there."""
import copy
import json
import sys

try:
    import jsonschema
    import yaml
except ImportError:
    sys.exit(3)

schema = json.load(open(sys.argv[1], encoding="utf-8"))
validator_class = jsonschema.validators.validator_for(schema)
validator_class.check_schema(schema)
validator = validator_class(schema)
failed = False


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Keys are text in JSON, and a date is a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def texts(value):
    if isinstance(value, dict):
        return {str(key): texts(item) for key, item in value.items()}
    return [texts(item) for item in value] if isinstance(value, list) else value


def expect(document, fine, what):
    global failed
    errors = sorted(validator.iter_errors(document), key=str)
    if bool(errors) == fine:
        failed = True
        print(f"schema: {what}: " + (errors[0].message[:200] if errors else "accepted"))


def damaged(document):
    for what, change in {
        "an unknown section": lambda d: d.update(balansrakningen={}),
        "an unknown key in a table": lambda d: d["resultatrakning"].update(enheter="kr"),
        "another unit": lambda d: d["resultatrakning"].update(enhet="euro"),
        "no year": lambda d: d.pop("rakenskapsar"),
        "a column that is none": lambda d: d["resultatrakning"].update(kolumner=["i år"]),
        "rows as a list": lambda d: d["resultatrakning"].update(rader=[]),
    }.items():
        one = copy.deepcopy(document)
        change(one)
        yield what, one


def row_or_field(error):
    """Where the fault is, whether the row, its list or a cell of it is what does not fit."""
    return tuple(list(error.absolute_path)[:3])


for path in sys.argv[2:]:
    path, _, places = path.partition("=")
    report = texts(yaml.load(open(path, encoding="utf-8"), Loader))
    if places:
        found = {row_or_field(error) for error in validator.iter_errors(report)}
        if len(found) != int(places):
            failed = True
            print(f"schema: {path}: {len(found)} places, not {places}: {sorted(found)}")
        continue
    expect(report, True, path)
    for what, other in damaged(report):
        expect(other, False, f"{path} with {what}")
sys.exit(1 if failed else 0)
