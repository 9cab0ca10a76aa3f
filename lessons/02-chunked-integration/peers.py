"""Lesson 02 in Python: the integral of x² − x from 0 to 2 by the left rule, `items` samples."""

import multiprocessing

import numba
import numpy

FROM, TO = 0.0, 2.0


def digest(area):
    return area


def in_plain_python(first, end, items):
    dx = (TO - FROM) / items
    total = 0.0
    for i in range(first, end):
        x = FROM + i * dx
        total += x * x - x
    return total * dx


def as_an_expression(items):
    dx = (TO - FROM) / items
    x = FROM + numpy.arange(items) * dx
    return (x * x - x).sum() * dx


compiled_expression = numba.njit(as_an_expression)
compiled_expression_parallel = numba.njit(parallel=True)(as_an_expression)


@numba.njit(parallel=True)
def prange_loop(items):
    dx = (TO - FROM) / items
    total = 0.0
    for i in numba.prange(items):
        x = FROM + i * dx
        total += x * x - x
    return total * dx


def arms(workload, items, threads):
    def with_threads(function):
        def run():
            numba.set_num_threads(threads)
            return function(items)

        return run

    compiled = {
        "numba, automatic parallel": with_threads(compiled_expression_parallel),
        "numba prange": with_threads(prange_loop),
    }
    if threads == 1:
        return {
            "plain Python": lambda: in_plain_python(0, items, items),
            "numpy expression": lambda: as_an_expression(items),
            "numba expression": lambda: compiled_expression(items),
            **compiled,
        }
    pool = multiprocessing.Pool(threads)
    bounds = [items * k // threads for k in range(threads + 1)]
    chunks = [(first, end, items) for first, end in zip(bounds, bounds[1:])]
    return {"process pool, plain Python": lambda: sum(pool.starmap(in_plain_python, chunks)), **compiled}
