"""Lesson 01 in Python: the integral of x² − x from 0 to 2, as a loop, as a map, and as a map in parallel."""

import functools
import multiprocessing

import numba
import numpy

FROM, TO = 0.0, 2.0

# How many integrals one run takes, one after the other: in the first workload, in the second.
TIMES = [1, 1000]

pool = functools.cache(multiprocessing.Pool)


def height(dx, i):
    x = FROM + i * dx
    return x * x - x


def loop(samples):
    dx = (TO - FROM) / samples
    total = 0.0
    for i in range(samples):
        total += height(dx, i)
    return total * dx


def sum_of_a_map(samples):
    dx = (TO - FROM) / samples
    return sum(map(functools.partial(height, dx), range(samples))) * dx


def pool_map(processes, samples):
    dx = (TO - FROM) / samples
    return sum(pool(processes).map(functools.partial(height, dx), range(samples))) * dx


def expression(samples):
    dx = (TO - FROM) / samples
    x = FROM + numpy.arange(samples) * dx
    return (x * x - x).sum() * dx


automatic = numba.njit(parallel=True)(expression)


@numba.njit(parallel=True)
def prange(samples):
    dx = (TO - FROM) / samples
    total = 0.0
    for i in numba.prange(samples):
        x = FROM + i * dx
        total += x * x - x
    return total * dx


def arms(workload, size, tasks, threads):
    def repeated(integral):
        return lambda: sum(integral(size) for _ in range(TIMES[workload]))

    if threads == 1:
        yield "plain Python, a loop", repeated(loop)
        yield "plain Python, a map", repeated(sum_of_a_map)
        yield "numpy", repeated(expression)
    else:
        yield "Pool, a task a sample", repeated(functools.partial(pool_map, threads))
    yield "numba automatic parallel", repeated(automatic)
    yield "numba prange", repeated(prange)


def digest(area):
    return area
