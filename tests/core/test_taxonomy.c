/* test_taxonomy.c - the taxonomy that is shipped, and what its parts look like. */
#include "report.h"
#include "test.h"

static const medel_row *row_of(const char *table, const char *row)
{
    const medel_table_spec *t = medel_taxonomy_table(finsam(), table);
    assert_non_null(t);
    const medel_row *r = medel_table_spec_find(t, row);
    assert_non_null(r);
    return r;
}

TEST(the_shipped_taxonomy_loads)
{
    const medel_taxonomy *t = finsam();
    const medel_concept *concepts;
    const medel_table_spec *tables;
    const medel_field *fields;
    const medel_check_spec *checks;
    size_t n;
    assert_true(medel_taxonomy_concepts(t, &concepts) >= 50);
    assert_true(medel_taxonomy_tables(t, &tables) >= 18);
    assert_true(medel_taxonomy_fields(t, &fields) >= 15);
    assert_true(medel_taxonomy_checks(t, &checks) >= 40);
    assert_non_null(medel_taxonomy_relations(t, &n));
    assert_true(n >= 12);
    assert_string_equal(medel_taxonomy_unit_check(t)->id, "DRI-03");
    assert_string_equal(medel_taxonomy_text_check(t)->id, "TXT-01");
    assert_string_equal(medel_taxonomy_same_check(t)->id, "ART-15");
    assert_int_equal(medel_taxonomy_check(t, "DRI-06")->level, MEDEL_LEVEL_DEVIATION);
    assert_null(medel_taxonomy_check(t, "XXX-99"));
    assert_null(medel_taxonomy_table(t, "resultat"));
    assert_null(medel_taxonomy_concept(t, "resultat"));
}

TEST(concepts_have_period_type_and_rule)
{
    const medel_concept *c = medel_taxonomy_concept(finsam(), "soliditet");
    assert_true(c->instant);
    assert_int_equal(c->type, MEDEL_FIELD_SHARE);
    assert_string_equal(c->rule, "NYC-01");
    c = medel_taxonomy_concept(finsam(), "avvikelse_individ");
    assert_false(c->instant);
    assert_int_equal(c->type, MEDEL_FIELD_AMOUNT);
    assert_string_equal(c->text_rule, "DRI-06");
}

TEST(rows_know_where_they_add_and_how_they_are_printed)
{
    const medel_row *r = row_of("resultatrakning", "verksamhetens_kostnader");
    assert_string_equal(r->balance, "cost");
    assert_string_equal(r->under, "verksamhetens_nettokostnader");
    assert_string_equal(r->concept_ref->id, "verksamhetens_kostnader");
    assert_int_equal(r->sign, 1);
    r = row_of("not_kostnader", "summa");
    assert_int_equal(r->sign, -1); /* the note prints costs without minus */
    assert_string_equal(r->tie, "NOT-02");
    assert_string_equal(r->synonyms[0], "Summa");
    assert_null(r->synonyms[1]);
    r = row_of("finansierad_verksamhet", "individ_andel");
    assert_int_equal(r->type, MEDEL_FIELD_SHARE);
    assert_int_equal(r->sign, 1);
    assert_string_equal(r->numerator, "individ");
    assert_string_equal(r->denominator, "totala_kostnader");
    assert_true(row_of("balansrakning", "panter")->memo);
    const medel_row_concept *rc =
        medel_row_measure(row_of("driftredovisning", "individ"), "kostnad");
    assert_string_equal(rc->concept_ref->id, "kostnader_individ");
    assert_int_equal(rc->sign, -1);
    assert_null(medel_row_measure(r, "kostnad"));
    assert_null(medel_row_measure(r, NULL));
}

TEST(columns_are_years_or_named)
{
    const medel_table_spec *t = medel_taxonomy_table(finsam(), "driftredovisning");
    assert_false(t->by_year);
    const medel_column *found = NULL;
    for (size_t i = 0; i < t->ncolumns; i++) {
        if (strcmp(t->columns[i].id, "fg_budget") == 0)
            found = &t->columns[i];
    }
    assert_non_null(found);
    assert_int_equal(found->year, -1);
    assert_int_equal(found->variant, MEDEL_VARIANT_BUDGET);
    assert_string_equal(found->measure, "netto");
    t = medel_taxonomy_table(finsam(), "balansrakning");
    assert_true(t->by_year);
    assert_true(t->date_header);
    assert_false(t->period_header);
    t = medel_taxonomy_table(finsam(), "not_fordringar");
    assert_string_equal(t->note, "fordringar");
}

