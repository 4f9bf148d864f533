# session.mk - one session below every face: commands and medel.h give the same values under
# every shared option.
.PHONY: test-session
test-session: $B/medel $B/tests/session/host
	$(Q)rm -rf $B/session && mkdir -p $B/session
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/session/matrix.lua $B/medel $B/tests/session/host $B/session
$B/tests/session/%.o: TEST_FLAGS += $(BIND_I)
$B/tests/session/host: %: %.o $B/libmedel.a
	$(call say,LD,$@)$(CC) $(LINK) -o $@ $^ $(HOST_LIBS)
