/* test_kontoplan.c - plans of accounts: what belongs where, and what is refused. */
#include "medel_statements.h"
#include "test.h"

#define HEAD "medel_kontoplan: 1\nid: p\ntitle: Plan\nsource: prov\n"
#define REST                                                                             \
    "not_from_ledger:\n"                                                                 \
    "  - { rows: [resultatrakning.avskrivningar, resultatrakning.skatteintakter,"        \
    " resultatrakning.generella_statsbidrag, resultatrakning.finansiella_intakter,"      \
    " resultatrakning.finansiella_kostnader, resultatrakning.extraordinara_poster],"     \
    " reason: prov }\n"

static medel_kontoplan *read_plan(const char *text, size_t len, const char *name,
                                  const medel_kontoplan *base)
{
    medel_kontoplan *p = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_kontoplan_read(&p, finsam(), &(medel_input){ name, text, len },
                             &(medel_kontoplan_options){ .base = base }, d)
        != MEDEL_OK) {
        char *s = diagnostics_text(d);
        print_error("%s", s);
        free(s);
        fail_msg("%s is not readable", name);
    }
    medel_diagnostics_free(d);
    return p;
}

static medel_kontoplan *load(const char *path, const medel_kontoplan *base)
{
    size_t len;
    char *text = file_text(path, &len);
    medel_kontoplan *p = read_plan(text, len, path, base);
    free(text);
    return p;
}

static void row_is(const medel_kontoplan *p, const char *account, const char *row,
                   const char *note_row, int sign, int note_sign)
{
    const medel_account_line *line = medel_kontoplan_find(p, account);
    if (!line)
        fail_msg("account %s is unmapped", account);
    assert_string_equal(line->row, row);
    if (note_row)
        assert_string_equal(line->note_row, note_row);
    else
        assert_null(line->note_row);
    assert_int_equal(line->sign, sign);
    if (note_row)
        assert_int_equal(line->note_sign, note_sign);
}

TEST(shipped_plans_give_rows_and_signs)
{
    medel_kontoplan *kb = load("rules/kontoplan/kommun-bas.yaml", NULL);
    medel_kontoplan *bas = load("rules/kontoplan/bas.yaml", NULL);
    row_is(kb, "1511", "fordringar", "kundfordringar", 1, 1);
    row_is(kb, "2510", "kortfristiga_skulder", "leverantorsskulder", -1, -1);
    row_is(bas, "2440", "kortfristiga_skulder", "leverantorsskulder", -1, -1);
    row_is(kb, "2099", "arets_resultat", NULL, -1, 0);
    row_is(kb, "3510", "verksamhetens_intakter", "medlemsbidrag", -1, -1);
    row_is(kb, "5014", "verksamhetens_kostnader", "forlorad_arbetsfortjanst", -1, 1);
    row_is(kb, "5012", "verksamhetens_kostnader", "arvoden", -1, 1);
    row_is(kb, "8510", "finansiella_kostnader", NULL, -1, 0);
    row_is(bas, "8310", "finansiella_intakter", NULL, -1, 0);
    assert_int_equal(medel_kontoplan_find(kb, "1210")->confidence,
                     MEDEL_CONFIDENCE_CONFIRMED);
    assert_true(medel_kontoplan_find(kb, "4510")->result);
    assert_false(medel_kontoplan_find(kb, "8999")->result);
    medel_kontoplan_free(bas);
    medel_kontoplan_free(kb);
}

TEST(an_account_may_be_longer_but_not_shorter)
{
    medel_kontoplan *kb = load("rules/kontoplan/kommun-bas.yaml", NULL);
    row_is(kb, "151100", "fordringar", "kundfordringar", 1, 1);
    row_is(kb, "15110000", "fordringar", "kundfordringar", 1, 1);
    row_is(kb, "501400", "verksamhetens_kostnader", "forlorad_arbetsfortjanst", -1, 1);
    static const char *const unmapped[] = { "1",    "",     "501",
                                            "21",   "9999", "DIFF",
                                            "15 1", "0151", "1511000000000000000" };
    for (size_t i = 0; i < COUNT(unmapped); i++) {
        if (medel_kontoplan_find(kb, unmapped[i]))
            fail_msg("'%s' is mapped", unmapped[i]);
    }
    medel_kontoplan_free(kb);
}

