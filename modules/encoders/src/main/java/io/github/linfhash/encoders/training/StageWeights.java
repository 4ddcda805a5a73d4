package io.github.linfhash.encoders.training;

/** Whether the stages of an unfolded network share their weights and biases. */
public enum StageWeights {
    /** Each stage has its own. */
    UNTIED,
    /** All stages share them. */
    TIED
}
