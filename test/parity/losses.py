"""Losses of the papers and their gradients, in float64 with autograd, for batches that the TypeScript side made up.

Usage: python test/parity/losses.py CASES_JSON RESULTS_JSON

CASES_JSON: [{"method", "params", "groups": [[rollout]], "further": [[rollout]]}]. A rollout has `right` (true, false or null
when nobody knows), `stop`, `text`, `mask`, and per token `behaviour`, `reference`, `current`, `oldValues`, `values`, and by
choice `targets` with `logits`. RESULTS_JSON: for each case the loss, and for each rollout (`groups`, then `further`) the
gradient by `current` (or by `logits`, where they are given) and by `values`.

Written from the papers, equation by equation, and not from the code that it judges. Where a paper leaves something open, the
choice is named here: standard deviations are unbiased (verl, TRL) with 1e-6 added in groups and 1e-8 in batches; a mean over
a problem's samples is one over all sequences of the batch; tokens with mask 0 were not written by the policy.
"""

import json
import sys
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)


class Rollout:
    def __init__(self, raw):
        tensor = lambda name: torch.tensor(raw[name]) if raw.get(name) is not None else None
        self.right, self.stop, self.text = raw["right"], raw["stop"], raw["text"]
        self.behaviour, self.reference, self.old_values = tensor("behaviour"), tensor("reference"), tensor("oldValues")
        self.mask = tensor("mask").to(torch.float64)
        self.length = len(self.mask)
        self.values = tensor("values").requires_grad_()
        self.entropy = None
        if raw.get("logits") is None:
            self.leaf = tensor("current").requires_grad_()
            self.logprobs = self.leaf
        else:
            self.leaf = tensor("logits").requires_grad_()
            distribution = torch.distributions.Categorical(logits=self.leaf)
            self.logprobs = distribution.log_prob(tensor("targets"))
            self.entropy = distribution.entropy()

    @property
    def reward(self):
        return 1.0 if self.right else 0.0

    def ratio(self):
        """r_t = π_θ(y_t) / π_old(y_t)"""
        return torch.exp(self.logprobs) / torch.exp(self.behaviour)

    def constant(self, value):
        return torch.full((self.length,), float(value))


def known(groups):
    """Samples whose correctness nobody knows are not trained on."""
    return [[r for r in group if r.right is not None] for group in groups]


def flat(groups):
    return [r for group in groups for r in group]


# --- from token losses to one number ---


def token_mean(rollouts, losses):
    """1 / Σ|o_i| Σ_i Σ_t (DAPO eq. 12)"""
    return sum((r.mask * l).sum() for r, l in zip(rollouts, losses)) / sum(r.mask.sum() for r in rollouts)


def sequence_mean(rollouts, losses):
    """1/G Σ_i 1/|o_i| Σ_t (GRPO eq. 3)"""
    return sum((r.mask * l).sum() / r.mask.sum() for r, l in zip(rollouts, losses)) / len(rollouts)


def constant_length_mean(limit):
    """1/G Σ_i 1/L Σ_t (Dr. GRPO's released code: the token limit in place of |o_i|)"""
    return lambda rollouts, losses: sum((r.mask * l).sum() for r, l in zip(rollouts, losses)) / (limit * len(rollouts))


# --- KL to the reference, at sampled tokens ---


def estimate_kl(kind, policy, reference):
    """Schulman's k1, k2, k3 with r = π_ref / π."""
    log_r = reference - policy
    return {"k1": -log_r, "k2": log_r**2 / 2, "k3": torch.exp(log_r) - 1 - log_r}[kind]


def with_kl(loss, rollouts, aggregate, params):
    """+ β KL in the loss (GRPO eq. 3); `corrected`: weighed by the ratio (DeepSeek-V3.2)."""
    if "kl" not in params:
        return loss
    terms = [estimate_kl(params["kl"], r.logprobs, r.reference) for r in rollouts]
    if params.get("corrected"):
        terms = [r.ratio() * term for r, term in zip(rollouts, terms)]
    return loss + params["klCoef"] * aggregate(rollouts, terms)


def token_rewards(r, params):
    """The outcome at the last token, and -β KL(π_old, π_ref) at every token that the policy wrote (2203.02155; 2501.03262 eq. 4)"""
    rewards = r.constant(0)
    if "rewardKl" in params:
        rewards = rewards - params["klCoef"] * r.mask * estimate_kl(params["rewardKl"], r.behaviour, r.reference)
    rewards[-1] += r.reward
    return rewards


def whiten(rollouts, advantages):
    tokens = torch.cat([a[r.mask == 1] for r, a in zip(rollouts, advantages)])
    return [(a - tokens.mean()) / (tokens.std() + 1e-8) for a in advantages]


# --- surrogates: what is maximised at a token ---


def clipped(ratio, advantage, low, high):
    """min(r A, clip(r, 1 - ε_low, 1 + ε_high) A)"""
    return torch.minimum(ratio * advantage, torch.clamp(ratio, 1 - low, 1 + high) * advantage)


