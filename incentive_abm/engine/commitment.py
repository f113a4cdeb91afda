"""Phase 6: the board ratifies; partners may walk away; scopes move toward what was agreed or imposed."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.kinds import Phase
from incentive_abm.rules import appraisal, bargaining, commitment, compacts, delivery, feedback, trust
from incentive_abm.state.arrays import CLEARED
from incentive_abm.state.kernels import chance, kernel, lanes

SUMS = CLEARED[Phase.COMMITMENT]


@kernel()
def clear_votes(partners: Any) -> None:
    """Set what partners gain by the deals on the table to nothing."""
    for partner in partners:
        for k in range(SUMS):
            for lane in lanes:
                partner.cleared_commitment[k] = 0.0


@kernel(blocks=True)
def count_votes(ties: Any, place: Any, quarter: Any) -> None:
    """What each partner gains by the deals just made, over its ties; who would sign a compact, and who leaves one."""
    settings = place.settings
    for tie in ties:
        for side in tie.sides:
            for lane in lanes:
                agreed = 1.0 if tie.talk == 1.0 else 0.0
                worth = appraisal.utility(*side.benefits, side.cost, *tie.offer)
                want = bargaining.wanted(side.best, side.fallback)
                side.want = want
                side.partner.wants += want
                side.partner.vote += commitment.stake(agreed, side.part, worth - side.sign * tie.offer_payment, side.fallback,
                                                      side.surplus)
        a, b = tie.a, tie.b
        me, them = a.partner, b.partner
        compacts_made = 0.0
        for lane in lanes:
            compacts_made += settings.compact + tie.bound + tie.consent
        if compacts_made > 0.0:
            for lane in lanes:
                compact, strain, risk = settings.compact, settings.crisis_strain, settings.risk_share
                whose = compacts.table_of(
                    compact, compacts.holds_table(me.kind, me.largest, settings.compact_lead, settings.lead_partner),
                    compacts.holds_table(them.kind, them.largest, settings.compact_lead, settings.lead_partner), a.share,
                    (commitment.at_the_table(me.voluntary, me.table_draw, settings.inclusion, me.kind, me.balance)
                     * commitment.at_the_table(them.voluntary, them.table_draw, settings.inclusion, them.kind, them.balance)))
                consent_a = compacts.signs(trust.mean_trust(a.alpha, a.beta), settings.compact_trust, a.best - a.fallback, strain,
                                           risk, me.stress, them.stress)
                consent_b = compacts.signs(trust.mean_trust(b.alpha, b.beta), settings.compact_trust, b.best - b.fallback, strain,
                                           risk, them.stress, me.stress)
                asked = 1.0 if compact + tie.bound > 0.0 else 0.0
                was, patience, leaving = tie.bound, settings.exit_patience, settings.exit_chance
                held = compacts.held_in(settings.mandate, compact, was)
                leaves_a = commitment.walks_away(a.losing, patience, leaving, held, chance(Stream.WALK_OUT, a.key))
                leaves_b = commitment.walks_away(b.losing, patience, leaving, held, chance(Stream.WALK_OUT, b.key))
                out = 1.0 if leaves_a + leaves_b > 0.0 else 0.0
                consent = asked * compacts.consents(consent_a, consent_b, tie.brokered, out)
                at_a, at_b = (1.0 if whose == 1.0 else 0.0), (1.0 if whose == 2.0 else 0.0)
                by_a, by_b = (1.0 if was == 1.0 else 0.0), (1.0 if was == 2.0 else 0.0)
                tie.consent = consent
                me.seats += at_a
                them.seats += at_b
                me.ayes += at_a * consent
                them.ayes += at_b * consent
                me.bound_now += by_a
                them.bound_now += by_b
                me.leavers += by_a * out
                them.leavers += by_b * out
                me.carried += by_a * a.part * a.surplus
                them.carried += by_b * b.part * b.surplus


@kernel()
def decide(partners: Any, place: Any) -> None:
    """The board's vote and how fast deals may be taken up."""
    settings = place.settings
    for lane in lanes:
        voters, yes, income, yes_income, largest_no = 0.0, 0.0, 0.0, 0.0, 0.0
        n0, n1, n2, n3, y0, y1, y2, y3 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for partner in partners:
            seat = partner.connected * commitment.at_the_table(partner.voluntary, partner.table_draw, settings.inclusion,
                                                               partner.kind, partner.balance)
            vote = seat * commitment.votes_yes(partner.vote)
            size = partner.income * seat
            voters += seat
            yes += vote
            income += size
            yes_income += size * vote
            no_size = size * (1.0 - vote)
            largest_no = no_size if no_size > largest_no else largest_no
            kind = partner.kind
            n0, y0 = n0 + (seat if kind == 0.0 else 0.0), y0 + (vote if kind == 0.0 else 0.0)
            n1, y1 = n1 + (seat if kind == 1.0 else 0.0), y1 + (vote if kind == 1.0 else 0.0)
            n2, y2 = n2 + (seat if kind == 2.0 else 0.0), y2 + (vote if kind == 2.0 else 0.0)
            n3, y3 = n3 + (seat if kind == 3.0 else 0.0), y3 + (vote if kind == 3.0 else 0.0)
        by_kind = commitment.mean_of_kinds(n0, y0, n1, y1, n2, y2, n3, y3)
        blocked = commitment.blocked(largest_no, income, settings.block_share)
        passes = commitment.board_passes(commitment.ratio(yes, voters), commitment.ratio(yes_income, income), by_kind,
                                         blocked, settings.voting_rule)
        place.yes_share = commitment.ratio(yes, voters)
        place.board_speed = commitment.board_speed(passes, settings.board_brake, place.clarity, voters, settings.free_riding,
                                                   settings.named_owner)


