-- test_equal.lua MEDEL FOLDER: audit says the same of an imported report as of the one typed by hand, in
-- every rule that is about tables alone: nothing more, nothing less.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local program, folder = ...

-- Rules whose subject and evidence are figures of tables, their headers and their units.
local about_tables = { "SUM%-", "ART%-0", "NOT%-0[1-5]", "OVS%-", "NYC%-0[1-3]", "DRI%-0[134]", "DRI%-13", "FRM%-10", "FRM%-13",
                       "FRM%-16", "FRM%-17", "FRM%-18", "BAL%-0[12]", "EKA%-01" }

local function of_tables(rule)
  for _, pattern in ipairs(about_tables) do if rule:find("^" .. pattern) then return true end end
  return false
end

local function audit(path)
  local pipe = assert(io.popen(("'%s' audit -f json '%s' 2>/dev/null"):format(program, path)))
  local one = assert(medel.yaml(pipe:read "a"))
  pipe:close()
  local count, list = {}, {}
  for _, f in ipairs((one.reports and one.reports[1] or one).findings) do
    if of_tables(f.rule) and not f.message:find("löpande text", 1, true) then count[f.rule] = (count[f.rule] or 0) + 1 end
  end
  for rule, n in pairs(count) do list[#list + 1] = rule .. " " .. n end
  table.sort(list)
  return table.concat(list, "\n"), #list
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
  end
end
if check.failed > 0 then os.exit(1) end
