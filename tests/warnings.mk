# warnings.mk - no compiler has anything to say of the library, the program or the tests.
.PHONY: test-warnings
ALL_C = $(wildcard core/*/*.c bindings/*/*.c tests/*.c tests/*/*.c)
# What is said of a file by itself, whatever it is compiled for.
SAYS = $(filter-out -MMD -MP -Werror,$(BASE)) -Werror -fsyntax-only $(LUA_CFLAGS) $(CORE_I) $(BIND_I) -Itests -Itests/host \
  -DMEDEL_DATA='""' -DMEDEL_BUNDLE='"/dev/null"'
test-warnings:
	$(Q)bad=0; for cc in gcc clang; do \
	  if ! command -v $$cc >/dev/null; then echo "not tried: warnings of $$cc (apt install $$cc)"; continue; fi; \
	  avx=$$(echo | $$cc -mavx2 -fsyntax-only -x c - 2>/dev/null && echo '-mavx2 -mbmi -mbmi2 -mpopcnt'); \
	  printf '%s\n' $(ALL_C) | xargs -P$$(nproc) -n6 $$cc $(SAYS) $$avx || bad=1; \
	done; exit $$bad
