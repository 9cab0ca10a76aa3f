"""Lesson 02 in Python: the integral of x² − x from 0 to 2 by the left rule."""

import functools
import multiprocessing

import numba
import numpy

FROM, TO = 0.0, 2.0

pool = functools.cache(multiprocessing.Pool)


def plain(first, end, samples):
    """The share of the samples from `first` up to, and without, `end`."""
    dx = (TO - FROM) / samples
    total = 0.0
    for i in range(first, end):
        x = FROM + i * dx
        total += x * x - x
    return total * dx


def in_large_tasks(processes, samples, tasks):
    bounds = [samples * k // tasks for k in range(tasks + 1)]
    ranges = [(first, end, samples) for first, end in zip(bounds, bounds[1:])]
    return sum(pool(processes).starmap(plain, ranges, chunksize=1))


def expression(samples):
    dx = (TO - FROM) / samples
    x = FROM + numpy.arange(samples) * dx
    return (x * x - x).sum() * dx


def prange_loop(samples):
    dx = (TO - FROM) / samples
    total = 0.0
    for i in numba.prange(samples):
        x = FROM + i * dx
        total += x * x - x
    return total * dx


automatic = numba.njit(parallel=True)(expression)
prange = numba.njit(parallel=True)(prange_loop)
reordering = numba.njit(parallel=True, fastmath=True)(prange_loop)


def arms(workload, size, tasks, threads):
    if threads == 1:
        yield "plain Python", lambda: plain(0, size, size)
        yield "numpy", lambda: expression(size)
    else:
        yield f"Pool, {tasks} tasks", lambda: in_large_tasks(threads, size, tasks)
    yield "numba automatic parallel", lambda: automatic(size)
    yield "numba prange", lambda: prange(size)
    yield "numba prange, fastmath", lambda: reordering(size)


def digest(area):
    return area
