/* sie_scalar.c - the kernel of the SIE reader without vectors, eight bytes at a time. */
#include "sie_fast.h"

#include <string.h>

/* The high bits of eight bytes as eight bits. */
static inline uint64_t gather(uint64_t v)
{
    return (v & 0x8080808080808080u) * 0x0002040810204081u >> 56;
}

/* The high bit of each byte that is c. */
static inline uint64_t equal(uint64_t v, unsigned char c)
{
    const uint64_t x = v ^ 0x0101010101010101u * c;
    return ~(((x & 0x7F7F7F7F7F7F7F7Fu) + 0x7F7F7F7F7F7F7F7Fu) | x);
}

static inline void masks(const char *p, sie_masks *m)
{
    *m = (sie_masks){ 0, 0, 0, 0, 0 };
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t v;
        memcpy(&v, p + i, 8);
        const uint64_t lf = equal(v, '\n');
        /* below 32: no bit of 0x60 nor the high one */
        const uint64_t control = ~(((v & 0x6060606060606060u) + 0x6060606060606060u) | v);
        m->lf |= gather(lf) << i;
        m->blank |= gather(equal(v, ' ')) << i;
        m->quote |= gather(equal(v, '"')) << i;
        m->high |= gather(v) << i;
        m->unusual |= gather((control & ~lf) | equal(v, '\\') | equal(v, 127)) << i;
    }
}

static inline uint64_t tabs_of(const char *p)
{
    uint64_t out = 0;
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t v;
        memcpy(&v, p + i, 8);
        out |= gather(equal(v, '\t')) << i;
    }
    return out;
}

#define KERNEL medel_sie_scalar
#include "sie_kernel.h"
