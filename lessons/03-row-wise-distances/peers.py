"""Lesson 03 in Python: the distances of all pairs of √items points with 100 measurements."""

import functools
import math
import multiprocessing

import numba
import numpy
import scipy.spatial.distance

MEASUREMENTS = 100


def digest(distances):
    return numpy.sum(distances)


@functools.cache
def points(items):
    """The points of the Rust workload: fastrand's generator (wyrand), seed 3."""
    low = (1 << 64) - 1
    state = 3
    count = math.isqrt(items)
    values = []
    for _ in range(count * MEASUREMENTS):
        state = (state + 0x2D358DCCAA6C78A5) & low
        product = state * (state ^ 0x8BB84B93962EACC9)
        values.append((((product ^ (product >> 64)) & low) >> 1) * 2.0**-63)
    return numpy.array(values).reshape(count, MEASUREMENTS)


def row(items, i):
    differences = points(items) - points(items)[i]
    return numpy.sqrt((differences * differences).sum(axis=1))


def prange_rows(all_points):
    count, measurements = all_points.shape
    distances = numpy.empty((count, count))
    for i in numba.prange(count):
        for j in range(count):
            total = 0.0
            for k in range(measurements):
                difference = all_points[i, k] - all_points[j, k]
                total += difference * difference
            distances[i, j] = numpy.sqrt(total)
    return distances


strict = numba.njit(parallel=True)(prange_rows)
reordering = numba.njit(parallel=True, fastmath=True)(prange_rows)


def arms(workload, items, threads):
    given = points(items)

    def with_threads(function):
        def run():
            numba.set_num_threads(threads)
            return function(given)

        return run

    compiled = {
        "numba prange": with_threads(strict),
        "numba prange, may reorder sums": with_threads(reordering),
    }

    rows = [(items, i) for i in range(len(given))]
    if threads == 1:
        return {
            "numpy, a row at a time": lambda: [row(items, i) for items, i in rows],
            "scipy cdist": lambda: scipy.spatial.distance.cdist(given, given),
            **compiled,
        }
    pool = multiprocessing.Pool(threads)
    return {"process pool, numpy rows": lambda: pool.starmap(row, rows), **compiled}
