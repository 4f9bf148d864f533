/* lmedel_ledger.h - the ledger as scripts hold it; for the files of the classes ledger
   and entry. */
#ifndef LMEDEL_LEDGER_H
#define LMEDEL_LEDGER_H

#include "lmedel.h"

/* User value 1: the numbers of its accounts as texts; 2: the names of its series. */
typedef struct lmedel_ledger_box {
    medel_ledger *ledger;
    bool borrowed;
} lmedel_ledger_box;

/* What a figure of the ledger is a figure of. */
typedef enum lmedel_entry_kind {
    LMEDEL_ENTRY_SUM,     /* the rows of its filter */
    LMEDEL_ENTRY_BALANCE, /* opening balance, and the rows of its filter */
    LMEDEL_ENTRY_STATED,  /* what the file states for the accounts of its filter */
    LMEDEL_ENTRY_VOUCHER,
    LMEDEL_ENTRY_ROW
} lmedel_entry_kind;

/* A figure of the ledger with what it takes to find its rows again: no list of them.
   User value 1 is the ledger's box. */
struct lmedel_entry {
    const medel_ledger *ledger;
    lmedel_entry_kind kind;
    medel_balance_kind stated;
    int year;       /* of STATED */
    uint32_t index; /* of a voucher or row */
    int64_t amount;
    uint64_t rows;
    unsigned serial;            /* in the order they were made */
    medel_ledger_filter filter; /* its texts are behind it */
    char texts[];
};

/* Read the filter at 'arg' (a table, nil, or a text: accounts).  What it points at stays
   on the stack. */
void lmedel_check_filter(lua_State *L, int arg, medel_ledger_filter *out);
/* Raise what is wrong with a filter, or that memory is out; nothing if st is OK. */
void lmedel_check_query(lua_State *L, medel_status st, const medel_error *err);
/* Accounts as scripts write them: "30", "3000..3999", "=1930", with commas between. */
const char *lmedel_check_accounts(lua_State *L, int arg);
/* A day: a number, or a text "2023-12-31". */
void lmedel_push_numbers(lua_State *L, int ledger); /* a table of accounts' numbers */
/* "1:10 6:3", or nil for an empty list. */
void lmedel_push_row_objects(lua_State *L, const medel_ledger *l, uint32_t list);
int lmedel_ledger_year(const medel_ledger *l); /* the financial year, 0 if not said */
void lmedel_open_entry(lua_State *L);
/* Push an empty box; once it has its ledger, entries can find it by that. */
lmedel_ledger_box *lmedel_new_ledger(lua_State *L);
void lmedel_remember_ledger(lua_State *L);
/* Push the box of the ledger in this state, or nil. */
void lmedel_push_ledger_box(lua_State *L, const medel_ledger *l);

/* Push a copy of an entry; its ledger must be held by a box in this state. */
lmedel_entry *lmedel_new_entry(lua_State *L, const lmedel_entry *like);
/* Push the quantity that an entry is, whose rows can be found if derivations are kept. */
void lmedel_push_entry_quantity(lua_State *L, const lmedel_entry *like);
void lmedel_push_voucher(lua_State *L, const medel_ledger *l, uint32_t voucher);
/* The voucher that it is or is a row of; MEDEL_NO_INDEX for a sum. */
uint32_t lmedel_entry_voucher(const lmedel_entry *e);
/* 1 if the file does not say it; raises where memory is out. */
unsigned lmedel_entry_line(lua_State *L, const lmedel_entry *e);

/* ---- lmedel_entry_label.c ---- */

void lmedel_push_entry_label(lua_State *L, const lmedel_entry *e);
void lmedel_push_voucher_name(lua_State *L, const medel_ledger *l, uint32_t voucher);
void lmedel_push_entry_day(lua_State *L, const lmedel_entry *e); /* or nil */
void lmedel_push_entry_text(lua_State *L, const lmedel_entry *e);
/* What else than accounts its filter says. */
void lmedel_add_filter(luaL_Buffer *b, const lmedel_entry *e);

void lmedel_push_row(lua_State *L, const medel_ledger *l, uint32_t row);
/* Push the sum of an account's rows, as a quantity. */
void lmedel_push_account_sum(lua_State *L, const medel_ledger *l, uint32_t account);
/* Push the text of a voucher or row as Lua has it. */
void lmedel_push_ledger_text(lua_State *L, const medel_ledger *l, uint32_t index,
                             bool row, medel_ledger_text field);
uint32_t lmedel_check_index(lua_State *L, int arg, size_t n, const char *what);

/* ---- methods of the class, by file ---- */

int lmedel_ledger_sum(lua_State *L);
int lmedel_ledger_count(lua_State *L);
int lmedel_ledger_ib(lua_State *L);
int lmedel_ledger_ub(lua_State *L);
int lmedel_ledger_res(lua_State *L);
int lmedel_ledger_result(lua_State *L);
int lmedel_ledger_balance(lua_State *L);
int lmedel_ledger_sums(lua_State *L);
int lmedel_ledger_months(lua_State *L);

int lmedel_ledger_strata(lua_State *L);
int lmedel_ledger_benford(lua_State *L);
int lmedel_ledger_repeats(lua_State *L);
int lmedel_ledger_ageing(lua_State *L);

int lmedel_ledger_rows(lua_State *L);
int lmedel_ledger_vouchers(lua_State *L);
int lmedel_ledger_accounts(lua_State *L);
int lmedel_ledger_balances(lua_State *L);
int lmedel_ledger_objects(lua_State *L);
int lmedel_ledger_periods(lua_State *L);
int lmedel_ledger_series(lua_State *L);
int lmedel_ledger_gaps(lua_State *L);
int lmedel_ledger_duplicates(lua_State *L);
/* Push an iterator over the rows of a filter. */
void lmedel_push_rows(lua_State *L, int ledger, const medel_ledger_filter *f);
/* Push an iterator over rows from first to before end, which begin in a voucher. */
void lmedel_push_row_range(lua_State *L, int ledger, uint32_t first, uint32_t end,
                           uint32_t voucher);

#endif
