# bench.mk - speed and memory beside peers, as ratios in one run.  BENCH_N=15 turns.
.PHONY: bench
bench: $B/medel $B/bench/load
	$(Q)python3 tests/bench/bench.py $B

# Instructions and page faults beside those of the last release, which bench-release renews.
.PHONY: bench-counts bench-release
bench: bench-counts
bench-counts bench-release: $B/medel $B/bench/load $B/bench/ledger $B/bench/montecarlo
	$(Q)python3 tests/bench/counts.py $B $(if $(filter bench-release,$(MAKECMDGOALS)),--write)

# The peers that Debian and npm have; those that are not there are named and left out.  A node from elsewhere has its npm,
# and conflicts with Debian's.
.PHONY: bench-peers
bench-peers: | $B
	apt-get install -y valgrind python3-yaml python3-numpy luajit ledger hledger beancount sqlite3 \
	  $$(command -v npm >/dev/null || echo nodejs npm)
	npm i --no-fund --no-audit --prefix $B/peers @duckdb/node-api
export NODE_DUCKDB ?= $(abspath $(wildcard $B/peers))

# For a change under way: few turns of what takes seconds.
.PHONY: bench-quick
bench-quick: $B/medel $B/bench/load
	$(Q)python3 tests/bench/counts.py $B E1
	$(Q)BENCH_N=$(or $(BENCH_N),3) python3 tests/bench/bench.py $B E1 F2 C

$B/bench/load: tests/bench/load.c $(CORE_O)
	$(call say,LD,$@)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(CORE_I) $(LINK) -o $@ $^ $(YAML_LIBS)

include tests/bench/montecarlo.mk
include tests/bench/ledger.mk

# Rows of figures from PDFs, beside tabula and pdftotext with a split at wide gaps.
.PHONY: bench-tables
bench: bench-tables
bench-tables: $B/medel
	$(Q)python3 -B tests/bench/tables.py $B $(or $(BENCH_TABLES),12)
