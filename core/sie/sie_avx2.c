/* sie_avx2.c - the kernel of the SIE reader, 32 bytes at a time; compiled for machines
   that have AVX2, and called on those only. */
#include "sie_fast.h"

#ifdef __AVX2__
#include <immintrin.h>

static inline uint64_t bits(__m256i v)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(v);
}

static inline void masks(const char *p, sie_masks *m)
{
    *m = (sie_masks){ 0, 0, 0, 0, 0 };
    for (unsigned i = 0; i < 64; i += 32) {
        const __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
        const __m256i lf = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n'));
        const __m256i control =
            _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(31)), v);
        const __m256i other =
            _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\')),
                            _mm256_cmpeq_epi8(v, _mm256_set1_epi8(127)));
        m->lf |= bits(lf) << i;
        m->blank |= bits(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(' '))) << i;
        m->quote |= bits(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('"'))) << i;
        m->high |= bits(v) << i;
        m->unusual |= bits(_mm256_or_si256(_mm256_andnot_si256(lf, control), other)) << i;
    }
}

static inline uint64_t tabs_of(const char *p)
{
    const __m256i tab = _mm256_set1_epi8('\t');
    const __m256i *v = (const __m256i *)(const void *)p;
    return bits(_mm256_cmpeq_epi8(_mm256_loadu_si256(v), tab))
           | bits(_mm256_cmpeq_epi8(_mm256_loadu_si256(v + 1), tab)) << 32;
}

#define KERNEL medel_sie_avx2
#include "sie_kernel.h"
#endif
