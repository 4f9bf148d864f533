local andelar = {}

-- A part of the whole, nil where there is no whole.
function andelar.av(del, helhet)
  return del and helhet and not helhet:is_zero() and (del / helhet):rounded("%2") or nil
end

return andelar
