"""Trains the upper layers of the embedding model, and a head for each thing told, on what people typed."""

import copy
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from knowledge.embedding import LOWER_LAYERS, Halfway, OnnxEmbedder, packaged_model
from knowledge.lesson import Lesson, lessons_hash
from knowledge.reader import HEADS, LAYERS, LENGTH, STATES, Head, save_heads, tokens_of

EPOCHS = 5
BATCH = 32
SORTED_TOGETHER = 40
"""Batches among which texts are sorted by length, so that little is padded."""
LAYER_RATE, HEAD_RATE, WARM_UP, LEAST_RATE = 3e-4, 2e-3, 0.06, 0.02
DECAY, DROPOUT, LARGEST_STEP = 0.01, 0.1, 1.0
SEED = 0
OPSET = 17
BLOCK = 32
"""Weights that share a scale."""
IN_INTEGERS = 4
"""The accuracy level of ONNX Runtime that multiplies in integers of eight bits."""
"""Arrays of no more numbers are kept in full precision."""
HIDDEN = -1e4


def train_reader(
    lessons: Sequence[Lesson],
    embedder: OnnxEmbedder,
    layers: Path = LAYERS,
    heads: Path = HEADS,
    epochs: int = EPOCHS,
) -> None:
    """Fit layers and heads by maximum likelihood (AdamW, in bfloat16) and write them; half an hour and 4 GB."""
    from tqdm import tqdm

    torch.manual_seed(SEED)
    texts = [
        embedder.halfway(lesson.text, kept=False)
        for lesson in tqdm(lessons, desc="Reading what was typed", mininterval=5)
    ]
    net = _Net(lessons)
    rates = (LAYER_RATE, HEAD_RATE)
    groups = [{"params": [*net.layers.parameters()]}, {"params": [*net.heads.parameters()]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    batches = _batches([len(one.states) for one in texts], epochs)
    for step, batch in enumerate(tqdm(batches, desc="Training the reader", mininterval=5)):
        share = min(1.0, step / (WARM_UP * len(batches))) * max(LEAST_RATE, 1 - step / len(batches))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        loss = net.loss([texts[place] for place in batch], [lessons[place] for place in batch])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), LARGEST_STEP)
        optimizer.step()
    _write(net.layers.eval(), layers)
    save_heads(net.told(lessons), embedder.identity, heads)


def _batches(lengths: Sequence[int], epochs: int) -> list[list[int]]:
    """Return the places of texts in batches of like length, each text once an epoch."""
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(epochs):
        order, batches = rng.permutation(len(lengths)), []
        for start in range(0, len(order), BATCH * SORTED_TOGETHER):
            near = sorted(map(int, order[start : start + BATCH * SORTED_TOGETHER]), key=lambda place: lengths[place])
            batches += [near[first : first + BATCH] for first in range(0, len(near), BATCH)]
        found += [batches[place] for place in rng.permutation(len(batches))]
    return found


class _Layers(nn.Module):
    """Upper layers of a transformer over the states of tokens: shape (texts, tokens, dimension)."""

    def __init__(self, layers: nn.ModuleList):
        super().__init__()
        self.layers = layers

    def forward(self, states: Any, hidden: Any = None) -> Any:
        """Return the states after the layers; `hidden` is added to what tokens see of each other."""
        for layer in self.layers:
            found = layer(states, hidden)
            states = found[0] if isinstance(found, tuple) else found
        return states


