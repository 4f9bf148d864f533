-- fixture.lua: the taxonomy, the parameters and a small report that the tests share.
local medel = require "medel"

local fixture = {}

local function must(value, why)
  if value == nil then error(why, 2) end
  return value
end

local function read(path)
  return must(medel.read_file(path))
end

fixture.taxonomy = must(medel.read_taxonomy(read "rules/taxonomy/finsam.yaml", "finsam.yaml"))
fixture.parameters = must(medel.read_parameters(read "tests/bindings/norms.yaml", "norms.yaml"))
fixture.source = read "tests/bindings/report.yaml"

-- The small report, or another text.
function fixture.report(text)
  return must(medel.read_report(fixture.taxonomy, text or fixture.source, "report.yaml"))
end

function fixture.example(name)
  return must(medel.load_report(fixture.taxonomy, "examples/" .. name .. "/2023.yaml"))
end

-- The parameters in force, where no made-up ones will do.
function fixture.national()
  return must(medel.read_parameters(read "rules/parametrar/nationell.yaml", "nationell.yaml"))
end

-- The text of a rule file whose check is 'body'.
function fixture.rule(body, fields)
  return ([[return rule { id = "PROV-01", title = "Prov", ground = "Prov", level = "note", %s
  check = function(ar, p) %s end }]]):format(fields or "", body)
end

-- What is innocent may be stopped by a time limit where the machine is busy: what 'try' tests is
-- tried again with ten times the limit until it says that it could be judged.
function fixture.patiently(try)
  for _, time_ms in ipairs { 300, 3000, 30000, 300000 } do
    if try(time_ms) then return end
  end
  error("an innocent rule is stopped by its time limit", 2)
end

-- Run one check on a report in a runner of its own.
function fixture.run(body, options)
  options = options or {}
  local runner = medel.runner { parameters = fixture.parameters, overrides = options.overrides,
                                memory_mb = options.memory_mb, time_ms = options.time_ms }
  local rule, why = runner:load("prov.lua", fixture.rule(body, options.fields))
  if not rule then error(why, 2) end
  return runner:run(options.ar or fixture.report())[1]
end

return fixture
