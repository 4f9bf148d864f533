# ledger.mk - SIE files beside other bookkeeping programs; BENCH_N=5 turns.  The questions of an
# auditor beside SQLite, and DuckDB where NODE_DUCKDB has it; BENCH_VOUCHERS=1000000 vouchers.
.PHONY: bench-ledger bench-analyses
bench: bench-ledger bench-analyses
bench-analyses: $B/medel
	$(Q)mkdir -p $B/bench && python3 tests/sie/generate.py $(or $(BENCH_VOUCHERS),100000) $B/bench/questions.se --settled
	$(Q)python3 tests/bench/analyses.py $B/medel $B/bench/questions.se
bench-ledger: $B/bench/ledger
	$(Q)python3 tests/bench/ledger.py $B

$B/bench/ledger: tests/bench/ledger.c $(CORE_O)
	$(call say,LD,$@)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(CORE_I) $(LINK) -o $@ $^ $(YAML_LIBS) -lpthread
