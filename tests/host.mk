# host.mk - medel.h as other programs use it: the runtime, what it leaves alone, several in
# several threads; the installed library, and the examples of it.
.PHONY: test-host sanitized-host threads-host
HOST_O := $(patsubst tests/%.c,$B/tests/%.o,tests/test.c tests/host/host.c \
            $(wildcard tests/host/test_*.c))
HOST_LIBS = $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
LOCALES := build/locales
MEMORY_STRIDE ?= 29

test-host: $B/tests/host/alone $(LOCALES)
	$(Q)tests/host/installed.sh $B
	$(Q)LOCPATH=$(CURDIR)/$(LOCALES) timeout 600 $< .
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/asan-lua$(if $(LUA),-other) SANITIZE=1 CFLAGS='-O1 -g' \
	  sanitized-host
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/tsan SANITIZE= \
	  CFLAGS='-O1 -g -fsanitize=thread -Wno-unknown-warning-option -Wno-tsan' LDFLAGS=-fsanitize=thread threads-host
sanitized-host: $B/tests/host/units $B/tests/host/memory
	$(Q)$<
	$(Q)timeout 1200 $B/tests/host/memory $(MEMORY_STRIDE)
# Every test of a host under ThreadSanitizer: in several threads, with medel_cancel from another.
threads-host: $B/tests/host/threads $B/tests/host/units $B/tests/threads
	$(Q)for t in "$B/tests/host/threads ." $B/tests/host/units $B/tests/threads; do \
	  TSAN_OPTIONS=halt_on_error=1 timeout 1200 $$t || exit 1; done

# A host with a comma in its numbers; where localedef knows none, that is said.
$(LOCALES):
	$(Q)mkdir -p $@ && for l in sv_SE de_DE tr_TR; do \
	  localedef -i $$l -f UTF-8 $@/$$l.UTF-8 2>/dev/null || true; done

$B/tests/host/%.o: TEST_FLAGS += $(BIND_I)
$B/tests/host/units: $(HOST_O) $B/libmedel.a
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ -lcmocka $(HOST_LIBS)
$B/tests/host/alone $B/tests/host/threads: %: %.o $B/libmedel.a
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(HOST_LIBS)
# libyaml and jansson are linked statically, so that their own allocations fail, too.
$B/tests/host/memory: $B/tests/host/memory.o $B/libmedel.a
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(LUA_LIBS) $(YAML_LIBS:-lyaml=-l:libyaml.a) \
	  $(JSON_LIBS:-ljansson=-l:libjansson.a) -lpthread \
	  $(foreach f,malloc calloc realloc,-Wl$(comma)--wrap=$f)
