# import.mk - documents become report files: every figure of three reports, lines that fool a
# reader, the same findings as a file typed by hand, planted errors, layouts.
.PHONY: test-import
test-import: $B/medel
	$(Q)$B/medel run --trust tests/import/test_reports.lua
	$(Q)$B/medel run --trust tests/import/test_cases.lua
