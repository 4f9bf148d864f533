/*
 * judge.h - may a figure be accused?  What a failing tie is found to be: the document's
 * own other columns, an explanation in its printed figures, or a question.
 */
#ifndef MEDEL_JUDGE_PRIV_H
#define MEDEL_JUDGE_PRIV_H

#include "check.h"
#include "medel_judge.h"

#define MEDEL_LINE_YEARS 12
#define MEDEL_FORM_TERMS 2

/* What is printed of one thing over the years: a row in one measure, or a figure of text.
 */
typedef struct medel_line {
    const medel_concept *concept_ref;
    const medel_row *row; /* NULL: a figure of a record or of text */
    const char *table, *id, *measure, *dimension;
    medel_variant variant;
    medel_rank rank;
    bool computed;
    size_t other_in; /* the try that found it to be something else than its name says */
    bool was_other;  /* of the report as it is; for a probe, whose tries leave no trace */
    uint32_t kinds;  /* which kinds of amounts it is */
    const medel_fact *cell[MEDEL_LINE_YEARS]; /* by how many years before the next */
} medel_line;

typedef struct medel_tie_column {
    bool tried; /* both places print it */
    bool fails;
    bool neutral; /* a figure of it is already told as wrong: it says nothing */
    medel_span difference;
    const medel_fact *subject, *other;
    const medel_check *check; /* of a relation that other columns keep in another form */
} medel_tie_column;

/* Two places, or a relation, in all columns. */
typedef struct medel_tie_view {
    const medel_line *a, *b; /* b is NULL of a relation, or of a line by itself */
    const medel_relation *relation;
    uint32_t kinds;
    medel_variant variant;
    medel_tie_column column[MEDEL_LINE_YEARS];
} medel_tie_view;

/* The difference of a tie as other printed lines. */
typedef struct medel_form {
    const medel_line *term[MEDEL_FORM_TERMS];
    int sign[MEDEL_FORM_TERMS];
    size_t n;
    bool named;
    unsigned held;    /* columns, a bit each, where it holds */
    unsigned nonzero; /* of those, where it is something */
    unsigned failed;
    bool refuted; /* the places agree where the terms are something */
    int bits;     /* what coincidence leaves of it, in sixteenths of a power of two */
} medel_form;

/* An explanation of a pair: subject = reference + form; reference NULL: the form alone.
 */
typedef struct medel_explanation {
    const medel_line *reference;
    medel_form form;
    bool kept; /* the förbund's file or last year's report says it */
} medel_explanation;

typedef struct medel_judge {
    const medel_report *r;
    medel_arena *arena;
    medel_array lines;          /* medel_line */
    const medel_line **line_of; /* by fact; NULL: of none */
    bool *suspect;              /* by fact: a definition that fails blames it */
    medel_checker *checker;
    medel_array conventions; /* medel_convention */
    medel_array kept;        /* medel_kept */
    void *room;              /* for what a search tries, one at a time */
    size_t tries;            /* so far, of a probe */
    bool forgets;            /* what the lines of the report as it is are */
} medel_judge;

/* ---- lines.c ---- */
void medel_judge_lines(medel_judge *j);
int medel_slot(const medel_judge *j, int year); /* of a year, or -1 */
const medel_line *medel_line_get(const medel_judge *j, size_t i);

/* ---- ties.c ---- */
void medel_tie_of_pair(const medel_judge *j, medel_tie_view *t, const medel_line *a,
                       const medel_line *b);
void medel_tie_of_line(const medel_judge *j, medel_tie_view *t, const medel_line *a);
void medel_tie_of_relation(medel_judge *j, medel_tie_view *t, const medel_check *k);
/* A share that is computed from two rows of its own table. */
void medel_tie_of_share(medel_judge *j, medel_tie_view *t, const medel_check *k);
/* Does one of the labels say what is counted in or out, and the other not the same? */
bool medel_labels_differ(const medel_judge *j, const medel_fact *a, const medel_fact *b);
/* Does the label say such a thing that the taxonomy's does not? */
bool medel_label_says_more(const medel_judge *j, const medel_fact *f);
bool medel_label_bare(const medel_judge *j, const medel_fact *f);
/* Is the label that of another concept, which some print under this one's name? */
bool medel_names_another(const medel_judge *j, const medel_fact *f);
/* Of the kinds, those of which a column has an amount above that one. */
uint32_t medel_kinds_in(const medel_judge *j, uint32_t kinds, size_t column,
                        int64_t above);
