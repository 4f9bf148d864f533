/*
 * lmedel.h - what the binding files share: class names, boxes, and the table from
 * which functions are registered and documented.
 *
 * One class is one file.  Children keep the report they belong to alive through
 * user value 1.  Names: check_* and push_* may raise a Lua error.
 */
#ifndef LMEDEL_H
#define LMEDEL_H

#include "medel_montecarlo.h"
#include "medel_statements.h"
#include "medel_whatif.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

/* A function, its name in Lua, and its documentation: one table registers it,
   writes docs/lua.md and writes the editor's medel.d.lua. */
typedef struct lmedel_function {
    const char *name;
    lua_CFunction function;
    const char *signature; /* LuaCATS: "(a: quantity, b: quantity): boolean" */
    const char *doc;
} lmedel_function;

/* A documented field that a class's __index answers. */
typedef struct lmedel_property {
    const char *name, *type, *doc;
} lmedel_property;

typedef struct lmedel_class {
    const char *name, *doc;
    const lmedel_function *methods;
    const lmedel_property *properties;
} lmedel_class;

typedef struct lmedel_host lmedel_host;
typedef struct lmedel_guard lmedel_guard;
typedef struct lmedel_bundle lmedel_bundle;

/* Somebody took a figure, or wanted to know what it is: only then can it matter what. */
enum { LMEDEL_SEEN = 1, LMEDEL_ASKED = 2 };

/* For what goes on for long in C: a call, so that a hook that waits has its turn. */
void lmedel_give_way(lua_State *L);

/* How memory beside Lua's is had: from the state's allocator as it was then. */
typedef struct lmedel_below {
    lua_State *L;
    lua_Alloc alloc;
    void *ud;
} lmedel_below;

/* Per Lua state. */
typedef struct lmedel_state {
    lua_State *L;                /* its main one */
    lmedel_below below[2];       /* before it had limits, and since */
    lmedel_host *host;           /* the program that embeds it, or NULL */
    const lmedel_bundle *bundle; /* its own texts, compiled; or NULL */
    medel_diagnostics *diags; /* its own: what is wrong with a file is told there, too */
    bool record;              /* derivations are kept */
    bool evidence;            /* and so are reads: in a rule's state */
    bool unkept;              /* what was looked up is not to be remembered */
    bool known;               /* the rule being made was checked when it was loaded */
    bool rule_made;           /* the file that is loaded has made one */
    const medel_fact **reads; /* facts read, in order; owned by a Lua userdata */
    size_t nreads, reads_room;
    const medel_fact **met; /* those of them that a table of addresses has */
    size_t nmet, met_room;
    size_t nagain;          /* what was read more than once, see lmedel_forget_again */
    unsigned char *touched; /* one per fact: LMEDEL_SEEN, LMEDEL_ASKED; or NULL */
    const medel_parameter_value **used; /* parameters used */
    size_t nused, used_room;
    unsigned serial;        /* of the last entry of a ledger that was made */
    size_t made;            /* findings, since the rule began: all must be returned */
    char untyped[80];       /* a section that was looked at and is not typed yet, or "" */
    char untyped_table[80]; /* the first such one of all tables that were gone through */
    char not_in_force[200]; /* why a parameter that was asked for had no value, or "" */
    /* How a source that is no fact is pushed, and how the quantity on top of the stack
       gets a copy of it; set by the class that makes such sources. */
    void (*push_source)(lua_State *L, const void *source);
    void (*copy_source)(lua_State *to, struct medel_node *copy, const void *source);
    /* Push what a report is held against while a rule runs, as `huvudbok` or `forra`; set
       with its job by what runs rules, as long as one runs. */
    int (*push_beside)(lua_State *L, const medel_report *of, const char *which);
    const struct lmedel_job *job;
} lmedel_state;

