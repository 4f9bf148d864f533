# law.mk - small whole reports and what the law says of them; reports of earlier years.
.PHONY: test-law
test-law: $B/medel
	$(Q)MEDEL_DATA=$(CURDIR) $B/medel run --trust tests/law/test_law.lua $B/tests
	$(Q)MEDEL_DATA=$(CURDIR) python3 tests/law/earlier_years.py $B/medel $B/tests/earlier-years
