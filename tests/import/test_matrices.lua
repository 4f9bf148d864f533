-- test_matrices.lua [reset]: tables of insatser, goals and indicators in forms that förbund print: what is bound stands
-- beside each form (.ut); without their layout and with misprints nothing is bound otherwise than it is printed.
package.path = "tests/bindings/?.lua;tests/import/?.lua;" .. package.path
local check = require "check"
local accounted = require "accounted"
local medel = require "medel"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()
local reset = ...

local forms = { "huvud-i-flera-rader", "mal-och-indikatorer", "per-medlem", "utan-layout", "grupper-och-driftredovisning", "tva-ar", "okand", "annan-tid" }

local function import(text, boxes)
  local document = assert((boxes and medel.document_boxes or medel.document_text)(text))
  return read.import(taxonomy, { document = document, kind = "text", name = "r.txt", path = "r.txt", sha256 = "0", paged = boxes }, { year = boxes and 2022 or 2023 })
end

-- What is written of them, and what is left to a person.
local function written(m)
  local text = require("medel.import.text").write(m)
  return (text:gsub("^\nej_inskrivet[^\n]*\n", ""))
end

-- { ["name field line"] = { print } }
local function bound(m)
  local set = {}
  for _, f in ipairs(m.figures) do
    local r = f.field and f.field.record
    if r then
      local name = type(r.fraga) == "table" and r.fraga.text or r.name or r.text or r.nr or ""
      -- names are printed, too, and a misprint may stand in them
      local key = ("%s %s %d"):format(name:gsub("%d", "#"), f.field.name, f.line)
      set[key] = set[key] or {}
      table.insert(set[key], f.text)
    end
  end
  return set
end

-- Is one of as many digits printed there?
local function alike(list, text)
  for _, x in ipairs(list or {}) do if #x:gsub("%D", "") == #text:gsub("%D", "") then return true end end
  return list == nil
end

local function has(list, text)
  for _, x in ipairs(list or {}) do if x == text then return true end end
  return false
end

check.test("on a page whose text goes over a table's wide gaps", function()
  local path = "tests/import/insatser/sida-med-mal"
  local m = import(assert(medel.read_file(path .. ".xhtml")), true)
  check.equal(m.wrong, nil)
  check.equal(accounted.wrong(m), nil)
  if reset then assert(medel.write_file(path .. ".ut", written(m), true)) end
  check.equal(written(m), (medel.read_file(path .. ".ut")))
end)

local n, kept, flat, misprints, lost = 0, 0, 0, 0, 0
for _, form in ipairs(forms) do
  local path = "tests/import/insatser/" .. form
  local text = assert(medel.read_file(path .. ".txt"))
  local m = import(text)
  check.test(form, function()
    check.equal(m.wrong, nil)
    check.equal(accounted.wrong(m), nil)
    if reset then assert(medel.write_file(path .. ".ut", written(m), true)) end
    check.equal(written(m), (medel.read_file(path .. ".ut")))
  end)
  local right = bound(m)
  for _, list in pairs(right) do n = n + #list end
  check.test(form .. " without layout", function()
    local bare = import((text:gsub("([^\n ])  +", "%1 "):gsub("\n +", "\n")))
    check.equal(bare.wrong, nil)
    check.equal(accounted.wrong(bare), nil)
    for key, list in pairs(bound(bare)) do
      for _, print in ipairs(list) do
        flat = flat + 1
        -- a share may be the field itself where no count is read beside it
        local aside = key:gsub(" %l+ (%d+)$", " uppgifter.tal %1")
        if has(right[key], print) or has(right[aside], print) then kept = kept + 1 else check.yes(false, form .. ": " .. key .. " " .. print) end
      end
    end
  end)
  check.test(form .. " with misprints", function()
    for at in text:gmatch "()%f[%d]%d" do
      if text:sub(math.max(1, at - 3), at + 3):find "%f[%d]20%d%d%f[%D]" then goto next end -- a year says which columns count
      local line = select(2, text:sub(1, at):gsub("\n", "")) + 1
      local wrong = import(text:sub(1, at - 1) .. tostring((tonumber(text:sub(at, at)) + 3) % 9 + 1) .. text:sub(at + 1))
      misprints = misprints + 1
      for key, list in pairs(bound(wrong)) do
        for _, print in ipairs(list) do
          local here = key:match "(%d+)$" == tostring(line)
          if not has(right[key], print) then
            lost = lost + 1
            -- only what is printed on that line, with as many digits, is another
            check.yes(here and alike(right[key], print), ("%s, misprint on %d: %s %s"):format(form, line, key, print))
          end
        end
      end
      ::next::
    end
  end)
end
print(("import: %d siffror i tabeller över insatser, mål och indikatorer; utan layout %d, alla rätt (%d); %d tryckfel, %d lästa som de står"):format(n, flat, kept, misprints, lost))
if check.failed > 0 then os.exit(1) end
