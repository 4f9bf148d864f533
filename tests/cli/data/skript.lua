-- What a script without --trust can do, and what it cannot.
local ar = report(...)
print(ar.arets_resultat, kr(5) + kr(6), sum { kr(1), kr(2) }, ("x"):upper())
for _, name in ipairs { "os", "io", "require", "dofile", "load", "loadfile", "debug", "package", "collectgarbage",
                        "setmetatable", "getmetatable", "rawset", "xpcall", "coroutine", "write_file", "_G" } do
  if _ENV[name] ~= nil then print(name .. " is there") end
end
