/* runtime_setup.c - what a runtime reads and tries reports by, and reports themselves. */
#include "runtime.h"

#include <string.h>

/* Up to three texts for a function of scripts/medel/host.lua. */
typedef struct texts {
    const char *function;
    const char *names[2];
    const medel_input *in;
} texts;

static int call_with_texts(lua_State *L)
{
    const texts *t = lua_touserdata(L, 1);
    lmedel_runtime_push(L, t->function);
    for (int i = 0; i < 2; i++)
        lua_pushstring(L, t->names[i]);
    if (t->in && t->in->text)
        lua_pushlstring(L, t->in->text, t->in->len);
    else
        lua_pushnil(L);
    lua_call(L, 3, 0);
    return 0;
}

static medel_status set(medel_runtime *rt, const char *function, const char *first,
                        const char *second, const medel_input *in)
{
    texts t = { function, { first, second }, in };
    medel_status st = lmedel_runtime_begin(rt);
    if (st != MEDEL_OK)
        return st;
    return lmedel_runtime_end(rt, lmedel_runtime_call(rt, call_with_texts, &t));
}

static const char unnamed[] = "an input has a name";

medel_status medel_runtime_parameters(medel_runtime *rt, const medel_input *in)
{
    return in && in->name ? set(rt, "parameters", in->name, NULL, in)
                          : lmedel_runtime_misused(rt, unnamed);
}

medel_status medel_runtime_pack(medel_runtime *rt, const char *pack)
{
    return pack ? set(rt, "pack", pack, NULL, NULL)
                : lmedel_runtime_misused(rt, "a pack has an id or a folder");
}

medel_status medel_runtime_select(medel_runtime *rt, const char *only, const char *except)
{
    return set(rt, "select", only, except, NULL);
}

medel_status medel_runtime_norm(medel_runtime *rt, const char *parameter,
                                const char *norm)
{
    return parameter && norm ? set(rt, "norm", parameter, norm, NULL)
                             : lmedel_runtime_misused(rt, "a norm is one of a parameter");
}

medel_status medel_runtime_set(medel_runtime *rt, const char *parameter,
                               const char *value)
{
    return parameter && value
               ? set(rt, "set", parameter, value, NULL)
               : lmedel_runtime_misused(rt, "a value is one of a parameter");
}

/* ---- packs from memory ---- */

typedef struct pack_files {
    const char *id;
    const medel_input *files;
    size_t n;
} pack_files;

static int add_files(lua_State *L)
{
    const pack_files *p = lua_touserdata(L, 1);
    lmedel_runtime_push(L, "pack_files");
    lua_pushstring(L, p->id);
    lua_createtable(L, 0, (int)(p->n < 1000 ? p->n : 1000));
    for (size_t i = 0; i < p->n; i++) {
        lua_pushlstring(L, p->files[i].text, p->files[i].len);
        lua_setfield(L, -2, p->files[i].name);
    }
    lua_call(L, 2, 0);
    return 0;
}

medel_status medel_runtime_pack_files(medel_runtime *rt, const char *id,
                                      const medel_input *files, size_t n)
{
    pack_files p = { id, files, n };
    for (size_t i = 0; i < n; i++) {
        if (!files || !files[i].name || !files[i].text)
            return lmedel_runtime_misused(rt, "a file of a pack has a name and a text");
    }
    if (!id)
        return lmedel_runtime_misused(rt, "a pack has an id");
    medel_status st = lmedel_runtime_begin(rt);
    if (st != MEDEL_OK)
        return st;
    return lmedel_runtime_end(rt, lmedel_runtime_call(rt, add_files, &p));
}

/* ---- functions ---- */

static bool is_name(const char *name)
{
    static const char known[] = "0123456789"
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    const size_t len = strlen(name);
    return len > 0 && len < LMEDEL_HOST_NAME && strspn(name, known) == len
           && strspn(name, "0123456789") == 0;
}

