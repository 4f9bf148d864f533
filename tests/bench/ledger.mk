# ledger.mk - SIE files beside other bookkeeping programs; BENCH_N=5 turns.
.PHONY: bench-ledger
bench: bench-ledger
bench-ledger: $B/bench/ledger
	$(Q)python3 tests/bench/ledger.py $B

$B/bench/ledger: tests/bench/ledger.c $(CORE_O)
	$(call say,LD,$@)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(CORE_I) $(LINK) -o $@ $^ $(YAML_LIBS) -lpthread
