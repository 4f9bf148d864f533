# docs.mk - what README, docs/ and --help show works: command lines, YAML, Lua and C.
.PHONY: test-docs
test-docs: $B/medel
	$(Q)rm -rf $B/docs && mkdir -p $B/docs
	$(Q)PATH=$(abspath $B):$$PATH MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/docs/run.lua $(abspath $B)/docs
