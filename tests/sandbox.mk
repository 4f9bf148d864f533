# sandbox.mk - what rules cannot do: child processes that die, hostile rules, rules made at random;
# in this process, and through the program as it is installed.
#   SANDBOX_TIMES  so many times 1000 rules made at random, and 1000 mutants of the catalogue
.PHONY: test-sandbox sanitized-sandbox figures-sandbox
SANDBOX_TIMES ?= 2
INSTALLED = $(CURDIR)/$B/tests/installed
test-sandbox: all $B/tests/environment $B/tests/hostile
	$(Q)rm -rf $(INSTALLED) && $(MAKE) -s --no-print-directory B=$B install DESTDIR=$(INSTALLED) >/dev/null
	$(Q)$(CC) $(BASE) $(CFLAGS) $(LUA_CFLAGS) $(CORE_I) $(BIND_I) $(LINK) -o $(INSTALLED)/environment \
	  tests/bindings/environment.c $(BIND_O) $(CORE_O) $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
	$(Q)$(INSTALLED)/environment | diff tests/bindings/environment.txt -
	$(Q)sh tests/sandbox/run.sh $B $(INSTALLED)$(PREFIX)/bin/medel $(SANDBOX_TIMES)
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/asan-lua$(if $(LUA),-other) SANITIZE=1 CFLAGS='-O1 -g' \
	  sanitized-sandbox

$B/tests/hostile: tests/sandbox/host.c $B/libmedel.a
	$(call say,LD,$@)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(CORE_I) $(BIND_I) $(LINK) -o $@ $^ $(LUA_LIBS) $(YAML_LIBS) \
	  $(JSON_LIBS) -lpthread

sanitized-sandbox: $B/medel
	$(Q)MEDEL_TEST_SANITIZED=1 sh tests/sandbox/run.sh $B "" $(SANDBOX_TIMES)

# The figures of docs/reliability.md; LUA=/prefix for another Lua.
figures-sandbox: $B/medel $B/tests/hostile
	$(Q)MEDEL_TEST_FIGURES=1 $B/medel run --trust tests/sandbox/cost.lua
	$(Q)$B/medel run --trust tests/sandbox/hostile.lua measure
	$(Q)rm -rf $B/tests/rules && mkdir -p $B/tests/rules
	$(Q)MEDEL_TEST_FIGURES=1 $B/medel run --trust tests/sandbox/program.lua $B/medel $B/tests/rules
	$(Q)$B/tests/hostile $(CURDIR) tests/bindings/report.yaml 300 32 $B/tests/rules/r*-a.lua
	$(Q)rm -rf $B/tests/commands && mkdir -p $B/tests/commands
	$(Q)MEDEL_DATA=$(CURDIR) MEDEL_TEST_FIGURES=1 python3 -B tests/sandbox/commands.py $B/medel $B/tests/commands 1
	$(Q)MEDEL_TEST_FIGURES=1 $B/medel run --trust tests/sandbox/mutate.lua 1 $(SANDBOX_TIMES)