static void check_fields(const medel_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_non_null(fields[i].name);
        assert_non_null(fields[i].label);
        if (fields[i].type == MEDEL_FIELD_CHOICE)
            assert_non_null(fields[i].values[0]);
        if (fields[i].concept_id)
            assert_non_null(medel_taxonomy_concept(finsam(), fields[i].concept_id));
        bool holds_fields = fields[i].type == MEDEL_FIELD_RECORD
                            || fields[i].type == MEDEL_FIELD_RECORDS
                            || fields[i].type == MEDEL_FIELD_LIST;
        assert_int_equal(holds_fields, fields[i].nfields > 0);
        check_fields(fields[i].fields, fields[i].nfields);
    }
}

TEST(every_part_has_what_others_rely_on)
{
    const medel_field *fields;
    check_fields(NULL, 0);
    size_t n = medel_taxonomy_fields(finsam(), &fields);
    check_fields(fields, n);
    const medel_table_spec *tables;
    size_t nt = medel_taxonomy_tables(finsam(), &tables);
    for (size_t i = 0; i < nt; i++) {
        assert_non_null(tables[i].place);
        assert_true(tables[i].by_year || tables[i].ncolumns > 0);
        for (size_t k = 0; k < tables[i].nrows; k++) {
            const medel_row *r = tables[i].rows[k];
            assert_true(!r->rule || medel_taxonomy_check(finsam(), r->rule));
            assert_true(!r->tie || medel_taxonomy_check(finsam(), r->tie));
            /* A row that others add to has a rule for its sum. */
            for (size_t m = 0; m < tables[i].nrows; m++) {
                if (medel_same(tables[i].rows[m]->under, r->id) && !r->rule)
                    fail_msg("%s.%s sums without a rule", tables[i].id, r->id);
            }
        }
    }
}

TEST(a_choice_names_its_values_and_a_record_its_fields)
{
    const medel_field *fields, *f;
    size_t n = medel_taxonomy_fields(finsam(), &fields);
    assert_null(medel_field_named(fields, n, "ingen"));
    f = medel_field_named(fields, n, "insatser");
    assert_non_null(f);
    assert_int_equal(f->type, MEDEL_FIELD_RECORDS);
    const medel_field *kind = medel_field_named(f->fields, f->nfields, "typ"),
                      *outcome = medel_field_named(f->fields, f->nfields, "utfall");
    assert_true(kind->required);
    assert_string_equal(kind->values[0], "individ");
    assert_string_equal(outcome->concept_id, "insats_utfall");
    assert_string_equal(outcome->dimension, "driftrad");
}

/* ---- what a pack adds ---- */

static medel_taxonomy *extended(const medel_taxonomy *base, const char *text)
{
    medel_taxonomy *t = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    assert_int_equal(
        medel_taxonomy_extend(
            &t, base, &(medel_input){ "relationer.yaml", text, strlen(text) }, NULL, d),
        MEDEL_OK);
    medel_diagnostics_free(d);
    return t;
}

#define ADDED(id, relation)                                                              \
    "medel_relations: 1\n"                                                               \
    "checks: { " id ": { title: T, level: error, ground: G } }\n"                        \
    "relations: [{ rule: " id ", " relation " }]\n"

