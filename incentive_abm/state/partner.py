"""One partner's changing state."""

from __future__ import annotations

from typing import TypeAlias

from incentive_abm.kinds import Phase
from incentive_abm.state.declared import field, group

SHARE, COUNT = (0.0, 1.0), (0.0, 255.0)
"""Ranges of numbers in the page's message: shares, and whole numbers that are cut off above."""
Three: TypeAlias = tuple[float, float, float]
Six: TypeAlias = tuple[float, float, float, float, float, float]


class PartnerState:
    """What changes about a partner within a run."""

    balance: float = field("share of income", "surplus or deficit at the quarter's end", page=(-0.15, 0.15))
    stress: float = field("share", "financial stress (0..1)", page=SHARE)
    skill: float = field("share", "leader's skill in integration (0..1)", page=SHARE)
    background: float = field("", "where the leader comes from", page=COUNT, word="background")
    tenure: float = field("quarters", "how long the leader has been there", page=COUNT)
    ownership: float = field("share", "how far the partner regards joint work as its own (0..1)", picture=True)
    pressure: float = field("pressure", "other priorities still felt", picture=True)
    practised: float = field("share", "how far it practises what policy asks for (0..1)", picture=True)
    practice: float = field("share", "proven ways of working together (0..1)", picture=True)
    aspiration: float = field("share", "joint work that it thinks it should have (0..1)", picture=True)
    routine: float = field("share", "what is left of its old routines (0..1)", picture=True)
    hosts: float = field("0 or 1", "it holds a compact that is in force", page=COUNT)
    signed: float = field("0 or 1", "a compact at its table begins this quarter", page=COUNT)
    dissolved: float = field("0 or 1", "the compact at its table ends this quarter", page=COUNT)
    gave_up: float = field("0 or 1", "it gives up the compact that it holds this quarter", picture=True)
    members: float = field("count", "partners in the compact that it holds, besides itself", page=COUNT)
    shock: float = field("pressure", "sudden other priority of this quarter", picture=True)
    new_leader: float = field("0 or 1", "a new leader this quarter", page=COUNT)
    bailed_out: float = field("0 or 1", "bailed out this quarter", page=COUNT)
    evidence: float = field("weight", "what the partner cares about: clinical evidence (the six weights sum to 1)", page=SHARE)
    targets: float = field("weight", "meeting targets", page=SHARE)
    finance: float = field("weight", "balancing the books", page=SHARE)
    person: float = field("weight", "care centred on the person", page=SHARE)
    community: float = field("weight", "the community's voice", page=SHARE)
    equity: float = field("weight", "fairness for under-served people", page=SHARE)
    anchor_evidence: float = field("weight", "what sector and regulator pull it back to: clinical evidence")
    anchor_targets: float = field("weight", "the same for targets")
    anchor_finance: float = field("weight", "the same for the books")
    anchor_person: float = field("weight", "the same for the person")
    anchor_community: float = field("weight", "the same for the community's voice")
    anchor_equity: float = field("weight", "the same for fairness")
    bailouts_seen: float = field("count", "bail-outs it has seen, its own and its neighbours'")
    deficits_seen: float = field("count", "year-end deficits of trusts it has seen")
    teaching: float = field("share", "skill in teaching others (0..1)")
    table_draw: float = field("share", "drawn once: whether it is at the table where not all voluntary partners are")
    in_deficit: float = field("0 or 1", "a trust in deficit at this year's end")
    heard_kept: float = field("promises", "what is told of promises it kept to others, since last quarter")
    heard_broken: float = field("promises", "what is told of promises it broke")
    worked: float = field("share", "joint work delivered over its ties, last quarter")
    trusting: float = field("share", "its mean trust in those it deals with, last quarter")
    shortfall: float = field("share", "how far joint work falls short of what it thinks it should have")
    carrying: float = field("quarters", "for how long it has lost by the compact that it holds")
    table_speed: float = field("factor", "how fast deals in its compact are taken up")
    demand: float = field("worth²", "how much it wanted to talk, over its ties, last quarter")
    vote: float = field("worth", "what it gains by the deals on the table", cleared=Phase.COMMITMENT)
    wants: float = field("worth²", "how much it wants to talk, over its ties", cleared=Phase.COMMITMENT)
    seats: float = field("count", "partners at its table, besides itself", cleared=Phase.COMMITMENT)
    ayes: float = field("count", "of them, those with whom it would sign", cleared=Phase.COMMITMENT)
    bound_now: float = field("count", "partners bound by its compact as the quarter begins", cleared=Phase.COMMITMENT)
    leavers: float = field("count", "of them, those with whom the deal ends by a walk-out", cleared=Phase.COMMITMENT)
    carried: float = field("worth", "what it gains by its deals in the compact", cleared=Phase.COMMITMENT)
    put_back: float = field("£m", "savings that it puts back into joint work", cleared=Phase.ACCOUNTS)
    flow: float = field("£m", "what its ties brought or cost this quarter", cleared=Phase.ACCOUNTS)
    pull_evidence: float = field("weight", "how far neighbours pull its weight on evidence", cleared=Phase.LEARNING)
    pull_targets: float = field("weight", "the same for targets", cleared=Phase.LEARNING)
    pull_finance: float = field("weight", "the same for the books", cleared=Phase.LEARNING)
    pull_person: float = field("weight", "the same for the person", cleared=Phase.LEARNING)
    pull_community: float = field("weight", "the same for the community's voice", cleared=Phase.LEARNING)
    pull_equity: float = field("weight", "the same for fairness", cleared=Phase.LEARNING)
    pull_skill: float = field("share", "skill that neighbours teach it", cleared=Phase.LEARNING)
    pull_practice: float = field("share", "ways of working that it copies from neighbours", cleared=Phase.LEARNING)
    joint_work: float = field("share", "joint work delivered over its ties", cleared=Phase.LEARNING)
    told_kept: float = field("promises", "promises it kept this quarter, by what others share with it", cleared=Phase.LEARNING)
    told_broken: float = field("promises", "promises it broke", cleared=Phase.LEARNING)
    pull_seen: float = field("share", "joint work of its neighbours, last quarter", cleared=Phase.LEARNING)
    pull_trust: float = field("share", "its trust in those it deals with", cleared=Phase.LEARNING)
    say: float = field("share", "its say over its ties", cleared=Phase.LEARNING)
    forced: float = field("share", "part of what it shares that is bound without its consent", cleared=Phase.LEARNING)
    spill: float = field("pressure", "what others' lone answers to shocks cost it", cleared=Phase.PRESSURES)
    mixed: float = field("share", "breadth of sharing over its ties", cleared=Phase.PRESSURES)
    seen_bailouts: float = field("count", "bail-outs seen at this year's end")
    seen_deficits: float = field("count", "deficits seen at this year's end")

    values: Six = group("evidence", "targets", "finance", "person", "community", "equity")
    anchors: Six = group("anchor_evidence", "anchor_targets", "anchor_finance", "anchor_person", "anchor_community",
                         "anchor_equity")
    pulls: Six = group("pull_evidence", "pull_targets", "pull_finance", "pull_person", "pull_community", "pull_equity")
