# import.mk - documents become report files: every figure of three reports, lines that fool a

.PHONY: test-import
test-import: $B/medel
	$(Q)$B/medel run --trust tests/import/test_reports.lua
	$(Q)$(MAKE) --no-print-directory import-cost COST=
	$(Q)$B/medel run --time-limit 600000 --trust tests/import/test_text.lua
	$(Q)$B/medel run --trust tests/import/test_cases.lua
	$(Q)mkdir -p $B/tests/import-forms && $B/medel run --trust tests/import/test_forms.lua $B/medel $B/tests/import-forms
	$(Q)$B/medel run --trust tests/import/test_proofs.lua
	$(Q)$B/medel run --trust tests/import/test_page.lua
	$(Q)mkdir -p $B/tests/import-heads && $B/medel run --trust tests/import/test_heads.lua $B/tests/import-heads
	$(Q)$B/medel run --trust tests/import/test_versions.lua
	$(Q)mkdir -p $B/tests/import-ticked && $B/medel run --time-limit 60000 --trust tests/import/test_avprickad.lua $B/medel $B/tests/import-ticked
	$(Q)$B/medel run --trust tests/import/test_cells.lua
	$(Q)$B/medel run --time-limit 600000 --trust tests/import/test_matrices.lua
	$(Q)$B/medel run --time-limit 600000 --trust tests/import/test_steps.lua
	$(Q)mkdir -p $B/tests/import-sequence && $B/medel run --time-limit 60000 --trust tests/import/test_sequence.lua $B/medel $B/tests/import-sequence
	$(Q)mkdir -p $B/tests/import-records && $B/medel run --trust tests/import/test_records.lua $B/tests/import-records
	$(Q)mkdir -p $B/tests/import-sentences && $B/medel run --trust tests/import/test_sentences.lua $B/tests/import-sentences
	$(Q)mkdir -p $B/tests/import-ask && $B/medel run --trust tests/import/test_ask.lua $B/medel $B/tests/import-ask
	$(Q)mkdir -p $B/tests/import-lastyear && $B/medel run --time-limit 60000 --trust tests/import/test_lastyear.lua $B/tests/import-lastyear
	$(Q)mkdir -p $B/tests/import-equal && $B/medel run --time-limit 600000 --trust tests/import/test_equal.lua $B/medel $B/tests/import-equal
	$(Q)rm -rf $B/tests/import && python3 -B tests/import/make_documents.py $B/tests/import $(or $(IMPORT_DOCUMENTS),40) $(or $(IMPORT_SEED),1)
	$(Q)$B/medel run --time-limit 3600000 --memory-limit 512 --trust tests/import/test_layouts.lua $B/tests/import
	$(Q)mkdir -p $B/tests/import-answers && $B/medel run --trust tests/import/test_answers.lua $B/tests/import-answers
	$(Q)$(MAKE) --no-print-directory import-plants IMPORT_PLANTS=$(or $(IMPORT_PLANTS),40)
	$(Q)rm -rf $B/tests/import-hostile && python3 -B tests/import/make_hostile.py $B/tests/import-hostile
	$(Q)python3 -B tests/import/make_unfit.py $B/tests/import-hostile
	$(Q)$B/medel run --time-limit 60000 --memory-limit 400 --trust tests/import/test_hostile.lua $B/tests/import-hostile

# Seconds and memory of each import here, of text and of the same as a PDF; children apart.
.PHONY: import-cost
import-cost: COST ?= tell
import-cost: $B/medel
	$(Q)mkdir -p $B/tests/import-cost && python3 -B tests/import/print_reports.py $B/tests/import-cost tests/import/reports/*.txt tests/import/forms/*.txt
	$(Q)for f in tests/import/reports/*.txt tests/import/forms/*.txt $B/tests/import-cost/*.pdf; do \
	  $B/medel run --time-limit 60000 --trust tests/import/cost.lua $B/tests/import-cost $$f $(COST) 2>$B/tests/import-cost/said || \
	    { cat $B/tests/import-cost/said; exit 1; }; done

# Misprints: in the text of three reports (two thirds, a hundred or fewer at a time) and in documents (one third).
#   make import-plants IMPORT_PLANTS=2000
.PHONY: import-plants
import-plants: IMPORT_PLANTS ?= 2000
import-plants: $B/medel
	$(Q)rm -rf $B/tests/import-plants && mkdir -p $B/tests/import-plants/text
	$(Q)n=$$(($(IMPORT_PLANTS) * 2 / 3)) && shares=$$(((n + 99) / 100)) && for i in $$(seq $$shares); do \
	  mkdir $B/tests/import-plants/text/$$i && echo $$i $$((n * i / shares - n * (i - 1) / shares)) $$(($(or $(IMPORT_SEED),1) * 1000 + i)); done \
	  | xargs -P $(shell nproc) -L 1 sh -c '$B/medel run --time-limit 360000000 --memory-limit 512 --trust \
	    tests/import/test_plants.lua $B/medel $B/tests/import-plants/text/$$0 $$1 $$2'
	$(Q)python3 -B tests/import/make_documents.py $B/tests/import-plants/documents $$(($(IMPORT_PLANTS) / 3 + 1)) $(or $(IMPORT_SEED),1) plants
	$(Q)$B/medel run --time-limit 360000000 --memory-limit 512 --trust tests/import/test_planted_documents.lua $B/medel \
	  $B/tests/import-plants/documents
