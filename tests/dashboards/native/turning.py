"""What would turn a comparison round: the search of the page, step by step, played by the engine's lanes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from dashboards.questions import (
    ALONG,
    BACK,
    FIRST_LOOK,
    LOOKS,
    LOTS,
    MARGINS_ALIKE,
    NEARER,
    OTHER_WORLDS,
    QUARTERS,
    ROUNDS,
    TELLING,
)
from incentive_abm.engine.run import Job, Record, stream
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Parameter
from incentive_abm.place import Place
from incentive_abm.results.turned_round import (
    DIGITS,
    FRESH_WORLDS,
    MARGINS,
    SEARCHED,
    SETTLED,
    SURE_ERRORS,
    TOGETHER,
    free_settings,
)
from incentive_abm.scenario import Scenario

Point = Mapping[str, float]
Respond = Callable[[Sequence[Point], int], list[float]]
SMALLEST = PARAMETERS["gain"].default
_AS_WRITTEN = Context(prec=DIGITS, rounding=ROUND_HALF_UP)


@dataclass
class Contrasts:
    """By how much the second of two scenarios ends above the first, by circumstances and world."""

    place: Place
    pair: tuple[Scenario, Scenario]
    known: dict[tuple[tuple[tuple[str, float], ...], int], float] = field(default_factory=dict)

    def at(self, points: Sequence[Point], seeds: Sequence[int]) -> list[list[float]]:
        """For each point its contrast in each of these worlds."""
        wanted = {(tuple(point.items()), seed): point for point in points for seed in seeds}
        missing = {key: point for key, point in wanted.items() if key not in self.known}
        jobs = [Job(side.overlaid(point), seed) for (_, seed), point in missing.items() for side in self.pair]
        if jobs:
            ends = [float(end) for part in stream(self.place, jobs, QUARTERS, Record.ENDINGS)
                    for end in part.last[:, Measure.INTEGRATION]]
            self.known |= {key: ends[2 * k + 1] - ends[2 * k] for k, key in enumerate(missing)}
        return [[self.known[tuple(point.items()), seed] for seed in seeds] for point in points]


@dataclass(frozen=True)
class Search:
    """The steps of the page's search; respond: how far points are turned round in so many worlds, from 0 on they are."""

    rows: Sequence[Parameter]
    start: Mapping[str, float]
    respond: Respond

    def nearest(self) -> Point | None:
        """The nearest point found, None where there is none."""
        base: Point = {}
        for _ in range(LOOKS):
            moves = self.alone(base)
            if not moves:
                return None
            turned = [(name, end) for name, end, response in moves if response >= 0.0]
            if turned:
                found = self.along(base, turned)
                assert found is not None
                return self.drawn_in(self.sparse(found))
            base, reached = self.together(base, moves)
            if reached:
                return self.drawn_in(self.sparse(base))
        return None

    def share(self, name: str, value: float) -> float:
        row = PARAMETERS[name]
        return float(value != self.start[name]) if row.choices else abs(value - self.start[name]) / (row.high - row.low)

    def distance(self, point: Point) -> float:
        total = 0.0
        for name, value in point.items():
            total += self.share(name, value) * self.share(name, value)
        return math.sqrt(total)

    def moved(self, point: Point, more: Point) -> Point:
        both = {**point, **more}
        return {row.name: both[row.name] for row in self.rows if row.name in both and both[row.name] != self.start[row.name]}

    def way(self, name: str, end: float, share: float) -> float:
        start, row = self.start[name], PARAMETERS[name]
        if share == 0.0:
            return start
        if row.choices:
            return end
        value = start + share * (end - start)
        return float(math.floor(value + 0.5)) if row.whole else float(_AS_WRITTEN.create_decimal(Decimal(value)))

    def alone(self, base: Point) -> list[tuple[str, float, float]]:
        asked = [(row.name, end) for row in self.rows if row.name not in base for end in ends_of(row, self.start[row.name])]
        better: dict[str, tuple[float, float]] = {}
        for (name, end), response in zip(asked, self.tried(base, asked, FIRST_LOOK), strict=True):
            if name not in better or response > better[name][1]:
                better[name] = (end, response)
        telling = sorted(better, key=lambda name: -better[name][1])[:TELLING]
        found = self.tried(base, [(name, better[name][0]) for name in telling], SEARCHED)
        moves = [(name, better[name][0], response) for name, response in zip(telling, found, strict=True)]
        return sorted(moves, key=lambda move: -move[2])

    def tried(self, base: Point, moves: Sequence[tuple[str, float]], worlds: int) -> list[float]:
        return self.respond([self.moved(base, {name: end}) for name, end in moves], worlds)

    def along(self, base: Point, turned: Sequence[tuple[str, float]]) -> Point | None:
        return self.closest([self.moved(base, {name: value}) for name, end in turned
                             for value in (*(self.way(name, end, share) for share in ALONG), end)])

    def together(self, base: Point, moves: Sequence[tuple[str, float, float]]) -> tuple[Point, bool]:
        points = [self.moved(base, {name: end for name, end, _ in moves[:k + 1]}) for k in range(min(TOGETHER, len(moves)))]
        found = self.respond(points, SEARCHED)
        for point, response in zip(points, found, strict=True):
            if response >= 0.0:
                return point, True
        return points[found.index(max(found))], False

    def sparse(self, point: Point) -> Point:
        size = len(point) // 2
        while size >= 1:
            names = sorted(point, key=lambda name: self.share(name, point[name]))
            parts = [names[k:k + size] for k in range(0, len(names), size)]
            points = [{name: value for name, value in point.items() if name not in part} for part in parts]
            found = self.respond(points, SEARCHED)
            if max(found) >= 0.0:
                point = points[found.index(max(found))]
                size = min(size, len(point) // 2)
            else:
                size //= 2
        return point

    def drawn_in(self, point: Point) -> Point:
        for _ in range(ROUNDS):
            shorter = [{name: self.way(name, value, share) for name, value in point.items()} for share in NEARER]
            shorter += [{name: self.way(name, value, share)} for name, value in point.items() for share in BACK]
            points = [self.moved(point, moves) for moves in shorter]
            found = self.closest(points)
            if found is None or self.distance(found) >= self.distance(point) * (1.0 - SETTLED):
                break
            point = found
        return point

    def closest(self, points: Sequence[Point]) -> Point | None:
        found = self.respond(points, SEARCHED)
        turned = [point for point, response in zip(points, found, strict=True) if response >= 0.0]
        return min(turned, key=self.distance) if turned else None


@dataclass(frozen=True)
class Turn:
    """What the page tells: who is ahead as things stand (1 the second, −1 the first, 0 neither), where it is turned round."""

    standing: list[float]
    side: int
    point: Point | None
    there: list[float]
    holds: bool
    seed: int
    distance: float


def turned_round(place: Place, first: Scenario, other: Scenario, seed: int) -> Turn:
    """The nearest circumstances in which another side is ahead than as things stand, borne out by fresh worlds or not."""
    contrasts, rows, start = Contrasts(place, (first, other)), *free(first, other)
    (standing,) = contrasts.at([{}], FRESH_WORLDS)
    seeds = typical(contrasts, mean(standing))
    side, last = ahead(standing), Turn(standing, ahead(standing), None, [], False, seed, math.nan)
    for margin in MARGINS if side else MARGINS_ALIKE:
        def respond(points: Sequence[Point], worlds: int, margin: float = margin) -> list[float]:
            means = [mean(each) for each in contrasts.at(points, seeds[:worlds])]
            return [(-side * gain if side else abs(gain)) / SMALLEST - margin if point else -math.inf
                    for point, gain in zip(points, means, strict=True)]

        search = Search(rows, start, respond)
        point = search.nearest()
        if point is None:
            return last
        (there,) = contrasts.at([point], FRESH_WORLDS)
        way = ahead(there)
        holds = way not in (0, side)
        last = Turn(standing, side, point, there, holds, seed, search.distance(point))
        if holds:
            (own,), = contrasts.at([point], [seed])
            middle = sorted(range(len(there)), key=there.__getitem__)[len(there) // 2]
            shown = seed if way * own >= SMALLEST else FRESH_WORLDS[middle]
            return Turn(standing, side, point, there, True, shown, last.distance)
    return last


def typical(contrasts: Contrasts, standing: float) -> range:
    """Of some lots of worlds the one in which the start is most as it is on average."""
    lots = [range(first, first + SEARCHED) for first in range(OTHER_WORLDS, OTHER_WORLDS + LOTS * SEARCHED, SEARCHED)]
    return min(lots, key=lambda lot: abs(mean(contrasts.at([{}], lot)[0]) - standing))


def free(first: Scenario, other: Scenario) -> tuple[list[Parameter], dict[str, float]]:
    """What is alike on both sides from the start and nowhere else of one's own, and where it stands."""
    own = {name for side in (first, other) for _, values in (*side.kinds, *side.partners) for name, _ in values}
    own |= {name for side in (first, other) for event in side.events for name, _ in event.parameters}
    at = [{row.name: dict(side.parameters).get(row.name, row.default) for row in free_settings(())} for side in (first, other)]
    rows = [row for row in free_settings(own) if at[0][row.name] == at[1][row.name]]
    return rows, at[0]


def ends_of(row: Parameter, start: float) -> list[float]:
    """Where a setting is moved to first: its other choices, or the ends of its range."""
    return [end for end in (map(float, range(len(row.choices))) if row.choices else (row.low, row.high)) if end != start]


def mean(numbers: Sequence[float]) -> float:
    """The mean, summed in order."""
    total = 0.0
    for number in numbers:
        total += number
    return total / len(numbers)


def ahead(contrasts: Sequence[float]) -> int:
    """Which side is ahead by what is of interest, and surely."""
    gain, squares = mean(contrasts), 0.0
    for each in contrasts:
        squares += (each - gain) * (each - gain)
    error = math.sqrt(squares / (len(contrasts) - 1) / len(contrasts))
    return int(math.copysign(1, gain)) if abs(gain) >= SMALLEST and abs(gain) >= SURE_ERRORS * error else 0
