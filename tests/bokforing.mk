# bokforing.mk - the constructed bookkeeping of the example is what its program makes.
.PHONY: test-bokforing
test-bokforing: $B/medel
	$(Q)cd examples/sydnarke && python3 -B bokforing.py | cmp - 2023.se && \
	  python3 -B bokforing.py --planted | cmp - 2023-planterade-fel.se
