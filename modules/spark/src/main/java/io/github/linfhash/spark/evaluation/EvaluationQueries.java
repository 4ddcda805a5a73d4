package io.github.linfhash.spark.evaluation;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.Labels;

/** The queries of an evaluation; they fit into every executor's memory. */
public record EvaluationQueries(BinaryCodes codes, Labels labels) {}