lmedel_state *lmedel_state_of(lua_State *L);
lmedel_state *lmedel_state_made(lua_State *L); /* NULL before the first of the above */
/* Does somebody want to know what is read now? */
bool lmedel_notes_reads(lua_State *L);
/* Returns what is to be told of it (lmedel_tell_of). */
unsigned char *lmedel_note_fact(lua_State *L, const medel_fact *f);
/* Looked at, but no evidence: its text, or one of several that were compared. */
void lmedel_touch_fact(lua_State *L, const medel_fact *f);
void lmedel_note_parameter(lua_State *L, const medel_parameter_value *v);
void lmedel_forget_reads(lmedel_state *s);

/* ---- registering ---- */

/* The metamethods have two upvalues, the metatable and the lmedel_state. */
void lmedel_new_class(lua_State *L, const lmedel_class *c, lua_CFunction index,
                      const luaL_Reg *metamethods);
/* The metatable of the class for the userdata on top. */
void lmedel_set_class(lua_State *L, const lmedel_class *c);
/* The same for one with two user values, which keeps in the second what 'lookup', an
   __index, finds, unless that sets the state's unkept. */
void lmedel_set_remembering(lua_State *L, const lmedel_class *c, lua_CFunction lookup);
/* With lmedel_forget_reads: what was read again is noted again. */
void lmedel_forget_again(lua_State *L);
/* What stands for a part of the object is made once: push it if it was kept; keep what is
   on top. */
bool lmedel_push_part(lua_State *L, int object, const void *part);
void lmedel_keep_part(lua_State *L, int object, const void *part);
/* The userdata at arg if it is of the class; else NULL, or an error. */
void *lmedel_test(lua_State *L, int arg, const lmedel_class *c);
void *lmedel_check(lua_State *L, int arg, const lmedel_class *c);
/* In a metamethod: the userdata at arg if its metatable is the metamethod's own. */
void *lmedel_test_same(lua_State *L, int arg);
void *lmedel_check_same(lua_State *L, int arg, const lmedel_class *c); /* in an __index */
/* Push the method of the class whose name is at stack index 'key'. */
bool lmedel_push_method(lua_State *L, const lmedel_class *c, int key);
void lmedel_set_functions(lua_State *L, const lmedel_function *list);
void lmedel_push_functions(lua_State *L, const lmedel_function *list); /* or NULL */
/* Which of the names it is, or -1. */
int lmedel_named(const char *const *names, const char *name);
int lmedel_readonly(lua_State *L); /* __newindex */
/* The state's own, which collects before it says that memory is out: what nothing holds
   yet must not be the collector's. */
medel_allocator lmedel_allocator(lua_State *L);
/* Push a zeroed userdata to hold something that is not Lua's, which gc releases also when
   an error passes by: make the box first, then what goes into it. */
void *lmedel_new_box(lua_State *L, size_t size, const char *name, lua_CFunction gc);
/* The userdata on top ends with gc, by a metatable of that name. */
void lmedel_ends_with(lua_State *L, const char *name, lua_CFunction gc);
/* 'name' is the gc of a box that begins with a pointer to a 'type', which 'free' frees;
   'box' is the box at 1. */
#define LMEDEL_GC_OF(name, type, free, box)                                              \
    static int name(lua_State *L)                                                        \
    {                                                                                    \
        type **held = box;                                                               \
        free(*held);                                                                     \
        *held = NULL;                                                                    \
        return 0;                                                                        \
    }
/* Of a box that no script sees; and of a class, whose metamethods a host can get at. */
#define LMEDEL_GC(name, type, free) LMEDEL_GC_OF(name, type, free, lua_touserdata(L, 1))
#define LMEDEL_CLASS_GC(name, type, free, class)                                         \
    LMEDEL_GC_OF(name, type, free, lmedel_check(L, 1, &class))
/* In the table on top. */
void lmedel_set_text(lua_State *L, const char *key, const char *value); /* or NULL */
void lmedel_set_integer(lua_State *L, const char *key, lua_Integer value);
void lmedel_set_flag(lua_State *L, const char *key, bool value);

/* What a userdata holds beside Lua's memory counts, or garbage of a few bytes that holds
   much would be kept for long; but for a quarter of its bytes only, as it is freed in one
   stroke, and a collection walks through all that lives. */
