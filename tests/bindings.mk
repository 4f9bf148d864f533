# bindings.mk - the Lua API: under the program, under stock Lua, under ASan and UBSan, in
# several threads, without memory; what a rule can reach; documentation that is as the
# code is.
.PHONY: test-bindings sanitized-bindings
test-bindings: $B/medel $B/lua/medel.so $B/tests/threads $B/tests/environment
	$(Q)tests/bindings/run.sh $B
	$(Q)$(MAKE) --no-print-directory $(JOBS) B=build/asan-lua$(if $(LUA),-other) SANITIZE=1 CFLAGS='-O1 -g' \
	  sanitized-bindings

sanitized-bindings: $B/medel $B/tests/threads $B/tests/memory
	$(Q)tests/bindings/run.sh $B sanitized

$B/tests/memory: LINK += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
$B/tests/threads $B/tests/environment $B/tests/memory: $B/tests/%: tests/bindings/%.c $(BIND_O) $(CORE_O)
	$(call say,LD,$@)mkdir -p $(@D) && $(CC) $(BASE) $(CFLAGS) $(LUA_CFLAGS) $(CORE_I) $(BIND_I) \
	  $(LINK) -o $@ $^ $(LUA_LIBS) $(YAML_LIBS) $(JSON_LIBS) -lpthread
