/*
 * alloc.c - every allocation fails in turn, once and from there on: no crash, no leak,
 * status NOMEM.  Linked with --wrap, so that libyaml's allocations fail, too.
 * Arguments: the step between the allocations that are tried, and "shipped" to try the
 * shipped taxonomy and an example instead of the small files.
 */
#include "medel_montecarlo.h"
#include "medel_whatif.h"
#include "medel_csv.h"
#include "medel_sie.h"
#include "medel_statements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- allocations that can fail ---- */

static long calls, fail_at, live; /* fail_at 0: never */
static bool fail_after, failed;

static bool fails(void)
{
    calls++;
    if (fail_at && (calls == fail_at || (fail_after && calls > fail_at))) {
        failed = true;
        return true;
    }
    return false;
}

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
char *__real_strdup(const char *s);
void __real_free(void *p);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *s);
void __wrap_free(void *p);

static void *counted(void *p)
{
    live += p != NULL;
    return p;
}

void *__wrap_malloc(size_t n)
{
    return fails() ? NULL : counted(__real_malloc(n));
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : counted(__real_calloc(n, size));
}

void *__wrap_realloc(void *p, size_t n)
{
    if (fails())
        return NULL;
    return p ? __real_realloc(p, n) : counted(__real_realloc(p, n));
}

char *__wrap_strdup(const char *s)
{
    return fails() ? NULL : counted(__real_strdup(s));
}

void __wrap_free(void *p)
{
    live -= p != NULL;
    __real_free(p);
}

/* An allocator of the host's, which holds the core to what it says of old sizes. */
typedef struct head {
    size_t size;
    max_align_t rest;
} head;

static void *host_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    long *mistakes = ud;
    head *h = ptr ? (head *)ptr - 1 : NULL;
    if (h && h->size != osize)
        ++*mistakes;
    if (nsize == 0) {
        __wrap_free(h);
        return NULL;
    }
    if (h)
        ++*mistakes; /* the core never grows a block, but a ledger's */
    h = __wrap_malloc(sizeof *h + nsize);
    if (!h)
        return NULL;
    h->size = nsize;
    return h + 1;
}

/* ---- the work ---- */

typedef struct file {
    const char *name;
    char *text;
    size_t len;
} file;

typedef struct work {
    const char *what;
    file taxonomy, report, forbund, parameters;
    medel_status expected; /* when nothing fails */
    bool books;            /* the files are a ledger's: see books() */
} work;

static const medel_taxonomy *finsam; /* of the works with books; not counted */

static medel_alloc_fn alloc;
static long mistakes;

static const medel_allocator *failing(void)
{
    static medel_allocator a;
    a = (medel_allocator){ alloc, &mistakes };
    return &a;
}

static medel_status read_forbund(void *beside, const char *name, char **text, size_t *len)
{
    const file *f = beside;
    if (strcmp(name, "forbund.yaml") != 0)
        return MEDEL_E_IO;
    char *copy =
        alloc ? alloc(&mistakes, NULL, 0, f->len + 1) : __wrap_realloc(NULL, f->len + 1);
    if (!copy)
        return MEDEL_E_NOMEM;
    memcpy(copy, f->text, f->len + 1);
    *text = copy;
    *len = f->len;
    return MEDEL_OK;
}

/* What would be caught if a figure had been printed wrong?  Takes the report over. */
static medel_status probe(medel_report **r)
{
    medel_probe *p = NULL;
    medel_status st = medel_probe_new(&p, *r, failing());
    if (st != MEDEL_OK)
        return st;
    *r = NULL;
    const medel_fact *const *facts;
    size_t n = medel_report_facts(medel_probe_report(p), &facts);
    for (size_t i = 0; i < n && i < 20 && st == MEDEL_OK; i++) {
        medel_corruption list[MEDEL_MAX_CORRUPTIONS];
        const medel_check *by;
        if (medel_corruptions(medel_probe_report(p), facts[i], list) == 0)
            continue;
        st = medel_probe_corrupt(p, facts[i], &list[0]);
        if (st == MEDEL_OK)
            st = medel_probe_caught(p, &by);
        medel_probe_reset(p);
    }
    medel_probe_free(p);
    return st;
}

