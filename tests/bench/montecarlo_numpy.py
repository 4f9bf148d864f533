"""montecarlo_numpy.py PATHS: the model of montecarlo.c over arrays of paths.

Prints the CPU seconds of a run without the import, then figures to compare."""
import resource
import sys

import numpy as np

paths, years = int(sys.argv[1]), 10
start_equity, start_cash = 248359900.0, 437000000.0


def months(changed, start):
    return np.clip(changed - start, 0.0, 12.0)


def guideline(allocation):
    over = np.maximum(allocation, 0.0)
    return 0.2 * over - 0.05 * np.maximum(over - 7e8, 0.0)


def quantiles(values, percents):
    ranks = [-(-paths * p // 100) - 1 for p in percents]
    values.partition(ranks)
    return values[ranks]


def run(seed):
    draw = np.random.Generator(np.random.SFC64(seed))  # the fastest that numpy has
    late = draw.triangular(0.0, 3.0, 9.0, paths)
    early, later = 3 + late, 12 + late
    cash = np.full(paths, start_cash)
    price = np.ones(paths)
    need = np.full(paths, -start_equity)
    lowest = np.full(paths, start_equity)
    grow, divide, unshift = 1.017, 1 / 0.983, 1.0
    result = []
    for t in range(years):
        start = 12.0 * t
        allocation = 4.4e8 * (1 + draw.standard_normal(paths) * 0.05)
        factor = 0.95 + draw.standard_normal(paths) * 0.03
        price *= 1.02 + draw.standard_normal(paths) * 0.01
        cost = 420e6 + 320e6 / 12 * months(early, start)
        cost += 200e6 / 12 * months(later, start)
        cost += np.where((early >= start) & (early < start + 12), 2e6, 0.0)
        cost *= factor
        cost *= price
        cash = (cash * grow + (allocation + 5e6 - cost)) * divide
        equity = cash + (start_equity - start_cash)
        np.minimum(lowest, equity, out=lowest)
        unshift /= grow * divide
        np.maximum(need, equity * -unshift, out=need)
        above = np.count_nonzero(equity - guideline(allocation) >= 0.5)
        below = np.count_nonzero(equity <= -0.5)
        result.append((quantiles(equity, (5, 25, 50, 75, 95)), above, below))
    ever = np.count_nonzero(lowest <= -0.5)
    return result, ever, start_equity + quantiles(need, (95,))[0]


def cpu():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


before = cpu()
figures, ever_below, reserve = run(42)
print(f"{cpu() - before:.6f} {figures[-1][0][2]:.0f} {ever_below / paths:.4f} {reserve:.0f}")
