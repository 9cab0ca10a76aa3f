"""Lesson 03 in Python: the distances of all pairs of points, each with 100 measurements."""

import functools
import math
import multiprocessing

import numba
import numpy
from scipy.spatial.distance import cdist

MEASUREMENTS = 100

pool = functools.cache(multiprocessing.Pool)


@functools.cache
def random_points(count):
    """Those of the Rust side: the generator wyrand, as the crate fastrand has it, with seed 3."""
    low_half = (1 << 64) - 1
    state = 3
    values = []
    for _ in range(count * MEASUREMENTS):
        state = (state + 0x2D358DCCAA6C78A5) & low_half
        product = state * (state ^ 0x8BB84B93962EACC9)
        values.append((((product ^ (product >> 64)) & low_half) >> 1) * 2.0**-63)
    return numpy.array(values).reshape(count, MEASUREMENTS)


def plain(points):
    return [[math.dist(p, q) for q in points] for p in points]


def pair(count, i, j):
    points = random_points(count)
    return numpy.sqrt(numpy.sum((points[i] - points[j]) ** 2))


def row(count, i):
    points = random_points(count)
    return numpy.sqrt(numpy.sum((points - points[i]) ** 2, axis=1))


def prange_rows(points):
    count, measurements = points.shape
    distances = numpy.empty((count, count))
    for i in numba.prange(count):
        for j in range(count):
            total = 0.0
            for k in range(measurements):
                difference = points[i, k] - points[j, k]
                total += difference * difference
            distances[i, j] = numpy.sqrt(total)
    return distances


prange = numba.njit(parallel=True)(prange_rows)
reordering = numba.njit(parallel=True, fastmath=True)(prange_rows)


def arms(workload, size, tasks, threads):
    points = random_points(size)
    by_pair = workload == 0
    pairs = [(size, i, j) for i in range(size) for j in range(size)] if by_pair else []
    rows = [(size, i) for i in range(size)]
    if threads == 1:
        lists = points.tolist()
        yield "plain Python, math.dist", lambda: plain(lists)
        if by_pair:
            yield "numpy, pair by pair", lambda: [pair(*which) for which in pairs]
        yield "numpy, row by row", lambda: [row(*which) for which in rows]
        yield "scipy cdist", lambda: cdist(points, points)
    elif by_pair:
        yield "Pool, a task a pair", lambda: pool(threads).starmap(pair, pairs)
    else:
        yield "Pool, a task a row", lambda: pool(threads).starmap(row, rows)
    yield "numba prange", lambda: prange(points)
    yield "numba prange, fastmath", lambda: reordering(points)


def digest(distances):
    return numpy.sum(distances)