def clip_loss(rollouts, advantages, aggregate, params, surrogate=clipped):
    low, high = params["low"], params["high"]
    return aggregate(rollouts, [-surrogate(r.ratio(), a, low, high) for r, a in zip(rollouts, advantages)])


# --- advantages within a group ---


def standardised(group):
    rewards = torch.tensor([r.reward for r in group])
    if (rewards == rewards[0]).all():
        return rewards * 0
    return (rewards - rewards.mean()) / (rewards.std() + 1e-6)


def per_token(groups, of_group):
    """Rollouts of all groups, and for each its group's advantage at every token."""
    rollouts, advantages = [], []
    for group in groups:
        for r, a in zip(group, of_group(group)):
            rollouts.append(r)
            advantages.append(r.constant(a))
    return rollouts, advantages


# --- methods ---


def sft(groups, params):
    rollouts = flat(groups)
    return token_mean(rollouts, [-r.logprobs for r in rollouts])


def rft(groups, params):
    """2308.01825, section 3.2: right ones, every text once for each problem."""
    kept = []
    for group in groups:
        texts = set()
        for r in group:
            if r.right and r.text not in texts:
                texts.add(r.text)
                kept.append(r)
    return token_mean(kept, [-r.logprobs for r in kept])


def reinforce(groups, params):
    """Williams 1992: (r - b) ∇ log π"""
    rollouts = flat(known(groups))
    returns = [sequence_reward(r, params) for r in rollouts]
    b = sum(returns) / len(returns) if params["baseline"] == "batch-mean" else 0
    return sequence_mean(rollouts, [-(g - b) * r.logprobs for r, g in zip(rollouts, returns)])


def sequence_reward(r, params):
    return token_rewards(r, params).sum()


def rloo(groups, params):
    """2402.14740 eq. 8: 1/k Σ_i [R_i - 1/(k-1) Σ_{j≠i} R_j] ∇ log π(y_i), with the KL in R (eq. 2); over the limit, for scale."""
    rollouts, advantages = [], []
    for group in known(groups):
        returns = [sequence_reward(r, params) for r in group]
        for i, r in enumerate(group):
            others = [x for j, x in enumerate(returns) if j != i]
            rollouts.append(r)
            advantages.append(returns[i] - sum(others) / len(others))
    losses = [-a * r.logprobs for r, a in zip(rollouts, advantages)]
    return sum((r.mask * l).sum() for r, l in zip(rollouts, losses)) / len(rollouts) / params["limit"]


def reinforce_plus_plus(groups, params):
    """2501.03262: A_t = r - β Σ_{i ≥ t} KL(i), normalised over the batch, under PPO's clip."""
    rollouts = flat(known(groups))
    advantages = []
    for r in rollouts:
        rewards = token_rewards(r, params)
        advantages.append(torch.stack([rewards[t:].sum() for t in range(r.length)]))
    return clip_loss(rollouts, whiten(rollouts, advantages), token_mean, params)


def grpo(groups, params, surrogate=clipped):
    """2402.03300 eq. 3"""
    aggregate = token_mean if params.get("tokenMean") else sequence_mean
    rollouts, advantages = per_token(known(groups), standardised)
    return with_kl(clip_loss(rollouts, advantages, aggregate, params, surrogate), rollouts, aggregate, params)


def dr_grpo(groups, params):
    """2503.20783: neither std nor |o_i|"""
    centred = lambda group: torch.tensor([r.reward - sum(o.reward for o in group) / len(group) for r in group])
    rollouts, advantages = per_token(known(groups), centred)
    return clip_loss(rollouts, advantages, constant_length_mean(params["limit"]), params)


def dapo(groups, params, further=()):
    """2503.14476 eqs. 10 (clip), 12 (token mean), 11 (some right and some wrong), 13 (soft overlong punishment)."""
    kept = []
    for group in known([*groups, *further]):
        if len(kept) < len(groups) and 0 < sum(r.right for r in group) < len(group):
            kept.append(group)
    limit, cache = params["limit"], params["cache"]

    def punished(r):
        if params["overlong"] != "punish" or r.length <= limit - cache:
            return r.reward
        return r.reward + ((limit - cache - r.length) / cache if r.length <= limit else -1)

    def advantages_of(group):
        rewards = torch.tensor([punished(r) for r in group])
        return (rewards - rewards.mean()) / (rewards.std() + 1e-6)

    rollouts, advantages = per_token(kept, advantages_of)
    if params["overlong"] == "drop":
        # Section 3.4, overlong filtering: "masks the loss of truncated samples"; their rewards stay in the group.
        counted = [(r, a) for r, a in zip(rollouts, advantages) if r.stop != "max"]
        rollouts, advantages = [r for r, _ in counted], [a for _, a in counted]
    return clip_loss(rollouts, advantages, token_mean, params)


