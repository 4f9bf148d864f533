"""schema.py SCHEMA OUTPUT... - does the schema hold for what `medel project -f json` prints,
and refuse what it does not print?  Exit status 3 when python3-jsonschema is not there."""
import copy
import json
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(3)

schema = json.load(open(sys.argv[1], encoding="utf-8"))
validator_class = jsonschema.validators.validator_for(schema)
validator_class.check_schema(schema)
validator = validator_class(schema)
failed = False


def expect(document, fine, what):
    global failed
    errors = sorted(validator.iter_errors(document), key=str)
    if bool(errors) == fine:
        failed = True
        print(f"schema: {what}: " + (f"{errors[0].json_path}: {errors[0].message[:200]}" if errors else "accepted"))


def damaged(document):
    """The same with one thing wrong, for each thing that this output has."""
    changes = {
        "no version": lambda d: d.pop("medel_projection"),
        "an unknown field": lambda d: d.update(scenarier=[]),
        "a year as text": lambda d: d["scenarios"][0]["years"][0].update(year="2024"),
        "a figure with decimals": lambda d: d["scenarios"][0]["years"][1]["figures"]["resultat"].update(numerator=0.5),
        "no grid": lambda d: d["scenarios"][0].pop("grid"),
        "another split": lambda d: d["scenarios"][0].update(split="equal"),
        "half a participant": lambda d: d["scenarios"][0]["participants"][0]["years"][0].update(participants=1.5),
        "a plan that is an outcome": lambda d: d["printed"][0]["plans"][0].update(variant="utfall"),
        "an unknown method": lambda d: d["hindcast"][0]["methods"][0].update(id="gissning"),
        "four quantiles": lambda d: d["scenarios"][0]["uncertainty"]["years"][0]["quantiles"].pop("p50"),
    }
    for what, change in changes.items():
        one = copy.deepcopy(document)
        try:
            change(one)
        except (IndexError, KeyError):
            continue  # a report alone has no scenarios
        yield what, one


for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    expect(document, True, path)
    for what, one in damaged(document):
        expect(one, False, f"{path}: {what}")
sys.exit(failed)
