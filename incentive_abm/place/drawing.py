"""The picture of a place: partners by shape, colour and label, ties by width; one file that loads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from incentive_abm import EXPLORATION
from incentive_abm.errors import PlaceError
from incentive_abm.files import why, write_text_whole
from incentive_abm.kinds import Kind
from incentive_abm.place.layout import ASPECT, positions, radii
from incentive_abm.place.partners_and_ties import Floats
from incentive_abm.place.place import Place

HEIGHT = 1000.0
COLOURS = {Kind.TRUST: "#0072B2", Kind.COUNCIL: "#E69F00", Kind.GP: "#009E73", Kind.VOLUNTARY: "#CC79A7"}
"""Okabe and Ito's palette, told apart under the common colour-vision deficiencies; shapes say the same."""
_SHAPES = {Kind.TRUST: "square", Kind.COUNCIL: "diamond", Kind.GP: "circle", Kind.VOLUNTARY: "triangle"}
_TEXT = 15.0
_LEGEND = 118.0


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: _Box) -> bool:
        return (self.left > other.left and self.right < other.right and self.top > other.top
                and self.bottom < other.bottom)

    def meets(self, other: _Box) -> bool:
        return (self.left < other.right and other.left < self.right and self.top < other.bottom
                and other.top < self.bottom)


def draw_map(place: Place, path: str | Path) -> None:
    """Write the picture: `.svg`, or `.html` with a table of partners below it. Raises PlaceError for other names.

    >>> from incentive_abm import shipped_place
    >>> draw_map(shipped_place(), "marlshire.png")
    Traceback (most recent call last):
    incentive_abm.errors.PlaceError: ...
    """
    target = Path(path)
    kind = target.suffix.casefold()
    if kind == ".svg":
        _write(target, svg(place))
    elif kind in (".html", ".htm"):
        _write(target, _page(place))
    else:
        raise PlaceError(f"{target}: a map is written as .svg or .html; expected a name with that ending")


def _write(target: Path, text: str) -> None:
    try:
        write_text_whole(target, text)
    except OSError as error:
        raise PlaceError(f"{error.filename or target} cannot be written: {why(error)}") from error


REACH = {Kind.TRUST: 0.89, Kind.COUNCIL: 1.25, Kind.GP: 1.0, Kind.VOLUNTARY: 1.25}
"""How far each mark reaches from its middle, in radii."""


def shape(kind: Kind, x: float, y: float, radius: float) -> str:
    """SVG of one partner's mark; all shapes of one radius have nearly the same area."""
    if _SHAPES[kind] == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    corners = {
        "square": ((-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)),
        "diamond": ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
        "triangle": ((0.0, -1.3), (1.2, 0.85), (-1.2, 0.85)),
    }[_SHAPES[kind]]
    points = " ".join(f"{x + radius * dx:.1f},{y + radius * dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}"/>'


def svg(place: Place) -> str:
    """The picture as one SVG element."""
    width = HEIGHT * ASPECT
    xy = positions(place) * np.array([width, HEIGHT])
    radius = radii(place) * HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {HEIGHT + _LEGEND:.0f}" role="img" '
        f'aria-label="{escape(_summary(place))}" font-family="system-ui, sans-serif">',
        f"<title>{escape(_summary(place))}</title>",
        f'<rect width="{width:.0f}" height="{HEIGHT + _LEGEND:.0f}" fill="#ffffff"/>',
        *_ties(place, xy), *_partners(place, xy, radius), *_labels(place, xy, radius), *_legend(place, width), "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _ties(place: Place, xy: Floats) -> list[str]:
    ties, labels = place.ties, place.labels
    strength = np.sqrt(place.weight / place.weight.max())
    busy = min(1.0, 300.0 / len(ties))
    lines = ['<g stroke="#5b6b7b" stroke-linecap="round">']
    for e in np.argsort(strength, kind="stable").tolist():
        (x1, y1), (x2, y2) = xy[ties.a[e]].tolist(), xy[ties.b[e]].tolist()
        said = (f"{labels[ties.a[e]]} and {labels[ties.b[e]]}: {ties.people[e]:,.0f} people, "
                f"£{ties.spend[e]:,.2f}m a year")
        opacity = 0.10 + 0.12 * busy + 0.4 * strength[e]
        dash = ' stroke-dasharray="4 5"' if ties.weak[e] else ""
        lines.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
                     f'stroke-width="{0.6 + 13.0 * strength[e]:.2f}" opacity="{opacity:.2f}"{dash}>'
                     f"<title>{escape(said)}</title></line>")
    return [*lines, "</g>"]


