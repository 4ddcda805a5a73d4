package io.github.linfhash.cli.templates;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.DataShape;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.DuplicateFacts;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.split.ClassBalancedSplit;
import io.github.linfhash.protocols.split.LabelBalancedSplit;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.SplitRule;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import io.github.linfhash.protocols.split.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A protocol file for a user's data: it runs as it is, and its comments say what each entry does.
 *
 * @param source the lines under {@code data}
 * @param features the lines under {@code features}; empty if the rows are vectors
 * @param data what is known of the data
 */
public record ProtocolDraft(List<String> source, List<String> features, DataSketch data) {
    private static final List<Long> SEEDS = List.of(0L, 1L, 2L, 3L, 4L);
    private static final int WIDTH = 116;
    private static final List<String> METHODS = List.of(
            "Omitted options have the defaults of the method; `./linfhash show NAME` lists them.",
            "The options of the trained encoders are a starting point; `./linfhash tune` finds better ones on the"
                    + " training vectors.");

    public ProtocolDraft {
        source = List.copyOf(source);
        features = List.copyOf(features);
    }

    /** Describes the classes or labels and the duplicates, for people. */
    public String sizes() {
        List<String> why = SplitDraft.of(data, SEEDS).why();
        return why.get(0) + " " + why.get(why.size() - 1);
    }

    /**
     * The content of the file.
     *
     * @throws InputException if the data allow no comparison; the sentence says why
     */
    public String toYaml() {
        if (data.varying() < 2) {
            throw new InputException(
                    "the features allow no comparison: expected at least 2 that differ between vectors, " + "found "
                            + data.varying());
        }
        SplitDraft split = SplitDraft.of(data, SEEDS);
        MethodDrafts methods = new MethodDrafts(data, split, MethodRegistry.standard());
        List<Integer> bits = methods.bits();
        return String.format(
                Locale.ROOT,
                """
                # A protocol for your own data, drafted by `./linfhash init`; change what you like.
                schema: linfhash-protocol/1
                # The protocol is named after this file. To rename it, rename the file. Results go to NAME-results in the same
                # folder unless you pass --out.
                title: %s
                description: %s

                # Paths are absolute, or relative to the folder of this file.
                data:
                %s
                %s
                %s
                preprocessing:
                %s  center: training-mean
                  normalize: l2

                %s
                split:
                %s

                # Precision and recall are means over the queries. An empty Hamming ball counts as 0. mAP is averaged over all
                # orders of tied distances. Queries are not in the database.
                evaluation:
                  relevance: %s
                  average: macro
                  emptyBall: zero
                  ties: aware
                  selfMatch: exclude

                # Code lengths. Some methods allow at most as many bits as features.
                bits: %s
                # Each seed samples a new split and trains every method again. Use at least 5 seeds: with fewer, few differences
                # are significant. Queries of any seed are never trained on, so other seeds change the training vectors.
                seeds: %s

                %s
                methods:
                %s

                # The settings of --quick: less training, to check that everything works.
                quick:
                  bits: [%d]
                  seeds: [0]
                  options:
                    nnh: {training: {epochs: 2}}
                    snnh: {training: {epochs: 2}}
                    deep-linf: {training: {epochs: 2}}
                    deep-l0: {training: {epochs: 2}}
                    sparse-linf: {training: {epochs: 2}}
                """,
                YamlText.quoted(data.title()),
                YamlText.quoted(description(split)),
                indented(source),
                featureLines(),
                comment(preprocessingComment()),
                data.counts() ? "  rows: hellinger\n" : "",
                comment(split.why()),
                indented(splitLines(split.rule())),
                data.hasClasses() ? "same-class" : "shared-label",
                bits,
                SEEDS,
                comment(METHODS),
                indented(methods.lines()),
                bits.get(0));
    }

    private String description(SplitDraft split) {
        return split.training() + " training vectors and " + split.database()
                + " database vectors in each split; a vector is relevant to a query if it "
                + (data.hasClasses() ? "has the same class." : "shares one of the most frequent labels.");
    }

