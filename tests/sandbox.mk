# sandbox.mk - what rules cannot do: child processes that die, hostile rules.
.PHONY: test-sandbox sanitized-sandbox
test-sandbox: $B/medel
	$(Q)sh tests/sandbox/run.sh $B
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/asan-lua$(if $(LUA),-other) SANITIZE=1 CFLAGS='-O1 -g' \
	  sanitized-sandbox

sanitized-sandbox: $B/medel
	$(Q)MEDEL_TEST_SANITIZED=1 sh tests/sandbox/run.sh $B
