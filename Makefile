# make              build/medel, the library and the Lua module
# make test         every test: C, rules, command line, gates (short form, as CI runs it)
# make audit        the main job on the examples
# make bench        speed and memory beside peers, as ratios in one run
# make gates        dependency directions and other promises, checked
# make fuzz         fuzz targets for FUZZ_SECONDS each (clang)
# make install      PREFIX=/usr/local DESTDIR=   (and make uninstall)
# make fmt          clang-format
# Variables: B=build directory, CC, CFLAGS, LDFLAGS, SANITIZE=1, WERROR=1, V=1
#            STATIC=1 links Lua and libyaml into the program
#            LUA=/prefix of another Lua 5.4 (include/lua.h and lib/liblua.a), built in build/other-lua
LUA ?=
B ?= $(if $(LUA),build/other-lua,build)
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
OBJCOPY ?= objcopy
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
LUA_CFLAGS := $(if $(LUA),-I$(LUA)/include,$(shell pkg-config --cflags $(LUA_PC)))
LUA_LIBS := $(if $(LUA),$(LUA)/lib/liblua.a -lm -ldl,$(shell pkg-config --libs $(LUA_PC)))
YAML_LIBS := $(shell pkg-config --libs yaml-0.1 zlib expat) -lm
JSON_LIBS := $(shell pkg-config --libs jansson libmd)
STATIC ?=
PROGRAM_LIBS = $(if $(STATIC),-Wl$(comma)-Bstatic $(LUA_LIBS) -lyaml -Wl$(comma)-Bdynamic -ldl) \
  $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
BASE := -std=c11 -D_XOPEN_SOURCE=700 -fPIC -fvisibility=hidden -MMD -MP $(WARN) $(SAN)
LINK := $(SAN) $(LDFLAGS)