    private String featureLines() {
        return features.isEmpty()
                ? ""
                : "\n# GIST of the gray image: 3 scales x 8 orientations x 4 x 4 cells.\nfeatures:\n"
                        + indented(features) + "\n";
    }

    private List<String> preprocessingComment() {
        List<String> sentences = new ArrayList<>();
        sentences.add("The same for every method: subtract the mean of the training vectors, then scale each vector to"
                + " norm 1. To skip a step, set it to 'none'.");
        if (data.counts()) {
            sentences.add(
                    "All values are counts. First, each is replaced by the square root of its share of the vector's"
                            + " sum (Hellinger), so that a few frequent entries do not dominate. To skip this step, remove"
                            + " 'rows'.");
        }
        return sentences;
    }

    private static List<String> splitLines(SplitRule rule) {
        if (rule instanceof ClassBalancedSplit split) {
            return List.of(
                    "kind: class-balanced",
                    "queriesPerClass: " + split.queriesPerClass(),
                    "trainingPerClass: " + split.trainingPerClass(),
                    "# The database contains everything except the queries, including the training vectors.",
                    "trainingRows: in-database",
                    duplicates(rule));
        }
        LabelBalancedSplit split = (LabelBalancedSplit) rule;
        return List.of(
                "kind: label-balanced",
                "mostFrequent: " + split.mostFrequent(),
                "queriesPerLabel: " + split.queriesPerLabel(),
                "# Labeled vectors to train on, sampled from the database.",
                "training: " + split.training(),
                duplicates(rule));
    }

    private static String duplicates(SplitRule rule) {
        return "duplicates: " + rule.duplicateRule().name().toLowerCase(Locale.ROOT);
    }

    private static String indented(List<String> lines) {
        return lines.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }

    private static String comment(List<String> sentences) {
        return YamlText.comment(String.join(" ", sentences), WIDTH);
    }

    /** The methods to begin with on the data, with the options that fit them; and code lengths that all of them allow. */
    private static final class MethodDrafts {
        private static final int MOST_ANCHORS = 300;
        private static final List<Integer> LENGTHS = List.of(64, 48, 32, 24, 16, 12, 8, 6, 4, 2);

        private final DataSketch data;
        private final DataShape shape;
        private final MethodRegistry registry;

        MethodDrafts(DataSketch data, SplitDraft split, MethodRegistry registry) {
            this.data = data;
            this.shape = new DataShape(split.database(), data.dimension());
            this.registry = registry;
        }

        /** Two code lengths, ascending, or one where the data have no room for more. */
        List<Integer> bits() {
            // PSH and ITQ have at most as many bits as features that vary; AGH has fewer than anchors.
            int most = Math.min(data.varying(), Math.min(MOST_ANCHORS, shape.database() / 2) / 3);
            List<Integer> fitting = LENGTHS.stream()
                    .filter(length -> length <= most)
                    .limit(2)
                    .sorted()
                    .toList();
            return fitting.isEmpty() ? List.of(2) : fitting;
        }

