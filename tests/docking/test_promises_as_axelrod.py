"""Trust from promises as a player in Axelrod's tournaments: a promise kept is cooperation, and some are misread."""

from __future__ import annotations

from typing import ClassVar

import pytest

axl = pytest.importorskip("axelrod", reason="docking to Axelrod's tournaments needs the extra docking")

from incentive_abm.rules.trust import evidence_against, evidence_for, mean_trust  # noqa: E402

C, D = axl.Action.C, axl.Action.D
TURNS, NOISE = 200, 0.05


class Truster(axl.Player):  # type: ignore[misc]
    """Keeps its promises while it believes that the other keeps its own, by the model's own rules of evidence."""

    name = "Truster"
    classifier: ClassVar[dict[str, object]] = {**axl.Player.classifier, "stochastic": False, "memory_depth": float("inf")}

    def __init__(self, memory: float = 0.96, loss_aversion: float = 1.6, line: float = 0.4) -> None:
        super().__init__()
        self.memory, self.loss_aversion, self.line = memory, loss_aversion, line
        self.alpha = self.beta = 2.0

    def strategy(self, opponent: axl.Player) -> axl.Action:
        if opponent.history:
            kept = 1.0 if opponent.history[-1] == C else 0.0
            self.alpha = evidence_for(self.alpha, kept, 1.0, 1.0, self.memory, 2.0)
            self.beta = evidence_against(self.beta, kept, 1.0, self.memory, self.loss_aversion, 2.0)
        return C if mean_trust(self.alpha, self.beta) >= self.line else D


def kept(one: axl.Player, other: axl.Player, noise: float = NOISE) -> float:
    """Share of promises that both keep, over many worlds."""
    matches = [axl.Match((one.clone(), other.clone()), turns=TURNS, noise=noise, seed=seed) for seed in range(1, 31)]
    return sum(sum(pair == (C, C) for pair in match.play()) for match in matches) / (TURNS * len(matches))


def test_belief_after_promises_is_the_closed_form() -> None:
    """Without forgetting: the mean of a Beta, with what was kept over what was kept and 1.6 times what was broken."""
    player, other = Truster(memory=1.0), axl.Cycler("CCD")
    axl.Match((player, other), turns=31).play()
    assert mean_trust(player.alpha, player.beta) == pytest.approx((2 + 20) / (2 + 20 + 2 + 1.6 * 10), abs=1e-12)


def test_what_is_misread_undoes_those_who_answer_at_once_and_not_those_who_weigh_evidence() -> None:
    """Wu & Axelrod 1995: with noise two that repay each other lose cooperation; generosity or contrition saves it."""
    eye_for_eye = kept(axl.TitForTat(), axl.TitForTat())
    assert kept(axl.TitForTat(), axl.TitForTat(), 0.0) == kept(Truster(), Truster(), 0.0) == 1.0
    assert eye_for_eye < 0.5
    assert kept(axl.Grudger(), axl.Grudger()) < 0.3
    assert kept(Truster(), Truster()) > 0.85 > kept(axl.GTFT(), axl.GTFT()) > eye_for_eye


def test_it_is_no_fool() -> None:
    """Against one who never keeps a promise it stops within a few turns, and against one who always does it never does."""
    match = axl.Match((Truster(), axl.Defector()), turns=TURNS)
    assert sum(mine == C for mine, _ in match.play()) < 6
    assert kept(Truster(), axl.Cooperator(), 0.0) == 1.0


def test_a_loss_that_weighs_more_makes_it_quicker_to_stop() -> None:
    """Against one who breaks every third promise, it trusts while losses count alike, and not when they count thrice."""
    def trusting(loss_aversion: float) -> float:
        match = axl.Match((Truster(loss_aversion=loss_aversion, line=0.5), axl.Cycler("CCD")), turns=TURNS)
        return sum(mine == C for mine, _ in match.play()) / TURNS

    assert trusting(1.0) > 0.95
    assert trusting(3.0) < 0.1


def test_in_a_noisy_tournament_it_stands_in_the_upper_half() -> None:
    players = [Truster(), axl.TitForTat(), axl.GTFT(), axl.Grudger(), axl.Defector(), axl.Cooperator(), axl.WinStayLoseShift(),
               axl.ContriteTitForTat()]
    results = axl.Tournament(players, turns=100, repetitions=10, noise=NOISE, seed=7).play(progress_bar=False)
    rank = next(k for k, name in enumerate(results.ranked_names) if name.startswith("Truster"))
    assert rank < len(players) / 2
