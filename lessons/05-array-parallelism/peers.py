"""Lesson 05 in Python: an integral, a survey and distances, as array expressions and as loops."""

import functools
import math
import multiprocessing

import numba
import numpy
from scipy.spatial.distance import cdist

FROM, TO = 0.0, 2.0

MEASUREMENTS = 100

pool = functools.cache(multiprocessing.Pool)


def arms(workload, size, tasks, threads):
    return [fused, integral, survey, distances][workload](size, threads)


def digest(answer):
    """The sum of all numbers of the answer."""
    return numpy.sum(answer)


# The integral of x² − x over samples that stand in an array.


def expression(xs, dx):
    return (xs * xs - xs).sum() * dx


def loop(xs, dx):
    total = 0.0
    for x in xs:
        total += x * x - x
    return total * dx


def prange_loop(xs, dx):
    total = 0.0
    for i in numba.prange(len(xs)):
        total += xs[i] * xs[i] - xs[i]
    return total * dx


compiled_expression = numba.njit(expression)
compiled_loop = numba.njit(loop)
automatic = numba.njit(parallel=True)(expression)
prange = numba.njit(parallel=True)(prange_loop)


def samples(size):
    dx = (TO - FROM) / size
    return FROM + numpy.arange(size) * dx, dx


def fused(size, threads):
    xs, dx = samples(size)
    as_list = xs.tolist()
    yield "plain Python, a list", lambda: loop(as_list, dx)
    yield "numpy expression", lambda: expression(xs, dx)
    yield "numba expression", lambda: compiled_expression(xs, dx)
    yield "numba loop", lambda: compiled_loop(xs, dx)
    yield "numba automatic parallel", lambda: automatic(xs, dx)
    yield "numba prange", lambda: prange(xs, dx)


def integral(size, threads):
    xs, dx = samples(size)
    if threads == 1:
        yield "numpy expression", lambda: expression(xs, dx)
        yield "numba loop", lambda: compiled_loop(xs, dx)
    else:
        pieces = [(piece, dx) for piece in numpy.array_split(xs, threads)]
        yield "Pool, a piece a process", lambda: sum(pool(threads).starmap(expression, pieces))
    yield "numba automatic parallel", lambda: automatic(xs, dx)
    yield "numba prange", lambda: prange(xs, dx)


# The area, the lowest and the highest value, of samples that stand nowhere.


def survey_loop(size):
    dx = (TO - FROM) / size
    total, lowest, highest = 0.0, math.inf, -math.inf
    for i in range(size):
        x = FROM + i * dx
        height = x * x - x
        total += height
        lowest = min(lowest, height)
        highest = max(highest, height)
    return total * dx, lowest, highest


def survey_expression(size):
    dx = (TO - FROM) / size
    x = FROM + numpy.arange(size) * dx
    heights = x * x - x
    return heights.sum() * dx, heights.min(), heights.max()


@numba.njit(parallel=True)
def survey_prange(size):
    dx = (TO - FROM) / size
    total, lowest, highest = 0.0, math.inf, -math.inf
    for i in numba.prange(size):
        x = FROM + i * dx
        height = x * x - x
        total += height
        lowest = min(lowest, height)
        highest = max(highest, height)
    return total * dx, lowest, highest


survey_automatic = numba.njit(parallel=True)(survey_expression)


def survey(size, threads):
    if threads == 1:
        yield "plain Python", lambda: survey_loop(size)
        yield "numpy expression", lambda: survey_expression(size)
    yield "numba automatic parallel", lambda: survey_automatic(size)
    yield "numba prange", lambda: survey_prange(size)


# The distances of all pairs of points.


def random_points(count):
    """Those of the Rust side: the generator wyrand, as the crate fastrand has it, with seed 5."""
    low_half = (1 << 64) - 1
    state = 5
    values = []
    for _ in range(count * MEASUREMENTS):
        state = (state + 0x2D358DCCAA6C78A5) & low_half
        product = state * (state ^ 0x8BB84B93962EACC9)
        values.append((((product ^ (product >> 64)) & low_half) >> 1) * 2.0**-63)
    return numpy.array(values).reshape(count, MEASUREMENTS)


def rows_of_distances(points):
    return [numpy.sqrt(numpy.sum((points - point) ** 2, axis=1)) for point in points]


@numba.njit(parallel=True)
def prange_rows(points):
    count, measurements = points.shape
    all_distances = numpy.empty((count, count))
    for i in numba.prange(count):
        for j in range(count):
            total = 0.0
            for k in range(measurements):
                difference = points[i, k] - points[j, k]
                total += difference * difference
            all_distances[i, j] = numpy.sqrt(total)
    return all_distances


def distances(size, threads):
    points = random_points(size)
    if threads == 1:
        yield "numpy, row by row", lambda: rows_of_distances(points)
        yield "scipy cdist", lambda: cdist(points, points)
    yield "numba prange", lambda: prange_rows(points)