class _Net(nn.Module):
    """The layers and their heads while they are trained."""

    def __init__(self, lessons: Sequence[Lesson]):
        from transformers import AutoModel

        super().__init__()
        inner = AutoModel.from_pretrained(packaged_model(), local_files_only=True)
        self.layers = _Layers(copy.deepcopy(inner.encoder.layer[LOWER_LAYERS:]))
        size = inner.config.hidden_size
        labels: dict[str, set[str]] = {}
        for lesson in lessons:
            for head, label in lesson.labels.items():
                labels.setdefault(head, set()).add(label)
            for head, parts in lesson.parts.items():
                labels.setdefault(head, set()).update(label for *_, label in parts)
        self.labels = {head: sorted(names) for head, names in sorted(labels.items())}
        of_parts = {head for lesson in lessons for head in lesson.parts}
        self.heads = nn.ModuleDict(
            {head: nn.Linear(size * (1 + (head in of_parts)), len(names)) for head, names in self.labels.items()}
        )
        self.drop = nn.Dropout(DROPOUT)
        self.place = {head: {name: place for place, name in enumerate(names)} for head, names in self.labels.items()}

    def loss(self, texts: Sequence[Halfway], lessons: Sequence[Lesson]) -> Any:
        """Return the mean loss of some texts under the heads that they have labels for."""
        longest = max(len(one.states) for one in texts)
        states = torch.zeros(len(texts), longest, texts[0].states.shape[1])
        there = torch.zeros(len(texts), longest, 1)
        for row, one in enumerate(texts):
            states[row, : len(one.states)] = torch.from_numpy(one.states.astype(np.float32))
            there[row, : len(one.states)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tokens = self.layers(states, (1 - there)[:, None, None, :, 0] * HIDDEN)
        tokens = tokens.float()
        means = (tokens * there).sum(1) / there.sum(1)
        whole = nn.functional.normalize(means, dim=1) * LENGTH
        seen: dict[str, list[tuple[Any, str]]] = {}
        for row, (one, lesson) in enumerate(zip(texts, lessons, strict=True)):
            for head, label in lesson.labels.items():
                seen.setdefault(head, []).append((whole[row], label))
            for head, parts in lesson.parts.items():
                for start, end, label in parts:
                    inside = tokens_of(one.spans, start, end)
                    if inside:
                        pair = torch.cat([tokens[row, inside].mean(0), means[row]])
                        seen.setdefault(head, []).append((pair, label))
        return sum(self._loss(head, pairs) * self._share(head, lessons) for head, pairs in seen.items())

    def _loss(self, head: str, pairs: Sequence[tuple[Any, str]]) -> Any:
        raw = self.heads[head](self.drop(torch.stack([seen for seen, _ in pairs])))
        wanted = torch.tensor([self.place[head][label] for _, label in pairs])
        return nn.functional.cross_entropy(raw, wanted)

    def _share(self, head: str, lessons: Sequence[Lesson]) -> float:
        return sum(head in lesson.labels or head in lesson.parts for lesson in lessons) / len(lessons)

    def told(self, lessons: Sequence[Lesson]) -> dict[str, Head]:
        """Return the heads as plain arrays."""
        found = {}
        for head, names in self.labels.items():
            linear: Any = self.heads[head]
            weights, offsets = linear.weight.detach().numpy().T.copy(), linear.bias.detach().numpy().copy()
            found[head] = Head(tuple(names), weights, offsets, lessons_hash(lessons, head))
        return found


def _write(layers: nn.Module, path: Path) -> None:
    """Export layers to ONNX, their weights in eight bits: a third of the memory, and read in half the time."""
    import onnx

    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        made = Path(scratch) / "layers.onnx"
        size = next(layers.parameters()).shape[-1]
        torch.onnx.export(
            layers,
            (torch.zeros(1, 8, size),),
            str(made),
            input_names=[STATES],
            output_names=["tokens"],
            dynamic_axes={STATES: {1: "token"}, "tokens": {1: "token"}},
            opset_version=OPSET,
            dynamo=False,
        )
        model = onnx.load(str(made))
    onnx.save(in_eight_bits(model), str(path))


def in_eight_bits(model: Any) -> Any:
    """Return a graph with the weights of its layers in eight bits, each block with a scale of its own."""
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    told = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=True, accuracy_level=IN_INTEGERS, bits=8)
    made = MatMulNBitsQuantizer(model, algo_config=told)
    made.process()
    return made.model.model