/* Rules are opened anew, so that they see it. */
medel_status medel_runtime_function(medel_runtime *rt, const char *name,
                                    medel_host_fn function, void *ud)
{
    texts t = { "changed", { NULL, NULL }, NULL };
    if (!name || !function || !is_name(name))
        return lmedel_runtime_misused(
            rt, "a function has a name of letters, digits and _, and is not NULL");
    medel_status st = lmedel_runtime_begin(rt);
    if (st != MEDEL_OK)
        return st;
    st = lmedel_runtime_call(rt, call_with_texts, &t);
    if (st == MEDEL_OK && !lmedel_host_add(&rt->host, name, function, ud))
        st = lmedel_runtime_fail(rt, MEDEL_E_NOMEM, "not enough memory");
    return lmedel_runtime_end(rt, st);
}

/* ---- the taxonomy ---- */

typedef struct taxonomy_call {
    medel_runtime *rt;
    const medel_input *in; /* NULL: the data folder's */
} taxonomy_call;

/* It is kept as long as the runtime, since reports point into it. */
static int read_taxonomy(lua_State *L)
{
    const taxonomy_call *c = lua_touserdata(L, 1);
    lmedel_runtime_push(L, "taxonomy");
    lua_pushstring(L, c->in ? c->in->name : NULL);
    if (c->in && c->in->text)
        lua_pushlstring(L, c->in->text, c->in->len);
    else
        lua_pushnil(L);
    lua_call(L, 2, 1);
    const medel_taxonomy *t = lmedel_check_taxonomy(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.runtime_taxonomy");
    c->rt->taxonomy = t;
    return 0;
}

static medel_status need_taxonomy(medel_runtime *rt)
{
    taxonomy_call c = { rt, NULL };
    return rt->taxonomy ? MEDEL_OK : lmedel_runtime_call(rt, read_taxonomy, &c);
}

medel_status medel_runtime_taxonomy(medel_runtime *rt, const medel_input *in)
{
    taxonomy_call c = { rt, in };
    if (!in || !in->name)
        return lmedel_runtime_misused(rt, unnamed);
    medel_status st = lmedel_runtime_begin(rt);
    if (st != MEDEL_OK)
        return st;
    st = rt->taxonomy ? lmedel_runtime_fail(rt, MEDEL_E_MISUSE,
                                            "the runtime has a taxonomy, which cannot be "
                                            "changed: reports point into it")
                      : lmedel_runtime_call(rt, read_taxonomy, &c);
    return lmedel_runtime_end(rt, st);
}

/* ---- reports ---- */

static medel_status load(medel_runtime *rt, medel_report **out, const medel_input *in,
                         const medel_given *given, size_t n)
{
    const lmedel_host *h = &rt->host;
    const medel_allocator allocator = { h->alloc, h->alloc_ud };
    const medel_report_options o = { .allocator = &allocator,
                                     .given = given,
                                     .ngiven = n };
    medel_status st = need_taxonomy(rt);
    if (st != MEDEL_OK)
        return st;
    if (!in->text)
        return medel_report_load(out, rt->taxonomy, in->name, &o, h->diags);
    return medel_report_read(out, rt->taxonomy, in, &o, h->diags);
}

medel_status medel_load_given(medel_runtime *rt, medel_report **out,
                              const medel_input *in, const medel_given *given, size_t n)
{
    if (out)
        *out = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!given || !given[i].name)
            return lmedel_runtime_misused(rt, "a figure that is given has a name");
    }
    if (!out || !in || !in->name)
        return lmedel_runtime_misused(rt,
                                      out ? unnamed : "there is no place for a report");
    medel_status st = lmedel_runtime_begin(rt);
    if (st != MEDEL_OK)
        return st;
    st = load(rt, out, in, given, n);
    if (st != MEDEL_OK && medel_diagnostics_count(rt->host.diags) == 0)
        lmedel_runtime_fail(rt, st, medel_status_name(st));
    return lmedel_runtime_end(rt, st);
}

medel_status medel_load(medel_runtime *rt, medel_report **out, const medel_input *in)
{
    return medel_load_given(rt, out, in, NULL, 0);
}
