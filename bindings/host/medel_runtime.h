/*
 * medel_runtime.h - the runtime: rules written in Lua, run on reports within limits, and
 * what they find.  docs/embedding.md shows how it is used.
 *
 * A runtime is used by one thread at a time, and runtimes know nothing of each other.
 * The host's locale, signals, standard streams, environment and working directory are
 * left alone.  What a call could not do it says as a status, and why in
 * medel_runtime_diagnostics().
 *
 * Ownership is as in medel_base.h.  Beyond it: a report from medel_load and findings from
 * medel_audit are freed before their runtime, or the findings with it.
 */
#ifndef MEDEL_RUNTIME_H
#define MEDEL_RUNTIME_H

#include "medel_check.h"
#include "medel_guest.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- a runtime ---- */

typedef struct medel_runtime medel_runtime;

/* Zeros are the usual values. */
typedef struct medel_runtime_options {
    size_t size; /* sizeof(medel_runtime_options): what a later version adds is usual */
    medel_alloc_fn alloc; /* called in the thread that calls the runtime; NULL: malloc */
    void *alloc_ud;
    size_t memory;    /* bytes that the rules may hold together; 64 MiB */
    unsigned time_ms; /* that one rule may take; 2000 */
    size_t output;    /* bytes of an audit's JSON; 256 MiB */
    medel_log_fn log;
    medel_progress_fn progress;
    void *callback_ud; /* of both */
    const char *data;  /* the folder of rules/ and scripts/; NULL: as installed */
} medel_runtime_options;

/* options may be NULL.  E_NOMEM, or E_MISUSE without a size.  Reads no file: what the
   data folder lacks is said when it is needed. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_runtime_new(medel_runtime **out, const medel_runtime_options *options);
MEDEL_API void medel_runtime_free(medel_runtime *rt);
/* What was wrong in the last call; until the next one. */
MEDEL_API const medel_diagnostics *medel_runtime_diagnostics(const medel_runtime *rt);
/* From any thread, or a callback: the call in progress returns E_STOPPED soon, also from
   within a rule.  Does nothing when there is none. */
MEDEL_API void medel_cancel(medel_runtime *rt);

/* ---- what reports are read and tried by ---- */

/* Instead of the data folder's.  Before the first report: else E_MISUSE. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_taxonomy(medel_runtime *rt,
                                                               const medel_input *in);
/* Dated parameters beside the packs' own; they replace those of the same id. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_parameters(medel_runtime *rt,
                                                                 const medel_input *in);
/* A pack of rules: the id of one in the data folder ("nationell"), or a folder (a name
   with a slash).  The first one replaces nationell and kpmg, which are usual. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_pack(medel_runtime *rt,
                                                           const char *pack);
/* A pack from memory: files as they would stand in its folder, rules (*.lua) and maybe
   pack.yaml; each must have a text. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_pack_files(medel_runtime *rt,
                                                                 const char *id,
                                                                 const medel_input *files,
                                                                 size_t n);
/* Only these rules and groups, without those; "EKA-01,SUM", or NULL. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_select(medel_runtime *rt,
                                                             const char *only,
                                                             const char *except);
/* Which of several norms counts: "riktlinje.eget_kapital", "rak_20". */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_norm(medel_runtime *rt,
                                                           const char *parameter,
                                                           const char *norm);

/* Another value of a parameter, for a what-if: "prognos.storsta_miss", "3 %". */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_set(medel_runtime *rt,
                                                          const char *parameter,
                                                          const char *value);

/* The parameters that audits of the report compute with, for a projection of it: those of
   the packs and the host's, with the norms and values that are chosen.  They live as long
   as the runtime. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_norms(medel_runtime *rt,
                                                            const medel_parameters **out,
                                                            const medel_report *report);

/* ---- functions of the host's that rules can call ---- */

/* Rules call it as host.NAME; letters, digits and _.  One of the same name is replaced.
 */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_runtime_function(medel_runtime *rt,
                                                               const char *name,
                                                               medel_host_fn function,
                                                               void *ud);

/* ---- reports ---- */

