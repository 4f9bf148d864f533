/* yaml_packed.c - a tree as a list of nodes, each level after the one above it, so that
   the items of a node stand together; then the texts. */
#include "medel_packed.h"
#include "medel_priv.h"

#include <string.h>

typedef struct packed_node {
    uint32_t type : 8, plain : 1, flow : 1;
    uint32_t line, col;
    uint32_t len, count;
    uint32_t
        at; /* of a scalar: where its text begins; else the number of its first item */
} packed_node;

typedef struct packed_head {
    uint32_t nodes, bytes;
} packed_head;

static size_t items_of(const medel_yaml *n)
{
    return n->type == MEDEL_YAML_MAPPING ? 2 * n->count : n->count;
}

/* Every node of the tree, by level; *bytes is what their texts take. */
static const medel_yaml **by_level(medel_arena *a, const medel_yaml *root, size_t *n,
                                   size_t *bytes)
{
    medel_array all = { 0 };
    *MEDEL_PUSH(a, &all, const medel_yaml *) = root;
    *bytes = 0;
    for (size_t i = 0; i < all.count; i++) {
        const medel_yaml *node = ((const medel_yaml **)all.data)[i];
        if (node->type == MEDEL_YAML_SCALAR)
            *bytes += node->len + 1;
        else
            for (size_t k = 0; k < items_of(node); k++)
                *MEDEL_PUSH(a, &all, const medel_yaml *) = &node->items[k];
    }
    *n = all.count;
    return all.data;
}

static void write(char *out, const medel_yaml *const *all, size_t n, size_t bytes)
{
    const packed_head head = { (uint32_t)n, (uint32_t)bytes };
    packed_node *nodes = (void *)(out + sizeof head);
    char *texts = (char *)(nodes + n);
    size_t item = 1, at = 0;
    memcpy(out, &head, sizeof head);
    for (size_t i = 0; i < n; i++) {
        const medel_yaml *m = all[i];
        const bool scalar = m->type == MEDEL_YAML_SCALAR;
        nodes[i] = (packed_node){ .type = (uint8_t)m->type,
                                  .plain = m->plain,
                                  .flow = m->flow,
                                  .line = m->line,
                                  .col = m->col,
                                  .len = (uint32_t)m->len,
                                  .count = (uint32_t)m->count,
                                  .at = (uint32_t)(scalar ? at : item) };
        if (scalar) {
            memcpy(texts + at, m->text, m->len + 1);
            at += m->len + 1;
        } else {
            item += items_of(m);
        }
    }
}

medel_status medel_yaml_pack(char **out, size_t *len, const medel_yaml *root,
                             const medel_allocator *allocator)
{
    jmp_buf oom;
    medel_arena a;
    size_t n, bytes;
    medel_arena_init(&a, allocator);
    a.oom = &oom;
    if (setjmp(oom)) {
        medel_arena_free(&a);
        return MEDEL_E_NOMEM;
    }
    const medel_yaml **all = by_level(&a, root, &n, &bytes);
    const size_t size = sizeof(packed_head) + n * sizeof(packed_node) + bytes;
    char *made = medel_resize(&a, NULL, 0, size);
    if (made)
        write(made, all, n, bytes);
    medel_arena_free(&a);
    if (!made)
        return MEDEL_E_NOMEM;
    *out = made;
    *len = size;
    return MEDEL_OK;
}

medel_status medel_yaml_unpack(medel_yaml_document **out, const char *bytes,
                               const medel_allocator *allocator)
{
    packed_head head;
    memcpy(&head, bytes, sizeof head);
    const packed_node *nodes = (const void *)(bytes + sizeof head);
    const char *texts = (const char *)(nodes + head.nodes);
    medel_yaml *all;
    const medel_status st = medel_yaml_new(out, &all, head.nodes, allocator);
    for (size_t i = 0; st == MEDEL_OK && i < head.nodes; i++) {
        const packed_node *p = &nodes[i];
        const bool scalar = p->type == MEDEL_YAML_SCALAR;
        all[i] = (medel_yaml){ .type = (medel_yaml_type)p->type,
                               .plain = p->plain,
                               .flow = p->flow,
                               .line = p->line,
                               .col = p->col,
                               .text = scalar ? texts + p->at : "",
                               .len = p->len,
                               .count = p->count,
                               .items = scalar ? NULL : all + p->at };
    }
    return st;
}
