-- packs.lua: folders of rules with a pack.yaml, what they include, switch off and choose.
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"
local shape = require "medel.shape"

local packs = {}

local levels = { "error", "deviation", "recommendation", "note" }

packs.form = shape.map({
  shape.version "medel_pack",
  { "id", shape.needed "Its name, by which it is chosen." },
  { "title", shape.text "What it is." },
  { "includes", shape.list "Packs that it stands on: a name, or a folder as ./NAME or ../NAME." },
  { "off", shape.list "Rules and groups that it switches off." },
  { "levels", shape.named("The level of a rule.", shape.choice(nil, levels)) },
  { "norms", shape.named "Which of competing norms holds, by parameter." },
  { "parameters", shape.list "Files of parameters in its folder." },
  { "relations", shape.list "Files in its folder of what is added to the taxonomy." },
  { "sections", shape.named "Headings of the granskningsrapport, by section." },
  { "template", shape.text "A template of the granskningsrapport, in its folder." },
}, "A pack of rules.")

-- Where packs are looked for: in the folders given, in MEDEL_PATH, in the installation.
local function places(folders)
  local list = table.move(folders or {}, 1, #(folders or {}), 1, {})
  local named = os and os.getenv "MEDEL_PATH" or "" -- what is embedded has no environment
  for folder in named:gmatch "[^:]+" do list[#list + 1] = folder end
  list[#list + 1] = medel.data .. "/rules"
  list[#list + 1] = medel.data .. "/rules/forbund"
  return list
end

-- "a/../b" is "b": a folder has one name here.
local function normal(path)
  local parts = {}
  for part in path:gmatch "[^/]+" do
    if part == ".." and #parts > 0 and parts[#parts] ~= ".." then
      parts[#parts] = nil
    elseif part ~= "." then
      parts[#parts + 1] = part
    end
  end
  local joined = table.concat(parts, "/")
  return path:sub(1, 1) == "/" and "/" .. joined or joined ~= "" and joined or "."
end

local function find(id, folders)
  if id:find "/" or id == "." then
    if files.is_folder(id) then return id == "." and id or normal(id) end
    error("no such folder: " .. id, 0)
  end
  for _, place in ipairs(places(folders)) do
    local folder = place .. "/" .. id
    if not files.is_absent(folder .. "/pack.yaml") then return folder end
  end
  error(("no pack '%s' in %s"):format(id, table.concat(places(folders), ", ")), 0)
end

-- Why there is no such pack, or nil.
function packs.lacks(id, folders)
  local there, why = pcall(find, id, folders)
  return not there and why or nil
end

-- A folder without pack.yaml is a pack of loose rules.
local function read(folder)
  local path = folder .. "/pack.yaml"
  local doc = not files.is_absent(path) and shape.read(path, packs.form, "pack.yaml") or nil
  if doc then doc:done() end
  local pack = doc and doc.root or { id = folder }
  local out = { id = pack.id, title = pack.title or pack.id, folder = folder, doc = doc,
                template = pack.template and folder .. "/" .. pack.template }
  for _, key in ipairs { "includes", "off", "levels", "norms", "parameters", "relations", "sections" } do out[key] = pack[key] or {} end
  return out
end

-- The packs named, each after those it includes, each once; 'folders' are looked in first.
function packs.resolve(ids, folders)
  local order, state = {}, {}
  local function visit(id, chain)
    local folder = find(id, folders)
    if state[folder] == "done" then return end
    if state[folder] == "open" then error("packs include each other: " .. chain .. " → " .. id, 0) end
    state[folder] = "open"
    local pack = read(folder)
    for i, included in ipairs(pack.includes) do
      local name = included:find "^%.%.?/" and folder .. "/" .. included or included
      local why = packs.lacks(name, folders)
      if why then
        pack.doc:wrong(pack.includes, i, "%s", why)
        pack.doc:done()
      end
      visit(name, chain .. " → " .. id)
    end
    state[folder] = "done"
    order[#order + 1] = pack
  end
  for _, id in ipairs(ids) do visit(id, "") end
  return order
end

-- Each rule or group that a pack switches off or weighs must be one; known(id) says so, and names
-- are all there are.
function packs.check_ids(list, known, names)
  for _, pack in ipairs(list) do
    local doc = pack.doc
    if doc then
      for i, id in ipairs(pack.off) do
        if not known(id:upper()) then doc:wrong(pack.off, i, "no rule or group '%s'%s", id, diagnostics.hint(id:upper(), names)) end
      end
      for _, id in ipairs(diagnostics.sorted(pack.levels)) do
        if not known(id:upper()) then doc:wrong(pack.levels, id, "no rule '%s'%s", id, diagnostics.hint(id:upper(), names)) end
      end
      doc:done()
    end
  end
end

-- What the packs together say: later ones win.  files are those of their parameters, relations
-- those of what they add to the taxonomy.
function packs.merge(list)
  local merged = { off = {}, levels = {}, norms = {}, files = {}, relations = {}, sections = {} }
  for _, pack in ipairs(list) do
    for _, id in ipairs(pack.off) do merged.off[id:upper()] = pack.id end
    for id, level in pairs(pack.levels) do merged.levels[id:upper()] = level end
    for id, norm in pairs(pack.norms) do merged.norms[id] = norm end
    for number, heading in pairs(pack.sections) do merged.sections[number] = heading end
    merged.template = pack.template or merged.template
    for _, path in ipairs(pack.parameters) do
      merged.files[#merged.files + 1] = pack.folder .. "/" .. path
    end
    for _, path in ipairs(pack.relations) do
      merged.relations[#merged.relations + 1] = { pack = pack.id, path = pack.folder .. "/" .. path }
    end
  end
  return merged
end

local function library_of(folder)
  local at = folder
  while at and files.is_absent(at .. "/pack.yaml") do at = at:match "^(.+)/[^/]*$" end
  local lib, out = (at or folder) .. "/lib", {}
  for _, file in ipairs(files.is_folder(lib) and files.list(lib, ".lua") or {}) do
    local name = file:sub(#lib + 2, -5)
    if name:find "^[%l_][%l%d_]*$" then out[name] = files.need(file) end
  end
  return next(out) and out or nil
end

-- Whose library a rule has: of the pack that its file is in, { name = text }, or nil.  'known' keeps
-- what is found by folder, for as long as no file is asked for anew.
function packs.libraries(path, known)
  if not known then return library_of(files.folder(path)) end
  local folder = known[1] -- most stand beside the one before
  if not folder or path:sub(1, #folder + 1) ~= folder .. "/" or path:find("/", #folder + 2, true) then
    folder = files.folder(path)
    known[1] = folder
  end
  if known[folder] == nil then known[folder] = library_of(folder) or false end
  return known[folder] or nil
end

-- The rule files of a pack: packs below its folder have their own, and lib/ holds none.
function packs.files(pack)
  local list, below = {}, {}
  local all = files.list(pack.folder, "")
  for _, path in ipairs(all) do
    local folder = path:sub(-10) == "/pack.yaml" and path:sub(1, -11)
    if folder and folder ~= pack.folder then below[#below + 1] = folder .. "/" end
  end
  below[#below + 1] = pack.folder .. "/lib/"
  for _, path in ipairs(all) do
    local own = path:sub(-4) == ".lua"
    if own then
      for _, folder in ipairs(below) do own = own and path:sub(1, #folder) ~= folder end
    end
    if own then list[#list + 1] = path end
  end
  return list
end

return packs
