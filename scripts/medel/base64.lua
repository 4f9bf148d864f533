-- base64.lua: bytes as text (RFC 4648).
local base64 = {}

local digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local pairs_of = {} -- two digits for each 12 bits
for i = 0, 4095 do
  local a, b = i >> 6, i & 63
  pairs_of[i] = digits:sub(a + 1, a + 1) .. digits:sub(b + 1, b + 1)
end

function base64.of(bytes)
  local out, n = {}, 0
  for i = 1, #bytes - 2, 3 do
    local a, b, c = bytes:byte(i, i + 2)
    n = n + 1
    out[n] = pairs_of[a << 4 | b >> 4] .. pairs_of[(b & 15) << 8 | c]
  end
  local rest = #bytes % 3
  if rest == 1 then
    out[n + 1] = pairs_of[bytes:byte(-1) << 4] .. "=="
  elseif rest == 2 then
    local a, b = bytes:byte(-2, -1)
    out[n + 1] = pairs_of[a << 4 | b >> 4] .. digits:sub((b & 15) * 4 + 1, (b & 15) * 4 + 1) .. "="
  end
  return table.concat(out)
end

function base64.of_hex(hex)
  return base64.of((hex:gsub("%x%x", function(two) return string.char(tonumber(two, 16)) end)))
end

return base64