static medel_status check(const medel_taxonomy *t, work *w, medel_diagnostics *d)
{
    medel_report *r = NULL;
    medel_checks *checks = NULL;
    medel_repairs *repairs = NULL;
    medel_report_options options = { .allocator = failing(),
                                     .read_beside = read_forbund,
                                     .beside = &w->forbund };
    medel_status st = medel_report_read(
        &r, t, &(medel_input){ w->report.name, w->report.text, w->report.len }, &options,
        d);
    if (st == MEDEL_OK)
        st = medel_checks_new(&checks, r,
                              &(medel_check_options){ .allocator = failing() });
    if (st == MEDEL_OK)
        st = medel_repairs_new(&repairs, r, failing());
    medel_repairs_free(repairs);
    medel_checks_free(checks);
    if (st == MEDEL_OK)
        st = probe(&r);
    medel_report_free(r);
    return st;
}

/* What a ledger comes to by a plan, beside nothing. */
static medel_status derive(const medel_ledger *l, const medel_kontoplan *plan)
{
    medel_statements *s = NULL;
    medel_error err;
    medel_status st = medel_statements_new(
        &s, l, plan, &(medel_statements_options){ .allocator = failing() }, &err);
    medel_statements_free(s);
    s = NULL;
    if (st == MEDEL_OK && medel_ledger_columns_of(l)->nrows > 0)
        st = medel_statements_new(&s, l, plan,
                                  &(medel_statements_options){ .until = true,
                                                               .last_day = 0,
                                                               .allocator = failing() },
                                  &err);
    medel_statements_free(s);
    return st;
}

/* A kontoplan (taxonomy), one based on it (forbund), SIE 5 (report) or CSV (report) by
   a mapping (parameters). */
static medel_status books(work *w, medel_diagnostics *d)
{
    medel_kontoplan *base = NULL, *plan = NULL;
    medel_csv_mapping *mapping = NULL;
    medel_ledger *l = NULL;
    medel_ledger_options options = { .allocator = failing() };
    medel_status st = medel_kontoplan_read(
        &base, finsam, &(medel_input){ "bas", w->taxonomy.text, w->taxonomy.len },
        &(medel_kontoplan_options){ .allocator = failing() }, d);
    if (st == MEDEL_OK)
        st = medel_kontoplan_read(
            &plan, finsam, &(medel_input){ "egen", w->forbund.text, w->forbund.len },
            &(medel_kontoplan_options){ .base = base, .allocator = failing() }, d);
    if (st == MEDEL_OK && w->parameters.text)
        st = medel_csv_mapping_read(
            &mapping, &(medel_input){ "m", w->parameters.text, w->parameters.len },
            failing(), d);
    if (st == MEDEL_OK && mapping)
        st = medel_csv_read(&l, mapping,
                            &(medel_input){ "l", w->report.text, w->report.len },
                            &options, d);
    else if (st == MEDEL_OK)
        st = medel_sie5_read(&l, &(medel_input){ "l", w->report.text, w->report.len },
                             &options, d);
    if (st == MEDEL_OK)
        st = derive(l, plan);
    medel_ledger_free(l);
    medel_csv_mapping_free(mapping);
    medel_kontoplan_free(plan);
    medel_kontoplan_free(base);
    return st;
}

static medel_status run_books(work *w)
{
    medel_diagnostics *d = medel_diagnostics_new(failing());
    medel_status st = d ? books(w, d) : MEDEL_E_NOMEM;
    medel_diagnostics_free(d);
    return st;
}

/* What a pack adds: a relation of the taxonomy's own first two concepts. */
static medel_status extend(const medel_taxonomy *t, medel_diagnostics *d)
{
    char text[400];
    medel_taxonomy *more = NULL;
    const int len = snprintf(
        text, sizeof text,
        "medel_relations: 1\nchecks: { P-1: { title: T, level: note, ground: G } }\n"
        "relations: [{ rule: P-1, left: %s, right: [%s] }]\n",
        medel_concept_id(medel_taxonomy_concept_at(t, 0)),
        medel_concept_id(medel_taxonomy_concept_at(t, 1)));
    medel_status st = medel_taxonomy_extend(
        &more, t, &(medel_input){ "r.yaml", text, (size_t)len }, failing(), d);
    medel_taxonomy_free(more);
    return st;
}

