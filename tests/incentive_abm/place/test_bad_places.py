"""Every way a place can be wrong gets one clear message: where, what was expected, and the nearest right word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incentive_abm.errors import PlaceError, UserError
from incentive_abm.place import generate_place, load_place, place_from_texts

from .conftest import PARTNERS, TIES, WritePlace

P_HEAD = "id,name,kind,income_m,balance,people,staff,lat,lon\n"
SURGERY = "surgery,Ambridge PCN,gp,7.5,0,45000,,53.02,-1.1\n"


def partner(row: str) -> tuple[str, str]:
    return PARTNERS.replace(SURGERY, row + "\n"), TIES


def tie(row: str) -> tuple[str, str]:
    return PARTNERS, TIES.replace("council,surgery,44000,register", row)


def column(name: str, cell: str, table: str = "partners") -> tuple[str, str]:
    """One more column, blank but for the third row."""
    text = PARTNERS if table == "partners" else TIES
    lines = text.splitlines()
    lines[0] += f",{name}"
    lines[1:] = [line + ("," + cell if i == 2 else ",") for i, line in enumerate(lines[1:])]
    made = "\n".join(lines) + "\n"
    return (made, TIES) if table == "partners" else (PARTNERS, made)


BAD: dict[str, tuple[tuple[str | bytes, str | bytes], str]] = {
    "unknown kind": (partner("surgery,Ambridge PCN,practice,7.5,,,,,"),
                     r"partners.csv, line 4, column kind: unknown kind 'practice'; expected one of trust, council, gp"),
    "misspelt kind": (partner("surgery,Ambridge PCN,councl,7.5,,,,,"),
                      r"line 4, column kind: unknown kind 'councl' \(did you mean council\?\)"),
    "blank kind": (partner("surgery,Ambridge PCN,,7.5,,,,,"), r"line 4, column kind: is blank; expected one of trust"),
    "duplicate id": (partner("council,Ambridge PCN,gp,7.5,,,,,"),
                     r"line 4, column id: 'council' is already the id of .*partners.csv, line 3"),
    "blank id": (partner(" ,Ambridge PCN,gp,7.5,,,,,"), r"line 4, column id: is blank; expected an id"),
    "invisible character in id": (partner("sur\u200bgery,Ambridge PCN,gp,7.5,,,,,"),
                                  r"line 4, column id: 'sur\\u200bgery' holds an invisible character"),
    "endless id": (partner("s" * 300 + ",Ambridge PCN,gp,7.5,,,,,"), r"line 4, column id: is 300 characters long"),
    "negative income": (partner("surgery,Ambridge PCN,gp,-7.5,,,,,"),
                        r"line 4, column income_m: -7.5 is too small; expected a number more than 0 \(£m a year\)"),
    "zero income": (partner("surgery,Ambridge PCN,gp,0,,,,,"),
                    r"column income_m: 0 is too small; .* or blank where unk"),
    "income in words": (partner("surgery,Ambridge PCN,gp,seven,,,,,"),
                        r"column income_m: 'seven' is not a number; expect"),
    "income with a sign": (partner("surgery,Ambridge PCN,gp,£7.5,,,,,"),
                           r"column income_m: '£7.5' is not a number; .*\(write 7.5\)"),
    "income with a comma": (partner('surgery,Ambridge PCN,gp,"1,750",,,,,'),
                            r"'1,750' is not a number.*\(write 1.75 if the comma is a decimal one, 1750 if it parts thousands\)"),
    "income with a decimal comma": (partner('surgery,Ambridge PCN,gp,"400,5",,,,,'),
                                    r"\(write 400.5 if the comma is a decimal one, 4005 if it parts thousands\)"),
    "income with both signs": (partner('surgery,Ambridge PCN,gp,"1.400,5",,,,,'), r"'1.400,5' is not a number.*\(write 1400.5\)"),
    "income with three groups": (partner('surgery,Ambridge PCN,gp,"1,400,500",,,,,'), r"\(write 1400500\)"),
    "income is nan": (partner("surgery,Ambridge PCN,gp,nan,,,,,"), r"column income_m: 'nan' is not a number"),
    "income is infinite": (partner("surgery,Ambridge PCN,gp,inf,,,,,"), r"column income_m: 'inf' is not a number"),
    "income overflows": (partner("surgery,Ambridge PCN,gp,1e999,,,,,"),
                         r"column income_m: 1e999 is not a finite number"),
    "income in pounds": (partner("surgery,Ambridge PCN,gp,7500000,,,,,"),
                         r"column income_m: 7500000 is too large; .*is it in pounds instead of £m\?"),
    "balance above all income": (partner("surgery,Ambridge PCN,gp,7.5,-3,,,,"),
                                 r"column balance: -3 is too small; expected a number from -1 to 1 \(share of a year"),
    "balance in per cent": (partner("surgery,Ambridge PCN,gp,7.5,-3%,,,,"),
                            r"column balance: '-3%' is not a number.*\(write -0.03\)"),
    "negative people": (partner("surgery,Ambridge PCN,gp,7.5,,-1,,,"), r"column people: -1 is too small"),
    "negative staff": (partner("surgery,Ambridge PCN,gp,7.5,,,-4,,"), r"column staff: -4 is too small"),
    "latitude off the earth": (partner("surgery,Ambridge PCN,gp,7.5,,,,153,-1"),
                               r"column lat: 153 is too large; expected a number from -90 to 90"),
    "longitude off the earth": (partner("surgery,Ambridge PCN,gp,7.5,,,,53,-181"), r"column lon: -181 is too small"),
    "latitude alone": (partner("surgery,Ambridge PCN,gp,7.5,,,,53,"),
                       r"line 4, column lon: is blank although lat is given; expected both or neither"),
    "reach above one": (column("reach", "1.2"),
                        r"line 4, column reach: 1.2 is too large; expected a number from 0 to 1"),
    "skill below zero": (column("skill", "-0.1"), r"line 4, column skill: -0.1 is too small"),
    "row too short": (partner("surgery,Ambridge PCN,gp,7.5"), r"partners.csv, line 4: has 4 cells; expected 9"),
    "row too long": (partner("surgery,Ambridge, PCN,gp,7.5,,,,,"), r"line 4: has 10 cells; expected 9.*double quotes"),
    "unclosed quote": (partner('surgery,"Ambridge PCN,gp,7.5,,,,,'), r"partners.csv, line 4: not readable as CSV"),
    "text after a quote": (partner('surgery,"Ambridge" PCN,gp,7.5,,,,,'), r"line 4: not readable as CSV"),
    "cell without end": (partner("surgery," + "x" * 200_000 + ",gp,7.5,,,,,"),
                         r"line 4: not readable as CSV \(field larger"),
    "unknown column": (column("ballance", "0.1"), r"line 1: unknown column 'ballance' \(did you mean balance\?\)"),
    "column in capitals": ((PARTNERS.replace("kind", "Kind", 1), TIES),
                           r"line 1: unknown column 'Kind' \(did you mean kin"),
    "missing column": ((PARTNERS.replace("kind", "kind_note", 1), TIES),
                       r"line 1: the column 'kind' is missing; found id,"),
    "column twice": ((PARTNERS.replace("staff", "people", 1), TIES), r"line 1: the column 'people' stands twice"),
    "column without a name": ((PARTNERS.replace(",lat,", ",,", 1), TIES), r"line 1: column 8 has no name"),
    "semicolons": ((PARTNERS.replace(",", ";"), TIES), r"line 1: columns are separated by semicolons; expected commas"),
    "tabs": ((PARTNERS, TIES.replace(",", "\t")), r"ties.csv, line 1: columns are separated by tabs; expected commas"),
    "empty file": (("", TIES), r"partners.csv is empty; expected a line of column names"),
    "blank lines only": ((PARTNERS, "\n \n"), r"ties.csv is empty"),
    "heading only": ((P_HEAD, TIES), r"partners.csv has column names and no rows"),
    "no ties": ((PARTNERS, TIES.splitlines()[0] + "\n"), r"ties.csv has column names and no rows"),
    "Latin-1": ((PARTNERS.replace("Ambridge", "Señor").encode("latin-1"), TIES),
                r"partners.csv, line 4: byte \d+ of the file \(0xf1\) is not UTF-8 text; save it as 'CSV UTF-8'"),
    "UTF-16": ((PARTNERS.encode("utf-16"), TIES), r"partners.csv, line 1: is UTF-16 text; expected UTF-8"),
    "NUL byte": ((PARTNERS, TIES.replace("30000", "30\0000")), r"ties.csv, line 3: holds a NUL byte"),
    "one lone partner": ((P_HEAD + SURGERY, TIES),
                         r"partners.csv, line 2: 'surgery' is the only partner; expected at least"),
    "unknown partner": (tie("counsil,surgery,44000,register"),
                        r"ties.csv, line 4, column source: 'counsil' is not the id of a partner \(did you mean counc"),
    "unknown target": (tie("council,bakery,44000,register"),
                       r"line 4, column target: 'bakery' is not the id of a partner"),
    "blank end": (tie("council,,44000,register"), r"line 4, column target: is blank; expected the id of a partner"),
    "self-tie": (tie("council,council,44000,register"),
                 r"ties.csv, line 4, column target: 'council' is tied to itself"),
    "duplicate tie": (tie("hospital,council,44000,register"),
                      r"line 4: the tie between 'council' and 'hospital' is already"),
    "duplicate tie reversed": (tie("council,hospital,1,x"),
                               r"line 4: the tie .* is already given at .*ties.csv, line 2"),
    "nobody served": (tie("council,surgery,0,register"), r"ties.csv, line 4, column people: 0 is too small"),
    "people in words": (tie("council,surgery,many,register"), r"line 4, column people: 'many' is not a number"),
    "negative spend": (column("spend_m", "-1", "ties"), r"ties.csv, line 4, column spend_m: -1 is too small"),
    "zero spend": (column("spend_m", "0", "ties"), r"ties.csv, line 4, column spend_m: 0 is too small"),
    "trust above one": (column("trust", "1.5", "ties"), r"ties.csv, line 4, column trust: 1.5 is too large"),
    "identity below zero": (column("identity", "-1", "ties"), r"line 4, column identity: -1 is too small"),
    "information in words": (column("information", "good", "ties"), r"column information: 'good' is not a number"),
    "unknown tie column": (column("peopel", "3", "ties"),
                           r"ties.csv, line 1: unknown column 'peopel' \(did you mean people"),
    "missing tie column": ((PARTNERS, TIES.replace("target", "target_note", 1)),
                           r"line 1: the column 'target' is missing"),
}


@pytest.mark.parametrize(("files", "message"), BAD.values(), ids=BAD.keys())
def test_a_bad_place_gets_one_clear_message(
    files: tuple[str | bytes, str | bytes], message: str, write_place: WritePlace
) -> None:
    folder = write_place(*files)
    with pytest.raises(PlaceError) as refused:
        load_place(folder)
    said = str(refused.value)
    told = [line for line in said.splitlines() if re.search(message, line)]
    assert len(told) == 1, said
    assert str(folder) in told[0], "the message names the file as the user gave it"


@pytest.mark.parametrize(("files", "message"), BAD.values(), ids=BAD.keys())
def test_files_dropped_on_a_page_get_the_same_message(
    files: tuple[str | bytes, str | bytes], message: str
) -> None:
    partners, ties = (content.encode() if isinstance(content, str) else content for content in files)
    with pytest.raises(UserError, match=message):
        place_from_texts("dropped", partners, ties)


def test_lines_are_counted_as_an_editor_counts_them(write_place: WritePlace) -> None:
    quoted = PARTNERS.replace("Borchester Council", '"Borchester\nCouncil"') + "\n\nlast,Last,trust,-1,,,,,\n"
    with pytest.raises(PlaceError, match="line 9, column income_m"):
        load_place(write_place(quoted))


def test_a_missing_folder_names_its_nearest_sibling(write_place: WritePlace) -> None:
    folder = write_place()
    with pytest.raises(PlaceError, match=r"there is no folder .*borsetshir \(did you mean borsetshire\?\)"):
        load_place(folder.parent / "borsetshir")


def test_a_missing_file_names_its_nearest_sibling(write_place: WritePlace) -> None:
    folder = write_place()
    (folder / "ties.csv").rename(folder / "tie.csv")
    with pytest.raises(PlaceError, match=r"borsetshire has no ties.csv \(did you mean tie.csv\?\)"):
        load_place(folder)


def test_a_file_where_a_folder_is_expected(write_place: WritePlace) -> None:
    with pytest.raises(PlaceError, match=r"partners.csv is a file; expected the folder that holds partners.csv"):
        load_place(write_place() / "partners.csv")


def test_a_file_of_gigabytes_is_not_read(write_place: WritePlace) -> None:
    folder = write_place()
    with (folder / "ties.csv").open("r+b") as file:
        file.truncate(2**33)  # sparse: takes no room on the disk
    with pytest.raises(PlaceError, match=r"ties.csv is too large: 8192 MiB; expected at most 256 MiB"):
        load_place(folder)


@pytest.mark.parametrize(("assumptions", "message"), [
    ({"gp_incom_per_person": 150.0}, r"'gp_incom_per_person' is not a default .*did you mean gp_income_per_person"),
    ({"gp_income_per_person": -1.0}, r"gp_income_per_person is -1; expected a number from"),
])
def test_a_bad_assumption_is_refused(assumptions: dict[str, float], message: str, write_place: WritePlace) -> None:
    with pytest.raises(UserError, match=message):
        load_place(write_place(), assumptions)


@pytest.mark.parametrize(("mix", "message"), [
    ({"trusts": 1, "councils": 0, "gps": 0, "voluntary": 0}, "1 partners make no place"),
    ({"trusts": -1}, "hospital trusts is -1; expected a whole number"),
    ({"gps": 2.5}, "GP networks is 2.5; expected a whole number"),
    ({"ties": 3}, "ties is 3; this mix of partners makes from"),
    ({"ties": 10**6}, "ties is 1000000; this mix of partners makes from"),
    ({"seed": -1}, "seed is -1; expected a whole number"),
])
def test_an_impossible_mix_is_refused(mix: dict[str, object], message: str) -> None:
    with pytest.raises(PlaceError, match=message):
        generate_place(**{"seed": 1, **mix})  # type: ignore[arg-type]


def test_nothing_is_written_by_reading(write_place: WritePlace) -> None:
    folder = write_place(*partner("surgery,Ambridge PCN,practice,7.5,,,,,"))
    before = sorted(path.name for path in Path(folder).iterdir())
    with pytest.raises(PlaceError):
        load_place(folder)
    assert sorted(path.name for path in Path(folder).iterdir()) == before


def test_all_faults_of_both_files_are_told_at_once_in_the_order_of_the_files(write_place: WritePlace) -> None:
    partners = (P_HEAD.replace("balance", "ballance") + 'a,A,trust,"1,526.6",,,,,\nb,B,hospital,-1,,,,53,\n'
                'c,C,gp,"7,500.2",,,,,\nc,C again,gp,1,,,,,\nd,D,gp\n')
    ties = "source,target,people\na,b,many\na,x,5\nb,b,5\nd,a,3\n"
    folder = write_place(partners, ties)
    with pytest.raises(PlaceError) as refused:
        load_place(folder)
    told = str(refused.value).splitlines()
    assert told[0] == "10 faults, none of which changed anything:"
    for line, message in zip(told[1:], (
        r"partners.csv, line 1: unknown column 'ballance' \(did you mean balance",
        r"line 2, column income_m: '1,526.6' is not .*: it has a thousands separator; .*\(write 1526.6\) – the same at line 4$",
        r"partners.csv, line 3, column kind: unknown kind 'hospital'",
        r"partners.csv, line 3, column income_m: -1 is too small",
        r"partners.csv, line 3, column lon: is blank although lat is given",
        r"partners.csv, line 5, column id: 'c' is already the id of",
        r"partners.csv, line 6: has 3 cells; expected 9",
        r"ties.csv, line 2, column people: 'many' is not a number",
        r"ties.csv, line 3, column target: 'x' is not the id of a partner",
        r"ties.csv, line 4, column target: 'b' is tied to itself",
    ), strict=True):
        assert re.search(message, line), line


def test_an_unreadable_file_hides_no_fault_of_the_other(write_place: WritePlace) -> None:
    folder = write_place(PARTNERS.encode("utf-16"), TIES.replace("30000", "few"))
    with pytest.raises(PlaceError, match=r"(?s)partners.csv, line 1: is UTF-16.*ties.csv, line 3, column people: 'few'"):
        load_place(folder)
    for name in ("partners.csv", "ties.csv"):
        (folder / name).unlink()
    with pytest.raises(PlaceError, match=r"(?s)has no partners.csv.*has no ties.csv"):
        load_place(folder)


@pytest.mark.parametrize("name", ["name", "income_m", "balance", "people", "staff"])
def test_a_column_that_may_be_blank_may_be_missing(name: str, write_place: WritePlace) -> None:
    def without(text: str) -> str:
        heading, *rows = (line.split(",") for line in text.splitlines())
        at = heading.index(name)
        return "\n".join(",".join(row[:at] + row[at + 1:]) for row in (heading, *rows)) + "\n"

    def blank(text: str) -> str:
        heading, *rows = (line.split(",") for line in text.splitlines())
        at = heading.index(name)
        return "\n".join(",".join(row) for row in (heading, *([*row[:at], "", *row[at + 1:]] for row in rows))) + "\n"

    ties = (without(TIES), blank(TIES)) if name == "people" else (TIES, TIES)
    missing, empty = (load_place(write_place(make(PARTNERS), table, name=made)) for make, table, made in
                      ((without, ties[0], "missing"), (blank, ties[1], "empty")))
    assert missing.hash == empty.hash
    assert missing.partners.names == empty.partners.names
