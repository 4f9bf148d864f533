/* test_report.c - a report file as it is read: cells, rows, columns, fields, places. */
#include "report.h"
#include "test.h"

#define HEAD "medel: 1\nrakenskapsar: 2023\n"

static void assert_kr(const medel_quantity *q, int64_t kr)
{
    if (q->value.den != 1 || q->value.num != kr * 100)
        fail_msg("%lld/%lld öre, expected %lld kr", (long long)q->value.num,
                 (long long)q->value.den, (long long)kr);
}

/* ---- cells ---- */

TEST(dash_blank_zero_and_absent_are_four_things)
{
    medel_report *r = report_of(HEAD "resultatrakning:\n"
                                     "  enhet: kr\n"
                                     "  kolumner: [2023, 2022, 2021, 2020]\n"
                                     "  rader:\n"
                                     "    verksamhetens_intakter: [–, ~, 0, \"-\"]\n");
    const char *row = "verksamhetens_intakter";
    assert_int_equal(cell(r, "resultatrakning", row, 2023)->state, MEDEL_FIGURE_DASH);
    assert_int_equal(cell(r, "resultatrakning", row, 2022)->state, MEDEL_FIGURE_BLANK);
    assert_int_equal(cell(r, "resultatrakning", row, 2021)->state, MEDEL_FIGURE_VALUE);
    assert_int_equal(cell(r, "resultatrakning", row, 2020)->state, MEDEL_FIGURE_DASH);
    assert_null(cell(r, "resultatrakning", row, 2019));
    assert_null(cell(r, "resultatrakning", "avskrivningar", 2023));
    assert_false(medel_fact_has_value(cell(r, "resultatrakning", row, 2023)));
    assert_true(medel_fact_has_value(cell(r, "resultatrakning", row, 2021)));
    assert_false(medel_fact_has_value(NULL));
    medel_report_free(r);
}

TEST(a_cell_knows_its_place_in_both_files)
{
    static const char text[] =
        HEAD "dokument: { plats: sida }\n"
             "resultatrakning:\n"
             "  enhet: tkr\n"
             "  kolumner: [2023, 2022 budget]\n"
             "  rader:\n"
             "    verksamhetens_intakter: { tal: [5 222, 941 kr], text: Intäkter, rad: "
             "[7, 8], not: 2 }\n"
             "    verksamhetens_kostnader: { tal: [−4 920, 12], rad: [[3, 5], 9] }\n"
             "    finansnetto: { tal: [1, 2], rad: 4 }\n";
    medel_report *r = report_of(text);
    const medel_fact *f = cell(r, "resultatrakning", "verksamhetens_intakter", 2023);
    unsigned line, col;
    char place[40];
    place_of(text, "5 222", &line, &col);
    assert_int_equal(f->line, line);
    assert_int_equal(f->col, col);
    assert_string_equal(f->file, "rapport.yaml");
    assert_string_equal(f->text, "5 222");
    assert_string_equal(f->label, "Intäkter");
    assert_int_equal(f->nplaces, 1);
    assert_int_equal(f->places[0], 7);
    assert_int_equal(medel_fact_place(r, f, place, sizeof place), 6);
    assert_string_equal(place, "sida 7");
    assert_kr(&f->value, 5222000);
    const medel_table *t = medel_report_table(r, "resultatrakning");
    f = medel_report_cell(r, t, "verksamhetens_intakter", NULL, 2022,
                          MEDEL_VARIANT_BUDGET);
    assert_kr(&f->value, 941); /* the unit is the printed one */
    assert_int_equal(f->places[0], 8);
    f = cell(r, "resultatrakning", "verksamhetens_kostnader", 2023);
    place_of(text, "−4 920", &line, &col);
    assert_int_equal(f->col, col);
    medel_fact_place(r, f, place, sizeof place);
    assert_string_equal(place, "sida 3–5");
    f = cell(r, "resultatrakning", "finansnetto", 2023);
    assert_int_equal(f->places[0], 4);
    assert_string_equal(f->label, "Finansnetto");
    assert_string_equal(medel_table_find(t, "verksamhetens_intakter")->note, "2");
    assert_true(medel_table_find(t, "verksamhetens_intakter")->label_printed);
    medel_report_free(r);
}

