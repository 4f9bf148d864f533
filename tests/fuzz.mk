# fuzz.mk - the fuzz targets, and their corpus with any compiler.
#   fuzz        each target for FUZZ_SECONDS, with ASan and UBSan (clang)
.PHONY: test-fuzz
test-fuzz:
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/asan-lua SANITIZE=1 CFLAGS='-O1 -g' run-replay-lua

# ---- fuzzing, and its corpus with any compiler ----
FUZZ_SECONDS ?= 60
FUZZ := figure yaml report parameters taxonomy kontoplan sie import document
# These have Lua: rules, writers, the whole way.
FUZZ_LUA := rule whole writers docx odt xlsx zip boxes
SEEDS_figure := tests/fuzz/corpus/figure
SEEDS_yaml := tests/fuzz/corpus/yaml tests/errors/yaml tests/data
SEEDS_report := tests/fuzz/corpus/report tests/errors/yaml tests/errors/report tests/data
SEEDS_parameters := tests/fuzz/corpus/parameters tests/errors/parameter
SEEDS_taxonomy := tests/fuzz/corpus/taxonomy tests/errors/taxonomy
SEEDS_rule := tests/fuzz/corpus/rule $(wildcard rules/*/*.lua)
SEEDS_whole := tests/fuzz/corpus/whole tests/data/liten.yaml tests/errors/report
SEEDS_writers := tests/fuzz/corpus/writers tests/errors/yaml
SEEDS_sie := tests/fuzz/corpus/sie tests/sie/cases tests/sie/reference
SEEDS_kontoplan := tests/fuzz/corpus/kontoplan tests/errors/kontoplan
SEEDS_import := tests/fuzz/corpus/import
SEEDS_document := tests/fuzz/corpus/document
$(foreach r,docx odt xlsx zip boxes,$(eval SEEDS_$r := tests/fuzz/corpus/$r))

$B/tests/replay_%: $B/tests/fuzz/fuzz_%.o $B/tests/fuzz/fuzz_replay.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(YAML_LIBS)
$(FUZZ_LUA:%=$B/tests/fuzz/fuzz_%.o): TEST_FLAGS += $(BIND_I) $(LUA_CFLAGS)
$(FUZZ_LUA:%=$B/tests/replay_%): $B/tests/replay_%: $B/tests/fuzz/fuzz_%.o $B/tests/fuzz/fuzz_replay.o \
  $(BIND_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
$(FUZZ_LUA:%=$B/tests/fuzz_%): $B/tests/fuzz_%: $B/tests/fuzz/fuzz_%.o $(BIND_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -fsanitize=fuzzer -o $@ $^ $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
run-replay-lua: $(FUZZ_LUA:%=$B/tests/replay_%)
	$(Q)$(foreach f,$(FUZZ_LUA),ASAN_OPTIONS=detect_leaks=0 $B/tests/replay_$f $(SEEDS_$f) &&) true
run-replay: $(FUZZ:%=$B/tests/replay_%)
	$(Q)$(foreach f,$(FUZZ),$B/tests/replay_$f $(SEEDS_$f) &&) true

fuzz:
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/fuzz CC=clang SANITIZE=1 \
	  CFLAGS='-O1 -g -fsanitize=fuzzer-no-link' run-fuzz
$B/tests/fuzz_%: $B/tests/fuzz/fuzz_%.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -fsanitize=fuzzer -o $@ $^ $(YAML_LIBS)
run-fuzz: $(FUZZ:%=run-fuzz-%) $(FUZZ_LUA:%=run-fuzz-%)
# libFuzzer takes folders only: seeds that are files are put into one.
run-fuzz-%: $B/tests/fuzz_%
	$(Q)rm -rf $B/seeds/$* && mkdir -p $B/corpus/$* $B/seeds/$* && for s in $(SEEDS_$*); do \
	  [ -d $$s ] || cp $$s $B/seeds/$*/; done
	$< -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
	  -dict=tests/fuzz/medel.dict -artifact_prefix=$B/ -print_final_stats=1 -verbosity=0 \
	  $B/corpus/$* $B/seeds/$* $$(for s in $(SEEDS_$*); do [ ! -d $$s ] || echo $$s; done)
.PHONY: run-replay run-replay-lua fuzz run-fuzz
.PRECIOUS: $B/tests/fuzz_% $B/tests/replay_% $B/tests/%.o
