"""In numba's place, for a test that needs nothing but Python."""


def set_num_threads(threads):
    assert threads in (1, 2)
