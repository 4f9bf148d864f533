-- csv_cells.lua: a line of CSV.

-- The cells of a line; quotes as in RFC 4180.
return function(line, delimiter)
  local out, at = {}, 1
  while true do
    if line:sub(at, at) == '"' then
      local text, i = {}, at + 1
      while i <= #line do
        local c = line:sub(i, i)
        if c == '"' and line:sub(i + 1, i + 1) == '"' then
          text[#text + 1], i = '"', i + 2
        elseif c == '"' then
          i = i + 1
          break
        else
          text[#text + 1], i = c, i + 1
        end
      end
      local stop = line:find(delimiter, i, true) or #line + 1 -- after the quote stands nothing but it
      out[#out + 1], at = table.concat(text) .. line:sub(i, stop - 1), stop
    else
      local stop = line:find(delimiter, at, true) or #line + 1
      out[#out + 1], at = line:sub(at, stop - 1), stop
    end
    if at > #line then return out end
    at = at + 1
    if at > #line then
      out[#out + 1] = ""
      return out
    end
  end
end
