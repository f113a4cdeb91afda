"""Text in columns as Excel, LibreOffice, R, pandas, SQL tools and people write it."""

from __future__ import annotations

import io

import pandas as pd

from .case import COUNCIL, HOSPITALS, INCOMES, KINDS, NEIGHBOURS, NO_PEOPLE, PEOPLE, SURGERY, Case

NAMES = (HOSPITALS, COUNCIL, SURGERY, NEIGHBOURS)
OURS = "id,name,kind,income_m\n" + "".join(f"{key},{name},{KINDS[name]},{INCOMES[name]:g}\n" for key,
                                           name in zip("hcsn", NAMES, strict=True))
OUR_TIES = "source,target,people\nh,c,250000\ns,h,30000\nc,s,44000\nn,c,800\n"
FIELD = (
    "Organisation;Type;Income (£000s)\n"
    f"{HOSPITALS};NHS foundation trust;1.526.600,0\n{COUNCIL};Local authority;160.000,0\n"
    f"{SURGERY};GP practice;7.500,0\n{NEIGHBOURS};VCSE;400,0\n"
)
FIELD_TIES = (
    f"From;To;Patients in "
    f"common\n{HOSPITALS};{COUNCIL};250.000\n{SURGERY};{HOSPITALS};30.000\n{COUNCIL};{SURGERY};44.000\n{NEIGHBOURS};{COUNCIL};800\n"
)


def both(partners: str | bytes, ties: str | bytes = OUR_TIES, encoding: str = "utf-8") -> dict[str, bytes]:
    """Two files of text."""
    return {name: words.encode(encoding) if isinstance(words, str) else words
            for name, words in (("partners.csv", partners), ("ties.csv", ties))}


def named(partners: str, people: str = "people", numbers: tuple[str, ...] = ("250000", "30000", "44000", "800"),
          by: str = ",") -> dict[str, bytes]:
    """Partners as they are, and ties between names."""
    rows = [by.join((a, b, number)) for (a, b), number in zip(PEOPLE, numbers, strict=True)]
    return both(partners, "\n".join([by.join(("source", "target", people)), *rows]) + "\n")


def column(heading: str, cells: tuple[str, str, str, str], by: str = ";") -> dict[str, bytes]:
    """Partners with an income as it is written."""
    rows = [by.join((key, name, KINDS[name], cell)) for key, name, cell in zip("hcsn", NAMES, cells, strict=True)]
    return both("\n".join([by.join(("id", "name", "kind", heading)), *rows]) + "\n")


def kinds(words: tuple[str, str, str, str]) -> dict[str, bytes]:
    """Partners whose kind is given in other words."""
    rows = "".join(f"{key},{name},{word},{INCOMES[name]:g}\n" for key, name, word in zip("hcsn", NAMES, words, strict=True))
    return both("id,name,Organisation Type,income_m\n" + rows)


def frame() -> pd.DataFrame:
    return pd.DataFrame({"Code": list("hcsn"), "Provider Name": NAMES,
                         "Category": ["Acute trust", "Council", "Primary Care Network", "Charity"],
                         "Turnover (£)": [1526600000, 160000000, 7500000, 400000]})


def pandas_indexed() -> bytes:
    out = io.StringIO()
    frame().to_csv(out)
    return out.getvalue().encode()


SEMICOLONS = both(FIELD, FIELD_TIES)
TITLE = "Partners of the place;;\nPrinted 3 March 2024;;\n;;\n"

