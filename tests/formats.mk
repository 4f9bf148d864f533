# formats.mk - what other programs read: JSON, SARIF, JUnit XML, CSV.
# The first Python that can validate is used; without one, validation is left out.
.PHONY: test-formats
test-formats: $B/medel
	$(Q)for python in python3 /usr/bin/python3; do \
	  $$python -c 'import jsonschema' 2>/dev/null && break; \
	done; $$python -B tests/formats/all.py $B/medel
