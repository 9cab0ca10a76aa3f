"""Runs a lesson's Python peers on request: `python serve.py lessons/NN-slug/peers.py`.

It speaks as `instruments::serve` does: a JSON document a line in, one a line out behind a mark. A lesson's `peers.py` has

- `arms(workload, items, threads)`: a dict from a name to a function without arguments that does the whole job once;
  `workload` is the number of the Rust workload, `items` how many items that handles;
- `digest(answer)`: one number that stands for an answer, to be compared with that of the Rust workload.
"""

import importlib.util
import json
import sys
import time

MARK = "MANY_HANDS "


def main():
    spec = importlib.util.spec_from_file_location("peers", sys.argv[1])
    peers = importlib.util.module_from_spec(spec)
    sys.modules["peers"] = peers  # a process pool finds the functions of a module by its name
    spec.loader.exec_module(peers)
    made = {}
    for line in sys.stdin:
        request = json.loads(line)
        key = request["workload"], request["items"], request["threads"]
        if key not in made:
            made[key] = peers.arms(*key)
        if request.get("list"):
            # The first run of each compiles and starts what it needs, so it is done here, where nobody times it.
            answer = {"arms": {name: float(peers.digest(run())) for name, run in made[key].items()}}
        else:
            run = made[key][request["arm"]]
            begun = time.perf_counter()
            run()
            answer = {"seconds": time.perf_counter() - begun}
        print(f"{MARK}{json.dumps(answer)}", flush=True)


if __name__ == "__main__":
    main()
