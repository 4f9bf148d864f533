return rule {
  id = "EGEN-02", title = "Soliditeten är tryckt", ground = "Policy", level = "note",
  needs = { "soliditet" },
  check = function(ar) return finding("Soliditeten är {s}.", { s = ar.soliditet }) end,
}
