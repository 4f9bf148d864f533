# precision.mk - how medel judges consistent reports of invented förbund, and planted errors.
#   precision        300 clean reports and 1 000 plants, with the rules and conventions that cost
#   precision-one    each convention alone against a plain report
#   test-precision   a small run, whose figures may not become worse
#   precision-reset  the small run's figures become the limits
.PHONY: precision precision-one test-precision precision-reset
PRECISION = MEDEL_DATA=$(CURDIR) nice python3 -B tests/precision/precision.py $B/medel
SMALL = --clean 40 --plants 80 --repairs 20 --out $B/tests/precision --limits tests/precision/limits.json
CLEAN ?= 300
PLANTS ?= 1000
SEED ?= 1
SHOW ?= 0
precision: $B/medel
	$(Q)$(PRECISION) --clean $(CLEAN) --plants $(PLANTS) --seed $(SEED) --show $(SHOW) --out $B/precision
precision-one: $B/medel
	$(Q)$(PRECISION) --one --out $B/precision
test-precision: $B/medel
	$(Q)if command -v python3 >/dev/null; then $(PRECISION) $(SMALL) >$B/tests/precision.txt || \
	  { cat $B/tests/precision.txt; exit 1; }; grep "^clean\|^precision" $B/tests/precision.txt; \
	  else echo "precision: skipped, there is no python3"; fi
precision-reset: $B/medel
	$(Q)$(PRECISION) $(SMALL) --reset
