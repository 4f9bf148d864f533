/* sie_labels.c - the labels of SIE: their fields, groups and the types that have them. */
#include "sietext.h"

#include <string.h>

/* Sorted as enum sie_label is.  Types: 1, 2, 3, 4I, 4E (specification, section 6). */
static const sie_label_info table[SIE_LABELS] = {
    { "ADRESS", 4, 4, 2, "OOOOO", true, "qqqq" },
    { "BKOD", 1, 1, 2, "OOO-O", true, "." },
    { "BTRANS", 3, 7, 4, "---OO", false, ".{..q.q" },
    { "DIM", 2, 2, 3, "--OOO", false, ".q" },
    { "ENHET", 2, 2, 3, "OOOOO", false, ".q" },
    { "FLAGGA", 1, 1, 1, "RRRRR", true, "." },
    { "FNAMN", 1, 1, 2, "RRRRR", true, "q" },
    { "FNR", 1, 1, 2, "OOOOO", true, "q" },
    { "FORMAT", 1, 1, 2, "RRRRR", true, "." },
    { "FTYP", 1, 1, 2, "OOOOO", true, "." },
    { "GEN", 1, 2, 2, "RRRRR", true, ".q" },
    { "IB", 3, 4, 4, "OOO-O", false, "...." },
    { "KONTO", 2, 2, 3, "RRROR", false, ".q" },
    { "KPTYP", 1, 1, 2, "OOOOO", true, "." },
    { "KSUMMA", 0, 1, 1, "OOOOO", false, "." },
    { "KTYP", 2, 2, 3, "OOOOO", false, ".." },
    { "OBJEKT", 3, 3, 3, "--OOO", false, ".qq" },
    { "OIB", 4, 5, 4, "--O-O", false, "..{.." },
    { "OMFATTN", 1, 1, 2, "-RR-O", true, "." },
    { "ORGNR", 1, 3, 2, "OOOOO", true, "..." },
    { "OUB", 4, 5, 4, "--O-O", false, "..{.." },
    { "PBUDGET", 5, 6, 4, "-OO-O", false, "...{.." },
    { "PROGRAM", 2, 2, 2, "RRRRR", true, "q." },
    { "PROSA", 1, 1, 2, "OOOOO", false, "q" },
    { "PSALDO", 5, 6, 4, "-OO-O", false, "...{.." },
    { "RAR", 3, 3, 2, "RRROR", false, "..." },
    { "RES", 3, 4, 4, "OOO-O", false, "...." },
    { "RTRANS", 3, 7, 4, "---OO", false, ".{..q.q" },
    { "SIETYP", 1, 1, 2, "ORRRR", true, "." },
    { "SRU", 2, 2, 3, "RROOO", false, ".." },
    { "TAXAR", 1, 1, 2, "OOOOO", true, "." },
    { "TRANS", 3, 7, 4, "---OO", false, ".{..q.q" },
    { "UB", 3, 4, 4, "OOO-O", false, "...." },
    { "UNDERDIM", 3, 3, 3, "--OOO", false, ".q." },
    { "VALUTA", 1, 1, 2, "OOOOO", true, "." },
    { "VER", 3, 6, 4, "---OO", false, "...q.q" },
};

const sie_label_info *medel_sie_label_info(sie_label label)
{
    return &table[label];
}

sie_label medel_sie_label(const char *name, size_t len, bool *lower)
{
    char upper[12];
    *lower = false;
    if (len >= sizeof upper)
        return SIE_UNKNOWN;
    for (size_t i = 0; i < len; i++) {
        const bool small = name[i] >= 'a' && name[i] <= 'z';
        upper[i] = (char)(small ? name[i] - 'a' + 'A' : name[i]);
        *lower |= small;
    }
    upper[len] = '\0';
    size_t low = 0, high = SIE_LABELS;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strcmp(upper, table[middle].name);
        if (order == 0 && strlen(upper) == len)
            return (sie_label)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return SIE_UNKNOWN;
}

int medel_sie_type_index(const char *type)
{
    static const char *const types[] = { "1", "2", "3", "4I", "4E" };
    for (int i = 0; i < 5; i++) {
        if (strcmp(type, types[i]) == 0)
            return i;
    }
    return -1;
}
