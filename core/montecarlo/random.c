/*
 * random.c - the table of normal scores.
 */
#include "random.h"

/* The cubic through four points of t in [0, width): Newton's form, multiplied out. */
static void fit_cubic(double c[4], const double t[4], double y[4])
{
    for (int order = 1; order < 4; order++)
        for (int i = 3; i >= order; i--)
            y[i] = (y[i] - y[i - 1]) / (t[i] - t[i - order]);
    c[0] = y[3];
    c[1] = c[2] = c[3] = 0.0;
    for (int i = 2; i >= 0; i--) {
        for (int k = 3; k > 0; k--)
            c[k] = c[k - 1] - t[i] * c[k];
        c[0] = y[i] - t[i] * c[0];
    }
}

/* Chebyshev's points, (1 - cos((2k+1) pi/8))/2, of a 64th. */
void medel_score_table(double table[MEDEL_SCORE_ROWS * 4])
{
    static const double at[4] = { 0.0380602337443566, 0.3086582838174551,
                                  0.6913417161825449, 0.9619397662556434 };
    double octave = 0x1p-33;
    for (int row = 0; row < MEDEL_SCORE_ROWS; row++) {
        double t[4], y[4];
        if (row && row % 64 == 0)
            octave *= 2.0;
        for (int k = 0; k < 4; k++) {
            t[k] = at[k] / 64.0;
            y[k] = -medel_score(octave * (1.0 + (double)(row % 64) / 64.0 + t[k]));
        }
        fit_cubic(table + (size_t)row * 4, t, y);
    }
}
