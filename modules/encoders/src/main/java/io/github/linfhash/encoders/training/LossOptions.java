package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;

/**
 * What the losses of {@link LossKind} have to set, each what bears its name; the contrastive one has margin, sign, share of similar pairs
 * beside these.
 *
 * @param dsh of DSH
 * @param hashnet of HashNet
 * @param dch of DCH
 * @param greedyhash of Greedy Hash
 * @param csq of CSQ
 * @param orthohash of OrthoHash
 * @param regression of the regression of ADMM's solution
 */
public record LossOptions(
        @Origin(value = Source.OUR_READING, note = "see each option")
        DshLoss.Options dsh,

        @Origin(value = Source.OUR_READING, note = "see each option")
        HashNetLoss.Options hashnet,

        @Origin(value = Source.OUR_READING, note = "see each option")
        DchLoss.Options dch,

        @Origin(value = Source.OUR_READING, note = "see each option")
        GreedyHashLoss.Options greedyhash,

        @Origin(value = Source.OUR_READING, note = "see each option")
        CsqLoss.Options csq,

        @Origin(value = Source.OUR_READING, note = "see each option")
        OrthoHashLoss.Options orthohash,

        @Origin(value = Source.OUR_READING, note = "see each option")
        RegressionLoss.Options regression) {
    /** The published values, and ours where none is published. */
    public static final LossOptions DEFAULTS = new LossOptions(
            DshLoss.Options.DEFAULTS,
            HashNetLoss.Options.DEFAULTS,
            DchLoss.Options.DEFAULTS,
            GreedyHashLoss.Options.DEFAULTS,
            CsqLoss.Options.DEFAULTS,
            OrthoHashLoss.Options.DEFAULTS,
            RegressionLoss.Options.DEFAULTS);
}