void lmedel_weighs(lua_State *L, size_t bytes);

/* ---- errors ---- */

int lmedel_raise(lua_State *L, medel_status st, const char *what);
/* Pushes a box that frees the diagnostics, also when an error passes by. */
medel_diagnostics *lmedel_new_diagnostics(lua_State *L);
/* nil and the formatted diagnostics as a message */
int lmedel_push_failure(lua_State *L, const medel_diagnostics *d);
int lmedel_unknown(lua_State *L, const char *what, const char *name, const char *near);

/* ---- quantities ---- */

void lmedel_open_quantity(lua_State *L);
medel_node *lmedel_check_quantity(lua_State *L, int arg);
medel_node *lmedel_test_quantity(lua_State *L, int arg);
/* The same where nothing depends on what its figure is. */
medel_node *lmedel_unasked(lua_State *L, int arg);
medel_node *lmedel_asked(medel_node *n);
void lmedel_tell_of(medel_node *n, unsigned char *touched);
/* A new node; nuv user values anchor what it points at. */
medel_node *lmedel_new_quantity(lua_State *L, int nuv);
/* The same with the metatable at that stack index. */
medel_node *lmedel_new_node(lua_State *L, int nuv, int metatable);
/* Let the node remember its operands (right may be NULL); the caller anchors them.  False
   when the derivation would be too large to walk: then it goes without. */
bool lmedel_remember(medel_node *n, medel_node *left, medel_node *right);
unsigned lmedel_derivation_size(const medel_node *n);
/* The quantity of a fact; 'owner' is the report's stack index. */
void lmedel_push_fact_quantity(lua_State *L, const medel_fact *f, bool as_concept,
                               int owner);
/* Copy a quantity and all it came from into another state, where 'owner' is the
   report and 'norms' keeps its parameters alive. */
void lmedel_copy_quantity(lua_State *to, const medel_node *n, int owner, int norms);
int lmedel_quantity_derivation(lua_State *L);
/* Swedish text: in kr or tkr as its print knows, or in a unit and with decimals: "tkr1".
 */
void lmedel_push_node_text(lua_State *L, const medel_node *n);
void lmedel_push_text(lua_State *L, const medel_quantity *q);
void lmedel_push_in_unit(lua_State *L, const medel_quantity *q, const char *unit);
/* Format "{name}" placeholders with the values of the table at 'values'. */
void lmedel_push_message(lua_State *L, const char *format, size_t len, int values);
/* Functions of a rule: "1 rad", "12 rader"; "a, b och c" of a list; "tre". */
int lmedel_counted(lua_State *L);
int lmedel_listed(lua_State *L);
int lmedel_in_words(lua_State *L);
extern const lmedel_function lmedel_quantity_functions[];

/* ---- reports and their parts ---- */

typedef struct lmedel_taxonomy_box {
    medel_taxonomy *taxonomy;
} lmedel_taxonomy_box;

typedef struct lmedel_report_box {
    medel_report *report;
    bool borrowed;
} lmedel_report_box;

void lmedel_open_report(lua_State *L);
const medel_taxonomy *lmedel_check_taxonomy(lua_State *L, int arg);
/* The report behind any of its objects at arg; pushes its box when push. */
const medel_report *lmedel_report_of(lua_State *L, int arg, bool push);
medel_report *lmedel_check_view(lua_State *L, int arg, int *year, medel_variant *variant);
/* A box at the top of the stack that another state owns. */
void lmedel_push_borrowed_report(lua_State *L, const medel_report *r);
void lmedel_push_view(lua_State *L, int owner, int year, medel_variant variant);
void lmedel_push_fact(lua_State *L, const medel_fact *f, int owner);
/* The value of a dotted path in the view at 'view': quantity, text ... or nil. */
int lmedel_push_path(lua_State *L, int view, const char *path);
void lmedel_open_record(lua_State *L);
void lmedel_push_value(lua_State *L, const medel_value *v, int owner);
const medel_record *lmedel_test_record(lua_State *L, int arg);
const medel_fact *lmedel_test_fact(lua_State *L, int arg);
/* Where a part of a report stands, in its file and in the document. */
typedef struct lmedel_place {
    const char *table;
    unsigned line, col;
    const int *places;
    size_t nplaces;
} lmedel_place;
/* Of the table or row at arg; false if it is neither. */
bool lmedel_part_place(lua_State *L, int arg, lmedel_place *out);
void lmedel_record_place(const medel_record *r, lmedel_place *out);
/* Of a field: "forvaltningsberattelse.rubriker.3"; false if it is not given. */
bool lmedel_field_place(const medel_report *r, const char *path, lmedel_place *out);
void lmedel_open_parameters(lua_State *L);
const medel_parameters *lmedel_check_parameters(lua_State *L, int arg);
/* The namespace that rules see as p. */
void lmedel_push_norms(lua_State *L, const medel_parameters *p, int owner, int overrides,
                       int32_t days);

