/* test.c - main of the unit tests and the fixtures they share. */
#include "test.h"

#define MAX_TESTS 512

static struct CMUnitTest tests[MAX_TESTS];
static size_t ntests;
static medel_taxonomy *taxonomy;

void test_register(const char *name, CMUnitTestFunction run)
{
    if (ntests < MAX_TESTS)
        tests[ntests++] = (struct CMUnitTest){ name, run, NULL, NULL, NULL };
}

static int finish(void **state)
{
    (void)state;
    medel_taxonomy_free(taxonomy);
    taxonomy = NULL;
    return 0;
}

/* Arguments are patterns: only tests whose names match run. */
int main(int argc, char **argv)
{
    if (ntests == MAX_TESTS) {
        fprintf(stderr, "raise MAX_TESTS\n");
        return 1;
    }
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests("core", tests, ntests, NULL, finish);
}

/* ---- files and readings ---- */

char *file_text(const char *path, size_t *len)
{
    char *text;
    medel_error err = { MEDEL_OK, "" };
    if (medel_file_read(&text, len, path, 8 << 20, NULL, &err) != MEDEL_OK)
        fail_msg("%s", err.message);
    return text;
}

char *diagnostics_text(const medel_diagnostics *d)
{
    size_t room = 1, len = 0;
    for (size_t i = 0; i < medel_diagnostics_count(d); i++)
        room += medel_diagnostic_format(medel_diagnostics_get(d, i), NULL, 0);
    char *text = malloc(room);
    assert_non_null(text);
    *text = '\0';
    for (size_t i = 0; i < medel_diagnostics_count(d); i++)
        len +=
            medel_diagnostic_format(medel_diagnostics_get(d, i), text + len, room - len);
    return text;
}

static void fail_with(const medel_diagnostics *d)
{
    char *text = diagnostics_text(d);
    print_error("%s", text);
    free(text);
    fail_msg("the file above was to be readable");
}

const medel_taxonomy *finsam(void)
{
    if (taxonomy)
        return taxonomy;
    size_t len;
    char *text = file_text("rules/taxonomy/finsam.yaml", &len);
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_taxonomy_read(&taxonomy, &(medel_input){ "finsam.yaml", text, len }, NULL,
                            d)
        != MEDEL_OK)
        fail_with(d);
    medel_diagnostics_free(d);
    free(text);
    return taxonomy;
}

static medel_status read_forbund(void *beside, const char *name, char **text, size_t *len)
{
    if (!beside || strcmp(name, "forbund.yaml") != 0)
        return MEDEL_E_IO;
    *len = strlen(beside);
    *text = malloc(*len + 1);
    assert_non_null(*text);
    memcpy(*text, beside, *len + 1);
    return MEDEL_OK;
}

static medel_status read_report(medel_report **out, const char *yaml, const char *forbund,
                                medel_diagnostics *d)
{
    union {
        const char *in;
        void *out;
    } beside = { forbund };
    medel_report_options options = { .read_beside = read_forbund, .beside = beside.out };
    /* A copy of its own size, so that reading past the end is seen. */
    size_t len = strlen(yaml);
    char *text = malloc(len ? len : 1);
    assert_non_null(text);
    memcpy(text, yaml, len);
    medel_status st = medel_report_read(
        out, finsam(), &(medel_input){ "rapport.yaml", text, len }, &options, d);
    free(text);
    return st;
}

medel_report *report_beside(const char *yaml, const char *forbund)
{
    medel_report *r = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (read_report(&r, yaml, forbund, d) != MEDEL_OK)
        fail_with(d);
    medel_diagnostics_free(d);
    return r;
}

medel_report *report_of(const char *yaml)
{
    return report_beside(yaml, NULL);
}

char *errors_of(const char *yaml)
{
    medel_report *r = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (read_report(&r, yaml, NULL, d) == MEDEL_OK)
        fail_msg("this was not to be readable:\n%s", yaml);
    assert_null(r);
    char *text = diagnostics_text(d);
    medel_diagnostics_free(d);
    return text;
}

/* ---- checks ---- */