TEST(a_fact_without_places_has_an_empty_one)
{
    medel_report *r = report_of(HEAD "resultatrakning: { enhet: kr, kolumner: [2023], "
                                     "rader: { finansnetto: [1] } }\n");
    char place[4] = "xxx";
    const medel_fact *f = cell(r, "resultatrakning", "finansnetto", 2023);
    assert_int_equal(medel_fact_place(r, f, place, sizeof place), 0);
    assert_string_equal(place, "");
    medel_report_free(r);
}

TEST(precision_may_be_coarser_than_the_print)
{
    medel_report *r = report_of(
        HEAD
        "resultatrakning:\n"
        "  enhet: kr\n"
        "  kolumner: [2023]\n"
        "  rader:\n"
        "    verksamhetens_intakter: { tal: [30 000], noggrannhet: tkr }\n"
        "uppgifter:\n"
        "  - { text: t, begrepp: arets_resultat, tal: { tal: 30 000, noggrannhet: tkr } "
        "}\n"
        "insatser:\n"
        "  a: { namn: A, typ: individ, budget: { tal: 30 000 kr, noggrannhet: tkr } }\n");
    const medel_fact *const *facts;
    size_t n = medel_report_facts(r, &facts);
    size_t seen = 0;
    for (size_t i = 0; i < n; i++) {
        if (facts[i]->state != MEDEL_FIGURE_VALUE)
            continue;
        seen++;
        assert_kr(&facts[i]->value, 30000);
        assert_int_equal(facts[i]->value.low.num, 2950000);
        assert_int_equal(facts[i]->value.high.num, 3050000);
    }
    assert_int_equal(seen, 3);
    medel_report_free(r);
}

/* ---- columns and signs ---- */

TEST(columns_have_year_variant_and_printed_header)
{
    medel_report *r = report_of(
        HEAD "resultatrakning:\n"
             "  rubrik: 2. Resultaträkning\n"
             "  rad: 1126\n"
             "  enhet: kr\n"
             "  tryckt_enhet: { text: Belopp i kr., rad: 1132 }\n"
             "  kolumner: [2023, 2022, 2023 budget, 2024 prognos]\n"
             "  tryckta_kolumner: [\"2023\", \"2023\", Budget, \"Prognos, nästa år\"]\n"
             "  kolumnrad: [1, 2, [3, 4], 5]\n"
             "  rader: { finansnetto: [1, 2, 3, 4] }\n");
    const medel_table *t;
    assert_int_equal(medel_report_tables(r, &t), 1);
    assert_string_equal(t->heading, "2. Resultaträkning");
    assert_string_equal(t->printed_unit, "Belopp i kr.");
    assert_int_equal(t->printed_unit_places[0], 1132);
    assert_true(t->printed_headers);
    assert_int_equal(t->ncolumns, 4);
    assert_int_equal(t->columns[1].year, 2022);
    assert_string_equal(t->columns[1].header, "2023");
    assert_int_equal(t->columns[2].variant, MEDEL_VARIANT_BUDGET);
    assert_int_equal(t->columns[2].nplaces, 2);
    assert_int_equal(t->columns[3].variant, MEDEL_VARIANT_PROGNOS);
    assert_int_equal(t->columns[3].year, 2024);
    assert_string_equal(t->columns[3].header, "Prognos, nästa år");
    assert_int_equal(
        medel_report_cell(r, t, "finansnetto", NULL, 2024, MEDEL_VARIANT_PROGNOS)
            ->value.value.num,
        400);
    medel_report_free(r);
}

