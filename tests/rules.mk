# rules.mk - the tests beside the rules, and that the catalogue lacks no id.
.PHONY: test-rules
test-rules: $B/medel
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel test
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel rules --catalogue >/dev/null
