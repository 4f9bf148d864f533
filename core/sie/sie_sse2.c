/* sie_sse2.c - the kernel of the SIE reader, sixteen bytes at a time. */
#include "sie_fast.h"

#ifdef __SSE2__
#include <emmintrin.h>

static inline uint64_t bits(__m128i v)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(v);
}

static inline void masks(const char *p, sie_masks *m)
{
    *m = (sie_masks){ 0, 0, 0, 0, 0 };
    for (unsigned i = 0; i < 64; i += 16) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        const __m128i lf = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(31)), v);
        const __m128i other = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')),
                                           _mm_cmpeq_epi8(v, _mm_set1_epi8(127)));
        m->lf |= bits(lf) << i;
        m->blank |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(' '))) << i;
        m->quote |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('"'))) << i;
        m->high |= bits(v) << i;
        m->unusual |= bits(_mm_or_si128(_mm_andnot_si128(lf, control), other)) << i;
    }
}

static inline uint64_t tabs_of(const char *p)
{
    const __m128i tab = _mm_set1_epi8('\t');
    const __m128i *v = (const __m128i *)(const void *)p;
    uint64_t out = 0;
    for (unsigned i = 0; i < 4; i++)
        out |= bits(_mm_cmpeq_epi8(_mm_loadu_si128(v + i), tab)) << 16 * i;
    return out;
}

#define KERNEL medel_sie_sse2
#include "sie_kernel.h"
#endif