int lmedel_read_parameters(lua_State *L);
int lmedel_project(lua_State *L);
int lmedel_montecarlo(lua_State *L);
int lmedel_plans(lua_State *L);
int lmedel_limited(lua_State *L);
int lmedel_plan(lua_State *L);
int lmedel_past(lua_State *L);
void lmedel_open_projection(lua_State *L);
void lmedel_open_montecarlo(lua_State *L);
const medel_projection *lmedel_check_projection(lua_State *L, int arg);
extern const lmedel_class lmedel_projection_class;
int lmedel_each(lua_State *L);
int lmedel_new_runner(lua_State *L);

/* ---- from accounts to rows ---- */

void lmedel_open_statements(lua_State *L);
extern const lmedel_class lmedel_kontoplan_class, lmedel_statements_class;
int lmedel_read_kontoplan(lua_State *L);
const medel_statements *lmedel_check_statements(lua_State *L, int arg);
/* A box at the top of the stack whose statements another state owns. */
void lmedel_push_borrowed_statements(lua_State *L, const medel_statements *s);

/* ---- ledgers ---- */

void lmedel_open_ledger(lua_State *L);
extern const lmedel_class lmedel_ledger_class, lmedel_entry_class;
extern const lmedel_function lmedel_calendar_functions[];
int lmedel_ledger_load(lua_State *L);
int lmedel_ledger_read(lua_State *L);
const medel_ledger *lmedel_check_ledger(lua_State *L, int arg);
const medel_ledger *lmedel_test_ledger(lua_State *L, int arg);
/* A box at the top of the stack whose ledger another state owns. */
void lmedel_push_borrowed_ledger(lua_State *L, const medel_ledger *l);
typedef struct lmedel_entry lmedel_entry; /* a figure, voucher or row */
const lmedel_entry *lmedel_test_entry(lua_State *L, int arg);
void lmedel_push_entry_name(lua_State *L, const lmedel_entry *e);
/* Of what a finding lists itself, so much is looked at; of a ledger so much is shown. */
#define LMEDEL_MAX_LISTED 1000
#define LMEDEL_MAX_ENTRIES 100
#define LMEDEL_MAX_CAUSES 100
/* What of a ledger a finding is about, in 'list' of LMEDEL_MAX_ENTRIES; those that have
   no room are added to *left_out.  Looks at the clock. */
size_t lmedel_find_entries(lua_State *L, int finding, const lmedel_entry **list,
                           size_t *left_out);
/* The file and line of an entry; of the entry or ledger that a finding is at, or NULL. */
const char *lmedel_entry_file(lua_State *L, const lmedel_entry *e, unsigned *line);
const char *lmedel_at_entry(lua_State *L, int finding, unsigned *line);

/* ---- rules one by one, for coverage ---- */

