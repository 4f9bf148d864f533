-- unbroken.lua: what a line must not end inside.

local function belongs(word)
  return word:match "^%d%d%d%f[%D]" or word:match "^t?kr%f[%A]" or word:match "^%%" or word:match "^§"
    or word:match "^kap%."
end

-- The text with 'joint' for the spaces inside amounts ("2 483 599 kr"), and between a number
-- and its unit, paragraph or chapter ("24,6 %", "10 kap.").
return function(text, joint)
  local out, done = {}, 1
  local digit, word = text:match "%d()[ \n]+()"
  while digit do
    if belongs(text:match("^%S*", word)) then
      out[#out + 1] = text:sub(done, digit - 1) .. joint
      done = word
    end
    digit, word = text:match("%d()[ \n]+()", word)
  end
  out[#out + 1] = text:sub(done)
  return table.concat(out)
end
