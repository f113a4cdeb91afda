"""Small places that tests write, and the real ones where they are present."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_abm.place import Place, load_place

REAL = Path(__file__).parents[4] / "shared" / "data"

PARTNERS = """id,name,kind,income_m,balance,people,staff,lat,lon
hospital,St Elsewhere NHS Trust,trust,400,-0.03,300000,5000,53.0,-1.0
council,Borchester Council,council,160,0.01,280000,,53.05,-1.02
surgery,Ambridge PCN,gp,7.5,0,45000,,53.02,-1.1
charity,Kind Neighbours,voluntary,0.4,0.02,900,,53.01,-1.01
"""
TIES = """source,target,people,basis
hospital,council,250000,catchment
surgery,hospital,30000,catchment
council,surgery,44000,register
charity,council,800,assumed: a guess
"""

WritePlace = Callable[..., Path]


@pytest.fixture
def write_place(tmp_path: Path) -> WritePlace:
    """Write a folder with two CSV files; text or bytes, by default of four partners and four ties."""

    def write(partners: str | bytes = PARTNERS, ties: str | bytes = TIES, name: str = "borsetshire") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for file, content in (("partners.csv", partners), ("ties.csv", ties)):
            (folder / file).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write


@pytest.fixture
def borsetshire(write_place: WritePlace) -> Place:
    """Four partners and four ties, everything known but reach and spend."""
    return load_place(write_place())


@pytest.fixture(params=["north-east-london", "england"])
def real_folder(request: pytest.FixtureRequest) -> Path:
    """A folder of real data, which is never part of the project."""
    folder = REAL / str(request.param)
    if not folder.is_dir():
        pytest.skip(f"no real data at ../shared/data/{request.param}")
    return folder
