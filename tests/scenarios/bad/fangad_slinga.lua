-- What catches errors does not catch the limit.
while true do pcall(function() while true do end end) end
