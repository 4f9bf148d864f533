# campaign.mk - what goes wrong on purpose.  `make test` runs a sample of each part, `make
# campaign` all of it, with a line for each part and a table at the end.
#   CAMPAIGN_SECONDS  of fuzzing for each target (3600)
#   SOAK_SECONDS      of soak (3600)
#   TURNS             of determinism (200)
#   EVERY             of the core's allocations and of child processes' in the long form: 1 tries every one
#   CAMPAIGN          the parts: make campaign CAMPAIGN="kills soak"
CAMPAIGN_SECONDS ?= 3600
SOAK_SECONDS ?= 3600
EVERY ?= 1
ORACLE_LONG ?= 10000000
TURNS ?= 200
CAMPAIGN ?= hostile properties core-allocations sweep oracle patterns texts matrix metamorphic determinism \
            copies calls kills allocations host-allocations fuzz soak
FAULTS = python3 -B tests/campaign/faults.py $B/medel
ALLOCATIONS = python3 -B tests/campaign/faults.py $B/tests/freeing allocations
COPIES = python3 -B tests/campaign/faults.py $B/tests/alone copies
C := $B/tests/campaign
# The first Python that has yaml, or the first.
WITH_YAML = $$(for p in python3 /usr/bin/python3; do $$p -c 'import yaml' 2>/dev/null && echo $$p && exit; done; echo python3)

.PHONY: test-campaign campaign $(CAMPAIGN:%=campaign-%)
test-campaign: $B/medel $B/lua/medel.so $B/tests/freeing $B/tests/alone $C/syscalls $C/allocations.so $C/soak
	$(Q)$(FAULTS) calls $C/syscalls 97
	$(Q)$(FAULTS) kills $C/syscalls 97
	$(Q)$(ALLOCATIONS) $C/allocations.so 3001
	$(Q)$(COPIES) $C/allocations.so 301
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/campaign/sweep.lua 7
	$(Q)LUA_CPATH=$B/lua/?.so lua5.4 tests/campaign/patterns.lua 25
	$(Q)python3 -B tests/campaign/matrix.py $B/medel
	$(Q)$(WITH_YAML) -B tests/campaign/metamorphic.py $B/medel 1
	$(Q)python3 -B tests/campaign/determinism.py 20 7 $B/medel $(wildcard build/asan-lua/medel)
	$(Q)$C/soak 5

campaign: $B/medel
	$(Q)sh tests/campaign/campaign.sh $B "$(MAKE)" $(CAMPAIGN)
campaign-calls campaign-kills: campaign-%: $B/medel $C/syscalls
	$(FAULTS) $* $C/syscalls 1
campaign-copies: $B/tests/alone $C/allocations.so
	$(COPIES) $C/allocations.so 1
campaign-allocations: $B/tests/freeing $C/allocations.so
	$(ALLOCATIONS) $C/allocations.so $(EVERY)

campaign-patterns: $B/lua/medel.so
	LUA_CPATH=$B/lua/?.so lua5.4 tests/campaign/patterns.lua 25000
campaign-texts: $B/medel
	MEDEL_TEST_TIMES=60 $(MAKE) --no-print-directory test-formats
campaign-matrix: $B/medel
	python3 -B tests/campaign/matrix.py $B/medel
campaign-metamorphic: $B/medel
	$(WITH_YAML) -B tests/campaign/metamorphic.py $B/medel 50
# Two compilers, with and without optimizing.
BUILDS := gcc-O0 gcc-O2 clang-O0 clang-O2
campaign-determinism:
	for b in $(BUILDS); do \
	  $(MAKE) --no-print-directory $(JOBS) B=build/campaign/$$b CC=$${b%-*} CFLAGS="-$${b#*-} -g" SANITIZE= \
	    build/campaign/$$b/medel || exit 1; done
	python3 -B tests/campaign/determinism.py $(TURNS) 1 $(BUILDS:%=build/campaign/%/medel)
# Rules made at random: so many times 1000, from another seed than the short form's.
RANDOM_RULES ?= 1000
MUTATED_RULES ?= 100
campaign-hostile: $B/medel
	$B/medel run --trust tests/sandbox/random.lua 2 $(RANDOM_RULES)
	MEDEL_TEST_FIGURES=1 $B/medel run --trust tests/sandbox/mutate.lua 2 $(MUTATED_RULES)
	$(MAKE) --no-print-directory B=$B figures-sandbox
campaign-soak: $C/soak
	$C/soak $(SOAK_SECONDS)

campaign-host-allocations:
	$(MAKE) --no-print-directory B=$(ASAN) SANITIZE=1 CFLAGS='-O1 -g' $(ASAN)/tests/host/memory
	$(ASAN)/tests/host/memory 1

# The core's own, under sanitizers, one block per object.
SANITIZED = $(MAKE) --no-print-directory $(JOBS) B=$(ASAN) SANITIZE=1 CFLAGS='-O1 -g -DMEDEL_BLOCK_SIZE=1'
campaign-properties:
	$(SANITIZED) $(ASAN)/tests/units
	MEDEL_TEST_TIMES=100 $(ASAN)/tests/units '*test_property*' 2>&1
campaign-core-allocations:
	$(SANITIZED) $(ASAN)/tests/alloc
	$(ASAN)/tests/alloc $(EVERY)
	$(ASAN)/tests/alloc $$((7 * $(EVERY))) shipped
campaign-sweep: $B/medel
	$(SANITIZED) $(ASAN)/tests/errors/run
	MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/campaign/sweep.lua 1
	$(ASAN)/tests/errors/run --sweep-all
	$(MAKE) --no-print-directory B=$(ASAN) SANITIZE=1 CFLAGS='-O1 -g -DMEDEL_BLOCK_SIZE=1' run-sie-sweep
campaign-oracle:
	$(SANITIZED) ORACLE_CASES=$(ORACLE_LONG) ORACLE_SEED=2 run-oracle
campaign-fuzz:
	$(MAKE) --no-print-directory FUZZ_SECONDS=$(CAMPAIGN_SECONDS) fuzz

$C/syscalls: tests/campaign/syscalls.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) -std=c11 -O2 $(WARN) -o $@ $<
$C/soak: tests/campaign/soak.c $B/libmedel.a
	$(call say,LD,$@)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(CORE_I) $(BIND_I) $(LINK) -o $@ $^ \
	  $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
$C/allocations.so: tests/campaign/allocations.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) -std=c11 -D_XOPEN_SOURCE=700 -O2 $(WARN) -fPIC -shared -o $@ $< -ldl