static medel_status run(work *w)
{
    if (w->books)
        return run_books(w);
    medel_taxonomy *t = NULL;
    medel_parameters *p = NULL;
    medel_diagnostics *d = medel_diagnostics_new(failing());
    if (!d)
        return MEDEL_E_NOMEM;
    medel_status st = medel_taxonomy_read(
        &t, &(medel_input){ w->taxonomy.name, w->taxonomy.text, w->taxonomy.len },
        failing(), d);
    if (st == MEDEL_OK)
        st = extend(t, d);
    if (st == MEDEL_OK)
        st = check(t, w, d);
    if (st == MEDEL_OK)
        st = medel_parameters_read(
            &p,
            &(medel_input){ w->parameters.name, w->parameters.text, w->parameters.len },
            failing(), d);
    medel_parameters_free(p);
    medel_taxonomy_free(t);
    medel_diagnostics_free(d);
    return st;
}

static int complain(const work *w, const char *how, medel_status st)
{
    fprintf(stderr,
            "%s: allocation %ld fails%s: %s (%s, %ld blocks live, %ld mistakes)\n",
            w->what, fail_at, fail_after ? " and all after it" : "", how,
            medel_status_name(st), live, mistakes);
    return 1;
}

/* Every step-th allocation of one kind of work. */
static int try_all(work *w, long step)
{
    fail_at = calls = live = 0;
    medel_status st = run(w);
    long all = calls;
    if (st != w->expected || live || mistakes)
        return complain(w, "nothing should be wrong", st);
    for (int after = 0; after < 2; after++) {
        fail_after = after;
        for (fail_at = 1; fail_at <= all; fail_at += step) {
            calls = 0;
            failed = false;
            st = run(w);
            if (live || mistakes)
                return complain(w, "leak", st);
            /* A message that has no room is lost, but the file is still refused. */
            if (failed && st != MEDEL_E_NOMEM && st != w->expected)
                return complain(w, "status", st);
            /* Sorting a ledger's accounts does with less memory. */
            if (failed && st == MEDEL_OK && !w->books)
                return complain(w, "it did not matter", st);
        }
    }
    printf("alloc: %s%s: %ld allocations, every %ld tried once and from there on\n",
           w->what, alloc ? ", host's allocator" : "", all, step);
    return 0;
}