def _partners(place: Place, xy: Floats, radius: Floats) -> list[str]:
    marks = ['<g stroke="#ffffff" stroke-width="1.5">']
    p = place.partners
    for i in np.argsort(-radius, kind="stable").tolist():
        kind = Kind(p.kind[i])
        filled = " (assumed)" if p.assumed["income_m"][i] else ""
        said = f"{p.names[i]}, {kind.label}: £{p.income[i]:,.2f}m a year{filled}, {place.degree[i]} ties"
        mark = shape(kind, float(xy[i, 0]), float(xy[i, 1]), float(radius[i]))
        marks.append(f'<g fill="{COLOURS[kind]}"><title>{escape(said)}</title>{mark}</g>')
    return [*marks, "</g>"]


def _labels(place: Place, xy: Floats, radius: Floats) -> list[str]:
    """Labels where there is room, large partners first; none may cover a mark or another label."""
    reach = radius * np.array([REACH[Kind(kind)] for kind in place.partners.kind])
    taken = [_mark_box(x, y, r) for (x, y), r in zip(xy.tolist(), reach.tolist(), strict=True)]
    text = _TEXT if len(place) <= 60 else 0.85 * _TEXT
    frame = _Box(2.0, 2.0, HEIGHT * ASPECT - 2.0, HEIGHT - 2.0)
    lines = [f'<g font-size="{text:.1f}" fill="#1b1f24" stroke="#ffffff" stroke-width="3.5" paint-order="stroke" '
             'stroke-linejoin="round">']
    for i in np.lexsort((-place.partners.income, place.partners.kind)).tolist():
        label = place.labels[i]
        width, (x, y), r = 0.56 * text * len(label), xy[i].tolist(), float(reach[i]) + 4.0
        aside, centred, above = 0.8 * r, x - width / 2, r + 0.5 * text
        for left, middle in ((x + r, y), (x - r - width, y), (centred, y + above), (centred, y - above),
                             (x + aside, y + aside), (x + aside, y - aside),
                             (x - aside - width, y + aside), (x - aside - width, y - aside)):
            box = _Box(left, middle - 0.55 * text, left + width, middle + 0.55 * text)
            if box.within(frame) and not any(box.meets(other) for other in taken):
                taken.append(box)
                lines.append(f'<text x="{left:.1f}" y="{middle + 0.35 * text:.1f}">{escape(label)}</text>')
                break
    return [*lines, "</g>"]


def _mark_box(x: float, y: float, reach: float) -> _Box:
    return _Box(x - 0.85 * reach, y - 0.85 * reach, x + 0.85 * reach, y + 0.85 * reach)


def _legend(place: Place, width: float) -> list[str]:
    y = HEIGHT + 34.0
    lines = [f'<g font-size="20" fill="#1b1f24"><line x1="24" y1="{HEIGHT + 4:.0f}" x2="{width - 24:.0f}" '
             f'y2="{HEIGHT + 4:.0f}" stroke="#c7ced6"/>']
    x = 40.0
    for kind in Kind:
        count = int((place.partners.kind == kind).sum())
        if not count:
            continue
        word = f"{count} {kind.label if count == 1 else kind.plural}"
        lines.append(f'<g fill="{COLOURS[kind]}">{shape(kind, x, y, 10.0)}</g>'
                     f'<text x="{x + 22:.0f}" y="{y + 7:.0f}">{word}</text>')
        x += 70.0 + 10.4 * len(word)
    weak = " A broken line: the number of people is assumed." if bool(place.ties.weak.any()) else ""
    lines.append(f'<text x="30" y="{y + 40:.0f}" font-size="17">A wider line: more money spent on people whom both '
                 f"serve. A larger mark: more income.{weak}</text>"
                 f'<text x="30" y="{y + 64:.0f}" font-size="17">{escape(place.title)}. {EXPLORATION}</text></g>')
    return lines


def _summary(place: Place) -> str:
    return f"{place.title}: {len(place)} partners and {len(place.ties)} ties between them"


def _page(place: Place) -> str:
    p = place.partners
    rows = "\n".join(
        f"<tr><td>{escape(p.names[i])}</td><td>{Kind(p.kind[i]).label}</td><td>{p.income[i]:,.2f}"
        f"{' *' if p.assumed['income_m'][i] else ''}</td><td>{place.degree[i]}</td></tr>"
        for i in np.lexsort((-p.income, p.kind)).tolist())
    star = "<p>* filled from a default</p>" if bool(p.assumed["income_m"].any()) else ""
    return f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(place.title)}</title>
<style>body{{font:16px system-ui,sans-serif;margin:1.5rem auto;max-width:1500px;padding:0 1rem;color:#1b1f24}}
svg{{width:100%;height:auto}}table{{border-collapse:collapse}}td,th{{padding:.2rem .8rem;text-align:left;
border-bottom:1px solid #d8dee4}}td:nth-child(n+3),th:nth-child(n+3){{text-align:right}}</style></head>
<body><h1>{escape(place.title)}</h1><p>{EXPLORATION}</p>
{svg(place)}
<h2>Partners</h2><table><thead><tr><th>Partner</th><th>Kind</th><th>Income, £m a year</th><th>Ties</th></tr></thead>
<tbody>
{rows}
</tbody></table>{star}</body></html>
"""
