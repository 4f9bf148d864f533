# sentences.mk - what is printed of the examples and by every rule's cases, read for sentences to
# stumble over, and for lines that are wider than they may be.
.PHONY: test-sentences
test-sentences: $B/medel
	$(Q)MEDEL_DATA=$(CURDIR) python3 tests/sentences/read.py $B/medel
