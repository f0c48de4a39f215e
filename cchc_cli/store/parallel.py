"""The same work on many places, in several processes; results in order, whatever happens.

No more than a few places are under way at a time, so that memory does not grow with their number.
A process that is killed takes nobody else's result with it: what was under way is done again, each
place by itself, and only the one that kills its process is given up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Place = TypeVar("Place")
Result = TypeVar("Result")

_AHEAD = 4  # places under way or waiting, for each process


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def in_order(
    work: Callable[[Place], Result],
    places: Iterable[Place],
    jobs: int,
    killed: Callable[[Place], Result],
) -> Iterator[Result]:
    """`work` of each place, in their order; `killed` of one whose process did not live to the end.

    With one job everything happens in this process.
    """
    if jobs == 1:
        yield from map(work, places)
        return
    waiting = iter(places)
    under_way: deque[tuple[Place, Future[Result]]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            for place in waiting:
                under_way.append((place, _submitted(pool, work, place)))
                if len(under_way) >= jobs * _AHEAD:
                    break
            if not under_way:
                return
            place, future = under_way.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown()
                again = [place, *(one for one, _ in under_way)]
                under_way.clear()
                for one in again:
                    yield _alone(work, one, killed)
                pool = _pool(jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(
    pool: ProcessPoolExecutor, work: Callable[[Place], Result], place: Place
) -> Future[Result]:
    try:
        return pool.submit(work, place)
    except BrokenProcessPool as broken:  # by an earlier place, whose turn to be asked is to come
        failed: Future[Result] = Future()
        failed.set_exception(broken)
        return failed


def _alone(
    work: Callable[[Place], Result], place: Place, killed: Callable[[Place], Result]
) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(work, place).result()
        except BrokenProcessPool:
            return killed(place)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A fork shares what has been loaded; elsewhere each process loads it anew.
    way = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(
        jobs,
        multiprocessing.get_context(way),
        signal.signal,  # whoever interrupts means the command; its workers end with it
        (signal.SIGINT, signal.SIG_IGN),
    )