TEST(the_plan_of_a_forbund_answers_first)
{
    medel_kontoplan *kb = load("rules/kontoplan/kommun-bas.yaml", NULL);
    medel_kontoplan *own = load("rules/forbund/sydnarke/kontoplan.yaml", kb);
    assert_string_equal(medel_kontoplan_id(own), "sydnarke");
    assert_string_equal(medel_kontoplan_forbund(own), "Samordningsförbundet Sydnärke");
    assert_ptr_equal(medel_kontoplan_base(own), kb);
    row_is(own, "3521", "verksamhetens_intakter", "kommun_askersund", -1, -1);
    row_is(own, "3530", "verksamhetens_intakter", "medlemsbidrag", -1, -1);
    row_is(own, "2710", "kortfristiga_skulder", "upplupna_kostnader", -1, -1);
    row_is(own, "7410", "verksamhetens_kostnader", "kop_av_tjanst_forbundschef", -1, 1);
    assert_int_equal(medel_kontoplan_dimension(own), 20);
    assert_int_equal(medel_kontoplan_dimension(kb), 0);
    assert_string_equal(medel_kontoplan_drift_row(own, "4510", "210"), "mottagningsteam");
    assert_string_equal(medel_kontoplan_drift_row(own, "8410", NULL), "administration");
    assert_null(medel_kontoplan_drift_row(own, "4510", "999"));
    assert_true(medel_kontoplan_income(own, "3511"));
    assert_false(medel_kontoplan_income(own, "8410"));
    assert_true(medel_kontoplan_income(kb, "8410"));
    medel_kontoplan_free(own);
    medel_kontoplan_free(kb);
}

TEST(a_driftredovisning_by_account)
{
    medel_kontoplan *bas = load("rules/kontoplan/bas.yaml", NULL);
    medel_kontoplan *own = load("rules/forbund/lekeberg-orebro/kontoplan.yaml", bas);
    assert_string_equal(medel_kontoplan_drift_row(own, "5010", NULL), "lokaler");
    assert_string_equal(medel_kontoplan_drift_row(own, "7210", NULL), "personal");
    assert_string_equal(medel_kontoplan_drift_row(own, "7210", "11"), "ct_orebro");
    assert_string_equal(medel_kontoplan_drift_row(own, "6540", NULL), "tjanster_ovrigt");
    assert_string_equal(medel_kontoplan_drift_row(own, "3985", NULL), "medlemsbidrag");
    medel_kontoplan_free(own);
    medel_kontoplan_free(bas);
}

/* Each account 1000-8999 is in one line at most, whichever way it is asked for. */
TEST(lines_of_a_file_do_not_overlap)
{
    static const char *const paths[] = { "rules/kontoplan/kommun-bas.yaml",
                                         "rules/kontoplan/bas.yaml" };
    for (size_t k = 0; k < COUNT(paths); k++) {
        medel_kontoplan *p = load(paths[k], NULL);
        const medel_account_line *lines;
        size_t n = medel_kontoplan_lines(p, &lines);
        for (int account = 1000; account < 9000; account++) {
            char text[16];
            size_t hits = 0;
            snprintf(text, sizeof text, "%d", account);
            for (size_t i = 0; i < n; i++) {
                size_t len = strlen(lines[i].from);
                hits += strncmp(lines[i].from, text, len) <= 0
                        && strncmp(text, lines[i].to, len) <= 0;
            }
            assert_int_equal(hits, medel_kontoplan_find(p, text) ? 1 : 0);
        }
        medel_kontoplan_free(p);
    }
}

TEST(a_plan_has_a_limit)
{
    size_t room = 200000;
    char *text = malloc(room);
    assert_non_null(text);
    strcpy(text, HEAD "accounts:\n  - { row: resultatrakning.verksamhetens_intakter, "
                      "confidence: low, accounts: [");
    for (int i = 0; i < 5000; i++)
        sprintf(text + strlen(text), "%d,", 100000 + i);
    strcat(text, "] }\n" REST);
    medel_kontoplan *p = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    assert_int_equal(medel_kontoplan_read(&p, finsam(),
                                          &(medel_input){ "p.yaml", text, strlen(text) },
                                          NULL, d),
                     MEDEL_E_LIMIT);
    assert_int_equal(medel_diagnostics_count(d), 1);
    medel_diagnostics_free(d);
    free(text);
}
