-- output.lua: files that are written whole or not at all.
local output = {}

local function complain(who, why)
  require("medel.terminal").complain(who, ": ", why, "\n")
  return 2
end

-- Write beside the target and rename; `replace` allows an existing target.
local function write_whole(path, text, who)
  local temporary = path .. ".ny"
  local file, why = io.open(temporary, "wb")
  if not file then return complain(who, why) end
  local ok
  ok, why = file:write(text)
  if ok then ok, why = file:close() else file:close() end
  if ok then ok, why = os.rename(temporary, path) end
  if not ok then
    os.remove(temporary)
    return complain(who, why)
  end
  return 0
end

function output.create(path, text, who)
  local there = io.open(path, "rb")
  if there then
    there:close()
    return complain(who, path .. " is already there; it is left as it is")
  end
  return write_whole(path, text, who)
end

function output.replace(path, text, who)
  return write_whole(path, text, who)
end

return output
