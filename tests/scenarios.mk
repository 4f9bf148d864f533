# scenarios.mk - scenario files: refused ones, what projections print, and what is true of them.
.PHONY: test-scenarios
test-scenarios: $B/medel
	$(Q)MEDEL_DATA=$(CURDIR) sh tests/scenarios/run.sh $B/medel
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/scenarios/test_scenarios.lua
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/scenarios/test_fall.lua
	$(Q)if command -v python3 >/dev/null; then MEDEL_DATA=$(CURDIR) python3 -B tests/scenarios/recompute.py $B/medel \
	  tests/scenarios/fall/*.yaml tests/scenarios/fall/*.lua scripts/scenarios/*.yaml; fi
