# bokforing.mk - the constructed bookkeeping of the example: it is what its program makes, comes
# to the printed report, and its planted errors are found.
.PHONY: test-bokforing
test-bokforing: $B/medel
	$(Q)cd examples/sydnarke && python3 -B bokforing.py | cmp - 2023.se && \
	  python3 -B bokforing.py --planted | cmp - 2023-planterade-fel.se && \
	  python3 -B bokforing.py --csv | cmp - 2023.csv
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/bokforing/test_bokforing.lua
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/bokforing/test_fall.lua
	$(Q)MEDEL_DATA=$(CURDIR) python3 -B tests/bokforing/analyses.py $B/medel
