-- must_name.lua: an expression of accounts that names none is an error, not an empty answer.
local medel = require "medel"

-- Accounts as the user names them; a name that no account has is a mistake, not an empty answer.
return function(bok, accounts)
  for term in accounts:gmatch "[^,%s]+" do
    local any = false
    for _ in bok:accounts(term) do any = true break end
    if not any then error(("the file has no account that '%s' names"):format(term), 0) end
  end
  return accounts
end