/* Those that may exist, as other columns or what is not typed yet say, and are not
   printed in this one. */
uint32_t medel_kinds_unknown(const medel_judge *j, uint32_t kinds, size_t column);

/* ---- search.c ---- */
void medel_search_room(medel_judge *j); /* when the lines are there */
/* The best form of the tie's difference; false if there is none that counts. */
bool medel_search(medel_judge *j, const medel_tie_view *t, medel_form *out);
/* The same from figures of the line's own table alone: what the line itself is. */
bool medel_search_own(medel_judge *j, const medel_tie_view *t, medel_form *out);
bool medel_form_better(const medel_form *a, const medel_form *b);
/* In how many columns does a given form hold, and fail? */
void medel_form_try(const medel_judge *j, const medel_tie_view *t, medel_form *f);
/* Is it 'finer' times finer, where it holds, than what breaks it in a column? */
bool medel_form_sharp(const medel_judge *j, const medel_tie_view *t, const medel_form *f,
                      size_t column, int finer);

/* ---- explain.c ---- */
/* What line a is, if not the same as b: b and other lines; another concept that is
   printed under its name; another place and other lines; a sum of its own table. */
bool medel_explain_pair(medel_judge *j, const medel_line *a, const medel_line *b,
                        medel_explanation *out);
/* ---- doubt.c ---- */
/* Is there a reason to ask that even a concept's plain words do not outweigh? */
bool medel_doubted(medel_judge *j, const medel_tie_view *t, medel_check *k,
                   size_t column);
/* Does a label say that something is counted in or out, that its concept does not say? */
bool medel_qualified(const medel_judge *j, const medel_check *k);
/* A table's way to add up its own rows: in whatever form they are. */
bool medel_own_identity(const medel_relation *rel);
/* May the difference be a part that nobody printed? */
bool medel_hidden(const medel_judge *j, const medel_tie_view *t, size_t column);
bool medel_net_unread(const medel_judge *j, const medel_tie_view *t);
/* ---- verdict.c ---- */
/* Do the other columns show that the document keeps the tie?  'explained': columns that a
   form explains, which do not fail. */
bool medel_established(const medel_judge *j, const medel_tie_view *t, size_t failing,
                       unsigned explained);
/* ---- slip.c ---- */
/* Is it a slip of the pen that joins two figures? */
bool medel_slip_cause(medel_cause c);
/* Does one, and the tie fail in no other column?  The check is given its cause. */
bool medel_one_slip(const medel_judge *j, const medel_tie_view *t, medel_check *k,
                    size_t column);
/* Would one slip in a figure of five digits make it hold? */
bool medel_mistyped(const medel_judge *j, const medel_check *k);
/* ---- torn.c ---- */
/* Two ties that the document keeps contradict each other, and no slip joins the figures.
 */
bool medel_torn(medel_judge *j, const medel_check *k, size_t column);
/* Does a relation hold with what another table prints of a term?  Then it is those two
   places that differ, which is told of them. */
bool medel_holds_by_another_print(const medel_judge *j, const medel_check *k);
/* ---- verdict.c ---- */
/* Decide what may be said of the failing ties among 'list' from 'from' on. */
void medel_judge_ties(medel_judge *j, size_t from);
/* What the ties have said of lines is what the report as it is says, or is forgotten. */
void medel_judge_remember(medel_judge *j);
void medel_judge_renew(medel_judge *j, bool forget);
bool medel_other_form(const medel_judge *j, const medel_line *line);
/* ---- convention.c ---- */
void medel_convention_add(medel_judge *j, const medel_check *k,
                          const medel_explanation *e);
/* "oversikt.verksamhetens_kostnader", with the measure of a named column. */
const char *medel_line_path(medel_judge *j, const medel_line *line);
/* ---- kept.c ---- */
/* Remember what the report's file and the caller say that the förbund does. */
void medel_judge_keep(medel_judge *j, const medel_kept *kept, size_t n);
/* The form that is said of a line, if it holds in some column. */
bool medel_kept_form(medel_judge *j, const medel_line *a, medel_explanation *out);
/* Tell of every one that does not hold any more where another does. */
void medel_judge_changes(medel_judge *j);
/* ---- judge.c ---- */
/* Which figures do the definitions that fail blame? */
void medel_judge_suspects(medel_judge *j);
/* ---- cluster.c ---- */
/* Put what follows from one cause under the finding that tells it. */
void medel_judge_cluster(medel_judge *j);

#endif