static file load(const char *path)
{
    file f = { path, NULL, 0 };
    medel_error err = { MEDEL_OK, "" };
    if (medel_file_read(&f.text, &f.len, path, 8 << 20, NULL, &err) != MEDEL_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return f;
}

static file text(char *s)
{
    return (file){ "", s, strlen(s) };
}

static char small_plan[] =
    "medel_kontoplan: 1\nid: b\ntitle: B\nsource: s\naccounts:\n"
    "  - { accounts: 19, row: balansrakning.kassa_och_bank, confidence: low }\n"
    "  - { accounts: 3, row: resultatrakning.verksamhetens_intakter, confidence: low }\n"
    "not_from_ledger:\n  - reason: r\n    rows: "
    "[resultatrakning.verksamhetens_kostnader, "
    "resultatrakning.avskrivningar, resultatrakning.skatteintakter, "
    "resultatrakning.generella_statsbidrag, resultatrakning.finansiella_intakter, "
    "resultatrakning.finansiella_kostnader, resultatrakning.extraordinara_poster, "
    "balansrakning.immateriella_anlaggningstillgangar, balansrakning.mark_och_byggnader, "
    "balansrakning.maskiner_och_inventarier, "
    "balansrakning.ovriga_materiella_anlaggningstillgangar, "
    "balansrakning.finansiella_anlaggningstillgangar, "
    "balansrakning.bidrag_till_infrastruktur, balansrakning.forrad, "
    "balansrakning.fordringar, balansrakning.kortfristiga_placeringar, "
    "balansrakning.eget_kapital_ingaende, balansrakning.arets_resultat, "
    "balansrakning.ovrigt_eget_kapital, balansrakning.avsattningar_pensioner, "
    "balansrakning.andra_avsattningar, balansrakning.langfristiga_skulder, "
    "balansrakning.kortfristiga_skulder]\n";
static char own_plan[] =
    "medel_kontoplan: 1\nid: e\ntitle: E\nsource: s\nbased_on: b\n"
    "own_rows: { driftredovisning.team: { under: individ, text: T } }\n"
    "driftredovisning:\n  dimension: 20\n  income: [3]\n"
    "  objects: [{ object: \"1\", row: team }]\n  otherwise: administration\n";
static char sie5[] =
    "<Sie xmlns=\"http://www.sie.se/sie5\"><FileInfo><Company name=\"F\"/><FiscalYears>"
    "<FiscalYear start=\"2023-01\" end=\"2023-12\"/></FiscalYears></FileInfo><Accounts>"
    "<Account id=\"1930\" name=\"B\" type=\"asset\"><OpeningBalance month=\"2023-01\" "
    "amount=\"5\"/></Account></Accounts><Journal id=\"A\"><JournalEntry id=\"1\" "
    "journalDate=\"2023-02-03\" text=\"t\"><LedgerEntry accountId=\"1930\" amount=\"7\"/>"
    "<LedgerEntry accountId=\"3010\" amount=\"-7\"><ObjectReference dimId=\"20\" "
    "objectId=\"1\"/></LedgerEntry></JournalEntry></Journal></Sie>";
static char csv[] = "N;D;K;B;O\n1;2023-02-03;1930;7,00;\n1;2023-02-03;\"3010\";-7;1\n";
static char mapping[] =
    "medel_csv: 1\ncolumns: { number: N, date: D, account: K, amount: B }\n"
    "objects: [{ dimension: 20, column: O }]\n"
    "year: { start: 2023-01-01, end: 2023-12-31 }\n";

static medel_taxonomy *read_finsam(void)
{
    medel_taxonomy *t = NULL;
    file f = load("rules/taxonomy/finsam.yaml");
    if (medel_taxonomy_read(&t, &(medel_input){ f.name, f.text, f.len }, NULL, NULL)
        != MEDEL_OK)
        exit(1);
    medel_text_free(f.text, f.len, NULL);
    return t;
}

int main(int argc, char **argv)
{
    long step = argc > 1 ? atol(argv[1]) : 7;
    bool shipped = argc > 2 && strcmp(argv[2], "shipped") == 0;
    medel_taxonomy *whole = read_finsam();
    file plan = text(small_plan), own = text(own_plan);
    finsam = whole;
    file small = load("tests/data/liten-taxonomi.yaml");
    file forbund = load("tests/data/forbund.yaml");
    file parameters = load("tests/data/parametrar.yaml");
    file broken = load("tests/errors/report/flera_fel.yaml");
    work all[] = {
        { "a report that is read", small, load("tests/data/liten.yaml"), forbund,
          parameters, MEDEL_OK, false },
        { "a report that is refused", small, broken, forbund, parameters, MEDEL_E_SCHEMA,
          false },
        { "a forbund file that is refused", small, load("tests/data/liten.yaml"), broken,
          parameters, MEDEL_E_SCHEMA, false },
        { "books from SIE 5", plan, text(sie5), own, { "", NULL, 0 }, MEDEL_OK, true },
        { "books from CSV", plan, text(csv), own, text(mapping), MEDEL_OK, true },
    };
    work big = { "the shipped taxonomy and an example",
                 load("rules/taxonomy/finsam.yaml"),
                 load("examples/lekeberg-orebro/2023.yaml"),
                 load("examples/lekeberg-orebro/forbund.yaml"),
                 load("rules/parametrar/nationell.yaml"),
                 MEDEL_OK,
                 false };
    int bad = 0;
    for (int host = 0; host < 2; host++) {
        alloc = host ? host_alloc : NULL;
        for (size_t i = 0; i < sizeof all / sizeof *all && !shipped; i++) {
            if (!host || !all[i].books)
                bad |= try_all(&all[i], step);
        }
        if (shipped)
            bad |= try_all(&big, step);
    }
    file *files[] = { &small,         &forbund,       &parameters,   &broken,
                      &all[0].report, &all[2].report, &big.taxonomy, &big.report,
                      &big.forbund,   &big.parameters };
    fail_at = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        medel_text_free(files[i]->text, files[i]->len, NULL);
    medel_taxonomy_free(whole);
    return bad;
}
