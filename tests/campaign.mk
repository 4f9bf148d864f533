# campaign.mk - what goes wrong on purpose.  `make test` runs a sample of each part, `make
# campaign` all of it, with a line for each part and a table at the end.
#   CAMPAIGN_SECONDS  of fuzzing for each target (3600)
#   SOAK_SECONDS      of soak (3600)
#   EVERY             of allocations in the long form: 1 tries every one
#   CAMPAIGN          the parts: make campaign CAMPAIGN="kills soak"
CAMPAIGN_SECONDS ?= 3600
SOAK_SECONDS ?= 3600
EVERY ?= 1
ORACLE_LONG ?= 10000000
CAMPAIGN ?= properties core-allocations sweep oracle calls kills allocations fuzz
FAULTS = python3 -B tests/campaign/faults.py $B/medel
C := $B/tests/campaign

.PHONY: test-campaign campaign $(CAMPAIGN:%=campaign-%)
test-campaign: $B/medel $C/syscalls $C/allocations.so
	$(Q)$(FAULTS) calls $C/syscalls 97
	$(Q)$(FAULTS) kills $C/syscalls 97
	$(Q)$(FAULTS) allocations $C/allocations.so 3001

campaign: $B/medel
	$(Q)sh tests/campaign/campaign.sh $B "$(MAKE)" $(CAMPAIGN)
campaign-calls campaign-kills: campaign-%: $B/medel $C/syscalls
	$(FAULTS) $* $C/syscalls 1
campaign-allocations: $B/medel $C/allocations.so
	$(FAULTS) allocations $C/allocations.so $(EVERY)

# The core's own, under sanitizers, one block per object.
SANITIZED = $(MAKE) --no-print-directory $(JOBS) B=$(ASAN) SANITIZE=1 CFLAGS='-O1 -g -DMEDEL_BLOCK_SIZE=1'
campaign-properties:
	$(SANITIZED) $(ASAN)/tests/units
	MEDEL_TEST_TIMES=100 $(ASAN)/tests/units '*test_property*' 2>&1
campaign-core-allocations:
	$(SANITIZED) $(ASAN)/tests/alloc
	$(ASAN)/tests/alloc $(EVERY)
	$(ASAN)/tests/alloc $$((7 * $(EVERY))) shipped
campaign-sweep:
	$(SANITIZED) $(ASAN)/tests/errors/run
	$(ASAN)/tests/errors/run --sweep-all
campaign-oracle:
	$(SANITIZED) ORACLE_CASES=$(ORACLE_LONG) ORACLE_SEED=2 run-oracle
campaign-fuzz:
	$(MAKE) --no-print-directory FUZZ_SECONDS=$(CAMPAIGN_SECONDS) fuzz

$C/syscalls: tests/campaign/syscalls.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) -std=c11 -O2 $(WARN) -o $@ $<
$C/allocations.so: tests/campaign/allocations.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) -std=c11 -D_XOPEN_SOURCE=700 -O2 $(WARN) -fPIC -shared -o $@ $<
