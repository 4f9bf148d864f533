/* book.h - a förbund's books made up at random, and the report that prints them. */
#ifndef BOOK_H
#define BOOK_H

#include "test.h"

#define BOOK_TEAMS 3
#define BOOK_TOWNS 3
#define BOOK_YEARS 3 /* 2021, 2022, 2023; the first is only an opening balance */

/* In whole kr; costs are positive. */
typedef struct book_year {
    int64_t state, region, town[BOOK_TOWNS], other_income, income;
    int64_t team[BOOK_TEAMS], structure[2], fees, chief, office, audit, rooms;
    int64_t individual, structural, administration, cost;
    int64_t depreciation, interest, interest_cost, result;
    int64_t fixed, investment, customers, tax, accrued, receivables, cash;
    int64_t equity, pensions, suppliers, holiday, debts, total;
    int64_t team_budget[BOOK_TEAMS];
} book_year;

typedef struct book {
    book_year year[BOOK_YEARS];
} book;

typedef struct book_style {
    random_state print;    /* units, grouping, minus signs */
    bool one_unit;         /* the tables are all printed in ... */
    bool kr_as_tkr;        /* ... kr with noggrannhet: tkr; else in tkr */
    unsigned slip_percent; /* how many figures are printed wrong */
    random_state slips;
} book_style;

/* 'step': all amounts are multiples of it. */
void book_make(book *b, random_state *r, int64_t step);
/* The report as YAML; free() it. */
char *book_print(const book *b, book_style style);

#endif
