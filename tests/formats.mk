# formats.mk - what other programs read: JSON, SARIF, JUnit XML, CSV; and pages and Markdown of
# hostile reports.  The first Python that can validate and parse is used; what is not
# installed is left out.
.PHONY: test-formats
test-formats: $B/medel
	$(Q)for modules in jsonschema,html5lib jsonschema; do \
	  for python in python3 /usr/bin/python3; do \
	    $$python -c "import $$modules" 2>/dev/null && break 2; \
	  done; \
	done; $$python -B tests/formats/all.py $B/medel