def ppo(groups, params):
    """1707.06347 eqs. 7 and 9 with 1506.02438 eq. 16; the value loss is OpenAI baselines' clipped one."""
    rollouts = flat(known(groups))
    gamma, trace = params["gamma"], params["lambda"]
    advantages, returns = [], []
    for r in rollouts:
        rewards = token_rewards(r, params)
        following = torch.cat([r.old_values[1:], torch.zeros(1)])
        delta = rewards + gamma * following - r.old_values
        gae = [sum((gamma * trace) ** (k - t) * delta[k] for k in range(t, r.length)) for t in range(r.length)]
        advantages.append(torch.stack(gae))
        returns.append(advantages[-1] + r.old_values)
    advantages = whiten(rollouts, advantages)
    if "part" in params:
        edge = lambda index: index * len(rollouts) // params["parts"]
        part = slice(edge(params["part"]), edge(params["part"] + 1))
        rollouts, advantages, returns = rollouts[part], advantages[part], returns[part]
    errors = []
    for r, target in zip(rollouts, returns):
        near = r.old_values + torch.clamp(r.values - r.old_values, -params["valueClip"], params["valueClip"])
        errors.append(torch.maximum((r.values - target) ** 2, (near - target) ** 2) / 2)
    return clip_loss(rollouts, advantages, token_mean, params) + params["valueCoef"] * token_mean(rollouts, errors)


def signed(groups, params):
    """2506.01347: right ones with weight `positive`, wrong ones with -`negative`; weight 0 is not in the batch. No baseline."""
    kept, advantages = [], []
    for r in flat(known(groups)):
        weight = params["positive"] if r.right else -params["negative"]
        if weight != 0:
            kept.append(r)
            advantages.append(r.constant(weight))
    return clip_loss(kept, advantages, token_mean, params)


def one_shot(groups, params):
    """2504.20571 section 2: policy loss + β KL (k3) - α entropy, each a mean over tokens."""
    rollouts, advantages = per_token(known(groups), standardised)
    policy = params["policyCoef"] * clip_loss(rollouts, advantages, token_mean, params)
    bonus = params["entropyCoef"] * token_mean(rollouts, [r.entropy for r in rollouts])
    return with_kl(policy, rollouts, token_mean, params) - bonus


def dpo(groups, params):
    """2305.18290 eq. 7 over pairs of the i-th right and the i-th wrong completion of a problem, so many of each."""
    losses = []
    for group in known(groups):
        right, wrong = [r for r in group if r.right], [r for r in group if not r.right]
        for chosen, rejected in list(zip(right, wrong))[: params["pairs"]]:
            log_ratio = lambda r: (r.mask * (r.logprobs - r.reference)).sum()
            margin = params["beta"] * (log_ratio(chosen) - log_ratio(rejected))
            losses.append(-torch.log(torch.sigmoid(margin)))
    return sum(losses) / len(losses)


def dual_clip(groups, params):
    """Ye et al. 2020 (1912.09729) eq. 8: max(min(r A, clip(r) A), c A) where A < 0"""

    def surrogate(ratio, advantage, low, high):
        plain = clipped(ratio, advantage, low, high)
        return torch.where(advantage < 0, torch.maximum(plain, params["dual"] * advantage), plain)

    return grpo(groups, params, surrogate)


def gspo(groups, params):
    """2507.18071 eqs. 5 and 7: 1/G Σ_i min(s_i A_i, clip(s_i) A_i), s_i = (π_θ(y)/π_old(y))^(1/|y|)"""
    rollouts, advantages = per_token(known(groups), standardised)
    total = 0
    for r, a in zip(rollouts, advantages):
        s = torch.exp((r.mask * (r.logprobs - r.behaviour)).sum() / r.mask.sum())
        total = total - clipped(s, a[0], params["low"], params["high"])
    return total / len(rollouts)


def cispo(groups, params):
    """2506.13585 eqs. 4 and 5: 1/Σ|o_i| Σ sg(clip(r)) A log π"""
    rollouts, advantages = per_token(known(groups), standardised)
    weight = lambda r: torch.clamp(r.ratio(), 1 - params["low"], 1 + params["high"]).detach()
    return token_mean(rollouts, [-weight(r) * a * r.logprobs for r, a in zip(rollouts, advantages)])


def importance_sampling(groups, params):
    """- r A without a clip"""
    rollouts, advantages = per_token(known(groups), standardised)
    return token_mean(rollouts, [-r.ratio() * a for r, a in zip(rollouts, advantages)])


METHODS = {
    method.__name__: method
    for method in (
        *(sft, rft, reinforce, rloo, reinforce_plus_plus, grpo, dr_grpo, dapo, ppo, signed, one_shot, dpo),
        *(dual_clip, gspo, cispo, importance_sampling),
    )
}


def run(case):
    groups, further = ([[Rollout(raw) for raw in group] for group in case[name]] for name in ("groups", "further"))
    extra = {"further": further} if further else {}
    loss = METHODS[case["method"]](groups, case["params"], **extra)
    loss.backward()
    of = lambda leaf: (torch.zeros_like(leaf) if leaf.grad is None else leaf.grad).flatten().tolist()
    rollouts = flat(groups + further)
    return {"total": loss.item(), "gradients": [of(r.leaf) for r in rollouts], "byValues": [of(r.values) for r in rollouts]}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    cases, results = map(Path, sys.argv[1:])
    results.write_text(json.dumps([run(case) for case in json.loads(cases.read_text())]))
