# tests.mk - what `make test` runs; included by the Makefile.
#   test        test-core, gates, and test-rules, test-cli, test-bindings, test-formats if they exist
#   test-core   units, errors, failing allocations, oracle and corpus, with ASan and UBSan
#   gates       dependency directions and other promises
#   fuzz        each target for FUZZ_SECONDS (clang)
#   campaign    the long forms
#   coverage    line and branch figures of core
-include $(wildcard tests/rules.mk tests/cli.mk tests/bindings.mk tests/formats.mk)
OTHER_TESTS := $(patsubst tests/%.mk,test-%,$(wildcard tests/rules.mk tests/cli.mk tests/bindings.mk tests/formats.mk))

.PHONY: test test-core run-core run-units
test: test-core gates $(OTHER_TESTS)

JOBS := $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))
# One block per object, so that ASan sees every overflow inside an arena.
test-core:
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/asan SANITIZE=1 \
	  CFLAGS='-O1 -g -DMEDEL_BLOCK_SIZE=1' run-core
run-core: run-units

TEST_FLAGS = $(BASE) $(CFLAGS) -Icore -Itests
UNIT_O := $(patsubst tests/%.c,$B/tests/%.o,tests/test.c tests/book.c $(wildcard tests/core/test_*.c))

$B/tests/%.o: tests/%.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(TEST_FLAGS) -c -o $@ $<
$B/tests/units: $(UNIT_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(YAML_LIBS) -lcmocka
run-units: $B/tests/units
	$(Q)$<

-include $(UNIT_O:.o=.d)

# ---- failing allocations ----
$B/tests/alloc: $B/tests/core/alloc.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ -l:libyaml.a \
	  $(foreach f,malloc calloc realloc strdup free,-Wl$(comma)--wrap=$f)
run-alloc: $B/tests/alloc
	$(Q)$< 7

# ---- malformed input ----
$B/tests/errors/run: $B/tests/errors/run.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(YAML_LIBS)
run-errors: $B/tests/errors/run
	$(Q)$<
run-sweep: $B/tests/errors/run
	$(Q)$< --sweep
errors-reset: $B/tests/errors/run
	$(Q)$< --reset
