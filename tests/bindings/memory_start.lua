-- What a host begins with, each allocation of which fails (memory 1 FILE): a runner, and a file that is read.
local medel = require "medel"
local runner <close> = medel.runner { overrides = { ["tak.eget_kapital"] = "rak" } }
return medel.json { assert(medel.read_file "tests/bindings/report.yaml") }
