/*
 * books.c - a host program: audits a report together with its bookkeeping, with the rules
 * of a folder of its own, and projects three years.
 *
 *   cc books.c $(pkg-config --cflags --libs medel) -o books
 *   ./books 2023.yaml 2023.se ./egna-regler
 */
#include <medel.h>

#include <stdio.h>

static int complain(const medel_diagnostics *wrong)
{
    char text[2000];
    const medel_diagnostic *d;
    for (size_t i = 0; (d = medel_diagnostics_get(wrong, i)); i++) {
        medel_diagnostic_format(d, text, sizeof text);
        fputs(text, stderr);
    }
    return 1;
}

/* What the rules say, with the books at hand. */
static int audit(medel_runtime *rt, const medel_report *report, const medel_input *books)
{
    medel_audit_options o = { .size = sizeof o, .level = MEDEL_LEVEL_ERROR };
    medel_findings *findings;
    const medel_finding *f;
    o.ledger = books;
    if (medel_audit(rt, &findings, report, &o) != MEDEL_OK)
        return complain(medel_runtime_diagnostics(rt));
    for (size_t i = 0; (f = medel_findings_get(findings, MEDEL_FINDING, i)); i++)
        printf("%s:%u: %s: %s\n", f->place.file, f->place.line, f->rule, f->message);
    for (size_t i = 0; (f = medel_findings_get(findings, MEDEL_BROKEN, i)); i++)
        printf("%s was not tried: %s\n", f->rule, f->message);
    medel_findings_free(findings);
    return 0;
}

/* The ledger by itself: what the year cost, account class by account class. */
static int costs(const char *path)
{
    static const char *const classes[] = { "4", "5", "6", "7" };
    medel_diagnostics *wrong = medel_diagnostics_new(NULL);
    medel_ledger *ledger;
    int failed = 0;
    if (medel_ledger_load(&ledger, path, NULL, wrong) != MEDEL_OK)
        failed = complain(wrong);
    for (size_t i = 0; !failed && i < sizeof classes / sizeof *classes; i++) {
        const medel_ledger_filter of = { .accounts = classes[i] };
        medel_ledger_sum sum;
        medel_error why;
        if (medel_ledger_sum_of(&sum, ledger, &of, &why) == MEDEL_OK)
            printf("konto %sxxx: %lld öre i %llu rader\n", classes[i], (long long)sum.net,
                   (unsigned long long)sum.rows);
        else
            fprintf(stderr, "%s\n", why.message);
    }
    medel_ledger_free(ledger);
    medel_diagnostics_free(wrong);
    return failed;
}

/* Three years more, if nothing is decided. */
static int project(medel_runtime *rt, const medel_report *report)
{
    const int year = medel_report_year(report);
    const medel_projection_options o = { .first = year + 1, .last = year + 3 };
    const medel_parameters *norms;
    medel_projection *p;
    medel_error why;
    char text[64];
    if (medel_runtime_norms(rt, &norms, report) != MEDEL_OK)
        return complain(medel_runtime_diagnostics(rt));
    if (medel_projection_new(&p, report, norms, &o, &why) != MEDEL_OK) {
        fprintf(stderr, "%s\n", why.message);
        return 1;
    }
    for (int y = o.first; y <= o.last; y++) {
        const medel_node *n = medel_projection_figure(p, y, MEDEL_FIG_EGET_KAPITAL);
        if (n && medel_quantity_text(&n->quantity, text, sizeof text))
            printf("eget kapital %d: %s\n", y, text);
    }
    medel_projection_free(p);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: books REPORT LEDGER [RULES]\n", stderr);
        return 2;
    }
    const medel_input file = { .name = argv[1] }, books = { .name = argv[2] };
    medel_runtime *rt;
    medel_report *report = NULL;
    if (medel_runtime_new(&rt, NULL) != MEDEL_OK)
        return 2;
    int failed = 0; /* naming a pack replaces the usual ones, so they are named, too */
    if (argc > 3)
        failed = medel_runtime_pack(rt, "nationell") != MEDEL_OK
                 || medel_runtime_pack(rt, "kpmg") != MEDEL_OK
                 || medel_runtime_pack(rt, argv[3]) != MEDEL_OK;
    failed = failed || medel_load(rt, &report, &file) != MEDEL_OK;
    if (failed)
        complain(medel_runtime_diagnostics(rt));
    else
        failed = audit(rt, report, &books) || costs(argv[2]) || project(rt, report);
    medel_report_free(report);
    medel_runtime_free(rt);
    return failed;
}
