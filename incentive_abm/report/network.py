"""The network of one run at one moment: partners by kind, ties by trust, faint where nothing is shared."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from incentive_abm.kinds import Kind
from incentive_abm.log.declared import Log, What
from incentive_abm.palette import INK, ORANGE_TO_BLUE, PAPER
from incentive_abm.place import Place, positions, radii
from incentive_abm.place.drawing import COLOURS, shape
from incentive_abm.rules.commitment import SHARED_ENOUGH

WIDTH, HEIGHT = 1000.0, 667.0
MOST_TIES, MOST_PARTNERS, MOST_LABELS = 3000, 1500, 9
MANY = 150
"""Partners from which marks are drawn smaller and fewer are named."""
TEXT = 25.0
LOW, HIGH = 0.25, 0.75
"""Trust at and beyond which the colours end; width rises with trust, too."""


@dataclass(frozen=True, eq=False)
class Moment:
    """The ties of one run at the end of a quarter: trust (mean of both ways) and sharing, float64[m], 0..1."""

    quarter: int
    trust: NDArray[np.float64]
    sharing: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Canvas:
    """Where partners stand and which ties and partners are drawn; the same for every moment."""

    place: Place
    xy: NDArray[np.float64]
    radius: NDArray[np.float64]
    ties: NDArray[np.int64]
    partners: NDArray[np.int64]

    @classmethod
    def of(cls, place: Place) -> Canvas:
        """The largest ties and partners where there are too many to draw."""
        ties = np.sort(np.argsort(-place.weight, kind="stable")[:MOST_TIES])
        partners = np.argsort(-place.partners.income, kind="stable")[:MOST_PARTNERS]
        radius = radii(place) * HEIGHT * (1.0 if len(place) <= MANY else 0.7)
        return cls(place, positions(place) * np.array([WIDTH, HEIGHT]), radius, ties, partners)

    @property
    def left_out(self) -> str:
        """What is not drawn, in words; empty where everything is."""
        parts = []
        if self.ties.size < len(self.place.ties):
            parts.append(f"the {self.ties.size:,} largest of {len(self.place.ties):,} ties")
        if self.partners.size < len(self.place):
            parts.append(f"the {self.partners.size:,} largest of {len(self.place):,} partners")
        return f"Drawn are {' and '.join(parts)}." if parts else ""


def moment(log: Log, place: Place, quarter: int) -> Moment:
    """How every tie stands at the end of a quarter, from one run's log."""
    talks = log.only((log.what == What.TALK) & (log.quarter == quarter))
    trust, sharing = np.full(len(place.ties), np.nan), np.zeros(len(place.ties))
    trust[talks.tie] = 0.5 * (talks.trust.astype(np.float64) + talks.trust_of_other)
    sharing[talks.tie] = talks.sharing
    return Moment(quarter, trust, sharing)


def svg(canvas: Canvas, now: Moment) -> str:
    """The picture as one SVG element."""
    shared = now.sharing[canvas.ties] > SHARED_ENOUGH
    said = (f"{canvas.place.title} at the end of quarter {now.quarter}: mean trust {np.nanmean(now.trust):.0%}; something is "
            f"shared on {int((now.sharing > SHARED_ENOUGH).sum()):,} of {now.sharing.size:,} ties")
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        f'aria-label="{escape(said)}"><title>{escape(said)}</title>',
        *_ties(canvas, now, shared), *_partners(canvas), *_labels(canvas), "</svg>"])


def width_of(step: int) -> float:
    """Line width of a step of the ramp."""
    return 1.2 + 0.75 * step


def legend() -> str:
    """The steps of trust, as SVG."""
    lines = [f'<line x1="{10 + 26 * k}" y1="14" x2="{34 + 26 * k}" y2="14" stroke="{colour}" stroke-width="{width_of(k):.1f}"/>'
             for k, colour in enumerate(ORANGE_TO_BLUE)]
    width = 26 * len(ORANGE_TO_BLUE) + 20
    return (f'<svg viewBox="0 0 {width} 28" class="ramp" role="img" aria-label="from orange and thin for little '
            f'trust to blue and wide for much">{"".join(lines)}</svg>')


