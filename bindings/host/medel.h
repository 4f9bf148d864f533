/*
 * medel.h - the whole public C API: what a host program includes.
 *
 * The first hour.  This is a whole program, in C and in C++, which the tests take out of
 * this file, build and run; it audits a report and prints what was found:
 *
 *     #include <medel.h>
 *     #include <stdio.h>
 *     #include <string.h>
 *
 *     static int complain(const medel_runtime *rt)
 *     {
 *         char text[1000];
 *         const medel_diagnostics *wrong = medel_runtime_diagnostics(rt);
 *         const medel_diagnostic *d;
 *         for (size_t i = 0; (d = medel_diagnostics_get(wrong, i)); i++) {
 *             medel_diagnostic_format(d, text, sizeof text);
 *             fputs(text, stderr);
 *         }
 *         return 1;
 *     }
 *
 *     static int audit(medel_runtime *rt, const medel_report *report)
 *     {
 *         medel_audit_options options;
 *         medel_findings *findings;
 *         const medel_finding *f;
 *         memset(&options, 0, sizeof options); // zeros are the usual values
 *         options.size = sizeof options;
 *         options.level = MEDEL_LEVEL_DEVIATION;
 *         if (medel_audit(rt, &findings, report, &options) != MEDEL_OK)
 *             return complain(rt);
 *         for (size_t i = 0; (f = medel_findings_get(findings, MEDEL_FINDING, i)); i++)
 *             printf("%s:%u: %s: %s\n", f->place.file, f->place.line, f->rule,
 *                    f->message);
 *         for (size_t i = 0; (f = medel_findings_get(findings, MEDEL_BROKEN, i)); i++)
 *             printf("%s was not tried: %s\n", f->rule, f->message);
 *         medel_findings_free(findings);
 *         return 0;
 *     }
 *
 *     int main(int argc, char **argv)
 *     {
 *         const medel_input file = { argc > 1 ? argv[1] : "2023.yaml", NULL, 0 };
 *         medel_runtime *rt;
 *         medel_report *report;
 *         int failed;
 *         if (medel_runtime_new(&rt, NULL) != MEDEL_OK)
 *             return 1;
 *         if (medel_load(rt, &report, &file) != MEDEL_OK) {
 *             failed = complain(rt);
 *         } else {
 *             failed = audit(rt, report);
 *             medel_report_free(report);
 *         }
 *         medel_runtime_free(rt);
 *         return failed;
 *     }
 *
 *     cc audit.c $(pkg-config --cflags --libs medel) -o audit && ./audit 2023.yaml
 *
 * examples/books.c is the second hour: the bookkeeping beside the report, a folder of own
 * rules, three years projected.  examples/embed.c: a function of the host's that rules
 * call, a rule and a figure from memory.
 *
 * What to know of every function:
 *
 * - A call that can fail returns a medel_status.  When it is not MEDEL_OK, what the call
 *   would have given back is NULL or zeros (a quantity is 0, a text ""), whatever stood
 *   there before.  The last word is in medel_diagnostics or medel_error: what, where in
 *   which file, what was expected.  NULL where something is needed is MEDEL_E_MISUSE, or
 *   from a function that has no status the answer that there is nothing.
 * - *_new, *_read and *_load give what the matching *_free takes; every other pointer is
 *   borrowed, and lives as long as what it came from.  *_free(NULL) does nothing.
 * - What is read is immutable and may be used by many threads.  A runtime is for one
 *   thread at a time; runtimes know nothing of each other.
 * - Nothing is printed, no process is ended, no signal, locale or environment is touched.
 *
 * Where things are, each header by itself, too:
 *
 *   medel_runtime.h     runtime, packs, options, audits, findings   <- most hosts' all
 *   medel_guest.h       functions of the host's that rules call; log, progress
 *   medel_base.h        status, diagnostics, files, exact amounts, Swedish text and days
 *   medel_norms.h       the taxonomy; parameters of law and norms, by date
 *   medel_report.h      a report as facts with places
 *   medel_check.h       what a check came to
 *   medel_judge.h       the checks of a report, conventions, the smallest repair
 *   medel_whatif.h      figures changed in place
 *   medel_projection.h  decisions on a base year
 *   medel_montecarlo.h  uncertainty
 *   medel_sietext.h     encodings of bookkeeping files
 *   medel_ledger.h      the books: accounts, vouchers, rows, sums
 *   medel_analysis.h    strata, ageing, repeats, digits
 *   medel_sie.h         SIE files read and written, ledgers built
 *   medel_csv.h         ledgers from CSV
 *   medel_statements.h  kontoplan, and the statements that a ledger comes to
 *   medel_import.h      tables found in a document
 *
 * docs/embedding.md says how the parts fit and what is promised of the ABI.
 */
#ifndef MEDEL_H
#define MEDEL_H

#include "medel_analysis.h"
#include "medel_base.h"
#include "medel_check.h"
#include "medel_csv.h"
#include "medel_guest.h"
#include "medel_import.h"
#include "medel_judge.h"
#include "medel_ledger.h"
#include "medel_montecarlo.h"
#include "medel_norms.h"
#include "medel_projection.h"
#include "medel_report.h"
#include "medel_runtime.h"
#include "medel_sie.h"
#include "medel_sietext.h"
#include "medel_statements.h"
#include "medel_whatif.h"

#endif