typedef struct lmedel_runner lmedel_runner;
lmedel_runner *lmedel_check_runner(lua_State *L, int arg);
size_t lmedel_runner_rules(lmedel_runner *r);
/* Where a finding is: what makes it the same as another of its rule. */
typedef struct lmedel_finding_place {
    unsigned line, col;
} lmedel_finding_place;
/* What one rule finds: above a note, and all. */
enum { LMEDEL_ABOVE_NOTE, LMEDEL_ALL, LMEDEL_WEIGHTS };
#define LMEDEL_MAX_PLACES 64
typedef struct lmedel_tried {
    size_t n[LMEDEL_WEIGHTS];
    lmedel_finding_place places[LMEDEL_WEIGHTS][LMEDEL_MAX_PLACES]; /* of the first */
} lmedel_tried;
/* Until the report changes, the rules that are tried share one view of it, and what it
   remembers; forget it before. */
void lmedel_runner_share(lmedel_runner *r, const medel_report *report);
void lmedel_runner_forget(lmedel_runner *r);
/* Run one rule; one that is broken finds nothing.  above_note: those without a level of
   their own are.  Places are told where they are asked for; what it looks at is set in
   'touched' (one per fact: LMEDEL_SEEN, LMEDEL_ASKED) unless NULL. */
void lmedel_runner_try(lmedel_tried *out, lmedel_runner *r, const medel_report *report,
                       size_t rule, bool above_note, bool places, unsigned char *touched);

/* ---- the rest of the module ---- */

extern const lmedel_class lmedel_report_class, lmedel_taxonomy_class,
    lmedel_quantity_class, lmedel_view_class, lmedel_table_class, lmedel_row_class,
    lmedel_fact_class, lmedel_record_class, lmedel_list_class, lmedel_parameters_class,
    lmedel_norms_class, lmedel_runner_class;
extern const lmedel_function lmedel_language_functions[];
int lmedel_rule(lua_State *L); /* rule { ... }: raises unless its table is a rule */
/* NULL, or why the finding at 'at' is none.  Allocates nothing. */
const char *lmedel_bad_finding(lua_State *L, int at);
int lmedel_taxonomy_describe(lua_State *L);
int lmedel_taxonomy_checks(lua_State *L);
int lmedel_checks(lua_State *L);
int lmedel_coverage(lua_State *L);
int lmedel_repair(lua_State *L);
int lmedel_processors(lua_State *L);

extern const lmedel_function lmedel_json_functions[];
extern const lmedel_function lmedel_file_functions[];
extern const lmedel_function lmedel_digest_functions[];
extern const lmedel_function lmedel_text_functions[];
extern const lmedel_function lmedel_line_functions[];
/* Lower case of ASCII and of å ä ö é ü in UTF-8, byte by byte. */
static inline unsigned char lmedel_folded(const unsigned char *s, size_t i)
{
    unsigned char c = s[i];
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c + 32);
    if (i > 0 && s[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E)
        return (unsigned char)(c + 32);
    return c;
}
/* Push the next word from *at on, in lower case; false after the last. */
bool lmedel_push_word(lua_State *L, const char *text, size_t len, size_t *at);
void lmedel_open_runner(lua_State *L);
int lmedel_push_reference(lua_State *L);
int luaopen_medel(lua_State *L);
/* A finding made by finding(): its table is on the stack at 'at'. */
#define LMEDEL_FINDING "medel.finding"
void lmedel_open_language(lua_State *L);

/* ---- the program that embeds a runtime: lmedel_host.c; without one, nothing happens
 * ----
 */

/* Its allocator, or the C library's. */
medel_alloc_fn lmedel_host_alloc(lua_State *L, void **ud);
/* It may cancel what this runner runs, until the runner leaves. */
void lmedel_host_join(lua_State *L, lmedel_runner *r);
void lmedel_host_leave(lmedel_runner *r);
/* And what is limited in its own state; g may be NULL. */
void lmedel_host_own(lua_State *L, lmedel_guard *g);
/* Between two rules: it is told, and it may have cancelled; then this raises. */
void lmedel_host_step(lua_State *L, size_t done, size_t total, const char *what);
/* Push a table of its functions, for the state of its rules. */
void lmedel_push_host(lua_State *L);

/* ---- days ---- */

