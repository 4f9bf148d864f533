-- unbroken.lua: what a line must not end inside.

-- The text with 'joint' for the spaces inside amounts ("2 483 599 kr"), and between a number
-- and its unit, paragraph or chapter ("24,6 %", "10 kap.").
return function(text, joint)
  return (text:gsub("()[ \n]+%f[%dkt%%§](%S+)", function(at, word)
    if not text:sub(at - 1, at - 1):match "%d" then return end
    if word:match "^%d%d%d%f[%D]" or word:match "^t?kr%f[%A]" or word:match "^%%" or word:match "^§"
        or word:match "^kap%." then
      return joint .. word
    end
  end))
end