def mark(kind: Kind) -> str:
    """One kind's mark for a legend, as SVG."""
    drawn = f'<g fill="{COLOURS[kind]}">{shape(kind, 14, 15, 9.5)}</g>'
    return f'<svg viewBox="0 0 28 28" class="mark" aria-hidden="true">{drawn}</svg>'


def _ties(canvas: Canvas, now: Moment, shared: NDArray[np.bool_]) -> list[str]:
    """One path for each step of trust, ties with sharing on top."""
    place = canvas.place
    level = (np.nan_to_num(now.trust[canvas.ties], nan=0.5) - LOW) / (HIGH - LOW)
    step = np.clip((level * len(ORANGE_TO_BLUE)).astype(np.int64), 0, len(ORANGE_TO_BLUE) - 1)
    thin = max(0.5, min(1.0, 300.0 / max(1, canvas.ties.size)) ** 0.6)
    paths = []
    for drawn, opacity in ((~shared, 0.12 + 0.13 * thin), (shared, 0.7 + 0.2 * thin)):
        for k, colour in enumerate(ORANGE_TO_BLUE):
            chosen = canvas.ties[drawn & (step == k)]
            if chosen.size == 0:
                continue
            ends = zip(canvas.xy[place.ties.a[chosen]].tolist(), canvas.xy[place.ties.b[chosen]].tolist(), strict=True)
            lines = "".join(f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}" for (x1, y1), (x2, y2) in ends)
            paths.append(f'<path d="{lines}" fill="none" stroke="{colour}" stroke-width="{thin * width_of(k):.1f}" '
                         f'opacity="{opacity:.2f}" stroke-linecap="round"/>')
    return paths


def _partners(canvas: Canvas) -> list[str]:
    partners = canvas.place.partners
    marks = [f'<g stroke="{PAPER}" stroke-width="1.5">']
    for i in canvas.partners[np.argsort(-canvas.radius[canvas.partners], kind="stable")].tolist():
        kind = Kind(partners.kind[i])
        (x, y), r = canvas.xy[i].tolist(), float(canvas.radius[i])
        marks.append(f'<g fill="{COLOURS[kind]}"><title>{escape(partners.names[i])}, {kind.label}</title>'
                     f"{shape(kind, x, y, r)}</g>")
    return [*marks, "</g>"]


def _labels(canvas: Canvas) -> list[str]:
    """Names of the largest partners of all, where they do not cover each other."""
    place = canvas.place
    taken: list[tuple[float, float, float, float]] = []
    lines = [f'<g font-size="{TEXT:.0f}" fill="{INK}" stroke="{PAPER}" stroke-width="5" paint-order="stroke" '
             'stroke-linejoin="round">']
    for i in np.lexsort((-place.partners.income, place.partners.kind))[:40].tolist():
        if len(taken) == (MOST_LABELS if len(place) <= MANY else MOST_LABELS // 2):
            break
        text = _short(place.labels[i])
        width, (x, y), r = 0.53 * TEXT * len(text), canvas.xy[i].tolist(), float(canvas.radius[i])
        middle = x - width / 2
        for left, base in ((x + r + 5, y + 8), (x - r - 5 - width, y + 8), (middle, y - r - 7), (middle, y + r + 24)):
            box = (left, base - TEXT, left + width, base + 6)
            inside = left > 4 and box[2] < WIDTH - 4 and box[1] > 4 and box[3] < HEIGHT - 4
            if inside and not any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in taken):
                taken.append(box)
                lines.append(f'<text x="{left:.0f}" y="{base:.0f}">{escape(text)}</text>')
                break
    return [*lines, "</g>"]


def _short(label: str) -> str:
    if len(label) <= 26:
        return label
    words = label[:25].split()[:-1]
    while words and words[-1].casefold() in ("and", "of", "the", "&"):
        words.pop()
    return " ".join(words) + "…"