/* A number of days since 1970-01-01 or a text YYYY-MM-DD. */
int32_t lmedel_check_day(lua_State *L, int arg);
void lmedel_push_day(lua_State *L, int32_t day); /* nil for none */

/* ---- allocators for states ---- */

void *lmedel_c_alloc(void *ud, void *ptr, size_t osize, size_t nsize); /* malloc's */

#define LMEDEL_POOL_LISTS 16
typedef struct lmedel_pool {
    medel_alloc_fn alloc; /* the allocator below, and its ud; the rest is zero at first */
    void *ud;
    void *free[LMEDEL_POOL_LISTS]; /* of 16, 32 ... bytes */
    struct lmedel_chunk *chunks;
    char *next;
    size_t left;
} lmedel_pool;
void *lmedel_pool_alloc(void *pool, void *ptr, size_t osize, size_t nsize);
bool lmedel_pool_keeps(size_t size);   /* a block of it, until the pool is freed */
void lmedel_pool_free(lmedel_pool *p); /* after the state was closed */
/* lua_close for a state that may be out of memory, which Lua takes some of to call a
   __gc: then it is of 'room', LMEDEL_ROOM_FOR_ENDS bytes, and nothing is lost. */
#define LMEDEL_ROOM_FOR_ENDS ((size_t)16384)
void lmedel_close(lua_State *L, void *room);

/* ---- guarded states for rules ---- */

/* The longest text that a rule can make, and one without limits that uses their library.
 */
#define LMEDEL_MAX_TEXT ((size_t)1 << 20)
#define LMEDEL_MAX_SCRIPT_TEXT ((size_t)16 << 20)
/* NULL alloc means malloc.  Inside 'outer' (or NULL) there is no more memory than that
   one has left. */
lmedel_guard *lmedel_guard_new(size_t memory, lmedel_guard *outer, medel_alloc_fn alloc,
                               void *ud);
void lmedel_guard_free(lmedel_guard *g);
lua_State *lmedel_guard_state(lmedel_guard *g);
typedef enum lmedel_stop {
    LMEDEL_NOT_STOPPED,
    LMEDEL_TOO_LONG,
    LMEDEL_CANCELLED,
    LMEDEL_NO_MEMORY
} lmedel_stop;
/* From start to stop the state's code ends within time_ms, and what 'outer' (or NULL) has
   left. */
bool lmedel_guard_start(lmedel_guard *g, unsigned time_ms, lmedel_guard *outer);
lmedel_stop lmedel_guard_stop(lmedel_guard *g); /* what ended it, if anything did */
/* The limit that ended a rule's call with this status; NULL if none did. */
const char *lmedel_guard_said(const lmedel_guard *g, lmedel_stop why, int status);
/* From any thread: what runs ends now, and what is started until renew ends at once. */
void lmedel_guard_cancel(lmedel_guard *g);
void lmedel_guard_renew(lmedel_guard *g);
/* The guard of a state, or NULL if it has none. */
lmedel_guard *lmedel_guard_of(lua_State *L);
bool lmedel_guard_holds(lua_State *L);  /* does a limit hold in it now? */
size_t lmedel_text_limit(lua_State *L); /* the longest text that may be made */
/* For loops in C that can be long: raises when the time is out. */
void lmedel_guard_check(lua_State *L);
/* Memory was out where nothing can be raised: the next check does. */
void lmedel_guard_is_full(lua_State *L);
/* Raises what no pcall of a rule catches. */
void lmedel_guard_no_memory(lua_State *L);
/* Does nobody need more than half of its memory?  Collects to know. */
bool lmedel_guard_has_half(const lmedel_guard *g);
size_t lmedel_guard_peak(const lmedel_guard *g); /* most bytes it ever had */
/* lua_CFunction that prepares the state; call it protected. */
int lmedel_guard_open(lua_State *L);
/* Push an environment for one rule file. */
void lmedel_push_environment(lua_State *L);
/* NULL, or why the source may not be run; *line says where.  Trusted: all of Lua. */
const char *lmedel_lint(const char *source, size_t len, bool trusted, unsigned *line);

#endif
