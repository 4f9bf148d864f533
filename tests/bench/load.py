"""load.py LOADER PATH... - load YAML files, or every one below the folders, in plain Python."""
import os
import sys

import yaml

loader = getattr(yaml, sys.argv[1])
for path in sys.argv[2:]:
    files = [path]
    if os.path.isdir(path):
        files = [os.path.join(d, f) for d, _, names in os.walk(path) for f in names]
    for file in files:
        with open(file, encoding="utf-8") as stream:
            yaml.load(stream, loader)
