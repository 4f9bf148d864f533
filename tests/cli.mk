# cli.mk - the command line: what commands print, and that it holds everywhere.
#   After a change that was meant: lua5.4 tests/cli/golden.lua build --reset, and read the diff.
.PHONY: test-cli
test-cli: all $B/tests/freeing
	$(Q)lua5.4 tests/cli/golden.lua $B
	+$(Q)tests/cli/checks.sh $B
