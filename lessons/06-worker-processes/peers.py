"""Lesson 06 in Python: integrals of x² − x from 0 to 1, to 2, to 3, …, by processes."""

import concurrent.futures
import functools
import multiprocessing

import numba
import numpy

pool = functools.cache(multiprocessing.Pool)
executor = functools.cache(concurrent.futures.ProcessPoolExecutor)


def integral(to, samples):
    dx = to / samples
    total = 0.0
    for i in range(samples):
        x = i * dx
        total += x * x - x
    return total * dx


# Every process that is told to run this compiles it once for itself.
compiled = numba.njit(integral)


@numba.njit(parallel=True)
def prange(ends, samples):
    areas = numpy.empty(len(ends))
    for k in numba.prange(len(ends)):
        areas[k] = compiled(ends[k], samples[k])
    return areas


def arms(workload, size, tasks, threads):
    tasks = min(tasks, size)
    ends = [float(i) for i in range(1, tasks + 1)]
    samples = [size // tasks + (i < size % tasks) for i in range(tasks)]
    messages = list(zip(ends, samples))
    arrays = numpy.array(ends), numpy.array(samples)
    if threads == 1:
        yield "plain Python", lambda: list(map(integral, ends, samples))
    else:
        workers = pool(threads)
        yield "Pool, a task a message", lambda: workers.starmap(integral, messages, chunksize=1)
        yield "Pool, its own chunks", lambda: workers.starmap(integral, messages)
        yield "ProcessPoolExecutor", lambda: list(executor(threads).map(integral, ends, samples))
        yield "Pool, compiled by numba", lambda: workers.starmap(compiled, messages, chunksize=1)
    yield "numba prange", lambda: prange(*arrays)


def digest(areas):
    return sum(areas)
