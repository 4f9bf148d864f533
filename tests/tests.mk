# tests.mk - what `make test` runs; included by the Makefile.
#   test        test-core, gates, and test-X for each X.mk here but bench.mk
#   test-core   units, errors, failing allocations, oracle and corpus, with ASan and UBSan
#   gates       dependency directions and other promises
#   campaign    the long forms, in campaign.mk
#   coverage    line and branch figures of core
PARTS := $(filter-out tests/tests.mk,$(sort $(wildcard tests/*.mk)))
include $(PARTS)
OTHER_TESTS := $(patsubst tests/%.mk,test-%,$(filter-out tests/bench.mk,$(PARTS)))

.PHONY: test run-tests test-core run-core run-units run-alloc run-errors run-sweep errors-reset \
        run-oracle run-replay run-fuzz exports campaign run-campaign coverage run-coverage
# Every part is run, also after one that fails; the last lines say what became of them.
test:
	$(Q)mkdir -p $B
	+$(Q)sh tests/suite.sh $B/test.log $(MAKE) --no-print-directory -k run-tests
run-tests: test-core gates $(OTHER_TESTS)

ASAN = build/asan-$(notdir $(firstword $(CC)))
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))
# One block per object, so that ASan sees every overflow inside an arena.
test-core:
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=$(ASAN) SANITIZE=1 \
	  CFLAGS='-O1 -g -DMEDEL_BLOCK_SIZE=1' run-core
run-core: run-units run-errors run-sweep run-alloc run-oracle run-replay

TEST_FLAGS = $(BASE) $(CFLAGS) $(CORE_I) -Itests
UNIT_O := $(patsubst tests/%.c,$B/tests/%.o,tests/test.c tests/book.c $(wildcard tests/core/test_*.c))

$B/tests/%.o: tests/%.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(TEST_FLAGS) -c -o $@ $<
$B/tests/units: $(UNIT_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(YAML_LIBS) -lcmocka -lm
run-units: $B/tests/units
	$(Q)$<


# ---- the program, but it frees its state at the end, so that what is left has leaked ----
$B/tests/freeing: $B/tests/freeing.o $(filter-out %/main.o,$(MAIN_O)) $(BIND_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(PROGRAM_LIBS)
# That, but it starts no processes.
$B/tests/alone: tests/campaign/alone.c $B/tests/freeing.o $(filter-out %/main.o,$(MAIN_O)) $(BIND_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(BASE) $(CFLAGS) $(LUA_CFLAGS) $(LINK) -Wl,--wrap=lmedel_apart -o $@ $^ $(PROGRAM_LIBS)
$B/tests/freeing.o: bindings/program/main.c $B/prefix | $B/include/public $B/tests
	$(call say,CC,$<)$(CC) $(BASE) -DFREES_STATE=1 -DMEDEL_DATA='"$(PREFIX)/share/medel"' $(CFLAGS) $(LUA_CFLAGS) \
	  $(wing_I) -I$B/include -c -o $@ $<

# ---- failing allocations: libyaml is linked statically, so that its own fail, too ----
$B/tests/alloc: $B/tests/core/alloc.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ -l:libyaml.a -lz -lexpat \
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

# ---- a second implementation of amounts ----
ORACLE_CASES ?= 100000
ORACLE_SEED ?= 1
$B/tests/oracle/amounts: $B/tests/oracle/amounts.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(YAML_LIBS)
run-oracle: $B/tests/oracle/amounts
	$(Q)if command -v python3 >/dev/null; then set -e; \
	  $< $(ORACLE_CASES) $(ORACLE_SEED) >$B/tests/oracle/cases.txt; \
	  python3 tests/oracle/amounts.py <$B/tests/oracle/cases.txt; \
	  else echo "not tried: amounts against a second implementation (apt install python3)"; fi

# ---- coverage of core by the unit tests and the malformed files ----
coverage:
	$(Q)find build/cov -name '*.gcda' -delete 2>/dev/null || true
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/cov SANITIZE= CFLAGS='-O0 -g --coverage' \
	  LDFLAGS=--coverage run-units run-errors run-alloc run-replay
	$(Q)cd build/cov && for f in core/*/*.gcda; do \
	  gcov -b -o $$(dirname $$f) $$f 2>/dev/null; done | \
	  awk -f ../../tests/coverage.awk

# ---- promises, checked ----
GATES := build/gates
gates:
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=$(GATES) SANITIZE= CFLAGS='-O2 -g' run-gates
run-gates: $(CORE_O) $(BIND_O) $B/libmedel.so $B/libmedel.a $B/lua/medel.so
	$(Q)sh tests/gates.sh $B $(CC)
# What libmedel.so exports, after a change that was meant.
exports: $B/libmedel.so
	$(Q)sh tests/gates.sh --exports $< >tests/host/exports.txt

-include $(wildcard $B/tests/*.d $B/tests/*/*.d)
