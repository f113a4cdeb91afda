"""The rule of trust as a player in Axelrod's library: promises kept and broken, seen with noise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from incentive_abm.rules.trust import evidence_against, evidence_for, mean_trust

axelrod = pytest.importorskip("axelrod", reason="Axelrod's library is not installed: pip install 'incentive-abm[docking]'")

MEMORY, PRIOR, TURNS, REPETITIONS, NOISE = 0.95, 1.0, 200, 20, 0.05


def truster(loss_aversion: float, least: float = 0.5) -> Any:
    """A player that keeps its promise while its trust, by rule T1 from what it saw, is at least `least`."""

    class Truster(axelrod.Player):  # type: ignore[misc,name-defined]
        name = f"Trust by evidence, losses weigh {loss_aversion:g}"
        classifier = {"memory_depth": float("inf"), "stochastic": False, "long_run_time": False, "inspects_source": False,  # noqa: RUF012
                      "manipulates_source": False, "manipulates_state": False}

        def __init__(self) -> None:
            super().__init__()
            self.alpha, self.beta = PRIOR + 2.0, PRIOR

        def strategy(self, opponent: Any) -> Any:
            if opponent.history:
                kept = 1.0 if opponent.history[-1] == axelrod.Action.C else 0.0
                self.alpha = evidence_for(self.alpha, kept, 1.0, 1.0, MEMORY, PRIOR)
                self.beta = evidence_against(self.beta, kept, 1.0, MEMORY, loss_aversion, PRIOR)
            return axelrod.Action.C if mean_trust(self.alpha, self.beta) >= least else axelrod.Action.D

    return Truster()


def kept_together(player: Any, noise: float, seed: int) -> float:
    """Share of promises kept between a player and one like it."""
    match = axelrod.Match((player, player.clone()), turns=TURNS, noise=noise, seed=seed)
    moves = match.play()
    return float(np.mean([[action == axelrod.Action.C for action in pair] for pair in moves]))


def test_trust_follows_its_closed_form_under_their_noise() -> None:
    """One who always keeps promises, seen through noise p: E α → (1 − p)/(1 − m) + prior, E β → loss·p/(1 − m) + prior."""
    loss_aversion, trusts = 2.0, []
    for seed in range(REPETITIONS):
        match = axelrod.Match((axelrod.Cooperator(), axelrod.Cooperator()), turns=400, noise=NOISE, seed=seed)
        alpha = beta = PRIOR
        for k, (_, other) in enumerate(match.play()):
            kept = 1.0 if other == axelrod.Action.C else 0.0
            alpha = evidence_for(alpha, kept, 1.0, 1.0, MEMORY, PRIOR)
            beta = evidence_against(beta, kept, 1.0, MEMORY, loss_aversion, PRIOR)
            if k >= 100:
                trusts.append((alpha, beta))
    alphas, betas = np.array(trusts).T
    assert alphas.mean() == pytest.approx((1.0 - NOISE) / (1.0 - MEMORY) + PRIOR, rel=0.03)
    assert betas.mean() == pytest.approx(loss_aversion * NOISE / (1.0 - MEMORY) + PRIOR, rel=0.1)


def test_without_noise_those_who_trust_by_evidence_keep_every_promise() -> None:
    assert kept_together(truster(3.0), 0.0, 1) == 1.0


def test_evidence_forgives_noise_that_undoes_tit_for_tat() -> None:
    """Wu & Axelrod 1995: noise echoes between players who answer like with like; generosity and contrition stop it."""
    together = {name: np.mean([kept_together(player, NOISE, seed) for seed in range(REPETITIONS)]) for name, player in (
        ("evidence", truster(1.0)), ("tit for tat", axelrod.TitForTat()), ("generous", axelrod.GTFT()))}
    assert together["evidence"] > together["generous"] > together["tit for tat"]


def test_the_more_losses_weigh_the_less_noise_it_takes_to_end_it() -> None:
    shares = [np.mean([kept_together(truster(weight), 0.15, seed) for seed in range(REPETITIONS)]) for weight in (1.0, 4.0, 8.0)]
    assert shares[0] > 0.8
    assert shares[0] > shares[1] > shares[2]


def test_in_a_noisy_tournament_it_comes_before_those_who_answer_like_with_like() -> None:
    players = [truster(2.0), axelrod.TitForTat(), axelrod.GTFT(), axelrod.ContriteTitForTat(), axelrod.WinStayLoseShift(),
               axelrod.Cooperator(), axelrod.Defector(), axelrod.Grudger()]
    tournament = axelrod.Tournament(players, turns=TURNS, repetitions=REPETITIONS, noise=NOISE, seed=1)
    ranked = tournament.play(progress_bar=False).ranked_names
    assert ranked[0] == players[0].name
    assert set(ranked[:4]) == {players[0].name, "Tit For Tat", "Contrite Tit For Tat", "GTFT: 0.33"}
