# sie.mk - SIE files against what others make of them.
.PHONY: test-sie run-sie
test-sie:
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=$(ASAN) SANITIZE=1 \
	  CFLAGS='-O1 -g -DMEDEL_BLOCK_SIZE=1' run-sie
$B/tests/sie/describe: $B/tests/sie/describe.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(YAML_LIBS)
run-sie: $B/tests/sie/describe $B/tests/sie/sweep
	$(Q)$B/tests/sie/sweep tests/sie/small.se 97
	$(Q)$B/tests/sie/sweep tests/sie/loose.se 97
	$(Q)if command -v python3 >/dev/null; then set -e; \
	  python3 tests/sie/cases.py $< core/sie/sie_deviations.h; python3 tests/sie/compare.py $<; python3 tests/sie/shapes.py $<; \
	  else echo "not tried: SIE against a second reader (apt install python3)"; fi

# ---- every prefix and every change of a byte, with every width of vectors ----
$B/tests/sie/sweep: $B/tests/sie/sweep.o $B/tests/fuzz/fuzz_sie.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(YAML_LIBS)
.PHONY: run-sie-sweep
run-sie-sweep: $B/tests/sie/sweep
	$(Q)$< tests/sie/small.se 1
