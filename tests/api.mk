# api.mk - the promises of medel.h, read from its headers: NULL anywhere is answered, every
# structure keeps its layout and is described, every export is used by a test.
.PHONY: test-api run-api api-reset
API = MEDEL_DATA=$(CURDIR) build/medel run --trust tests/api/api.lua
test-api: build/medel
	$(Q)mkdir -p build/tests/api && $(API) check && $(API) layout build/tests/api/layout.c && $(API) null build/tests/api/null.c
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/asan-lua$(if $(LUA),-other) SANITIZE=1 CFLAGS='-O1 -g' run-api
run-api: $B/tests/api/layout $B/tests/api/null
	$(Q)$B/tests/api/layout | diff -u tests/api/layout.txt - \
	  || { echo 'a structure of medel.h has another layout: another MEDEL_ABI (docs/embedding.md), then make api-reset'; exit 1; }
	$(Q)ASAN_OPTIONS=detect_leaks=0:$$ASAN_OPTIONS timeout 1200 $B/tests/api/null
# After a change of a structure that was meant.
api-reset: $B/tests/api/layout
	$(Q)$< >tests/api/layout.txt
$B/tests/api/%: build/tests/api/%.c tests/api/world.h $B/libmedel.a
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) -std=c11 -D_XOPEN_SOURCE=700 $(CFLAGS) $(SAN) $(CORE_I) $(BIND_I) -Itests/api \
	  -Wno-unused-result -o $@ $< $B/libmedel.a $(LINK) $(HOST_LIBS)
