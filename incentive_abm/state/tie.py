"""A tie's changing state: what both sides have in common, and what each side holds."""

from __future__ import annotations

from incentive_abm.state.declared import field, group
from incentive_abm.state.partner import COUNT, SHARE, Three


class TieState:
    """What both sides of a tie have in common."""

    identity: float = field("share", "'we' rather than 'us and them' (0..1)", page=SHARE)
    information: float = field("share", "how much each knows of the other (0..1)", page=SHARE)
    stereotype: float = field("share", "caricature of the other's values (0..1)", picture=True)
    scope_money: float = field("share", "sharing of money in place (0..1)", page=SHARE)
    scope_staff: float = field("share", "sharing of staff in place (0..1)", page=SHARE)
    scope_information: float = field("share", "sharing of information in place (0..1)", page=SHARE)
    agreed_money: float = field("share", "sharing of money agreed (0..1)", picture=True)
    agreed_staff: float = field("share", "sharing of staff agreed (0..1)", picture=True)
    agreed_information: float = field("share", "sharing of information agreed (0..1)", picture=True)
    payment: float = field("worth", "what a pays b for full sharing; negative = b pays a", picture=True)
    age: float = field("quarters", "how long the deal has been in force; 0 = none", page=COUNT)
    talk: float = field("", "how the quarter's talks ended", page=COUNT, word="talk")
    rounds: float = field("count", "rounds of talks", picture=True)
    walked_out: float = field("number", "0 nobody, 1 side a, 2 side b, 3 both walked away this quarter", page=COUNT)
    expected: float = field("share", "joint work to expect: scope times both chances to keep promises times its quality",
                            page=SHARE)
    outcome: float = field("share", "what people get from joint work on the tie", picture=True)
    bound: float = field("number", "0 in no compact, 1 in side a's, 2 in side b's", page=COUNT)
    struck: float = field("share", "how hard the end of a compact strikes it this quarter (0..1)", picture=True)
    blocker: float = field("", "what holds it back", page=COUNT, word="blocker")
    shortfall: float = field("worth", "size of the largest obstacle", picture=True)
    distance: float = field("share", "true distance of the two sides' values (0..1)", picture=True)
    scar: float = field("share", "mark of a walk-out, fading (0..1)")
    pool: float = field("£m", "money paid in and not yet spent")
    identity_start: float = field("share", "the sense of 'we' that it drifts back to")
    stereotype_start: float = field("share", "the caricature that it drifts back to")
    quality: float = field("factor", "how good a joint solution can be")
    beyond: float = field("share", "joint work delivered on the rest of the way that people take over it")
    way: float = field("factor", "what the rest of the way makes of the worth of joint work (1 = as much as without)")
    attended: float = field("share", "attention that both sides had for talks on it")
    first: float = field("0 or 1", "which side opened the talks: 0 a, 1 b")
    package: float = field("number", "the package agreed on; −1 = none")
    nash_gap: float = field("share", "how far the agreement falls short of the Nash deal")
    joint_quality: float = field("share", "quality of joint work: who is the 'we', trust, what is known")
    delivered: float = field("share", "joint work delivered this quarter")
    blocker_agrees: float = field("0 or 1", "removing one part at a time names the same obstacle")
    meetings: float = field("count", "meetings held this quarter")
    offer_money: float = field("share", "sharing of money in this quarter's agreement")
    offer_staff: float = field("share", "the same for staff")
    offer_information: float = field("share", "the same for information")
    offer_payment: float = field("worth", "payment in this quarter's agreement")
    brokered: float = field("0 or 1", "its deal was brokered from outside this quarter")
    consent: float = field("0 or 1", "both sides would sign a compact this quarter, and neither leaves")
    moved: float = field("share", "change of breadth this quarter")

    scopes: Three = group("scope_money", "scope_staff", "scope_information")
    agreed: Three = group("agreed_money", "agreed_staff", "agreed_information")
    offer: Three = group("offer_money", "offer_staff", "offer_information")


class SideState:
    """What one side of a tie holds: its belief in the other, its appraisal, its promise."""

    alpha: float = field("evidence", "evidence that the other keeps its promises; trust = alpha / (alpha + beta)", picture=True)
    beta: float = field("evidence", "evidence that it does not", picture=True)
    fallback: float = field("worth", "what the side thinks it gets with no deal", picture=True)
    best: float = field("worth", "worth of the deal that the side likes best; −1e9 = no deal leaves both better off",
                        picture=True)
    surplus: float = field("worth", "what the side gains by today's sharing over having no deal", picture=True)
    kept: float = field("0 or 1", "the side kept its promise this quarter", picture=True)
    blocker: float = field("", "what holds it back", page=COUNT, word="blocker")
    told: float = field("promises", "what it told of the other's promise: above 0 kept, below 0 broken")
    want: float = field("worth²", "how much it wants to talk on the tie")
    unclear: float = field("ratio", "by how much true costs exceed what was reckoned when it signed")
    losing: float = field("quarters", "for how long it has lost by the deal; by the rule exit=threshold no quarters, but what "
                                      "the deal has cost it so far, in usual losses")
    money: float = field("worth", "marginal benefit of sharing money")
    staff: float = field("worth", "marginal benefit of sharing staff")
    information: float = field("worth", "marginal benefit of sharing information")
    cost: float = field("worth", "steepness of the cost of joint work as it looks at the table")
    true_cost: float = field("worth", "the same in daily work, where slogans hide nothing")
    worth: float = field("worth", "worth of full joint work")
    voice: float = field("share", "its say on the tie (0..1)")
    relief: float = field("worth", "part of the fallback: comfort of a bail-out")
    waiting: float = field("worth", "part of the fallback: worth of waiting for the election")
    opposed: float = field("worth", "part of the fallback: public opposition")
    rosy: float = field("worth", "part of the fallback: what is imagined")
    concession: float = field("exponent", "how early it gives way in talks")
    keep_chance: float = field("chance", "chance that it keeps its promise")
    shortfall: float = field("worth", "size of its largest obstacle")
    blocker_agrees: float = field("0 or 1", "removing one part at a time names the same obstacle")

    benefits: Three = group("money", "staff", "information")
