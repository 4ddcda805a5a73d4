#!/usr/bin/env python3
"""Writes latent semantic vectors of WordNet's glosses, and of BANKING77's questions in the same space.

  python3 datasets/latent-semantic.py

writes into datasets/wordnet-lsa, as float32:

  wordnet-256.npy, wordnet-768.npy   the first 256 and 768 latent components of each gloss
  banking77-256.npy                  the first 256 of each question, folded in with the words and weights of the glosses

A text is its count of each word times ln(texts / texts with the word). Words are runs of a-z and 0-9 in lower case that occur in two glosses
or more. The components are the first right singular vectors of the matrix of all glosses (Deerwester et al., 1990), by subspace iteration with
a fixed start (Halko, Martinsson and Tropp, 2011). Vectors are not scaled to one norm: those of long texts with rare words are long. Texts without
a known word, or with only words that no text of the first 256 components has, have no direction but rounding errors. They are left out of all files,
and the program prints how many.

Needs NumPy and SciPy. Other versions of these and other processors may give other last bits, and so another checksum than the printed one.
"""

import collections
import csv
import gzip
import hashlib
import pathlib
import re

import numpy as np
from scipy import sparse

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE / "wordnet-lsa"
WORDS = re.compile("[a-z0-9]+")
DIMENSIONS = (256, 768)
FURTHER, ROUNDS, SEED = 32, 6, 0


def texts(path):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        return [row[0] for row in csv.reader(file)][1:]


def bags(path):
    return [collections.Counter(WORDS.findall(text.lower())) for text in texts(path)]


def matrix(found, place, weight):
    """The weighted counts of known words, a row for each text that has one."""
    known = [{place[word]: count for word, count in bag.items() if word in place} for bag in found]
    kept = [bag for bag in known if bag]
    columns = np.array([column for bag in kept for column in bag])
    counts = np.array([count for bag in kept for count in bag.values()], dtype=float)
    starts = np.cumsum([0] + [len(bag) for bag in kept])
    return sparse.csr_array((counts * weight[columns], columns, starts), shape=(len(kept), len(place))), len(found) - len(kept)


def components(a, count):
    """The first right singular vectors, by column; orders and signs do not depend on the start."""
    q = np.random.default_rng(SEED).standard_normal((a.shape[1], count + FURTHER))
    for _ in range(ROUNDS):
        q = np.linalg.qr(a.T @ (a @ q))[0]
    product = a @ q
    values, turn = np.linalg.eigh(product.T @ product)
    q = q @ turn[:, np.argsort(-values)[:count]]
    return q * np.sign(q[np.abs(q).argmax(axis=0), np.arange(count)])


def directed(a, left_out, v):
    """The texts with a direction in the first components, and how many have none."""
    norms = np.linalg.norm(a @ v[:, : min(DIMENSIONS)], axis=1)
    kept = norms > 1e-6 * np.median(norms)
    return a[kept], left_out + int((~kept).sum())


def write(name, vectors, left_out):
    norms = np.linalg.norm(vectors, axis=1)
    partial = OUT / (name + ".part")
    with open(partial, "wb") as file:
        np.save(file, vectors.astype(np.float32))
    partial.replace(OUT / (name + ".npy"))
    digest = hashlib.sha256((OUT / (name + ".npy")).read_bytes()).hexdigest()
    print(f"{name}.npy: {len(vectors):,} vectors, {left_out} texts left out, norms {norms.min():.3g} to {norms.max():.3g} (median {np.median(norms):.3g}), sha256 {digest}")


def main():
    OUT.mkdir(exist_ok=True)
    glosses = bags(HERE / "wordnet/texts.csv.gz")
    texts_of = collections.Counter(word for bag in glosses for word in bag)
    words = sorted(word for word, number in texts_of.items() if number >= 2)
    place = {word: column for column, word in enumerate(words)}
    weight = np.log(len(glosses) / np.array([texts_of[word] for word in words]))
    a, left_out = matrix(glosses, place, weight)
    v = components(a, max(DIMENSIONS))
    a, left_out = directed(a, left_out, v)
    for dimension in DIMENSIONS:
        write(f"wordnet-{dimension}", a @ v[:, :dimension], left_out)
    asked, left_out = directed(*matrix(bags(HERE / "banking77/texts.csv"), place, weight), v)
    write(f"banking77-{min(DIMENSIONS)}", asked @ v[:, : min(DIMENSIONS)], left_out)


main()
