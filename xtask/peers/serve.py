"""Runs a lesson's Python peers on request: `python serve.py lessons/NN-slug`.

It speaks as `testkit::server` does: a JSON document a line in, one a line out behind a mark.

| request                                                  | answer                                                |
|----------------------------------------------------------|-------------------------------------------------------|
| `{"arms": AT}`                                           | the names of the ways to do the job there             |
| `{"prepare": {"name": NAME, "at": AT}}`                  | `{"digest", "seconds"}` of a first run                |
| `{"time": {"name": NAME, "times": NUMBER, "at": AT}}`    | `{"seconds"}` of one of this many runs, on average    |

What goes wrong is answered with `{"error": …}`, in Python's own words. `AT` is
`{"workload": 0, "size": …, "tasks": …, "threads": …}`: the number of the Rust workload, how much is done, in how many
tasks where that can be chosen (else 1), and on how many threads or processes.

A lesson's `peers.py` has two functions (`example/peers.py` is the least of them):

- `arms(workload, size, tasks, threads)`: pairs of a name and a function without arguments that does the whole job once.
  What `arms` itself makes or starts is not timed. numba knows the number of threads already.
- `digest(answer)`: one number that stands for an answer, to be compared with that of the Rust workload.
"""

import importlib
import json
import sys
import time
import timeit
import traceback

import numba

MARK = "MANY_HANDS "

# So little that a run of it takes no time, beyond that of compiling what it uses.
SMALL = 10


# Seconds. What sleeps uses less of the processor than this in that time.
LOOK, ASLEEP = 0.005, 0.001


def rest():
    """Waits until all threads of this process sleep.

    Those of numba look out for more work for some milliseconds before they do, and whoever is timed next needs their cores.
    """
    used = LOOK
    while used > ASLEEP:
        before = time.process_time()
        time.sleep(LOOK)
        used = time.process_time() - before


# Seconds. As in `testkit::server`: after so long the threads of a process that has waited have found their cores.
AWAKE = 0.02


def warm_up(run):
    """Runs until the threads of this process are awake, each on a core of its own."""
    begun = time.perf_counter()
    run()
    while time.perf_counter() - begun < AWAKE:
        run()


def main():
    # By this path, a process that a pool starts finds the module too.
    sys.path.insert(0, sys.argv[1])
    peers = importlib.import_module("peers")
    made = {}

    def arms(workload, size, tasks, threads):
        numba.set_num_threads(threads)
        key = workload, size, tasks, threads
        if key not in made:
            made[key] = dict(peers.arms(*key))
        return made[key]

    def answer(request):
        if "arms" in request:
            return list(arms(**request["arms"]))
        [(wanted, case)] = request.items()
        name, at = case["name"], case["at"]
        if wanted == "prepare":
            arms(**{**at, "size": SMALL})[name]()
            run, answers = arms(**at)[name], []
            seconds = timeit.timeit(lambda: answers.append(run()), number=1)
            return {"digest": float(peers.digest(answers[0])), "seconds": seconds}
        run, times = arms(**at)[name], case["times"]
        warm_up(run)
        return {"seconds": timeit.timeit(run, number=times) / times}

    for line in sys.stdin:
        try:
            told = answer(json.loads(line))
        except Exception:
            told = {"error": traceback.format_exc()}
        rest()
        print(f"\n{MARK}{json.dumps(told)}", flush=True)


if __name__ == "__main__":
    main()