@kernel()
def make_compacts(partners: Any, place: Any, quarter: Any) -> None:
    """Compacts begin where enough sign, and end where one who is needed cannot carry them any longer."""
    settings = place.settings
    made = 0.0
    for lane in lanes:
        made += settings.compact
    for partner in partners:
        holds = 0.0
        for lane in lanes:
            holds += partner.hosts + partner.dissolved
        if made + holds > 0.0:
            for lane in lanes:
                compact, was = settings.compact, partner.hosts
                carrying = compacts.carrying_after(partner.carrying, partner.carried, was)
                held = compacts.held_in(settings.mandate, compact, was)
                gives_up = was * commitment.walks_away(carrying, settings.exit_patience, settings.exit_chance, held,
                                                       chance(Stream.GIVING_UP, partner.key))
                over = was * compacts.ends(compact, gives_up, partner.leavers, partner.bound_now)
                begins = (1.0 - was) * compacts.forms(compact, partner.seats, partner.ayes)
                holding = was - over + begins
                signing = partner.seats if compact == 3.0 else partner.ayes
                joined = partner.bound_now - partner.leavers
                members = holding * (signing if begins > 0.5 else joined)
                partner.gave_up = gives_up
                partner.dissolved = over
                partner.signed = begins
                partner.hosts = holding
                partner.carrying = carrying * holding
                partner.members = members
                speed = commitment.board_speed(1.0, settings.board_brake, place.clarity, members + 1.0, settings.free_riding,
                                               settings.named_owner)
                partner.table_speed = holding * speed


