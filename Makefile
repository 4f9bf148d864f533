# make              build/medel, the library and the Lua module
# make test         every test: C, rules, command line, gates (short form, as CI runs it)
# make audit        the main job on the examples
# make bench        speed and memory beside peers, as ratios in one run
# make gates        dependency directions and other promises, checked
# make fuzz         fuzz targets for FUZZ_SECONDS each (clang)
# make install      PREFIX=/usr/local DESTDIR=
# make fmt          clang-format
# Variables: B=build directory, CC, CFLAGS, LDFLAGS, SANITIZE=1, WERROR=1, V=1
B ?= build
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
CFLAGS ?= -O2 -g
V ?=
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-6s %s\n' '$(1)' '$(2)';)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Wvla \
        -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
        $(if $(WERROR),-Werror)
comma := ,
SAN := $(if $(SANITIZE),-fsanitize=address$(comma)undefined -fno-sanitize-recover=undefined)
LUA_PC := $(shell pkg-config --exists lua5.4 && echo lua5.4 || echo lua-5.4)
LUA_CFLAGS := $(shell pkg-config --cflags $(LUA_PC))
LUA_LIBS := $(shell pkg-config --libs $(LUA_PC))
YAML_LIBS := $(shell pkg-config --libs yaml-0.1) -lm
JSON_LIBS := $(shell pkg-config --libs jansson libmd)
BASE := -std=c11 -D_XOPEN_SOURCE=700 -fPIC -fvisibility=hidden -MMD -MP $(WARN) $(SAN)
LINK := $(SAN) $(LDFLAGS)

CORE_O := $(patsubst core/%.c,$B/core/%.o,$(wildcard core/*.c))
BIND_O := $(patsubst bindings/%.c,$B/bindings/%.o,$(filter-out bindings/main.c,$(wildcard bindings/*.c)))
MAIN_O := $B/bindings/main.o
VERSION := $(shell sed -n 's/^.define MEDEL_VERSION "\(.*\)"/\1/p' core/medel_core.h)

.PHONY: all test audit bench gates fuzz install fmt clean
all: $B/medel $B/libmedel.a $B/libmedel.so $B/lua/medel.so

# Core is built without Lua's headers on its path: it cannot call up.
$B/core/%.o: core/%.c | $B/core
	$(call say,CC,$<)$(CC) $(BASE) $(CFLAGS) -Icore -c -o $@ $<
$B/bindings/%.o: bindings/%.c | $B/bindings
	$(call say,CC,$<)$(CC) $(BASE) $(CFLAGS) $(LUA_CFLAGS) -Icore -Ibindings \
	  -DMEDEL_DATA='"$(PREFIX)/share/medel"' -c -o $@ $<
# The same bits from every compiler; and loops over lanes become vectors at -O3.
MC_O := $(patsubst %,$B/core/%.o,montecarlo montecarlo_kernel montecarlo_plan random)
$(MC_O): BASE += -ffp-contract=off -fno-math-errno
$B/core/montecarlo_kernel.o: override CFLAGS := $(patsubst -O2,-O3,$(CFLAGS))
$B/libmedel.a: $(CORE_O)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^
$B/libmedel.so: $(CORE_O)
	$(call say,LD,$@)$(CC) -shared -Wl,-soname,libmedel.so.0 $(LINK) -o $@ $^ $(YAML_LIBS) -lpthread
$B/lua/medel.so: $(BIND_O) $(CORE_O) | $B/lua
	$(call say,LD,$@)$(CC) -shared $(LINK) -o $@ $^ $(YAML_LIBS) $(JSON_LIBS) -lpthread
$B/medel: $(MAIN_O) $(BIND_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
$B $B/core $B/bindings $B/lua $B/tests:
	$(Q)mkdir -p $@

audit: $B/medel
	$B/medel audit examples/ || test $$? -eq 1

include tests/tests.mk

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include \
	  $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/lib/lua/5.4 \
	  $(DESTDIR)$(PREFIX)/share/medel $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $B/medel $(DESTDIR)$(PREFIX)/bin/medel
	install -m 644 bindings/medel.h core/medel_core.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 $B/libmedel.a $(DESTDIR)$(PREFIX)/lib/libmedel.a
	install -m 755 $B/libmedel.so $(DESTDIR)$(PREFIX)/lib/libmedel.so.0
	ln -sf libmedel.so.0 $(DESTDIR)$(PREFIX)/lib/libmedel.so
	install -m 755 $B/lua/medel.so $(DESTDIR)$(PREFIX)/lib/lua/5.4/medel.so
	cp -R rules scripts $(DESTDIR)$(PREFIX)/share/medel/
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' core/medel.pc.in \
	  > $(DESTDIR)$(PREFIX)/lib/pkgconfig/medel.pc
	$B/medel help --man > $(DESTDIR)$(PREFIX)/share/man/man1/medel.1
	$B/medel completion bash \
	  > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/medel


fmt:
	clang-format -i core/*.[ch] bindings/*.[ch] tests/*/*.[ch]
clean:
	rm -rf $B

-include $(CORE_O:.o=.d) $(BIND_O:.o=.d) $(MAIN_O:.o=.d)
