/* object.c - an object of its own memory, read from a YAML file. */
#include "medel_packed.h"
#include "medel_priv.h"

void *medel_object_new(size_t size, const medel_allocator *allocator)
{
    medel_arena arena;
    medel_arena_init(&arena, allocator);
    medel_arena *object = medel_arena_try(&arena, size);
    if (object)
        *object = arena;
    return object;
}

medel_status medel_object_read(void *out, size_t size, const medel_reading *in,
                               medel_fill fill, void *with)
{
    medel_source begins = medel_source_of(in->in, in->diags);
    if (in->kind && medel_kind_is_other(&begins, in->kind))
        return begins.status;
    medel_yaml_document *doc;
    const medel_status st = in->packed
                                ? medel_yaml_unpack(&doc, in->packed, in->allocator)
                                : medel_yaml_read(&doc, in->in, in->allocator, in->diags);
    if (st != MEDEL_OK)
        return st;
    medel_arena *object = medel_object_new(size, in->allocator);
    if (!object) {
        medel_yaml_free(doc);
        return MEDEL_E_NOMEM;
    }
    jmp_buf oom;
    object->oom = &oom;
    if (setjmp(oom)) {
        medel_yaml_free(doc);
        medel_arena_release(object);
        return MEDEL_E_NOMEM;
    }
    medel_source src = medel_source_of(in->in, in->diags);
    fill(object, &src, medel_yaml_root(doc), with);
    medel_yaml_free(doc);
    object->oom = NULL;
    if (src.errors) {
        medel_arena_release(object);
        return src.status;
    }
    memcpy(out, &object, sizeof object);
    return MEDEL_OK;
}
