return rule {
  id = "FEL-01", title = "Går sönder", ground = "Prov", level = "error",
  check = function(ar) return finding("{x}", { x = ar.egetkapital }) end,
}
