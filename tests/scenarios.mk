# scenarios.mk - scenario files: refused ones, what projections print, and what is true of them.
.PHONY: test-scenarios
test-scenarios: $B/medel
	$(Q)MEDEL_DATA=$(CURDIR) sh tests/scenarios/run.sh $B/medel
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/scenarios/test_scenarios.lua
