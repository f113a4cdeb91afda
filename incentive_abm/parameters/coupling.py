"""What couples ties and partners beyond a single tie: the whole way, word, what is seen to work, attention, results.

Their sizes were sought together by published patterns (docs/mechanisms.md); each has a value at which it is off.
"""

from incentive_abm.parameters.declaration import Group, Parameter
from incentive_abm.parameters.row import LEVER, PARTNER, PLACE, SHARE, START, UNCERTAIN, number

PRACTISED = ("common_purpose", "listening", "horizon", "power_sharing", "obligations_clarity", "outcomes_stated",
             "joint_resolution", "fallback_described", "handover", "peer_teaching")
"""Levers that are ways of working: policy asks for them, and each partner practises them as far as it does."""
D, REL, L = Group.DELIVERY, Group.RELATIONS, Group.LEADERS

ROWS: tuple[Parameter, ...] = (
    number("whole_way", 0.12, 0.0, 2.0, "ratio", UNCERTAIN, PLACE, D, "The whole way counts",
           "How much more joint work on a tie is worth where the rest of the way that people take is joined too; 0 = not at all.",
           "000-3, 003-10; Cooper & John 1988; Milgrom & Roberts 1990; level calibrated"),
    number("way_half", 0.18, 0.02, 0.5, SHARE, UNCERTAIN, PLACE, D, "How soon the rest of the way tells",
           "Joined share of the rest of the way at which half of the advantage of a whole way is there.",
           "the first joined steps matter most, Van Huyck, Battalio & Beil 1990; level calibrated"),
    number("word_travels", 1.6, 0.0, 2.0, "ratio", UNCERTAIN, PLACE, REL, "Word travels",
           "How much a promise kept or broken to others counts beside one made to oneself; 0 = nobody hears of it.",
           "Sommerfeld et al. 2007; Buskens 2002; level calibrated"),
    number("hearing", 0.6, 0.0, 1.0, SHARE, UNCERTAIN, PLACE, REL, "Whom one hears",
           "Share of another's partners whom one hears by oneself; a register of who has done what makes it all of them.",
           "004-4; level calibrated"),
    number("policy_sustains", 0.67, 0.0, 1.0, SHARE, UNCERTAIN, PARTNER, D, "What a policy keeps alive",
           "How far a policy alone keeps a way of working alive where nobody sees it work; 1 = wholly.",
           "Wiltsey Stirman et al. 2012; level calibrated"),
    number("practice_fading", 0.19, 0.0, 0.3, "per quarter", UNCERTAIN, PLACE, D, "Fading of what nobody sees work",
           "Share of the way back to what policy alone sustains that a way of working goes in a quarter, more under pressure.",
           "form assumed; level calibrated"),
    number("practice_growth", 0.67, 0.0, 1.0, "per quarter", UNCERTAIN, PLACE, D, "Growth of what is seen to work",
           "Share of what is missing of a way of working that a quarter of seen success adds.",
           "form assumed; level calibrated"),
    number("seen_half", 0.41, 0.02, 0.5, SHARE, UNCERTAIN, PLACE, D, "When success is seen",
           "Joint work delivered at which half of those who could see it do.", "form assumed; level calibrated"),
    number("seen_elsewhere", 0.54, 0.0, 1.0, SHARE, UNCERTAIN, PLACE, D, "Success seen elsewhere",
           "Weight of what neighbours have joined beside what one has joined oneself.",
           "Rogers 1962; level calibrated"),
    number("skill_fading", 0.084, 0.0, 0.2, "per quarter", UNCERTAIN, PLACE, L, "Forgetting what is not used",
           "Share of skill and of proven ways of working that is lost in a quarter without joint work; 0 = nothing is forgotten.",
           "Argote, Beckman & Epple 1990; Benkard 2000; level calibrated"),
    number("place_spread", 0.23, 0.0, 0.3, SHARE, UNCERTAIN, START, REL, "Places differ from the start",
           "How far trust, the sense of 'we' and knowledge may start higher or lower in a whole generated place; 0 = all alike.",
           "assumed: a rival explanation; level calibrated"),
    number("attention", 10.0, 1.0, 50.0, "ties", UNCERTAIN, PARTNER, L, "Attention to give",
           "Ties to which a partner can give its full attention in a quarter; 50 = no limit.",
           "Ocasio 1997; level calibrated"),
    number("results_felt", 0.52, 0.0, 1.0, "ratio", UNCERTAIN, PLACE, D, "Results are felt",
           "How strongly what people get moves ownership, drive and public support; 0 = nobody looks.",
           "Cyert & March 1963; Greve 2003; level calibrated"),
    number("refusal", 0.2, 0.0, 1.0, SHARE, LEVER, PLACE, D, "Refusing that today is good enough",
           "How far partners aim above what they have; counts as far as results are felt.", "000-9; assumed: little today"),
    number("reinvested", 0.0, 0.0, 1.0, SHARE, LEVER, PLACE, Group.MONEY, "Savings put back",
           "Share of its savings that a partner without a deficit puts back into joint work.",
           "NAO 2017: savings were swallowed by deficits; 0 = none today"),
    number("routine_inertia", 0.78, 0.0, 1.0, SHARE, UNCERTAIN, PLACE, D, "Old routines",
           "Share of joint work that old routines take away until they are unlearnt; 0 = none.",
           "002-3; Hedberg 1981; level calibrated"),
)
