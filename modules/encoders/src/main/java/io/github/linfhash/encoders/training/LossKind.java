package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.training.BatchLoss.SparsityPenalty;
import io.github.linfhash.encoders.training.ContrastiveLoss.InBatchLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The losses that encoders are trained on, one constant for each: all that lists, checks and trainings ask for. */
public enum LossKind {
    /** Eq. (12) of the l-infinity paper. */
    CONTRASTIVE(
            "Contrastive loss",
            "Hadsell, Chopra, LeCun: Dimensionality reduction by learning an invariant mapping, CVPR 2006",
            Learns.SIMILARITY,
            Labeling.SEVERAL,
            setting -> new InBatchLoss(
                            setting.options().contrastive(),
                            setting.options().similarShare(),
                            setting.units(),
                            setting.images())
                    .over(setting.pairs())),
    /** {@link DshLoss}. */
    DSH(
            "Deep supervised hashing (DSH)",
            "Liu, Wang, Shan, Chen: Deep Supervised Hashing for Fast Image Retrieval, CVPR 2016",
            Learns.SIMILARITY,
            Labeling.SEVERAL,
            setting -> new DshLoss(setting.losses().dsh(), setting.units(), setting.images()).over(setting.pairs())),
    /** {@link HashNetLoss}. */
    HASHNET(
            "HashNet",
            "Cao, Long, Wang, Yu: HashNet: Deep Learning to Hash by Continuation, ICCV 2017",
            Learns.SIMILARITY,
            Labeling.SEVERAL,
            setting -> new HashNetLoss(
                            setting.losses().hashnet(), setting.options().epochs(), setting.units(), setting.images())
                    .over(setting.pairs())),
    /** {@link DchLoss}. */
    DCH(
            "Deep Cauchy hashing (DCH)",
            "Cao, Long, Liu, Wang: Deep Cauchy Hashing for Hamming Space Retrieval, CVPR 2018",
            Learns.SIMILARITY,
            Labeling.SEVERAL,
            setting -> new DchLoss(setting.losses().dch(), setting.units(), setting.images()).over(setting.pairs())),
    /** {@link GreedyHashLoss}. */
    GREEDYHASH(
            "Greedy Hash",
            "Su, Zhang, Han, Tian: Greedy Hash: Towards Fast Optimization for Accurate Hash Coding in CNN, NeurIPS 2018",
            Learns.CLASSES,
            Labeling.ONE,
            setting -> new GreedyHashLoss(
                    setting.losses().greedyhash(),
                    setting.targets(),
                    setting.units(),
                    setting.images(),
                    setting.random().stream("head"))),
    /** {@link CsqLoss}. */
    CSQ(
            "Central similarity quantization (CSQ)",
            "Yuan et al.: Central Similarity Quantization for Efficient Image and Video Retrieval, CVPR 2020",
            Learns.CLASSES,
            Labeling.SEVERAL,
            setting -> new CsqLoss(
                    setting.losses().csq(), setting.targets(), setting.units(), setting.random().stream("centres"))),
    /** {@link OrthoHashLoss}. */
    ORTHOHASH(
            "OrthoHash",
            "Hoe et al.: One Loss for All: Deep Hashing with a Single Cosine Similarity based Learning Objective, NeurIPS 2021",
            Learns.CLASSES,
            Labeling.SEVERAL,
            setting -> new OrthoHashLoss(
                    setting.losses().orthohash(),
                    setting.targets(),
                    setting.units(),
                    setting.images(),
                    setting.random().stream("centres"))),
    /** {@link RegressionLoss}. */
    REGRESSION(
            "Regression of ADMM's solution",
            "Gregor, LeCun: Learning fast approximations of sparse coding, ICML 2010",
            Learns.SOLUTIONS,
            Labeling.SEVERAL,
            setting -> new RegressionLoss(Objects.requireNonNull(setting.solutions(), "no solutions of the images")));

    /** The information that a loss learns from. */
    public enum Learns {
        /** Which images are similar, by a label that both have or by nearness. */
        SIMILARITY,
        /** The class or the labels of each image. */
        CLASSES,
        /** The solutions of the problem whose solver the encoder unfolds; no label is looked at. */
        SOLUTIONS
    }

