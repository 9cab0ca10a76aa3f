"""Lesson 04 in Python: the integral of x² − x from 0 to 2 on a chosen number of processes or threads."""

import multiprocessing

import numba
import numpy

FROM, TO = 0.0, 2.0

TASKS = 64


def plain(first, end, samples):
    """The share of the samples from `first` up to, and without, `end`."""
    dx = (TO - FROM) / samples
    total = 0.0
    for i in range(first, end):
        x = FROM + i * dx
        total += x * x - x
    return total * dx


def in_a_pool_started_for_it(processes, samples):
    bounds = [samples * k // TASKS for k in range(TASKS + 1)]
    ranges = [(first, end, samples) for first, end in zip(bounds, bounds[1:])]
    with multiprocessing.Pool(processes) as pool:
        return sum(pool.starmap(plain, ranges, chunksize=1))


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


def with_threads(threads, integral, samples):
    """numba keeps its threads; this says how many of them take part."""
    before = numba.get_num_threads()
    numba.set_num_threads(threads)
    area = integral(samples)
    numba.set_num_threads(before)
    return area


def arms(workload, size, tasks, threads):
    if threads == 1:
        yield "plain Python", lambda: plain(0, size, size)
        yield "numpy", lambda: expression(size)
    yield "Pool started for it", lambda: in_a_pool_started_for_it(threads, size)
    yield "numba automatic parallel", lambda: with_threads(threads, automatic, size)
    yield "numba prange", lambda: with_threads(threads, prange, size)


def digest(area):
    return area