/* Read a report by the runtime's taxonomy, with its allocator.  A report in memory can
   name no other file.  Free it with medel_report_free. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_load(medel_runtime *rt, medel_report **out,
                                                   const medel_input *in);

/* The same with figures that the host knows: rules see them as any fact of the report,
   and ar:given("NAME") is the host's own host.NAME. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_load_given(medel_runtime *rt,
                                                         medel_report **out,
                                                         const medel_input *in,
                                                         const medel_given *given,
                                                         size_t n);

/* ---- audits ---- */

typedef struct medel_audit_options {
    size_t size; /* sizeof(medel_audit_options) */
    const medel_report
        *previous; /* last year's: comparatives, what is new, what remains */
    const medel_input *engagement; /* the revisor's decisions: granskning.yaml */
    const medel_input *avsteg;     /* what the förbund has decided: avsteg.yaml */
    bool beside;       /* read those two from the report's folder, if they are there */
    bool norms;        /* try what competing norms would have said */
    medel_level level; /* findings of this level and above */
    const medel_input *ledger;    /* the bookkeeping: the rules over it run, too */
    const medel_input *mapping;   /* the columns of a ledger that is CSV */
    const medel_input *kontoplan; /* which accounts make which rows; else as installed */
    const medel_report *delar;    /* the year's delårsrapport, to be compared */
    const medel_report *const *sektor; /* other förbund's, for rules that compare */
    size_t nsektor;
} medel_audit_options;

typedef struct medel_findings medel_findings;

/* Run the taxonomy's checks and the rules.  A rule that errs or takes too long is BROKEN
   in the findings and stops nothing else.  options may be NULL.  E_STOPPED: nothing is
   given back. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_audit(medel_runtime *rt,
                                                    medel_findings **out,
                                                    const medel_report *report,
                                                    const medel_audit_options *options);
MEDEL_API void medel_findings_free(medel_findings *f);

/* Where something stands: in its file, and in the document. */
typedef struct medel_place {
    const char *file;
    unsigned line, col;   /* from 1 */
    const char *document; /* "rad 1246", "sida 7"; "" if the file does not say */
} medel_place;

/* An exact value and its Swedish text. */
typedef struct medel_worth {
    medel_quantity quantity;
    const char *text; /* "350 632 kr"; NULL: there is no such value */
    int64_t ore;      /* of an amount of whole öre */
    bool has_ore;
} medel_worth;

/* A figure that a finding stands on. */
typedef struct medel_evidence {
    const char *name;    /* "Summa eget kapital 2023" */
    const char *printed; /* as typed; NULL when it is computed */
    medel_worth value;
    medel_place place;
    const int *lines; /* or pages, in the document */
    size_t nlines;
    const char *table, *row, *column, *concept_id; /* column and concept_id may be NULL */
    int year;
    medel_variant variant;
} medel_evidence;

/* What a rule came to.  A text may be NULL unless it says otherwise. */
typedef struct medel_finding {
    const char *rule; /* id; "" for a rule file that could not be read.  Never NULL */
    medel_outcome outcome;
    medel_level level;
    const char *title, *ground, *pack, *recommendation;
    const char *message;     /* of a finding; why it does not apply; why it is broken */
    const char *cause;       /* the likely one */
    const char *fingerprint; /* of the rule and its figures */
    const char *since;       /* "ny" or "kvarstår", beside last year's report */
    const char *weight;      /* "ringa" or "väsentlig" */
    medel_place place;       /* of a finding */
    medel_worth expected, difference, suggested; /* of a check of the taxonomy */
    size_t nevidence;
    size_t left_out; /* of its evidence, for which there was no room */
} medel_finding;

/* Findings come the heaviest first, the others by rule. */
MEDEL_API size_t medel_findings_count(const medel_findings *f, medel_outcome outcome);
/* NULL beyond the last; also of the next. */
MEDEL_API const medel_finding *medel_findings_get(const medel_findings *f,
                                                  medel_outcome outcome, size_t i);
MEDEL_API const medel_evidence *medel_finding_evidence(const medel_finding *finding,
                                                       size_t i);
/* The same as `medel audit --format json` writes; docs/json.md.  len may be NULL. */
MEDEL_API const char *medel_findings_json(const medel_findings *f, size_t *len);

#ifdef __cplusplus
}
#endif
#endif