    /** How many labels an image may have. */
    public enum Labeling {
        /** One class. */
        ONE,
        /** A class, or any number of labels. */
        SEVERAL
    }

    /**
     * The training that a loss is made for.
     *
     * @param features of the training images
     * @param labels their ground truth
     * @param solutions of the training images, N values each, where the loss learns from {@link Learns#SOLUTIONS}
     * @param units N
     * @param images B
     * @param random the streams of the training
     */
    record Setting(
            TrainingOptions options,
            FeatureMatrix features,
            Labels labels,
            @Nullable FeatureMatrix solutions,
            int units,
            int images,
            RandomStreams random) {
        LossOptions losses() {
            return options.losses();
        }

        BatchPairs pairs() {
            return new BatchPairs(features, options.similar(features, labels), images);
        }

        ClassTargets targets() {
            return ClassTargets.of(labels);
        }
    }

    private final String title;
    private final String citation;
    private final Learns learns;
    private final Labeling labeling;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a constructor keeps nothing
    private final Function<Setting, BatchLoss> constructor;

    LossKind(
            String title, String citation, Learns learns, Labeling labeling, Function<Setting, BatchLoss> constructor) {
        this.title = title;
        this.citation = citation;
        this.learns = learns;
        this.labeling = labeling;
        this.constructor = constructor;
    }

    /** The loss, without a penalty on the size of outputs that is not its own. */
    BatchLoss create(Setting setting) {
        return constructor.apply(setting);
    }

    /** The loss with the penalty that the options ask for. */
    BatchLoss withSparsity(Setting setting) {
        double weight = setting.options().sparsityPenalty();
        BatchLoss loss = create(setting);
        // The contrastive loss of a pair has the penalty itself.
        return weight == 0 || this == CONTRASTIVE ? loss : new SparsityPenalty(loss, weight);
    }

    /** How options call it, such as {@code dch}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How pages call it. */
    public String title() {
        return title;
    }

    /** Where it was published. */
    public String citation() {
        return citation;
    }

    /** Returns the information that the loss learns from. */
    public Learns learns() {
        return learns;
    }

    /** How many labels an image may have. */
    public Labeling labeling() {
        return labeling;
    }

    /** Its own options with their defaults, named as in a method's options. */
    public List<OptionEntry> options() {
        Predicate<String> own = ownOptions();
        return OptionEntry.of(TrainingOptions.DEFAULTS).stream()
                .filter(entry -> own.test(entry.name()))
                .map(entry -> new OptionEntry("training." + entry.name(), entry.value(), entry.origin(), entry.range()))
                .toList();
    }

    /** Which training options are its own, by name. */
    Predicate<String> ownOptions() {
        return this == CONTRASTIVE
                ? List.of("margin", "lossSign", "similarShare")::contains
                : name -> name.startsWith("losses." + word() + ".");
    }

    /**
     * Checks that it can learn from labels.
     *
     * @throws InputException if not, in a sentence
     */
    void requireFit(Labels labels) {
        if (labeling == Labeling.ONE) {
            ClassTargets.of(labels).requireOne("training.loss: " + word());
        }
    }

    /** The names of those that take several labels, as a list. */
    static String ofSeveralLabels() {
        return words(kind -> kind.labeling == Labeling.SEVERAL);
    }

    /** The names of those that learn from similarity, as a list. */
    static String ofSimilarity() {
        return words(kind -> kind.learns == Learns.SIMILARITY);
    }

    private static String words(Predicate<LossKind> wanted) {
        return Arrays.stream(values()).filter(wanted).map(LossKind::word).collect(Collectors.joining(", "));
    }

    /**
     * The options of the losses of {@link LossKind}, each in the component of its name; margin, sign and share of similar pairs of the contrastive
     * loss stand beside this record.
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
            DshLoss.Options dsh,
            HashNetLoss.Options hashnet,
            DchLoss.Options dch,
            GreedyHashLoss.Options greedyhash,
            CsqLoss.Options csq,
            OrthoHashLoss.Options orthohash,
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
}