@kernel(blocks=True)
def take_up(ties: Any, place: Any, quarter: Any) -> None:
    """Walk-outs first, then each scope moves toward its goal."""
    settings = place.settings
    for tie in ties:
        a, b = tie.a, tie.b
        me, them = a.partner, b.partner
        for lane in lanes:
            patience, leaving, mandate = settings.exit_patience, settings.exit_chance, settings.mandate
            compact, was = settings.compact, tie.bound
            held = compacts.held_in(mandate, compact, was)
            leaves_a = commitment.walks_away(a.losing, patience, leaving, held, chance(Stream.WALK_OUT, a.key))
            leaves_b = commitment.walks_away(b.losing, patience, leaving, held, chance(Stream.WALK_OUT, b.key))
            out = leaves_a + 2.0 * leaves_b
            left = 1.0 if out > 0.0 else 0.0
            tie.walked_out = out
            place.walk_outs += left
            whose = compacts.table_of(
                compact, compacts.holds_table(me.kind, me.largest, settings.compact_lead, settings.lead_partner),
                compacts.holds_table(them.kind, them.largest, settings.compact_lead, settings.lead_partner), a.share,
                (commitment.at_the_table(me.voluntary, me.table_draw, settings.inclusion, me.kind, me.balance)
                 * commitment.at_the_table(them.voluntary, them.table_draw, settings.inclusion, them.kind, them.balance)))
            at_a, by_a = whose == 1.0, was == 1.0
            hosts_a, hosts_b, over_a, over_b = me.hosts, them.hosts, me.dissolved, them.dissolved
            speed_a, speed_b = me.table_speed, them.table_speed
            bound = compacts.bound_after(whose, hosts_a if at_a else hosts_b, was, tie.consent, left, compact)
            struck = compacts.struck_by_end(was, over_a if by_a else over_b, left, settings.fall_out)
            clarity, reckoned = tie.settings.obligations_clarity, settings.unclear_costs
            tie.bound = bound
            tie.brokered = 0.0
            tie.struck = struck
            a.unclear = compacts.unclear_after(a.unclear, was, bound, chance(Stream.UNCLEAR_COSTS, a.key), reckoned, clarity)
            b.unclear = compacts.unclear_after(b.unclear, was, bound, chance(Stream.UNCLEAR_COSTS, b.key), reckoned, clarity)
            over = 1.0 if left + struck > 0.0 else 0.0
            scar = compacts.scar_of_end(commitment.scar_after(tie.scar, left), struck)
            tie.scar = scar
            tie.identity = compacts.shaken(commitment.kept_after_exit(tie.identity, left, commitment.IDENTITY_AFTER_EXIT), struck,
                                           commitment.IDENTITY_AFTER_EXIT)
            a.beta = trust.evidence_of_walk_out(a.beta, left + struck)
            b.beta = trust.evidence_of_walk_out(b.beta, left + struck)
            a.losing = commitment.kept_after_exit(a.losing, over, 0.0)
            b.losing = commitment.kept_after_exit(b.losing, over, 0.0)
            talk = tie.talk
            decided = compacts.decided_at(place.board_speed, speed_a if at_a else speed_b, bound)
            driven = feedback.drive(me.shortfall, them.shortfall, settings.results_felt)
            up = feedback.hastened(
                commitment.speed_up(settings.uptake, tie.settings.horizon, decided, mandate, scar, settings.exit_scar), driven)
            down = commitment.speed_down(tie.settings.joint_resolution)
            joint = delivery.joint_quality(tie.identity, trust.mean_trust(a.alpha, a.beta), trust.mean_trust(b.alpha, b.beta),
                                           tie.information)
            ready = commitment.readiness(joint, settings.relations_first)
            was1, was2, was3 = tie.scope_money, tie.scope_staff, tie.scope_information
            old1, old2, old3 = tie.agreed_money, tie.agreed_staff, tie.agreed_information
            old_paid, age = tie.payment, tie.age
            deal1 = commitment.deal_after(talk, over, old1, tie.offer_money)
            deal2 = commitment.deal_after(talk, over, old2, tie.offer_staff)
            deal3 = commitment.deal_after(talk, over, old3, tie.offer_information)
            paid = commitment.deal_after(talk, over, old_paid, tie.offer_payment)
            in_force = appraisal.breadth(deal1, deal2, deal3) > 0.0
            new_age = age + 1.0 if in_force else 0.0
            place.agreements += 1.0 if new_age == 1.0 else 0.0
            tie.agreed_money = deal1
            tie.agreed_staff = deal2
            tie.agreed_information = deal3
            tie.payment = paid
            tie.age = new_age
            kept1 = compacts.scope_after_end(commitment.scope_after_exit(was1, left, mandate), struck, mandate)
            kept2 = compacts.scope_after_end(commitment.scope_after_exit(was2, left, mandate), struck, mandate)
            kept3 = compacts.scope_after_end(commitment.scope_after_exit(was3, left, mandate), struck, mandate)
            now1 = commitment.scope_after(kept1, commitment.imposed(deal1, mandate), up, down, ready)
            now2 = commitment.scope_after(kept2, commitment.imposed(deal2, mandate), up, down, ready)
            now3 = commitment.scope_after(kept3, commitment.imposed(deal3, mandate), up, down, 1.0)
            tie.scope_money = now1
            tie.scope_staff = now2
            tie.scope_information = now3
            tie.moved = appraisal.breadth(now1, now2, now3) - appraisal.breadth(was1, was2, was3)


KERNELS = (clear_votes, count_votes, decide, make_compacts, take_up)
