/*
 * judge.c - the checks of a report, judged: definitions first, then what the ties may be
 * believed to say, what probably caused it, and which findings have one cause.
 */
#include "judge.h"
#include "solve.h"

#include <string.h>

struct medel_checks {
    medel_arena arena;
    medel_array list; /* medel_check */
    medel_array conventions;
};

#define SUSPECT_SETS 2000 /* of figures, tried for one problem of an audit */

bool medel_other_form(const medel_judge *j, const medel_line *line)
{
    return line->other_in == j->tries + 1 || (line->was_other && !j->forgets);
}

void medel_judge_remember(medel_judge *j)
{
    medel_line *lines = j->lines.data;
    for (size_t i = 0; i < j->lines.count; i++)
        lines[i].was_other = medel_other_form(j, &lines[i]);
}

void medel_judge_renew(medel_judge *j, bool forget)
{
    j->tries++;
    j->forgets = forget;
}

void medel_judge_suspects(medel_judge *j)
{
    const medel_check *checks = j->checker->list->data;
    const size_t n = j->checker->list->count;
    medel_array problems = { 0 };
    medel_system s = { .arena = j->arena, .r = j->r, .definitions = true };
    j->suspect = MEDEL_NEW(j->arena, bool, j->r->facts.count);
    medel_system_make(&s, checks, n);
    medel_problems(&s, checks, n, SUSPECT_SETS, &problems);
    const medel_problem *all = problems.data;
    for (size_t i = 0; i < problems.count; i++) {
        for (size_t k = 0; k < all[i].nrepairs; k++) {
            for (size_t f = 0; f < all[i].repairs[k].n; f++)
                j->suspect[all[i].repairs[k].figures[f].fact->index] = true;
        }
        for (size_t k = 0; k < all[i].nchecks && !all[i].nrepairs; k++) {
            j->suspect[all[i].checks[k]->subject->index] = true;
            for (size_t t = 0; t < all[i].checks[k]->nterms; t++)
                j->suspect[all[i].checks[k]->terms[t].fact->index] = true;
        }
    }
}

static void run(medel_checker *c, medel_checks *out, const medel_kept *kept, size_t nkept)
{
    medel_array pieces = { 0 };
    medel_judge j = { .r = c->r, .arena = c->arena, .checker = c };
    c->unit_suspect = MEDEL_NEW(c->arena, bool, c->r->tables.count);
    medel_check_pieces(c->r, c->arena, &pieces);
    const medel_piece *all = pieces.data;
    for (size_t i = 0; i < pieces.count; i++)
        medel_check_piece(c, &all[i]);
    medel_judge_lines(&j);
    medel_judge_suspects(&j);
    medel_judge_keep(&j, kept, nkept);
    medel_judge_ties(&j, 0);
    medel_judge_changes(&j);
    medel_find_causes(c);
    medel_judge_cluster(&j);
    medel_check *list = c->list->data;
    for (size_t i = 0; i < c->list->count; i++)
        medel_check_say(c, &list[i]);
    out->conventions = j.conventions;
}

static medel_status judged(medel_checks **out, const medel_report *r,
                           const medel_check_options *options)
{
    medel_checks *checks = medel_object_new(sizeof *checks, options->allocator);
    if (!checks)
        return MEDEL_E_NOMEM;
    medel_report view = *r; /* by the relations that are asked for */
    if (options->taxonomy)
        view.taxonomy = options->taxonomy;
    jmp_buf oom;
    medel_arena scratch = { checks->arena.allocator, NULL, &oom };
    checks->arena.oom = &oom;
    medel_checker c = {
        .r = &view, .arena = &checks->arena, .scratch = &scratch, .list = &checks->list
    };
    if (setjmp(oom)) {
        medel_arena_free(&scratch);
        medel_checks_free(checks);
        return MEDEL_E_NOMEM;
    }
    run(&c, checks, options->kept, options->nkept);
    medel_arena_free(&scratch);
    checks->arena.oom = NULL;
    *out = checks;
    return MEDEL_OK;
}

medel_status medel_checks_new(medel_checks **out, const medel_report *r,
                              const medel_check_options *options)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, r);
    static const medel_check_options usual = { 0 };
    options = options ? options : &usual;
    if (options->taxonomy && !medel_taxonomy_extends(options->taxonomy, r->taxonomy))
        return MEDEL_E_MISUSE;
    return judged(out, r, options);
}

MEDEL_FREE(medel_checks_free, medel_checks)
MEDEL_ARRAY(medel_check, medel_checks_get, medel_checks, list)
MEDEL_ARRAY(medel_convention, medel_checks_conventions, medel_checks, conventions)

const char *medel_proof_name(medel_proof p)
{
    switch (p) {
    case MEDEL_PROOF_CONCEPT: return "concept";
    case MEDEL_PROOF_ESTABLISHED: return "established";
    case MEDEL_PROOF_SLIP: return "slip";
    case MEDEL_PROOF_CONVENTION: return "convention";
    case MEDEL_PROOF_EXPLAINED: return "explained";
    case MEDEL_PROOF_QUESTION: return "question";
    case MEDEL_PROOF_DEFINITION: break;
    }
    return "definition";
}