# A wing sees the headers of the wings that tests/arrows lets it use, and of core a binding sees
# the public ones: what it may not use it cannot include.  Tests see all (CORE_I, BIND_I).
WINGS := $(sort $(patsubst %/,%,$(dir $(wildcard core/*/*.c bindings/*/*.c))))
CORE_I := $(addprefix -I,$(filter core/%,$(WINGS)))
BIND_I := $(addprefix -I,$(filter bindings/%,$(WINGS)))
$(foreach w,$(WINGS),$(eval I_$w := -I$w $(addprefix -I$(dir $w),$(shell sed -n 's|^$w: *||p' tests/arrows))))
wing_I = $(I_$(patsubst %/,%,$(dir $<)))
PUBLIC_H := $(filter-out %/medel_priv.h,$(wildcard core/*/medel_*.h))
CORE_O := $(patsubst core/%.c,$B/core/%.o,$(wildcard core/*/*.c))
BIND_O := $(patsubst bindings/%.c,$B/bindings/%.o,$(filter-out bindings/program/%,$(wildcard bindings/*/*.c)))
MAIN_O := $(patsubst bindings/%.c,$B/bindings/%.o,$(filter-out %/bundler.c,$(wildcard bindings/program/*.c)))
# medel_* and nothing else: the version script hides what visibility does not.
SONAME := libmedel.so.$(shell sed -n 's/^.define MEDEL_ABI //p' core/base/medel_base.h)
VERSIONED = -Wl,--version-script=bindings/host/$1.map $(if $(SAN),,-Wl$(comma)-z$(comma)defs)
VERSION := $(shell sed -n 's/^.define MEDEL_VERSION "\(.*\)"/\1/p' core/base/medel_base.h)

.PHONY: all test audit bench gates fuzz install uninstall fmt clean FORCE
all: $B/medel $B/libmedel.a $B/libmedel.so $B/lua/medel.so

# Core is built without Lua's headers on its path: it cannot call up.
$B/core/%.o: core/%.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(wing_I) -c -o $@ $<
$B/bindings/%.o: bindings/%.c | $B/include/public
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(LUA_CFLAGS) $(wing_I) -I$B/include -c -o $@ $<
$B/include/public: $(PUBLIC_H)
	$(Q)mkdir -p $(@D) && ln -sfr $^ $(@D) && touch $@
# Where they look for their data: compiled again when that changes.
$(MAIN_O) $B/bindings/host/runtime.o: BASE += -DMEDEL_DATA='"$(PREFIX)/share/medel"'
$(MAIN_O) $B/bindings/host/runtime.o: $B/prefix
$B/prefix: FORCE | $B
	$(Q)echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' >$@
# The same bits from every compiler; and loops over lanes become vectors at -O3.
MC_O := $(patsubst %,$B/core/montecarlo/%.o,montecarlo montecarlo_kernel montecarlo_model montecarlo_plan random)
$(MC_O): BASE += -ffp-contract=off -fno-math-errno
$B/core/montecarlo/montecarlo_kernel.o: override CFLAGS := $(patsubst -O2,-O3,$(CFLAGS))
# Called only where the machine has AVX2; other machines get an empty object.
ifneq (,$(filter x86_64% i%86%,$(shell $(CC) -dumpmachine)))
$B/core/sie/sie_avx2.o: BASE += -mavx2 -mbmi -mbmi2 -mpopcnt
endif
# One object, in which what is not API is no global symbol.
$B/libmedel.a: $(BIND_O) $(CORE_O)
	$(call say,AR,$@)rm -f $@ && $(LD) -r -o $B/libmedel.o $^ && $(OBJCOPY) --localize-hidden $B/libmedel.o \
	  && $(AR) rcs $@ $B/libmedel.o
$B/libmedel.so: $(BIND_O) $(CORE_O) bindings/host/libmedel.map
	$(call say,LD,$@)$(CC) -shared -Wl,-soname,$(SONAME) $(call VERSIONED,libmedel) $(LINK) \
	  -o $@ $(filter %.o,$^) $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
# The module of a stock Lua gets Lua from the program that loads it.
$B/lua/medel.so: $(BIND_O) $(CORE_O) bindings/host/module.map | $B/lua
	$(call say,LD,$@)$(CC) -shared -Wl,--version-script=bindings/host/module.map $(LINK) \
	  -o $@ $(filter %.o,$^) $(YAML_LIBS) $(JSON_LIBS) -lpthread
# The program has its own scripts and rules compiled with it.
OWN_TEXTS := $(sort $(shell find scripts/medel rules -name '*.lua') rules/taxonomy/finsam.yaml rules/taxonomy/ord.yaml rules/lagar.yaml \
  $(wildcard rules/parametrar/*.yaml))
$B/bundler: $B/bindings/program/bundler.o $(BIND_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(PROGRAM_LIBS)
$B/bundle: $B/bundler $(OWN_TEXTS) $B/own-texts
	$(call say,BUNDLE,$@)$B/bundler $@ $(OWN_TEXTS) argparse
$B/own-texts: FORCE | $B
	$(Q)echo '$(OWN_TEXTS)' | cmp -s - $@ || echo '$(OWN_TEXTS)' >$@
$B/bindings/program/main_bundle.o: BASE += -DMEDEL_BUNDLE='"$B/bundle"'
$B/bindings/program/main_bundle.o: $B/bundle
$B/medel: $(MAIN_O) $(BIND_O) $(CORE_O)
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(PROGRAM_LIBS)
$B $B/lua $B/tests:
	$(Q)mkdir -p $@

audit: $B/medel
	$B/medel audit examples/ || test $$? -eq 1

include tests/tests.mk

# ---- installing ----
HEADERS = bindings/host/medel.h $(foreach h,$(shell sed -n 's/^.include "\(.*\)"/\1/p' bindings/host/medel.h), \
            $(wildcard core/*/$h bindings/*/$h))
AT = $(DESTDIR)$(PREFIX)
install: all
	install -d $(AT)/bin $(AT)/include $(AT)/lib/pkgconfig $(AT)/lib/lua/5.4 $(AT)/share/medel \
	  $(AT)/share/man/man1 $(AT)/share/bash-completion/completions
	install -m 755 $B/medel $(AT)/bin/medel
	install -m 644 $(HEADERS) $(AT)/include/
	install -m 644 $B/libmedel.a $(AT)/lib/libmedel.a
	install -m 755 $B/libmedel.so $(AT)/lib/$(SONAME)
	ln -sf $(SONAME) $(AT)/lib/libmedel.so
	install -m 755 $B/lua/medel.so $(AT)/lib/lua/5.4/medel.so
	rm -rf $(AT)/share/medel/rules $(AT)/share/medel/scripts
	cp -R rules scripts $(AT)/share/medel/
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@LUA@|$(LUA_PC)|' \
	  bindings/host/medel.pc.in >$(AT)/lib/pkgconfig/medel.pc
	$B/medel help --man >$(AT)/share/man/man1/medel.1
	$B/medel completion bash >$(AT)/share/bash-completion/completions/medel
uninstall:
	rm -f $(AT)/bin/medel $(addprefix $(AT)/include/,$(notdir $(HEADERS))) \
	  $(AT)/lib/libmedel.a $(AT)/lib/$(SONAME) $(AT)/lib/libmedel.so \
	  $(AT)/lib/lua/5.4/medel.so $(AT)/lib/pkgconfig/medel.pc \
	  $(AT)/share/man/man1/medel.1 $(AT)/share/bash-completion/completions/medel
	rm -rf $(AT)/share/medel

fmt:
	clang-format -i $$(git ls-files '*.c' '*.h')
clean:
	rm -rf $B

-include $(CORE_O:.o=.d) $(BIND_O:.o=.d) $(MAIN_O:.o=.d) $B/bindings/program/bundler.d
