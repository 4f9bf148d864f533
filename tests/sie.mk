# sie.mk - SIE files against what others make of them.
.PHONY: test-sie run-sie
test-sie:
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=$(ASAN) SANITIZE=1 \
	  CFLAGS='-O1 -g -DMEDEL_BLOCK_SIZE=1' run-sie
$B/tests/sie/describe: $B/tests/sie/describe.o $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(YAML_LIBS)
run-sie: $B/tests/sie/describe
	$(Q)if command -v python3 >/dev/null; then python3 tests/sie/compare.py $<; \
	  else echo "sie: skipped, there is no python3"; fi