TEST(costs_may_be_printed_either_way)
{
    static const struct {
        const char *table, *row, *how;
        int64_t concept_kr; /* of a print of 100 */
    } cases[] = {
        { "resultatrakning", "verksamhetens_kostnader", "", 100 },
        { "resultatrakning", "verksamhetens_kostnader", "kostnader: negativa,", 100 },
        { "resultatrakning", "verksamhetens_kostnader", "kostnader: positiva,", -100 },
        { "resultatrakning", "verksamhetens_intakter", "kostnader: positiva,", 100 },
        { "finansierad_verksamhet", "totala_kostnader", "", -100 },
        { "finansierad_verksamhet", "totala_kostnader", "kostnader: positiva,", -100 },
        { "finansierad_verksamhet", "totala_kostnader", "kostnader: negativa,", 100 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[300];
        snprintf(text, sizeof text,
                 HEAD "%s: { %s enhet: kr, kolumner: [2023], rader: { %s: [100] } }\n",
                 cases[i].table, cases[i].how, cases[i].row);
        medel_report *r = report_of(text);
        const medel_fact *f = cell(r, cases[i].table, cases[i].row, 2023);
        medel_quantity q;
        assert_kr(&f->printed, 100);
        assert_int_equal(medel_fact_concept_value(&q, f), MEDEL_OK);
        if (q.value.num != cases[i].concept_kr * 100)
            fail_msg("case %zu: %lld", i, (long long)q.value.num);
        medel_report_free(r);
    }
}

TEST(a_table_that_prints_all_costs_the_other_way_prints_them_so)
{
    static const struct {
        const char *rows;
        int64_t concept_kr; /* of a print of 100 */
    } cases[] = {
        { "verksamhetens_kostnader: [100, 90]", -100 },
        { "verksamhetens_kostnader: [100, 0]", 100 }, /* one figure decides nothing */
        { "verksamhetens_kostnader: [100, 90], finansiella_kostnader: [–, -1]", 100 },
        { "verksamhetens_kostnader: [100, ~], finansiella_kostnader: [1, –]", -100 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[300];
        snprintf(text, sizeof text,
                 HEAD "resultatrakning: { enhet: kr, kolumner: [2023, 2022], rader: { %s "
                      "} }\n",
                 cases[i].rows);
        medel_report *r = report_of(text);
        const medel_fact *f = cell(r, "resultatrakning", "verksamhetens_kostnader", 2023);
        medel_quantity q;
        assert_int_equal(medel_fact_concept_value(&q, f), MEDEL_OK);
        if (q.value.num != cases[i].concept_kr * 100)
            fail_msg("case %zu: %lld", i, (long long)q.value.num);
        medel_report_free(r);
    }
}

/* ---- own rows ---- */

static const char forbund[] = "namn: Förbundet\n"
                              "org_nr: 222000-2600\n"
                              "medlemmar:\n"
                              "  - { namn: Staten, part: staten }\n"
                              "rader:\n"
                              "  not_intakter:\n"
                              "    kommun_a: { under: bidrag_kommuner, text: A kommun }\n"
                              "    kommun_b: { under: bidrag_kommuner }\n"
                              "    avdrag: { under: bidrag_kommuner, vikt: -1 }\n"
                              "    del_av_a: { under: kommun_a, typ: andel }\n";

TEST(own_rows_add_to_the_row_they_are_under)
{
    medel_report *r = report_beside(
        HEAD "forbund: forbund.yaml\n"
             "noter:\n"
             "  2:\n"
             "    slag: intakter\n"
             "    enhet: kr\n"
             "    kolumner: [2023]\n"
             "    rader:\n"
             "      bidrag_staten: [100]\n"
             "      kommun_a: [60]\n"
             "      del_av_a: [5 %]\n"
             "      kommun_b: { tal: [50], text: B }\n"
             "      avdrag: [10]\n"
             "      gava: { under: ovriga_intakter, text: Gåva, tal: [7] }\n",
        forbund);
    const medel_fact *f = cell(r, "not_intakter", "bidrag_kommuner", 2023);
    assert_int_equal(f->state, MEDEL_FIGURE_COMPUTED);
    assert_kr(&f->value, 100);
    assert_string_equal(f->label, "Driftbidrag från kommuner");
    assert_non_null(f->derivation);
    assert_int_equal(f->derivation->op, MEDEL_OP_ADD);
    assert_null(f->text);
    assert_kr(&cell(r, "not_intakter", "medlemsbidrag", 2023)->value, 200);
    assert_kr(&cell(r, "not_intakter", "summa", 2023)->value, 207);
    assert_string_equal(cell(r, "not_intakter", "kommun_a", 2023)->label, "A kommun");
    assert_string_equal(cell(r, "not_intakter", "kommun_b", 2023)->label, "B");
    assert_int_equal(cell(r, "not_intakter", "del_av_a", 2023)->unit, MEDEL_UNIT_PERCENT);
    const medel_table *t = medel_report_table(r, "not_intakter");
    assert_string_equal(t->number, "2");
    assert_true(medel_table_find(t, "gava")->spec->own);
    medel_report_free(r);
}

TEST(a_subtotal_that_is_printed_replaces_its_rows)
{
    medel_report *r = report_of(
        HEAD
        "balansrakning:\n"
        "  enhet: kr\n"
        "  kolumner: [2023, 2022]\n"
        "  rader:\n"
        "    fordringar: [10, 20]\n"
        "    kassa_och_bank: [5, –]\n"
        "    omsattningstillgangar: [16, ~]\n"); /* 16 is wrong, and still it counts */
    assert_kr(&cell(r, "balansrakning", "summa_tillgangar", 2023)->value, 16);
    assert_kr(&cell(r, "balansrakning", "summa_tillgangar", 2022)->value, 20);
    assert_kr(&cell(r, "balansrakning", "omsattningstillgangar", 2022)->value, 20);
    assert_int_equal(cell(r, "balansrakning", "omsattningstillgangar", 2022)->state,
                     MEDEL_FIGURE_COMPUTED);
    assert_null(cell(r, "balansrakning", "eget_kapital", 2023));
    medel_report_free(r);
}

TEST(two_notes_of_a_kind_are_both_there)
{
    medel_report *r =
        report_of(HEAD "noter:\n"
                       "  7: { slag: ovrig, enhet: kr, kolumner: [2023], rader: { a: { "
                       "under: summa, tal: [1] } } }\n"
                       "  8: { slag: ovrig, enhet: kr, kolumner: [2023], rader: { b: { "
                       "under: summa, tal: [2] }, summa: [3] } }\n");
    const medel_table *t;
    assert_int_equal(medel_report_tables(r, &t), 2);
    assert_string_equal(medel_report_table(r, "not_ovrig")->number, "7");
    assert_string_equal(t[1].number, "8");
    medel_report_free(r);
}

/* ---- concepts ---- */

TEST(the_best_place_for_a_concept)
{
    static const char rr[] = "resultatrakning: { enhet: kr, kolumner: [2023], rader: { "
                             "arets_resultat: [1] } }\n";
    static const char rr_parts[] =
        "resultatrakning: { enhet: kr, kolumner: [2023], rader: { finansnetto: [2] } }\n";
    static const char br[] = "balansrakning: { enhet: kr, kolumner: [2023], rader: { "
                             "arets_resultat: [3] } }\n";
    static const char overview[] =
        "oversikt: { enhet: kr, kolumner: [2023], rader: { arets_resultat: [4] } }\n";
    static const char text[] =
        "uppgifter: [{ text: t, begrepp: arets_resultat, tal: 5 kr }]\n";
    static const struct {
        const char *parts[4];
        int64_t kr;
    } cases[] = {
        { { text, overview, br, rr }, 1 },
        { { text, overview, br, rr_parts }, 2 }, /* all that it is the sum of */
        { { text, overview, br, "" }, 3 },
        { { text, overview, "", "" }, 4 },
        { { text, "", "", "" }, 5 },
    };
    const medel_concept *concept = medel_taxonomy_concept(finsam(), "arets_resultat");
    for (size_t i = 0; i < COUNT(cases); i++) {
        char all[1000] = HEAD;
        for (size_t k = 0; k < 4; k++)
            strcat(all, cases[i].parts[k]);
        medel_report *r = report_of(all);
        assert_kr(&medel_report_concept(r, concept, 2023, MEDEL_VARIANT_UTFALL)->value,
                  cases[i].kr);
        assert_null(medel_report_concept(r, concept, 2022, MEDEL_VARIANT_UTFALL));
        assert_null(medel_report_concept(r, concept, 2023, MEDEL_VARIANT_BUDGET));
        medel_report_free(r);
    }
}

TEST(a_finer_print_in_a_sentence_has_no_sign_of_its_own)
{
    static const struct {
        const char *table, *text;
        int64_t low;
    } cases[] = {
        { "-349", "349 331 kr", -349 }, /* underskottet */
        { "-349", "-349 331 kr", -349331 }, { "349", "-349 331 kr", 349 },
        { "349", "349 331 kr", 349331 },    { "0", "-331 kr", -331 },
    };
    const medel_concept *concept = medel_taxonomy_concept(finsam(), "arets_resultat");
    for (size_t i = 0; i < COUNT(cases); i++) {
        char all[1000];
        snprintf(all, sizeof all,
                 HEAD "resultatrakning: { enhet: tkr, kolumner: [2023], rader: { "
                      "arets_resultat: [%s] } }\n"
                      "uppgifter: [{ text: t, begrepp: arets_resultat, tal: %s }]\n",
                 cases[i].table, cases[i].text);
        medel_report *r = report_of(all);
        const medel_fact *f =
            medel_report_concept(r, concept, 2023, MEDEL_VARIANT_UTFALL);
        assert_kr(&f->value, f->in_text ? cases[i].low : cases[i].low * 1000);
        medel_report_free(r);
    }
}

TEST(figures_of_text_take_unit_variant_and_year_from_their_neighbours)
{
    medel_report *r = report_of(
        HEAD
        "uppgifter:\n"
        "  - { text: budget, begrepp: arets_resultat, variant: budget, tal: -817 710 }\n"
        "  - { text: andel, begrepp: eget_kapital_andel, ar: 2024, tal: 16 }\n"
        "  - { text: antal, begrepp: deltagare_totalt, tal: 155 }\n"
        "  - { text: bara ord, tal: 5 procentenheter }\n"
        "  - { text: inget, begrepp: arets_resultat, tal: ~ }\n"
        "prognoser:\n"
        "  - { begrepp: arets_resultat, tal: -500 tkr, kalla: delår }\n");
    const medel_fact *const *f;
    assert_int_equal(medel_report_facts(r, &f), 6);
    assert_kr(&f[0]->value, -817710);
    assert_int_equal(f[0]->variant, MEDEL_VARIANT_BUDGET);
    assert_string_equal(f[0]->label, "budget");
    assert_true(f[0]->in_text);
    assert_int_equal(f[1]->unit, MEDEL_UNIT_PERCENT);
    assert_int_equal(f[1]->year, 2024);
    assert_int_equal(f[2]->unit, MEDEL_UNIT_COUNT);
    assert_int_equal(f[2]->value.low.num, 155);
    assert_int_equal(f[3]->unit, MEDEL_UNIT_NUMBER);
    assert_null(f[3]->concept_ref);
    assert_int_equal(f[4]->state, MEDEL_FIGURE_BLANK);
    assert_int_equal(f[5]->variant, MEDEL_VARIANT_PROGNOS);
    medel_report_free(r);
}

TEST(a_path_reaches_a_cell_or_its_concept)
{
    medel_report *r = report_of(
        HEAD
        "driftredovisning:\n"
        "  enhet: tkr\n"
        "  kolumner: [kostnad, netto, budget, avvikelse]\n"
        "  rader:\n"
        "    individ: [10, -10, -12, 2]\n"
        "    struktur: [1, -1, -1, 0]\n"
        "uppgifter:\n"
        "  - { text: a, begrepp: driftredovisning.individ.avvikelse, tal: 2 tkr }\n"
        "  - { text: b, begrepp: driftredovisning.struktur.netto, tal: -1 tkr }\n"
        "  - { text: c, begrepp: driftredovisning.administration.netto, tal: -1 tkr }\n"
        "  - { text: d, begrepp: driftredovisning.individ.netto, variant: prognos, tal: "
        "1 tkr }\n");
    const medel_fact *const *f;
    size_t n = medel_report_facts(r, &f);
    assert_int_equal(n - 8 >= 4, true);
    assert_string_equal(f[8]->concept_ref->id, "avvikelse_individ");
    assert_null(f[9]->concept_ref);
    assert_int_equal(r->ties.count, 1); /* b: no concept, so it is tied to the cell */
    const medel_tie *tie = r->ties.data;
    assert_ptr_equal(tie->second, f[9]);
    const medel_table *t;
    const medel_table_row *row;
    const char *measure;
    assert_true(
        medel_report_path(r, "driftredovisning.individ.netto", &t, &row, &measure));
    assert_string_equal(measure, "netto");
    assert_true(medel_report_path(r, "driftredovisning.individ", &t, &row, &measure));
    assert_null(measure);
    assert_false(
        medel_report_path(r, "driftredovisning.individ.prognos", &t, &row, &measure));
    assert_false(medel_report_path(r, "driftredovisning.ingen", &t, &row, &measure));
    assert_false(medel_report_path(r, "resultatrakning.finansnetto", &t, &row, &measure));
    assert_false(medel_report_path(r, "individ", &t, &row, &measure));
    char longest[300];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_false(medel_report_path(r, longest, &t, &row, &measure));
    medel_report_free(r);
}

/* ---- records ---- */

static const medel_value *value(const medel_record *r, const char *name)
{
    if (!medel_field_named(r->spec->fields, r->spec->nfields, name))
        fail_msg("no field '%s'", name);
    return medel_record_field(r, name);
}

TEST(records_lists_and_typed_fields)
{
    static const char text[] =
        HEAD "forbund: { namn: F, org_nr: 222000-2600, medlemmar: [{ namn: Staten, part: "
             "staten, rad: [4, 5] }] }\n"
             "insatser:\n"
             "  team_a:\n"
             "    namn: { text: Team A, rad: 3 }\n"
             "    typ: individ\n"
             "    driftrad: individ\n"
             "    budget: 100 tkr\n"
             "    deltagare: [{ tal: 72, rad: 325 }, { tal: 72, rad: 354 }]\n"
             "    kvinnor: 67 %\n"
             "    kostnad_per_deltagare: 15 090 kr\n"
             "    nojdhet: \"3,8 av 4,0\"\n"
             "    avslutsorsaker: [{ text: arbete, positiv: true, antal: 4 }]\n"
             "    rad: 9\n"
             "  team_b: { namn: B, typ: struktur, utfall: 5 kr }\n"
             "forvaltningsberattelse: { rubriker: [Ett, { text: Två, rad: 7 }] }\n"
             "styrning: { budget_faststalld: 2022-11-30, delarsrapport_kravs: false }\n";
    medel_report *r = report_of(text);
    const medel_record *root = medel_report_root(r);
    assert_int_equal(medel_report_year(r), 2023);
    assert_string_equal(medel_report_file(r), "rapport.yaml");
    assert_ptr_equal(medel_report_taxonomy(r), finsam());
    assert_int_equal(value(root, "rakenskapsar")->integer, 2023);
    assert_null(value(root, "revision"));
    const medel_record *f = value(root, "forbund")->records[0];
    const medel_value *members = value(f, "medlemmar");
    assert_int_equal(members->nrecords, 1);
    assert_string_equal(members->records[0]->id, "1");
    assert_int_equal(value(members->records[0], "rad")->nplaces, 2);
    const medel_value *all = value(root, "insatser");
    assert_int_equal(all->nrecords, 2);
    const medel_record *a = all->records[0];
    assert_string_equal(a->id, "team_a");
    assert_string_equal(value(a, "namn")->texts[0].text, "Team A");
    assert_int_equal(value(a, "namn")->texts[0].places[0], 3);
    assert_int_equal(value(a, "deltagare")->nfacts, 2);
    const medel_fact *budget = value(a, "budget")->facts[0];
    assert_string_equal(budget->table, "insatser");
    assert_string_equal(budget->item, "team_a");
    assert_string_equal(budget->row, "budget");
    assert_string_equal(budget->label, "Team A: Budget");
    assert_string_equal(budget->dimension, "individ");
    assert_string_equal(budget->concept_ref->id, "insats_budget");
    assert_int_equal(budget->places[0], 9); /* the record's own, for want of one */
    assert_int_equal(value(a, "kvinnor")->facts[0]->unit, MEDEL_UNIT_PERCENT);
    assert_int_equal(value(a, "kostnad_per_deltagare")->facts[0]->unit,
                     MEDEL_UNIT_KR_PER_COUNT);
    assert_int_equal(value(a, "nojdhet")->facts[0]->decimals, 1);
    const medel_record *why = value(a, "avslutsorsaker")->records[0];
    assert_int_equal(value(why, "positiv")->integer, 1);
    assert_string_equal(value(why, "antal")->facts[0]->table, "insatser.avslutsorsaker");
    /* No row in the driftredovisning: nothing to compare the utfall with. */
    assert_null(value(all->records[1], "utfall")->facts[0]->concept_ref);
    const medel_record *fb = value(root, "forvaltningsberattelse")->records[0];
    assert_int_equal(value(fb, "rubriker")->ntexts, 2);
    assert_int_equal(value(fb, "rubriker")->texts[1].places[0], 7);
    const medel_record *s = value(root, "styrning")->records[0];
    char date[11];
    medel_date_format((int32_t)value(s, "budget_faststalld")->integer, date);
    assert_string_equal(date, "2022-11-30");
    assert_int_equal(value(s, "delarsrapport_kravs")->integer, 0);
    medel_report_free(r);
    medel_report_free(NULL);
}

TEST(facts_are_numbered_in_the_order_of_the_file)
{
    medel_report *r =
        report_of(HEAD "uppgifter: [{ text: a, tal: 1 }]\n"
                       "resultatrakning: { enhet: kr, kolumner: [2023], rader: { "
                       "finansiella_intakter: [2], finansiella_kostnader: [3] } }\n"
                       "personal: [{ text: b, antal: 4 }]\n");
    const medel_fact *const *f;
    size_t n = medel_report_facts(r, &f);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(f[i]->index, i);
        if (i && f[i]->state != MEDEL_FIGURE_COMPUTED)
            assert_true(f[i]->line > f[i - 1]->line || f[i]->col > f[i - 1]->col);
    }
    assert_int_equal(f[n - 1]->state, MEDEL_FIGURE_COMPUTED);
    medel_report_free(r);
}

TEST(a_report_is_loaded_with_the_files_beside_it)
{
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    medel_report *r = NULL;
    medel_status st =
        medel_report_load(&r, finsam(), "examples/sydnarke/2023.yaml", NULL, d);
    assert_int_equal(st, MEDEL_OK);
    assert_string_equal(medel_report_file(r), "examples/sydnarke/2023.yaml");
    assert_string_equal(
        value(value(medel_report_root(r), "forbund")->records[0], "org_nr")
            ->texts[0]
            .text,
        "222000-2600");
    medel_report_free(r);
    r = NULL;
    st = medel_report_load(&r, finsam(), "examples/ingen.yaml", NULL, d);
    assert_int_equal(st, MEDEL_E_IO);
    assert_null(r);
    assert_int_equal(medel_diagnostics_count(d), 1);
    assert_text_contains(medel_diagnostics_get(d, 0)->message, "cannot open");
    medel_diagnostics_free(d);
}

TEST(limits_of_a_table)
{
    size_t room = 60000;
    char *text = malloc(room), *p = text;
    assert_non_null(text);
    p += sprintf(p,
                 HEAD "noter: { 2: { slag: ovrig, enhet: kr, kolumner: [2023], rader: {");
    for (int i = 0; i < 512; i++)
        p += sprintf(p, "r%d: { under: summa, tal: [1] },\n", i);
    strcpy(p, "} } }\n");
    medel_report *r = report_of(text);
    assert_kr(&cell(r, "not_ovrig", "summa", 2023)->value, 512);
    medel_report_free(r);
    strcpy(p, "en_till: { under: summa, tal: [1] } } } }\n");
    char *errors = errors_of(text);
    assert_text_contains(errors, "more than 512 rows in not_ovrig");
    free(errors);
    p = text;
    p += sprintf(
        p, HEAD "resultatrakning: { enhet: kr, rader: { finansnetto: [1] }, kolumner: [");
    for (int i = 0; i < 65; i++)
        p += sprintf(p, "%d%s,", 1990 + i / 3,
                     i % 3 == 0   ? ""
                     : i % 3 == 1 ? " budget"
                                  : " prognos");
    strcpy(p, "] }\n");
    errors = errors_of(text);
    assert_text_contains(errors, "more than 64 columns in resultatrakning");
    free(errors);
    free(text);
}

TEST(own_rows_are_limited_in_number)
{
    char *names = malloc(200000), *p = names;
    assert_non_null(names);
    p += sprintf(p, HEAD "forbund: { rader: { driftredovisning: {\n");
    for (int i = 0; i < 2048; i++)
        p += sprintf(p, "r%d: { under: %s },\n", i, i % 8 ? "r0" : "individ");
    strcpy(p, "} } }\n");
    medel_report_free(report_of(names));
    strcpy(p, "en_till: { under: individ } } } }\n");
    char *errors = errors_of(names);
    assert_text_contains(errors, "more than 2048 own rows");
    free(errors);
    free(names);
}
