# audit.mk - packs, engagement, avsteg, follow-up, norms, the granskningsrapport.
.PHONY: test-audit
test-audit: $B/medel
	$(Q)mkdir -p $B/tests/audit && $B/medel run --trust tests/audit/test_audit.lua $B/tests/audit
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/audit/test_akt.lua $B/tests/audit
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/audit/test_reports.lua $B/tests/audit
	$(Q)sh tests/audit/documents.sh $B
