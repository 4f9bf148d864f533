-- test_equal.lua MEDEL FOLDER: audit says the same of an imported report as of the one typed by hand, in
-- every rule that is about tables alone; and, when its questions are answered, in every rule there is, word for
-- word: nothing more, nothing less.
package.path = "tests/import/?.lua;tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local program, folder = ...

local audits = require "audits"

local function findings(path)
  return assert(audits.findings(program, { path })[path])
end

-- Every finding: level, rule, message.
local function everything(path)
  local list = {}
  for _, f in ipairs(findings(path)) do list[#list + 1] = ("%s %s %s"):format(f.level, f.rule, f.message) end
  table.sort(list)
  return table.concat(list, "\n"), #list
end

local function audit(path)
  return audits.count(findings(path))
end

for _, name in ipairs { "lekeberg-orebro", "sydnarke", "degerfors-karlskoga" } do
  local typed = "examples/" .. name .. "/2023.yaml"
  if not require("medel.files").is_absent(typed) then
    check.test(name, function()
      local own, out = ("%s/forbund.yaml"):format(folder), ("%s/%s.yaml"):format(folder, name)
      assert(medel.write_file(own, medel.read_file("examples/" .. name .. "/forbund.yaml"), true))
      os.remove(out)
      os.remove((out:gsub("yaml$", "import.json")))
      os.execute(("'%s' import tests/import/reports/%s.txt -o '%s' --forbund '%s' 2>/dev/null"):format(program, name, out, own))
      local want, n = audit(typed)
      check.yes(n > 0)
      check.equal(audit(out), want)
    end)
    check.test(name .. ", answered", function()
      local read, taxonomy = require "medel.import.read", require("medel.workspace").taxonomy()
      local document, own, out = "tests/import/reports/" .. name .. ".txt", ("%s/forbund.yaml"):format(folder), ("%s/%s-svarad.yaml"):format(folder, name)
      assert(medel.write_file(own, medel.read_file("examples/" .. name .. "/forbund.yaml"), true))
      local m = read.import(taxonomy, read.document(document), { forbund = read.forbund(own) })
      local list = require("answers_of").file(m, typed)
      print(("import: %s: %d siffror bundna av importen, %d besvarade, %d utan siffror i texten"):format(name, list.bound, list.answered, list.typed))
      local answers = {}
      for i, a in ipairs(list) do answers[i] = a end
      assert(medel.write_file(folder .. "/svar.json", medel.json { svar = answers }, true))
      os.remove(out)
      os.remove((out:gsub("yaml$", "import.json")))
      os.execute(("'%s' import '%s' -o '%s' --forbund '%s' --bekrafta '%s/svar.json' >/dev/null 2>&1"):format(program, document, out, own, folder))
      local want, n = everything(typed)
      check.yes(n > 10)
      check.equal((everything(out)), want)
    end)
  end
end
if check.failed > 0 then os.exit(1) end
