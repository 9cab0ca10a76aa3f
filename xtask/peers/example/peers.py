"""The least that a lesson's peers can be: sums of the first numbers. `serve.py` is tested with it."""


def arms(workload, size, tasks, threads):
    if threads == 1:
        yield "loop", lambda: sum(range(size))
    yield "formula", lambda: size * (size - 1) // 2
    yield "broken", lambda: size / 0


def digest(answer):
    return answer
