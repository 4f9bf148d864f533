/* sie_fast.h - what sie_kernel.h's functions share: masks, caches, and ways out. */
#ifndef SIE_FAST_H
#define SIE_FAST_H

#include "sie_reader.h"

/* A bit for each of 64 bytes. */
typedef struct sie_masks {
    uint64_t lf, quote;
    uint64_t blank; /* spaces; in a line that has nothing unusual but tabs, those, too */
    uint64_t high;  /* above 127 */
    uint64_t unusual; /* control characters but LF, and the backslash */
} sie_masks;

/* Powers of two of the caches' sizes; each is exact, and a miss only costs time. */
enum { FAST_DAYS = 9, FAST_ACCOUNTS = 10, FAST_OBJECTS = 12, FAST_SINGLES = 4096 };

/* How the line that is tried is written, where that is worth a note. */
enum { FORM_INDENTED = 1, FORM_TABS = 2 };

typedef struct sie_fast {
    bool careful;      /* every line must go the slow way: #KSUMMA is being summed */
    bool rows_allowed; /* labels #VER and #TRANS have been met and found in order */
    unsigned form;
    uint64_t trans_label, ver_label, series_text;
    uint32_t series;
    struct fast_day {
        uint64_t text;
        uint16_t day;
    } days[1 << FAST_DAYS];
    struct fast_name {
        uint64_t text;
        uint32_t number;
    } accounts[1 << FAST_ACCOUNTS];
    struct fast_object {
        uint64_t text;
        uint32_t dimension, number;
    } objects[1 << FAST_OBJECTS];
    uint32_t singles[FAST_SINGLES]; /* the list of one object, by object */
} sie_fast;

/* Count what high bytes stand where the bits are. */
void medel_sie_high(sie_reader *r, const char *p, uint64_t bits);
/* Note the form of the line that is tried. */
void medel_sie_form(sie_reader *r);
void medel_sie_quick_row(sie_reader *r, uint32_t account, uint32_t list, int64_t amount);
/* The line from p to the line feed at lf; and all lines from p, whose high bytes are
   counted, too.  How many bytes of text have been taken. */
void medel_sie_slow_line(sie_reader *r, const char *p, const char *lf);
size_t medel_sie_slow_from(sie_reader *r, const char *p, const char *text,
                           const char *stop);

/* Every whole line of the text; 'readable' bytes of it may be looked at. */
typedef size_t (*sie_kernel)(sie_reader *r, const char *text, size_t len,
                             size_t readable);
size_t medel_sie_scalar(sie_reader *r, const char *text, size_t len, size_t readable);
size_t medel_sie_sse2(sie_reader *r, const char *text, size_t len, size_t readable);
size_t medel_sie_avx2(sie_reader *r, const char *text, size_t len, size_t readable);
/* The widest that the machine has and 'lanes' allows. */
sie_kernel medel_sie_kernel(unsigned lanes);

#endif
