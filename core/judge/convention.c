/* convention.c - a tie that holds in a form of its own, as a value and as a note. */
#include "judge.h"

#include <string.h>

const char *medel_line_path(medel_judge *j, const medel_line *line)
{
    if (!line->row)
        return medel_arena_format(j->arena, "%s.%s", line->table, line->id);
    return line->measure ? medel_arena_format(j->arena, "%s.%s.%s", line->table, line->id,
                                              line->measure)
                         : medel_arena_format(j->arena, "%s.%s", line->table, line->id);
}

static const char *label_in_place(medel_judge *j, const medel_fact *f)
{
    return medel_arena_format(j->arena, "%s i %s", f->label,
                              medel_say_place(j->checker, f));
}

/* "plus Avskrivningar i resultaträkningen": by what it does to the size of a cost. */
static const char *say_term(medel_judge *j, const medel_check *k, const medel_term *term)
{
    const medel_fact *f = term->fact;
    const medel_row *row = k->subject->spec;
    bool cost = row && medel_same(row->balance, "cost");
    bool more = cost ? (f->value.value.num < 0)
                           == (term->weight * k->subject->value.value.num < 0)
                     : f->value.value.num * term->weight * k->subject->sign > 0;
    return medel_arena_format(j->arena, "%s %s", more ? "plus" : "minus",
                              label_in_place(j, f));
}

static const char *say_years(medel_judge *j, const medel_convention *c)
{
    if (c->held < 2)
        return medel_arena_format(j->arena, "%d", c->first);
    if (c->held == 2 && c->last == c->first + 1)
        return medel_arena_format(j->arena, "%d och %d", c->first, c->last);
    return medel_arena_format(j->arena, "%d\xE2\x80\x93%d", c->first, c->last);
}

static const char *say(medel_judge *j, const medel_check *k, const medel_convention *c)
{
    const char *text =
        medel_arena_format(j->arena, "%s \xC3\xA4r", label_in_place(j, k->subject));
    for (size_t i = 0; i < c->nterms; i++)
        text = medel_arena_format(j->arena, i == 0 ? "%s %s" : "%s %s", text,
                                  i == 0 ? label_in_place(j, c->terms[i].fact)
                                         : say_term(j, k, &c->terms[i]));
    char *whole = medel_arena_format(j->arena, "%s, %s.", text, say_years(j, c));
    medel_text_capital(whole);
    return whole;
}

static void years_of(const medel_judge *j, medel_convention *c, unsigned held)
{
    for (int slot = 0; slot < MEDEL_LINE_YEARS; slot++) {
        if (!(held & (1u << slot)))
            continue;
        int year = j->r->year + 1 - slot;
        c->first = c->held == 0 || year < c->first ? year : c->first;
        c->last = c->held == 0 || year > c->last ? year : c->last;
        c->held++;
    }
}

/* Is the same told of the two places already, the other way round? */
static bool told_reversed(medel_judge *j, const medel_line *a, const medel_line *b,
                          size_t n)
{
    const medel_convention *all = j->conventions.data;
    for (size_t i = 0; b && i < j->conventions.count; i++) {
        size_t terms = 0;
        while (all[i].with[terms])
            terms++;
        if (all[i].against && terms == n && strcmp(all[i].row, medel_line_path(j, b)) == 0
            && strcmp(all[i].against, medel_line_path(j, a)) == 0)
            return true;
    }
    return false;
}

void medel_convention_add(medel_judge *j, const medel_check *k,
                          const medel_explanation *e)
{
    const medel_line *a = j->line_of[k->subject->index];
    if (told_reversed(j, a, e->reference, e->form.n))
        return;
    medel_convention *c = MEDEL_PUSH(j->arena, &j->conventions, medel_convention);
    c->rule = k->spec->id;
    c->subject = k->subject;
    c->reference = e->reference ? k->terms[0].fact : NULL;
    c->terms = k->terms;
    c->nterms = k->nterms;
    c->row = medel_line_path(j, a);
    c->against = e->reference ? medel_line_path(j, e->reference) : NULL;
    const char **with = MEDEL_NEW(j->arena, const char *, e->form.n + 1);
    for (size_t i = 0; i < e->form.n; i++)
        with[i] = medel_arena_format(j->arena, "%c%s", e->form.sign[i] < 0 ? '-' : '+',
                                     medel_line_path(j, e->form.term[i]));
    c->with = with;
    c->bits = e->form.bits / 16;
    c->named = e->form.named;
    c->kept = e->kept;
    years_of(j, c, e->form.held);
    c->text = say(j, k, c);
    medel_check *note = medel_check_add(j->checker, k->spec->id, k->kind, k->subject);
    note->outcome = MEDEL_FINDING;
    note->level = MEDEL_LEVEL_NOTE;
    note->proof = MEDEL_PROOF_EXPLAINED;
    note->expected = k->expected;
    note->difference = k->difference;
    medel_check_set_terms(j->checker, note, k->terms, k->nterms);
    note->message = c->text;
}
