/* test_probe.c - one figure changed in place: the same as reading the file anew. */
#include "check.h"
#include "test.h"

/* ---- the oracle: the file with another figure in it, read from scratch ---- */

/* Where the scalar of a fact begins in the text. */
static size_t offset_of(const char *text, const medel_fact *f)
{
    size_t at = 0;
    for (unsigned line = 1; line < f->line; line++)
        at += strcspn(text + at, "\n") + 1;
    for (unsigned col = 1; col < f->col; col++) {
        for (at++; (text[at] & 0xC0) == 0x80;)
            at++;
    }
    return at;
}

static char *with_figure(const char *text, const medel_fact *f, const char *now)
{
    size_t at = offset_of(text, f), len = strlen(f->text), total = strlen(text);
    bool quoted = text[at] == '"' || text[at] == '\'';
    assert_memory_equal(text + at + quoted, f->text, len);
    char *out = malloc(total + strlen(now) + 3);
    assert_non_null(out);
    sprintf(out, "%.*s\"%s\"%s", (int)at, text, now, text + at + len + (quoted ? 2 : 0));
    return out;
}

typedef struct oracle {
    char *text, *beside;
    medel_report *report;
    medel_checks *checks;
} oracle;

static bool counts(const medel_check *k)
{
    return k->outcome == MEDEL_FINDING && k->level > MEDEL_LEVEL_NOTE;
}

static bool known(const oracle *o, const medel_check *k)
{
    const medel_check *base;
    size_t n = medel_checks_get(o->checks, &base);
    for (size_t i = 0; i < n; i++) {
        if (counts(&base[i]) && medel_check_same(&base[i], k))
            return true;
    }
    return false;
}

static medel_report *read_again(const oracle *o, const char *yaml)
{
    return o->beside ? report_beside(yaml, o->beside) : report_of(yaml);
}

static bool caught_from_scratch(const oracle *o, const medel_report *r)
{
    medel_checks *checks;
    const medel_check *all;
    bool caught = false;
    assert_int_equal(medel_checks_new(&checks, r, NULL), MEDEL_OK);
    size_t n = medel_checks_get(checks, &all);
    for (size_t i = 0; i < n && !caught; i++)
        caught = counts(&all[i]) && !known(o, &all[i]);
    medel_checks_free(checks);
    return caught;
}

static oracle oracle_of(const char *yaml, const char *beside)
{
    size_t len;
    oracle o = { file_text(yaml, &len), beside ? file_text(beside, &len) : NULL, NULL,
                 NULL };
    o.report = read_again(&o, o.text);
    assert_int_equal(medel_checks_new(&o.checks, o.report, NULL), MEDEL_OK);
    return o;
}

static void oracle_free(oracle *o)
{
    medel_checks_free(o->checks);
    medel_report_free(o->report);
    free(o->text);
    free(o->beside);
}

static bool same_quantity(const medel_quantity *a, const medel_quantity *b)
{
    return medel_rational_compare(a->value, b->value) == 0
           && medel_rational_compare(a->low, b->low) == 0
           && medel_rational_compare(a->high, b->high) == 0;
}

static void assert_same_facts(const medel_report *a, const medel_report *b)
{
    const medel_fact *const *x, *const *y;
    size_t n = medel_report_facts(a, &x);
    assert_int_equal(n, medel_report_facts(b, &y));
    for (size_t i = 0; i < n; i++) {
        if (!same_quantity(&x[i]->printed, &y[i]->printed)
            || !same_quantity(&x[i]->value, &y[i]->value)
            || (x[i]->text && strcmp(x[i]->text, y[i]->text) != 0)
            || (x[i]->derivation
                && !same_quantity(&x[i]->derivation->quantity,
                                  &y[i]->derivation->quantity)))
            fail_msg("%s %s %d: %s, expected %s", x[i]->table, x[i]->row, x[i]->year,
                     x[i]->text ? x[i]->text : "(sum)",
                     y[i]->text ? y[i]->text : "(sum)");
    }
}

