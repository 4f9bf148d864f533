# bench.mk - speed and memory beside peers, as ratios in one run.  BENCH_N=15 turns.
.PHONY: bench
bench: $B/medel $B/bench/load
	$(Q)python3 tests/bench/bench.py $B

$B/bench/load: tests/bench/load.c $B/libmedel.a
	$(call say,LD,$@)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(CORE_I) $(LINK) -o $@ $^ $(YAML_LIBS)

include tests/bench/montecarlo.mk
include tests/bench/ledger.mk