TABLES = [
    Case("our own files", both(OURS)),
    Case("our own files with windows line ends and a mark",
         both(("\ufeff" + OURS).replace("\n", "\r\n"), OUR_TIES.replace("\n", "\r\n"))),
    Case("our own files with old mac line ends", both(OURS.replace("\n", "\r"), OUR_TIES)),
    Case("semicolons, decimal commas, field words, windows-1252", both(FIELD, FIELD_TIES, "cp1252"),
         said=("Windows-1252", "decimal commas", "units of £1,000", "kind 'VCSE' is voluntary")),
    Case("the same in utf-8", SEMICOLONS),
    Case("the same in utf-16 as excel's unicode text", both(FIELD.replace(";", "\t"), FIELD_TIES.replace(";", "\t"), "utf-16"),
         said=("tabs", "UTF-16")),
    Case("utf-16 without a mark, as sql server writes it", both(FIELD, FIELD_TIES, "utf-16-le"), said=("UTF-16 without a mark",)),
    Case("utf-16 the other way round, with a mark", both(b"\xfe\xff" + FIELD.encode("utf-16-be"), FIELD_TIES)),
    Case("excel's sep line", both("sep=;\n" + FIELD, FIELD_TIES)),
    Case("title and date above the headings, a total and a source below",
         both(TITLE + FIELD + "Total;;1694500,0\n;;\nSource: finance team;;\n", FIELD_TIES),
         said=("above the headings", "a row of totals", "a remark below the rows")),
    Case("bars", both(OURS.replace(",", "|")), said=("bars",)),
    Case("tabs in a .tsv", {"a.tsv": OURS.replace(",", "\t").encode(), "b.tsv": OUR_TIES.replace(",", "\t").encode()}),
    Case("headings in capitals",
         both(OURS.replace("id,name,kind,income_m", "ID,NAME,KIND,INCOME_M"),
              OUR_TIES.replace("source,target,people", "SOURCE,TARGET,PEOPLE")),
         maps=("unit:INCOME_M=£m",), said=("'ID' is id",)),
    Case("pandas with its index column", both(pandas_indexed()), said=("Turnover (£)", "kind 'Acute trust' is trust")),
    Case("r's write.csv with row names and quotes", both('"","id","name","kind","income_m"\n' + "".join(
        f'"{k}","{key}","{name}","{KINDS[name]}",{INCOMES[name]:g}\n' for k,
        (key, name) in enumerate(zip("hcsn", NAMES, strict=True), 1)))),
    Case("blank rows and spaces around everything", both(OURS.replace(",", " , ").replace("\n", "\n\n"))),
    Case("blank columns to the right, as excel leaves them", both(OURS.replace("\n", ",,,\n"))),
    Case("thousands with a comma, proven by a decimal point",
         column("Income (£000s)", ("1,526,600.0", "160,000", "7,500", "400.0")), said=("signs between thousands",)),
    Case("thousands with spaces", column("Income (£000s)", ("1 526 600", "160 000", "7\u202f500", "400"))),
    Case("thousands with apostrophes", column("Income (£)", ("1'526'600'000", "160'000'000", "7'500'000", "400'000"))),
    Case("pounds and multiples in the cells", column("Income", ("£1,526.6m", "£160m", "£7.5 million", "£400k")),
         said=("of their own",)),
    Case("pounds in the cells and no multiples", column("Income", ("£1,526,600,000", "£160,000,000", "£7,500,000", "£400,000"))),
    Case("billions", column("Turnover (£bn)", ("1.5266", "0.16", "0.0075", "0.0004"))),
    Case("income in thousands by the heading's end", column("income_thousands", ("1526600", "160000", "7500", "400"))),
    Case("units in words", column("Income, £ thousands", ("1526600", "160000", "7500", "400"))),
    Case("units with an apostrophe", column("Income £'000", ("1526600", "160000", "7500", "400"))),
    Case("a unit that only a person knows", column("Income", ("1526.6", "160", "7.5", "0.4")), maps=("unit:Income=£m",)),
    Case("a comma that only a person knows to part thousands", column("Income (£000s)", ("1526600", "160,000", "7,500", "400")),
         maps=("number:Income (£000s)=thousands",), said=("signs between thousands",)),
    Case("a comma that only a person knows to be the decimal one", column("Income (£m)", ("1,526", "160,000", "7,500", "4")),
         maps=("number:Income (£m)=decimal",), incomes=dict(zip(NAMES, (1.526, 160.0, 7.5, 4.0), strict=True)),
         said=("decimal commas",)),
    Case("a point that only a person knows to part thousands", column("Income (£000s)", ("1526600", "160.000", "7.500", "400")),
         maps=("number:Income (£000s)=thousands",), said=("signs between thousands",)),
    Case("a decimal comma, proven by one figure", column("income_m", ("1526,6", "160,000", "7,500", "0,400")),
         said=("decimal commas",)),
    Case("thousands of people, since people are whole",
         {**both(OURS), "ties.csv": OUR_TIES.replace("250000", '"250,000"').replace("44000", '"44,000"').encode()}),
    Case("the old way to write figures below nothing", both(
        "name,kind,income_m,Surplus (£m)\n" + f"{HOSPITALS},trust,1526.6,(15.266)\n{COUNCIL},council,160,\n{SURGERY},gp,7.5,-\n{NEIGHBOURS},charity,0.4,0.1\n",
        named("")["ties.csv"]), balances={HOSPITALS: -0.01, NEIGHBOURS: 0.25}, said=("below nothing", "share of income")),
    Case("balances in percent by the cells", both(
        "name,kind,income_m,balance\n" + f"{HOSPITALS},trust,1526.6,−1.5%\n{COUNCIL},council,160,0.0%\n{SURGERY},gp,7.5,12.5%\n{NEIGHBOURS},charity,0.4,N/A\n",
        named("")["ties.csv"]), balances={HOSPITALS: -0.015, SURGERY: 0.125},
         said=("percentages became shares", "'N/A' was read as blank")),
    Case("balances in percent by the heading", both(
        "name,kind,income_m,Surplus/deficit (%)\n" + f"{HOSPITALS},trust,1526.6,-1.5\n{COUNCIL},council,160,0\n{SURGERY},gp,7.5,12.5\n{NEIGHBOURS},charity,0.4,..\n",
        named("")["ties.csv"]), balances={HOSPITALS: -0.015, SURGERY: 0.125}),
    Case("every way to say that nothing is known", {**both(
        "name,kind,income_m,people,staff,lat\n" + f"{HOSPITALS},trust,1526.6,*,#N/A,#REF!\n{COUNCIL},council,160,-,n/a,#DIV/0!\n"
        f"{SURGERY},gp,7.5,TBC,NULL,–\n{NEIGHBOURS},charity,0.4,[c],?,..\n", named("")["ties.csv"])},
         said=("#REF! is a spreadsheet's mistake",)),
    Case("kinds of the nhs", kinds(("Acute Trust", "Unitary Authority", "PCN", "Hospice"))),
    Case("kinds with abbreviations",
         kinds(("NHS Foundation Trust (FT)", "Local Authority (LA)", "Primary Care Networks", "VCSE organisation")),
         maps=("kind:VCSE organisation=voluntary",), said=("as you said",)),
    Case("kinds in the plural and in capitals", kinds(("HOSPITALS", "COUNCILS", "GP PRACTICES", "CHARITIES"))),
    Case("kinds with no kind of their own", kinds(("ICB", "Police", "Pharmacy", "Care home")),
         said=("icb is no kind of the model's", "police is no kind", "pharmacy is no kind", "care home is no kind")),
    Case("a housing association", kinds(("trust", "council", "gp", "Housing Association")), said=("lives on rents",)),
    Case("kinds read from names, as asked", both("name\n" + "\n".join((*NAMES[:3], "Kind Neighbours Hospice")) + "\n",
         named("", numbers=("250000", "30000", "44000", "800"))["ties.csv"].replace(b"Kind Neighbours",
                                                                                    b"Kind Neighbours Hospice")),
         options={"kinds_from_names": True},
         kinds={**{name: KINDS[name] for name in NAMES[:3]}, "Kind Neighbours Hospice": "voluntary"}, incomes=None,
         people={tuple("Kind Neighbours Hospice" if each == NEIGHBOURS else each for each in ends): count for ends,
                 count in PEOPLE.items()},  # type: ignore[misc]
         said=("kinds read from names",)),
    Case("headings of one's own", named(OURS.replace("id,name,kind", "id,Wer,Was")), maps=("column:Wer=name", "column:Was=kind"),
         said=("as you said",)),
    Case("codes that lost their zeros", both(
        "ods code,name,kind,income_m\n" + "".join(f"{key},{name},{KINDS[name]},{INCOMES[name]:g}\n" for key,
                                                  name in zip(("007", "0012", "013", "14"), NAMES, strict=True)),
        "source,target,people\n7,12,250000\n13.0,7,30000\n12,13,44000\n14,12,800\n"), said=("whose id a spreadsheet changed",)),
    Case("codes with a power of ten", both(
        "code,name,kind,income_m\n" + "".join(f"{key},{name},{KINDS[name]},{INCOMES[name]:g}\n" for key,
                                              name in zip(("8E12", "R1H", "F84", "100"), NAMES, strict=True)),
        "source,target,people\n8.00E+12,R1H,250000\nf84,8E12,30000\nR1H,F84,44000\n100,R1H,800\n"),
         said=("whose id a spreadsheet changed", "in other capitals")),
    Case("names written a little otherwise in the ties", both(OURS, "source,target,people\nBORSET HOSPITALS,Borset "
                                                                    "council,250000\nElm Surgery,h,30000\n"
         "borset  council,elm surgery,44000\nkind neighbours,c,800\n"), said=("without the legal form",)),
    Case("a name that a person must match", both(OURS, OUR_TIES.replace("n,c", "the neighbours,c")),
         maps=("partner:the neighbours=n",), said=("is taken as n, as you said",)),
    Case("both directions with the same figure", both(OURS, OUR_TIES + "c,h,250000\n"), said=("they are the same",)),
    Case("both directions, the larger counts", both(OURS, OUR_TIES.replace("h,c,250000", "h,c,150000") + "c,h,250000\n"),
         said=("the larger counts",)),
    Case("both directions, added up", both(OURS, OUR_TIES.replace("h,c,250000", "h,c,150000") + "c,h,100000\n"),
         options={"twice": "added"}, said=("added up",)),
    Case("parallel ties and a tie of a partner with itself", both(OURS, OUR_TIES + "h,c,10\nh,h,99\n"),
         said=("with itself", "one tie")),
    Case("a partner without ties and two groups",
         both(OURS + "x,Lone Charity,charity,1\n", "source,target,people\nh,c,250000\nn,s,7\n"),
         kinds={**KINDS, "Lone Charity": "voluntary"}, incomes={**INCOMES, "Lone Charity": 1.0},
         people={(HOSPITALS, COUNCIL): 250_000.0, (NEIGHBOURS, SURGERY): 7.0},
         said=("partner has no tie", "groups that no tie joins")),
    Case("the same partner told of twice", both(OURS + OURS.splitlines()[1] + "\n"), said=("told of twice",)),
    Case("one file for each kind",
         {"a.csv": "\n".join(OURS.splitlines()[:3]).encode(),
          "b.csv": "\n".join([OURS.splitlines()[0], *OURS.splitlines()[3:]]).encode(),
                                    "c.csv": OUR_TIES.encode()}),
    Case("ties alone, with kinds as a person says", {"ties.csv": named("")["ties.csv"]},
         maps=tuple(f"kind:{name}={kind}" for name, kind in KINDS.items()), incomes=None,
         said=("no table tells of partners",)),
    Case("a partner left out, and its ties with it", both(OURS + "x,Dorset ICB,Integrated Care Board,9\n", OUR_TIES + "x,h,5\n"),
         maps=("kind:Dorset ICB=leave-out",),
         said=("left out, as you said", "ties with partners that were left out")),
    Case("quoted cells with line breaks and commas", both('id,name,kind,income_m,notes\n' + "".join(
        f'{key},"{name}",{KINDS[name]},{INCOMES[name]:g},"first, then\nsecond"\n' for key,
        name in zip("hcsn", NAMES, strict=True)))),
    Case("short rows, as some tools leave out blanks at the end", both("id,name,kind,income_m,staff\n" + "".join(
        f"{key},{name},{KINDS[name]},{INCOMES[name]:g}\n" for key, name in zip("hcsn", NAMES, strict=True))),
         said=("too few cells",)),
    Case("columns that the model does not read",
         both(OURS.replace("id,", "Postcode,id,").replace("\nh,", "\nAB1,h,").replace("\nc,", "\nAB1,c,").replace("\ns,",
                                                                                                                  "\nAB1,s,").replace("\nn,", "\nAB1,n,")),
         said=("'Postcode', which the model does not read",)),
    Case("headings of a database", {"p.csv": OURS.replace("id,name,kind,income_m", "OrgCode,OrganisationName,OrganisationType,income_m").encode(),
                                    "t.csv": OUR_TIES.replace("source,target", "org1,org2").encode()}, said=("'org1' is source",)),
    Case("gephi's exported tables", {
        "nodes.csv": ("Id,Label,timeset,kind,income_m,modularity_class\n" + "".join(f"{key},{name},,{KINDS[name]},{INCOMES[name]:g},0\n" for key, name in zip("hcsn", NAMES, strict=True))).encode(),
        "edges.csv": b"Source,Target,Type,Id,Label,timeset,Weight,people\nh,c,Undirected,0,,,1.0,250000\ns,h,Undirected,1,,,1.0,30000\nc,s,Undirected,2,,,1.0,44000\nn,c,Undirected,3,,,1.0,800\n"},
        said=("'Label' is name", "which is 1 throughout")),
    Case("kumu's sheets", {
        "elements.csv": ("Label,Type,Description,Tags,Income (£m)\n" + "".join(f"{name},{KINDS[name]},,a|b,{INCOMES[name]:g}\n" for name in NAMES)).encode(),
        "connections.csv": ("From,To,Direction,Type,Patients\n" + "".join(f"{a},{b},undirected,,{count:g}\n" for (a, b),
                                                                          count in PEOPLE.items())).encode()}),
    Case("cytoscape's node and edge tables", {
        "node.csv": ('"SUID","shared name","name","selected","kind","income_m"\n' + "".join(f'"{k}","{name}","{name}","false","{KINDS[name]}","{INCOMES[name]:g}"\n' for k, name in enumerate(NAMES, 60))).encode(),
        "edge.csv": ("source,target,interaction,people\n" + "".join(f"{a},{b},pp,{count:g}\n" for (a, b),
                                                                    count in PEOPLE.items())).encode()}),
    Case("an edge list of numbers with partners beside it", {
        "partners.csv": ("id,name,kind,income_m\n" + "".join(f"{k},{name},{KINDS[name]},{INCOMES[name]:g}\n" for k,
                                                             name in enumerate(NAMES))).encode(),
        "net.edgelist": b"0 1\n2 0\n1 2\n3 1\n"}, people=NO_PEOPLE),
]