TEST(a_pack_adds_relations_and_leaves_the_taxonomy_alone)
{
    const medel_check_spec *checks, *more;
    char text[100], cut[10];
    const size_t n = medel_taxonomy_checks(finsam(), &checks),
                 relations = medel_taxonomy_relation_count(finsam());
    medel_taxonomy *one = extended(
        finsam(), ADDED("P-1", "left: kassa_och_bank, right: [fordringar@-1, -skulder?], "
                               "or: [avsattningar]"));
    medel_taxonomy *two =
        extended(one, ADDED("P-2", "left: soliditet, ratio: [skulder, fordringar]"));
    assert_int_equal(medel_taxonomy_checks(two, &more), n + 2);
    assert_string_equal(more[n + 1].id, "P-2");
    assert_string_equal(more[0].id, checks[0].id);
    assert_string_equal(medel_taxonomy_unit_check(two)->id, "DRI-03");
    assert_string_equal(medel_taxonomy_check(two, "P-1")->title, "T");
    assert_null(medel_taxonomy_check(finsam(), "P-1"));
    assert_int_equal(medel_taxonomy_relation_count(finsam()), relations);
    assert_true(medel_taxonomy_extends(two, finsam()));
    assert_true(medel_taxonomy_extends(two, two));
    assert_false(medel_taxonomy_extends(finsam(), two));
    const char *rule = medel_taxonomy_relation_says(two, relations, text, sizeof text);
    assert_string_equal(rule, "P-1");
    assert_string_equal(text, "kassa_och_bank = fordringar (year before) - skulder (if "
                              "printed), or avsattningar");
    assert_non_null(medel_taxonomy_relation_says(two, relations + 1, text, sizeof text));
    assert_string_equal(text, "soliditet = skulder / fordringar");
    assert_non_null(medel_taxonomy_relation_says(two, relations, cut, sizeof cut));
    assert_string_equal(cut, "kassa_och");
    assert_null(medel_taxonomy_relation_says(two, relations + 2, text, sizeof text));
    medel_taxonomy *tie =
        extended(two, ADDED("P-3", "ledger: [resultatrakning, not_intakter]"));
    assert_non_null(medel_taxonomy_relation_says(tie, relations + 2, text, sizeof text));
    assert_string_equal(text, "resultatrakning, not_intakter = the bookkeeping");
    assert_string_equal(medel_taxonomy_ledger_tie(tie, "P-3")[1], "not_intakter");
    assert_null(medel_taxonomy_ledger_tie(tie, "P-3")[2]);
    assert_null(medel_taxonomy_ledger_tie(tie, "P-1"));
    medel_checks *run = NULL;
    const medel_check_options options = { .taxonomy = tie };
    medel_report *r = report_of("medel: 1\nrakenskapsar: 2023\n");
    assert_int_equal(medel_checks_new(&run, r, &options), MEDEL_OK);
    medel_checks_free(run);
    medel_report_free(r);
    medel_taxonomy_free(tie);
    medel_taxonomy_free(two);
    medel_taxonomy_free(one);
}

/* Judged as those of the taxonomy are: what the words say accuses at once, what the
   document keeps in another column accuses, what is only believed asks. */
TEST(what_a_pack_adds_is_judged_as_what_the_taxonomy_has)
{
    static const struct {
        const char *relation, *kept;
        medel_level level;
        medel_proof proof;
    } cases[] = {
        { "left: kassa_och_bank, right: [fordringar], definition: true", "222",
          MEDEL_LEVEL_ERROR, MEDEL_PROOF_DEFINITION },
        { "left: kassa_och_bank, right: [fordringar]", "200 444", MEDEL_LEVEL_ERROR,
          MEDEL_PROOF_ESTABLISHED },
        { "left: kassa_och_bank, right: [fordringar]", "222", MEDEL_LEVEL_NOTE,
          MEDEL_PROOF_QUESTION },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char yaml[500], text[500];
        snprintf(yaml, sizeof yaml,
                 "medel: 1\nrakenskapsar: 2023\nbalansrakning:\n  enhet: kr\n  kolumner: "
                 "[2023, 2022]\n  rader:\n    fordringar: [311 777, 200 444]\n    "
                 "kassa_och_bank: [458 123, %s]\n",
                 cases[i].kept);
        snprintf(text, sizeof text, ADDED("P-1", "%s"), cases[i].relation);
        medel_taxonomy *t = extended(finsam(), text);
        const medel_check_options options = { .taxonomy = t };
        checked c = { .report = report_of(yaml) };
        assert_int_equal(medel_checks_new(&c.checks, c.report, NULL), MEDEL_OK);
        c.n = medel_checks_get(c.checks, &c.list);
        assert_null(finding(&c, "P-1", 0));
        medel_checks_free(c.checks);
        assert_int_equal(medel_checks_new(&c.checks, c.report, &options), MEDEL_OK);
        c.n = medel_checks_get(c.checks, &c.list);
        const medel_check *k = finding(&c, "P-1", 0);
        assert_non_null(k);
        assert_int_equal(k->level, cases[i].level);
        assert_int_equal(k->proof, cases[i].proof);
        checked_free(&c);
        medel_taxonomy_free(t);
    }
}

