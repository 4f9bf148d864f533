# montecarlo.mk - the Monte Carlo kernel beside its peers; BENCH_N=15 turns.
.PHONY: bench-montecarlo
bench: bench-montecarlo
bench-montecarlo: $B/bench/montecarlo
	$(Q)python3 tests/bench/montecarlo.py $B

$B/bench/montecarlo: tests/bench/montecarlo.c $(CORE_O)
	$(call say,LD,$@)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(CORE_I) $(LINK) -o $@ $^ $(YAML_LIBS) -lpthread
