-- akt.lua: what granskning.yaml must keep beyond its form: what one entry says of another, of a
-- file in the folder, or of last year's akt.
local medel = require "medel"
local files = require "medel.files"

local akt = {}

local function each(root, key)
  local list = root[key]
  if type(list) ~= "table" then return ipairs {} end
  local out = {}
  for i = 1, #list do if type(list[i]) == "table" then out[#out + 1] = list[i] end end
  return ipairs(out)
end

-- The ids of own entries; a second one of a name is told.
local function own_ids(doc, root)
  local ids, names = {}, {}
  for _, key in ipairs { "underlag", "iakttagelser" } do
    for _, entry in each(root, key) do
      if type(entry.id) == "string" then
        if ids[entry.id] then doc:wrong(entry, "id", "%s is named twice", entry.id) end
        ids[entry.id] = true
        names[#names + 1] = entry.id
      end
    end
  end
  return ids, names
end

-- { id = true } of what the akt itself names.
function akt.names(root)
  local ids = {}
  for _, key in ipairs { "underlag", "iakttagelser" } do
    for _, entry in each(root, key) do ids[entry.id] = true end
  end
  return ids
end

local function check_support(doc, root)
  local ids, names = own_ids(doc, root)
  for _, key in ipairs { "revisionsfragor", "risker", "metod", "iakttagelser" } do
    for _, entry in each(root, key) do
      for i, id in ipairs(type(entry.stod) == "table" and entry.stod or {}) do
        if type(id) == "string" and not ids[id] and not id:find "^%u%u%u+%-%d%d+$" then
          doc:wrong(entry.stod, i, "'%s' is no rule, no underlag and no own iakttagelse%s", id, require("medel.diagnostics").hint(id, names))
        end
      end
    end
  end
end

local function check_file(doc, map, key, folder)
  local name = map[key]
  if type(name) ~= "string" then return nil end
  local path = folder .. "/" .. name
  if name:find "^/" or not files.below(folder, path) then
    doc:wrong(map, key, "%s is '%s': a file in the akt's own folder is expected", key, name)
    return nil
  end
  if files.is_absent(path) then
    doc:wrong(map, key, "there is no file %s in the akt", name)
    return nil
  end
  return path
end

local function check_evidence(doc, root, folder)
  for _, u in each(root, "underlag") do
    local path = check_file(doc, u, "fil", folder)
    if u.sha256 and not u.fil then doc:wrong(u, "sha256", "sha256 without fil") end
    if path and type(u.sha256) == "string" and #u.sha256 == 64 then
      local text, why = files.read(path)
      if not text then
        doc:wrong(u, "fil", "%s cannot be read: %s", u.fil, tostring(why))
      elseif medel.sha256(text) ~= u.sha256:lower() then
        doc:wrong(u, "sha256", "%s is no longer the file that was seen: its SHA-256 is %s", u.fil, medel.sha256(text))
      end
    end
    if u.belopp and not u.uppgift then doc:wrong(u, "belopp", "belopp without uppgift: which figure of the report is it?") end
  end
end

local function check_decisions(doc, root)
  for id, d in pairs(type(root.rekommendationer) == "table" and root.rekommendationer or {}) do
    if type(d) == "table" then
      if d.status == "avvisad" and not d.skal then doc:wrong(root.rekommendationer, id, "%s is avvisad without skal", id) end
      if d.status == "omformulerad" and not d.text then doc:wrong(root.rekommendationer, id, "%s is omformulerad without text", id) end
    end
  end
  local c = root.slutsats
  if type(c) == "table" and c.form and c.form ~= "utan modifiering" and not c.skal then
    doc:wrong(root, "slutsats", "a conclusion %s needs skal", c.form)
  end
end

local function check_work(doc, root)
  for _, a in each(root, "arbete") do
    if a.granskat and not a.granskat_av then doc:wrong(a, "granskat", "granskat without granskat_av: by whom?") end
    if type(a.granskat) == "string" and type(a.datum) == "string" and a.granskat < a.datum then
      doc:wrong(a, "granskat", "reviewed %s, before it was done %s", a.granskat, a.datum)
    end
    if a.granskat_av and a.granskat_av == a.utfort_av then
      doc:wrong(a, "granskat_av", "%s has reviewed the own work", a.granskat_av)
    end
  end
end

-- Everything that does not hold is told to the collector.
function akt.check(doc, root, folder)
  check_support(doc, root)
  check_evidence(doc, root, folder)
  check_decisions(doc, root)
  check_work(doc, root)
  for _, key in ipairs { "arsredovisning", "mall" } do check_file(doc, root, key, folder) end
end

-- ---- what follows of what is written ----

-- Evidence that answers a question of the request list is its answer.
local function answers(root)
  for _, u in ipairs(root.underlag or {}) do
    for _, id in ipairs(u.svarar_pa or {}) do
      root.svar[id] = root.svar[id] or ("%s, sett %s av %s (%s)"):format(u.vad, u.sett, u.av, u.id)
    end
  end
end

-- Recommendations of last year's akt that nobody has followed up yet.
local function earlier(root, read_akt)
  if not root.foregaende then return end
  local before = read_akt(root.foregaende)
  local followed = {}
  root.uppfoljning = root.uppfoljning or {}
  for _, u in ipairs(root.uppfoljning) do followed[u.rekommendation] = true end
  local function add(text)
    if text and not followed[text] then
      followed[text] = true
      table.insert(root.uppfoljning, { rekommendation = text, lage = "inte uppföljd ännu" })
    end
  end
  local ids = {}
  for id in pairs(before.rekommendationer) do ids[#ids + 1] = id end
  table.sort(ids)
  for _, id in ipairs(ids) do
    local d = before.rekommendationer[id]
    if d.status == "godkänd" or d.status == "omformulerad" then add(d.text) end
  end
  for _, own in ipairs(before.iakttagelser or {}) do add(own.rekommendation) end
end

-- read_akt(name) reads another granskning.yaml, named from this one's folder.
function akt.complete(root, read_akt)
  answers(root)
  earlier(root, read_akt)
  return root
end

return akt
