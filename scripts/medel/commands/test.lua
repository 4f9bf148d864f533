-- test.lua: runs the tests that stand beside rules.
local apart = require "medel.apart"

local spec = {
  name = "test",
  summary = "Run the tests beside rules.",
  description = "For each rule file NAME.lua run the cases in NAME.test.yaml beside it. A rule "
    .. "without tests, or without a case for an outcome it can have (passed, finding, "
    .. "not_applicable when it needs something), fails.",
  arguments = { { name = "FILE", args = "*",
                  doc = "Rule files or folders; the installed rules unless given." } },
  options = { { flags = "-v --verbose", target = "verbose", doc = "Name each case and what it says." }, apart.jobs },
  exit = { { "0", "all passed" }, { "1", "some failed" }, { "2", "could not run" } },
  examples = {
    { "medel test", "All rules that come with medel." },
    { "medel test mina-regler/", "Rules of your own." },
  },
}

local write = require("medel.terminal").write

local function collect(paths)
  local medel, files = require "medel", require "medel.files"
  local rules, core = {}, {}
  if #paths == 0 then
    paths = { medel.data .. "/rules" }
  end
  for _, path in ipairs(paths) do
    if files.is_folder(path) then
      for _, file in ipairs(files.list(path, ".lua")) do
        if not file:find "/lib/[^/]+$" then rules[#rules + 1] = file end -- a pack's library holds no rules
      end
      for _, file in ipairs(files.list(path, ".test.yaml")) do
        if files.is_absent((file:gsub("%.test%.yaml$", ".lua"))) then core[#core + 1] = file end
      end
    elseif path:find "%.test%.yaml$" then
      rules[#rules + 1] = path:gsub("%.test%.yaml$", ".lua")
    else
      rules[#rules + 1] = path
    end
  end
  return rules, core
end

local function report(result, verbose)
  local failed = 0
  if result.error then
    write(("FAIL %s: %s\n"):format(result.path, result.error))
    return 1
  end
  for _, case in ipairs(result.cases) do
    if not case.ok then
      failed = failed + 1
      write(("FAIL %s %s: %s\n     %s\n"):format(result.path, result.id, case.name, case.why))
    elseif verbose then
      write(("ok   %s %s\n"):format(result.id, case.name))
      for _, text in ipairs(case.says or {}) do write("     " .. text .. "\n") end
    end
  end
  for _, outcome in ipairs(result.lacks) do
    failed = failed + 1
    write(("FAIL %s: no case expects '%s'\n"):format(result.path, outcome))
  end
  return failed
end

function spec.run(args)
  local testing = require "medel.testing"
  local shared = testing.shared()
  local rules, core = collect(args.FILE)
  local passed, failed = 0, 0
  local function add(result)
    local bad = report(result, args.verbose)
    failed = failed + bad
    for _, case in ipairs(result.cases) do passed = passed + (case.ok and 1 or 0) end
  end
  local ok, jobs = pcall(apart.jobs_of, args)
  if not ok then
    require("medel.terminal").complain("medel test: ", jobs, "\n")
    return 2
  end
  apart.each(#rules + #core, jobs, function(i)
    if i > #rules then return testing.run_core(shared, core[i - #rules]) end
    return testing.run_file(shared, rules[i], (rules[i]:gsub("%.lua$", ".test.yaml")))
  end, function(i, result, why)
    add(result or { path = require("medel.workspace").short(rules[i] or core[i - #rules]), error = why })
  end)
  if #rules + #core == 0 then
    require("medel.terminal").complain("medel test: no rules there\n")
    return 2
  end
  write(("%d passed, %d failed\n"):format(passed, failed))
  return failed > 0 and 1 or 0
end

return spec
