return rule { id = "FEL-04", title = "Fel på raden", ground = "Prov" level = "error" }
