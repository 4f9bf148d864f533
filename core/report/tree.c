/*
 * tree.c - which row of a table adds to which: the taxonomy's rows and the förbund's own,
 * printed or not, found by name once and not for every sum of every column.
 */
#include "report.h"

static size_t number_of(const medel_table_tree *t, const char *id)
{
    const medel_table_node *n = id ? medel_map_get(&t->by_id, id) : NULL;
    return n ? (size_t)(n - t->nodes) : MEDEL_NO_NODE;
}

static void add_node(medel_report *r, medel_table_tree *tree, const medel_row *row,
                     size_t printed)
{
    medel_table_node *n = &tree->nodes[tree->n++];
    *n = (medel_table_node){ .row = row,
                             .printed = printed,
                             .parent = MEDEL_NO_NODE,
                             .first = MEDEL_NO_NODE,
                             .next = MEDEL_NO_NODE };
    if (!medel_map_get(&tree->by_id, row->id))
        medel_map_put(&r->arena, &tree->by_id, row->id, n);
}

/* Rows under a row, in the order of the nodes. */
static void join(medel_table_tree *tree)
{
    for (size_t i = tree->n; i-- > 0;) {
        medel_table_node *n = &tree->nodes[i];
        n->parent = number_of(tree, n->row->under);
        if (n->parent == MEDEL_NO_NODE)
            continue;
        n->next = tree->nodes[n->parent].first;
        tree->nodes[n->parent].first = i;
    }
}

/* Every row after the rows under it. */
static void put_in_order(medel_report *r, medel_table_tree *tree)
{
    size_t *order = MEDEL_NEW(&r->arena, size_t, tree->n), n = 0;
    for (size_t i = 0; i < tree->n; i++) {
        if (tree->nodes[i].parent == MEDEL_NO_NODE)
            order[n++] = i;
    }
    for (size_t k = 0; k < n; k++) {
        for (size_t c = tree->nodes[order[k]].first; c != MEDEL_NO_NODE;
             c = tree->nodes[c].next)
            order[n++] = c;
    }
    for (size_t k = 0; k < n / 2; k++) {
        const size_t other = order[n - 1 - k];
        order[n - 1 - k] = order[k];
        order[k] = other;
    }
    tree->order = order;
    tree->norder = n;
}

void medel_table_grow(medel_report *r, medel_table *t)
{
    const medel_table_spec *spec = t->spec;
    medel_table_tree *tree = MEDEL_NEW(&r->arena, medel_table_tree, 1);
    tree->nodes = MEDEL_NEW(&r->arena, medel_table_node, spec->nrows + t->nrows);
    for (size_t i = 0; i < spec->nrows; i++)
        add_node(r, tree, spec->rows[i], MEDEL_NO_NODE);
    tree->node_of = MEDEL_NEW(&r->arena, size_t, t->nrows);
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_row *row = t->rows[i].spec;
        size_t at = number_of(tree, row->id);
        if (at == MEDEL_NO_NODE) {
            at = tree->n;
            add_node(r, tree, row, i);
        }
        if (tree->nodes[at].printed == MEDEL_NO_NODE)
            tree->nodes[at].printed = i;
        tree->node_of[i] = at;
    }
    tree->below = MEDEL_NEW(&r->arena, medel_below, tree->n);
    tree->names_income = MEDEL_NEW(&r->arena, bool, t->nrows);
    for (size_t i = 0; spec->sign_rule && i < t->nrows; i++)
        tree->names_income[i] = medel_names_income(t->rows[i].label);
    join(tree);
    put_in_order(r, tree);
    t->tree = tree;
}

const medel_table_node *medel_table_node_of(const medel_table *t, const char *row)
{
    return medel_map_get(&t->tree->by_id, row);
}
