# host.mk - medel.h as other programs use it: the runtime, what it leaves alone, and the
# installed library.
.PHONY: test-host sanitized-host
HOST_O := $(patsubst tests/%.c,$B/tests/%.o,tests/test.c tests/host/host.c \
            $(wildcard tests/host/test_*.c))
HOST_LIBS = $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread

test-host:
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/asan-lua SANITIZE=1 CFLAGS='-O1 -g' \
	  sanitized-host
sanitized-host: $B/tests/host/units $B/medel
	$(Q)$<

$B/tests/host/%.o: TEST_FLAGS += -Ibindings
$B/tests/host/units: $(HOST_O) $B/libmedel.a
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ -lcmocka $(HOST_LIBS)