/* Within records: what the words say accuses, what other records keep accuses, else it is
   a question; a part that is larger than the whole says nothing. */
TEST(what_a_pack_says_of_records_is_judged_by_the_other_records)
{
    static const struct {
        const char *relation, *first, *others;
        medel_outcome outcome;
        medel_proof proof;
    } cases[] = {
        { "left: utfall, right: [lon, ovriga_kostnader], definition: true", "1 500 kr",
          "", MEDEL_FINDING, MEDEL_PROOF_DEFINITION },
        { "left: utfall, right: [lon, ovriga_kostnader]", "1 500 kr", "", MEDEL_FINDING,
          MEDEL_PROOF_QUESTION },
        { "left: utfall, right: [lon, ovriga_kostnader]", "1 500 kr",
          "  b: { namn: B, typ: individ, lon: 70 kr, ovriga_kostnader: 30 kr, utfall: "
          "100 "
          "kr }\n"
          "  c: { namn: C, typ: individ, lon: 60 kr, ovriga_kostnader: 30 kr, utfall: 90 "
          "kr }\n",
          MEDEL_FINDING, MEDEL_PROOF_ESTABLISHED },
        { "left: utfall, right: [lon, -ovriga_kostnader]", "700 kr", "", MEDEL_PASSED,
          0 },
        { "left: forbrukning, ratio: [utfall, lon], within: true", "1 500 kr", "",
          MEDEL_NOT_APPLICABLE, 0 },
        { "left: forbrukning, ratio: [utfall, lon], within: true", "500 kr", "",
          MEDEL_PASSED, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char yaml[700], text[300];
        snprintf(
            yaml, sizeof yaml,
            "medel: 1\nrakenskapsar: 2023\ninsatser:\n  a: { namn: A, typ: individ, "
            "lon: 1 000 kr, ovriga_kostnader: 300 kr, utfall: %s, forbrukning: 50 %% "
            "}\n%s",
            cases[i].first, cases[i].others);
        snprintf(text, sizeof text, ADDED("P-1", "of: insatser, %s"), cases[i].relation);
        medel_taxonomy *t = extended(finsam(), text);
        const medel_check_options options = { .taxonomy = t };
        checked c = { .report = report_of(yaml) };
        const medel_check *own = NULL;
        assert_int_equal(medel_checks_new(&c.checks, c.report, &options), MEDEL_OK);
        c.n = medel_checks_get(c.checks, &c.list);
        for (size_t k = 0; k < c.n && !own; k++)
            own = strcmp(c.list[k].spec->id, "P-1") == 0 ? &c.list[k] : NULL;
        assert_non_null(own);
        assert_int_equal(own->outcome, cases[i].outcome);
        if (own->outcome == MEDEL_FINDING) {
            assert_int_equal(own->proof, cases[i].proof);
            assert_int_equal(own->level, own->proof == MEDEL_PROOF_QUESTION
                                             ? MEDEL_LEVEL_NOTE
                                             : MEDEL_LEVEL_ERROR);
        }
        checked_free(&c);
        medel_taxonomy_free(t);
    }
}

TEST(a_report_is_judged_by_its_own_taxonomy_or_one_that_extends_it)
{
    static const char small[] =
        "medel_taxonomy: 1\nname: mini\ngeneral: { unit: A-1, text: A-1, same: A-1 }\n"
        "checks: { A-1: { title: Allt, level: error, ground: Lag } }\n"
        "concepts: { k: { label: K, period: instant, rule: A-1 } }\n"
        "tables: { t: { label: T, place: t, part: t, columns: year, rows: { a: { label: "
        "A } } } }\n";
    medel_taxonomy *other = NULL;
    medel_checks *checks = NULL;
    assert_int_equal(
        medel_taxonomy_read(&other, &(medel_input){ "t.yaml", small, sizeof small - 1 },
                            NULL, NULL),
        MEDEL_OK);
    medel_report *r = report_of("medel: 1\nrakenskapsar: 2023\n");
    const medel_check_options options = { .taxonomy = other };
    assert_int_equal(medel_checks_new(&checks, r, &options), MEDEL_E_MISUSE);
    assert_null(checks);
    medel_report_free(r);
    medel_taxonomy_free(other);
}