static void assert_as_read(const oracle *o, medel_probe *p, const medel_fact *f,
                           const medel_corruption *c)
{
    const medel_check *by;
    if (medel_probe_corrupt(p, f, c) != MEDEL_OK) {
        medel_probe_reset(p);
        return;
    }
    const medel_fact *const *facts;
    medel_report_facts(o->report, &facts);
    char *yaml = with_figure(o->text, facts[f->index], f->text);
    if (c->other) { /* the later one first would do as well: lines keep their number */
        const medel_fact *first = facts[f->index], *second = facts[c->other->index];
        bool later = second->line > first->line || second->col > first->col;
        free(yaml);
        char *half = with_figure(o->text, later ? second : first,
                                 later ? c->other->text : f->text);
        yaml =
            with_figure(half, later ? first : second, later ? f->text : c->other->text);
        free(half);
    }
    medel_report *r = read_again(o, yaml);
    assert_int_equal(medel_probe_caught(p, &by), MEDEL_OK);
    assert_same_facts(medel_probe_report(p), r);
    if ((by != NULL) != caught_from_scratch(o, r))
        fail_msg("%s %s %d as '%s' (%s): the probe says %s", f->table, f->row, f->year,
                 f->text, medel_corruption_text(c->kind), by ? by->spec->id : "nothing");
    medel_report_free(r);
    free(yaml);
    medel_probe_reset(p);
}

static size_t compare_all(const char *yaml, const char *beside, size_t step)
{
    oracle o = oracle_of(yaml, beside);
    medel_corruption list[MEDEL_MAX_CORRUPTIONS];
    const medel_fact *const *facts;
    medel_probe *p;
    size_t tried = 0, seen = 0;
    assert_int_equal(medel_probe_new(&p, read_again(&o, o.text), NULL), MEDEL_OK);
    size_t nfacts = medel_report_facts(medel_probe_report(p), &facts);
    for (size_t i = 0; i < nfacts; i++) {
        size_t n = medel_corruptions(medel_probe_report(p), facts[i], list);
        for (size_t k = 0; k < n; k++) {
            if (seen++ % step == 0) {
                assert_as_read(&o, p, facts[i], &list[k]);
                tried++;
            }
        }
    }
    assert_same_facts(medel_probe_report(p), o.report);
    medel_probe_free(p);
    oracle_free(&o);
    return tried;
}

/* MEDEL_PROBE_STEP=1 tries every one. */
static size_t step(size_t usual)
{
    const char *told = getenv("MEDEL_PROBE_STEP");
    return told ? (size_t)atoi(told) : usual;
}

TEST(a_changed_figure_is_as_if_read_sydnarke)
{
    assert_true(compare_all("examples/sydnarke/2023.yaml",
                            "examples/sydnarke/forbund.yaml", step(61))
                > 100);
}

TEST(a_changed_figure_is_as_if_read_lekeberg)
{
    assert_true(compare_all("examples/lekeberg-orebro/2023.yaml",
                            "examples/lekeberg-orebro/forbund.yaml", step(127))
                > 100);
}

TEST(what_a_change_does_and_what_does_not_count)
{
    static const char yaml[] = "medel: 1\nrakenskapsar: 2023\nresultatrakning:\n"
                               "  enhet: kr\n  kolumner: [2023]\n  rader:\n"
                               "    verksamhetens_intakter: [900]\n"
                               "    verksamhetens_kostnader: [-800]\n"
                               "    verksamhetens_resultat: [100]\n";
    medel_probe *p = NULL;
    const medel_check *by = NULL;
    const medel_fact *const *changed;
    assert_int_equal(medel_probe_new(&p, report_of(yaml), NULL), MEDEL_OK);
    const medel_report *r = medel_probe_report(p);
    const medel_fact *f = cell(r, "resultatrakning", "verksamhetens_resultat", 2023);
    assert_int_equal(medel_probe_changes(p, &changed), 0);
    assert_int_equal(medel_probe_set(p, f, 700), MEDEL_OK);
    assert_true(medel_probe_changes(p, &changed) >= 1);
    assert_true(changed[0] == f);
    assert_int_equal(medel_probe_caught(p, &by), MEDEL_OK);
    assert_non_null(by);
    char rule[40];
    snprintf(rule, sizeof rule, "%s", by->spec->id);
    assert_int_equal(medel_probe_ignore(p, rule), MEDEL_OK);
    assert_int_equal(medel_probe_caught(p, &by), MEDEL_OK);
    assert_true(!by || strcmp(by->spec->id, rule) != 0);
    medel_probe_reset(p);
    assert_int_equal(medel_probe_changes(p, &changed), 0);
    assert_int_equal(medel_probe_caught(p, &by), MEDEL_OK);
    assert_null(by);
    assert_null(medel_probe_asked(p));
    medel_probe_free(p);
}