checked check_of(const char *yaml)
{
    checked c = { .report = report_of(yaml) };
    assert_int_equal(medel_checks_new(&c.checks, c.report, NULL), MEDEL_OK);
    c.n = medel_checks_get(c.checks, &c.list);
    return c;
}

void checked_free(checked *c)
{
    medel_checks_free(c->checks);
    medel_report_free(c->report);
}

const medel_check *finding(const checked *c, const char *rule, size_t i)
{
    for (size_t k = 0; k < c->n; k++) {
        if (c->list[k].outcome == MEDEL_FINDING
            && (!rule || strcmp(medel_check_spec_id(c->list[k].spec), rule) == 0)
            && i-- == 0)
            return &c->list[k];
    }
    return NULL;
}

size_t findings_above_note(const checked *c)
{
    size_t n = 0;
    for (size_t k = 0; k < c->n; k++)
        n += c->list[k].outcome == MEDEL_FINDING && c->list[k].level > MEDEL_LEVEL_NOTE;
    return n;
}

char *findings_text(const checked *c)
{
    size_t room = 1, len = 0;
    for (size_t k = 0; k < c->n; k++)
        room += 600;
    char *text = malloc(room);
    assert_non_null(text);
    *text = '\0';
    for (size_t k = 0; k < c->n; k++) {
        const medel_check *f = &c->list[k];
        if (f->outcome != MEDEL_FINDING)
            continue;
        int n = snprintf(text + len, 600, "%s %s %u:%u [%s] %.400s\n",
                         medel_level_name(f->level), medel_check_spec_id(f->spec),
                         f->subject->line, f->subject->col, medel_cause_text(f->cause),
                         f->message);
        len += n < 600 ? (size_t)n : 599;
    }
    return text;
}

/* ---- quantities ---- */

medel_quantity exact(int64_t num, int64_t den, medel_unit unit)
{
    medel_quantity q;
    assert_int_equal(medel_quantity_make(&q, num, den, unit), MEDEL_OK);
    return q;
}

medel_quantity printed(const char *figure)
{
    medel_figure f;
    medel_quantity q;
    const char *why = NULL;
    if (medel_figure_parse(&f, figure, strlen(figure), &why) != MEDEL_OK)
        fail_msg("'%s': %s", figure, why);
    assert_int_equal(medel_figure_quantity(&q, &f, MEDEL_UNIT_NUMBER), MEDEL_OK);
    return q;
}

const medel_fact *cell(const medel_report *r, const char *table, const char *row,
                       int year)
{
    const medel_table *t = medel_report_table(r, table);
    assert_non_null(t);
    return medel_report_cell(r, t, row, NULL, year, MEDEL_VARIANT_UTFALL);
}

/* ---- text ---- */

void place_of(const char *text, const char *needle, unsigned *line, unsigned *col)
{
    const char *at = strstr(text, needle);
    if (!at)
        fail_msg("'%s' is not in the text", needle);
    *line = *col = 1;
    for (const char *p = text; p < at; p++) {
        if (*p == '\n') {
            ++*line;
            *col = 1;
        } else if (((unsigned char)*p & 0xC0) != 0x80) {
            ++*col;
        }
    }
}

char *replaced(const char *text, const char *old, const char *now)
{
    const char *at = strstr(text, old);
    if (!at)
        fail_msg("'%s' is not in the text", old);
    size_t before = (size_t)(at - text), len = strlen(text);
    char *out = malloc(len + strlen(now) + 1);
    assert_non_null(out);
    memcpy(out, text, before);
    strcpy(out + before, now);
    strcat(out, at + strlen(old));
    return out;
}

/* ---- the generator: splitmix64 ---- */

uint64_t random_next(random_state *r)
{
    uint64_t z = r->x += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

int64_t random_between(random_state *r, int64_t low, int64_t high)
{
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;
    uint64_t x = random_next(r);
    return (int64_t)((uint64_t)low + (span ? x % span : x));
}

bool random_chance(random_state *r, unsigned percent)
{
    return random_next(r) % 100 < percent;
}
