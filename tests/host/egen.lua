return rule {
  id = "EGEN-01", title = "Kassan är liten", ground = "förbundets egen regel", level = "error",
  needs = { "kassa_och_bank" },
  check = function(ar)
    if ar.kassa_och_bank < kr(5000000) then
      return finding("Kassa och bank är {k}, mindre än 5 mnkr.", { k = ar.kassa_och_bank })
    end
  end,
}
