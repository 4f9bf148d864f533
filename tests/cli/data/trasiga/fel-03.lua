return rule { id = "SUM-01", title = "Ett upptaget id", ground = "Prov", level = "error", check = function() end }