        /** The lines of the list of methods, options in a line for each group, for people who change them. */
        List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (MethodSpec<?> method : registry.all()) {
                registry.recommended(method.name(), shape).ifPresent(options -> {
                    lines.add("- name: " + method.name());
                    if (!options.isEmpty()) {
                        lines.add("  options:");
                    }
                    options.forEach((name, value) -> lines.add("    " + name + ": " + StrictReader.toYamlFlow(value)));
                });
            }
            return lines;
        }
    }

    /**
     * A split that the data allow under every seed, as near to the paper's as they do.
     *
     * @param rule how rows are drawn
     * @param why what is known of the classes or labels, and how the counts follow from it; sentences for people
     * @param training labeled training rows of each split
     * @param database rows of the database of each split
     */
    private record SplitDraft(SplitRule rule, List<String> why, int training, int database) {
        /** As in Table 2 of the paper: 100 queries and 200 training rows of each class. */
        private static final int MOST_QUERIES = 100;

        private static final int MOST_TRAINING_PER_CLASS = 200;
        private static final int MOST_QUERIES_IN_ALL = 2000;
        private static final int MOST_TRAINING_IN_ALL = 5000;
        private static final int MOST_TRAINING_OF_SETS = 2000;
        /** As many as the paper takes of NUS-WIDE. */
        private static final int MOST_LABELS = 21;

        private static final int FEWEST_ROWS_OF_A_LABEL = 10;

        /**
         * Drafts a split.
         *
         * @throws InputException if the data do not allow any
         */
        static SplitDraft of(DataSketch data, List<Long> seeds) {
            SplitDraft kept = of(data, data.labels(), DuplicateRule.KEEP, seeds);
            Labels distinct = data.distinctLabels();
            if (distinct.size() == data.rows()) {
                return kept.saying("There are no exact or near duplicates.");
            }
            String found = "Duplicates: " + DuplicateFacts.groups(data.duplicates()) + "; with 'keep', "
                    + DuplicateFacts.of(kept.rule(), data.duplicates(), data.labels(), seeds) + ".";
            try {
                return of(data, distinct, DuplicateRule.GROUP, seeds)
                        .saying(found
                                + " 'group' keeps each group on one side of the split; 'drop' removes duplicates of queries from"
                                + " the database.");
            } catch (InputException e) {
                return kept.saying(found + " They are kept because there are too few vectors without them: "
                        + e.getMessage() + ".");
            }
        }

        private SplitDraft saying(String sentence) {
            List<String> more = new ArrayList<>(why);
            more.add(sentence);
            return new SplitDraft(rule, more, training, database);
        }

        /** Drafts a split with the counts that some rows allow: all of them, or one of each group of duplicates. */
        private static SplitDraft of(DataSketch data, Labels rows, DuplicateRule duplicates, List<Long> seeds) {
            return data.hasClasses()
                    ? ofClasses(data, (ClassLabels) rows, duplicates, seeds)
                    : ofSets(data, (LabelSets) rows, duplicates, seeds);
        }

        private static SplitDraft ofClasses(
                DataSketch data, ClassLabels labels, DuplicateRule duplicates, List<Long> seeds) {
            Map<Integer, Integer> sizes = new TreeMap<>();
            for (int label : labels.toArray()) {
                sizes.merge(label, 1, Integer::sum);
            }
            Map.Entry<Integer, Integer> smallest = Collections.min(sizes.entrySet(), Map.Entry.comparingByValue());
            int least = smallest.getValue();
            String name = data.nameOf(smallest.getKey());
            if (sizes.size() < 2 || least < 2) {
                throw new InputException(
                        "the labels allow no comparison: expected at least 2 classes of at least 2 rows "
                                + "each, found " + sizes.size() + ", the smallest of which, " + name + ", has "
                                + least);
            }
            int queries = within(1, least / 6, Math.min(MOST_QUERIES, MOST_QUERIES_IN_ALL / sizes.size()));
            int training = within(
                    Math.min(2, least - queries),
                    Math.min(least / 3, fewestFree(labels, queries, seeds)),
                    Math.min(MOST_TRAINING_PER_CLASS, MOST_TRAINING_IN_ALL / sizes.size()));
            List<String> why = List.of(
                    sizes.size() + " classes of " + least + " (" + name + ") to " + Collections.max(sizes.values())
                            + rows(duplicates) + ".",
                    "Of each class, a sixth of the size of the smallest class are queries and a third is for training, but at most "
                            + MOST_QUERIES + " and " + MOST_TRAINING_PER_CLASS + " per class, and "
                            + MOST_QUERIES_IN_ALL
                            + " and " + MOST_TRAINING_IN_ALL
                            + " in total. Only vectors that are not a query of any seed are for training.");
            return drawn(
                    new ClassBalancedSplit(queries, training, TrainingRows.IN_DATABASE, duplicates), data, why, seeds);
        }

        /** Of each class, the rows that are a query of no seed: how many there are at least. */
        private static int fewestFree(ClassLabels labels, int queries, List<Long> seeds) {
            SplitRule rule = new ClassBalancedSplit(queries, 1, TrainingRows.IN_DATABASE);
            Set<Integer> ofAnySeed = queries(rule, labels, seeds);
            Map<Integer, Integer> free = new TreeMap<>();
            for (int row = 0; row < labels.size(); row++) {
                free.merge(labels.get(row), ofAnySeed.contains(row) ? 0 : 1, Integer::sum);
            }
            return Collections.min(free.values());
        }

        private static Set<Integer> queries(SplitRule rule, Labels labels, List<Long> seeds) {
            return seeds.stream()
                    .flatMap(seed -> Arrays.stream(rule.queries(labels, new RandomStreams(seed)))
                            .boxed())
                    .collect(Collectors.toSet());
        }

        private static String rows(DuplicateRule duplicates) {
            return duplicates == DuplicateRule.GROUP ? " different vectors" : " vectors";
        }

        private static int within(int least, int wanted, int most) {
            return Math.max(least, Math.min(wanted, most));
        }

        private static SplitDraft ofSets(
                DataSketch data, LabelSets labels, DuplicateRule duplicates, List<Long> seeds) {
            int[] counts = labels.counts();
            int[] frequent = IntStream.range(0, counts.length)
                    .filter(label -> counts[label] >= FEWEST_ROWS_OF_A_LABEL)
                    .boxed()
                    .sorted((a, b) -> Integer.compare(counts[b], counts[a]))
                    .limit(MOST_LABELS)
                    .mapToInt(Integer::intValue)
                    .toArray();
            if (frequent.length < 2) {
                throw new InputException("the labels allow no comparison: expected at least 2 labels of at least "
                        + FEWEST_ROWS_OF_A_LABEL + " rows each, found " + frequent.length);
            }
            int rarest = frequent[frequent.length - 1];
            List<String> why = List.of(
                    counts.length + " labels, of which the " + frequent.length + " most frequent are used: from "
                            + counts[frequent[0]] + " (" + data.nameOf(frequent[0]) + ") to " + counts[rarest] + " ("
                            + data.nameOf(rarest) + ")" + rows(duplicates) + ".",
                    "Each label has a quarter of the size of the rarest one as queries, but at most " + MOST_QUERIES
                            + " per label and a tenth of all vectors, and fewer if a label would run out of vectors. No vector"
                            + " is a query twice.");
            int queries = within(1, counts[rarest] / 4, Math.min(MOST_QUERIES, labels.size() / 10 / frequent.length));
            while (queries > 0) {
                try {
                    return ofSets(data, labels.size(), frequent.length, queries, why, duplicates, seeds);
                } catch (InputException e) {
                    if (queries == 1) {
                        throw e;
                    }
                    queries /= 2;
                }
            }
            throw new IllegalStateException("the loop ends by a draft or an exception");
        }

        private static SplitDraft ofSets(
                DataSketch data,
                int rows,
                int labels,
                int queries,
                List<String> why,
                DuplicateRule duplicates,
                List<Long> seeds) {
            int database = drawn(new LabelBalancedSplit(labels, queries, 1, null, duplicates), data, why, seeds)
                    .database();
            // Of groups of duplicates, one row each can be trained on.
            int ofOtherSeeds = (seeds.size() - 1) * queries * labels;
            int most = Math.max(1, database - (data.rows() - rows) - ofOtherSeeds);
            int training = within(1, most / 2, MOST_TRAINING_OF_SETS);
            return drawn(new LabelBalancedSplit(labels, queries, training, null, duplicates), data, why, seeds);
        }

        /** The draft, once it is known that each seed has such a split. */
        private static SplitDraft drawn(SplitRule rule, DataSketch data, List<String> why, List<Long> seeds) {
            int training = 0;
            int database = 0;
            Splits splits = Splits.of(rule, seeds, data.duplicates(), data.labels());
            for (long seed : seeds) {
                Split split = splits.draw(seed);
                training = split.training().length;
                database = split.database().length;
            }
            return new SplitDraft(rule, why, training, database);
        }
    }
}
