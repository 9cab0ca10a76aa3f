"""A worker in another language: the same protocol, with nothing but Python's standard library."""

import struct
import sys


def unpack(message, at=0):
    """The MessagePack value at this place, and where the next one begins: lists, floats and whole numbers >= 0."""
    first = message[at]
    if first < 0x80:
        return first, at + 1
    for code, form in ((0xCB, ">d"), (0xCC, ">B"), (0xCD, ">H"), (0xCE, ">I"), (0xCF, ">Q")):
        if first == code:
            return struct.unpack_from(form, message, at + 1)[0], at + 1 + struct.calcsize(form)
    if 0x90 <= first < 0xA0:
        length, at = first - 0x90, at + 1
    elif first == 0xDC:
        length, at = struct.unpack_from(">H", message, at + 1)[0], at + 3
    else:
        length, at = struct.unpack_from(">I", message, at + 1)[0], at + 5
    values = []
    for _ in range(length):
        value, at = unpack(message, at)
        values.append(value)
    return values, at


def integrate(a, b, n):
    dx = (b - a) / n
    total = 0.0
    for i in range(n):
        x = a + i * dx
        total += x * x - x
    return total * dx


def main():
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(b"\nmany hands, protocol 1\n")
    answers.flush()
    while length := tasks.read(4):
        chunk, _ = unpack(tasks.read(struct.unpack("<I", length)[0]))
        areas = [integrate(*task) for task in chunk]
        message = struct.pack(">BI", 0xDD, len(areas))
        message += b"".join(struct.pack(">Bd", 0xCB, area) for area in areas)
        answers.write(struct.pack("<I", len(message)) + message)
        answers.flush()


main()
