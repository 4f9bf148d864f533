# misprints.mk - medel coverage and medel repair, and that what coverage says of a misprint
# is what an audit of the misprinted file says.
.PHONY: test-misprints
test-misprints: $B/medel
	$(Q)mkdir -p $B/tests/misprints
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/misprints/test_misprints.lua $B
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/misprints/oracle.lua 401 \
	  examples/sydnarke/2023.yaml examples/lekeberg-orebro/2023.yaml >/dev/null
