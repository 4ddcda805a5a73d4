package io.github.linfhash.protocols.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.StratifiedSample;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.jspecify.annotations.Nullable;

/**
 * A split whose queries and database belong to classes that are not used for training (Sablayrolles, Douze,
 * Usunier, Jegou, "How should we evaluate supervised hashing?", ICASSP 2017). A classifier's codes have no
 * advantage there.
 *
 * <p>The unseen classes, or groups of classes, are drawn from the stream "unseen-classes". {@link StratifiedSample} draws
 * {@code queriesPerClass} rows of each unseen class from the stream "split", and {@code trainingPerClass} labeled training
 * rows of each other class, none of which is a query of any seed, from the stream "split/training". The database is all other rows of the unseen classes. Methods that need no labels learn
 * from all rows of the other classes ({@link Split#unlabeled}). All parts are in ascending order.
 *
 * @param unseen number of classes that no method trains on, or of groups if there are any
 * @param queriesPerClass number of queries of each unseen class
 * @param trainingPerClass number of labeled training vectors of each other class
 * @param groups the names of the classes of each group, such as the intents of a domain, of which all are unseen or none; each
 *     class of the data set is in one group. Null draws single classes
 */
public record UnseenClassesSplit(
        @Range(least = 1) int unseen,
        @Range(least = 1) int queriesPerClass,
        @Range(least = 1) int trainingPerClass,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, List<String>> groups)
        implements SplitRule {
    /** The name of the random stream that unseen classes are drawn from. */
    static final String CLASSES_STREAM = "unseen-classes";

    /** With one class all of the database is relevant, and learning from one has nothing to tell apart. */
    private static final int FEWEST_CLASSES = 2;

    public UnseenClassesSplit {
        Ranges.check(UnseenClassesSplit.class, unseen, queriesPerClass, trainingPerClass, groups);
        groups = groups == null ? null : checked(groups);
    }

    private static Map<String, List<String>> checked(Map<String, List<String>> groups) {
        Map<String, List<String>> sorted = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        groups.forEach((group, classes) -> {
            if (classes.isEmpty()) {
                throw new InputException("split.groups." + group + ": expected at least 1 class, found none");
            }
            classes.forEach(name -> {
                if (!seen.add(name)) {
                    throw new InputException(
                            "split.groups: expected each class in one group, found " + name + " twice");
                }
            });
            sorted.put(group, List.copyOf(classes));
        });
        return Collections.unmodifiableMap(sorted);
    }

    /** Classes that are unseen together or not at all. */
    private record Group(String name, Set<Integer> classes) {}

    private List<Group> groupsOf(ClassLabels labels) {
        int[] classes = Arrays.stream(labels.toArray()).sorted().distinct().toArray();
        if (groups == null) {
            return Arrays.stream(classes)
                    .mapToObj(label -> new Group(labels.nameOf(label), Set.of(label)))
                    .toList();
        }
        Map<String, Integer> numbers = new TreeMap<>();
        Arrays.stream(classes).forEach(label -> numbers.put(labels.nameOf(label), label));
        List<Group> found = new ArrayList<>();
        groups.forEach((group, names) -> {
            Set<Integer> members = new HashSet<>();
            for (String name : names) {
                Integer label = numbers.remove(name);
                if (label == null) {
                    throw new InputException("split.groups." + group
                            + ": expected names of the data set's classes, found '" + name + "'");
                }
                members.add(label);
            }
            found.add(new Group(group, members));
        });
        if (!numbers.isEmpty()) {
            throw new InputException(
                    "split.groups: expected each of the data set's " + classes.length + " classes in a group, found "
                            + numbers.keySet().iterator().next() + " in none");
        }
        return found;
    }

    private List<Group> unseen(ClassLabels labels, RandomStreams streams) {
        List<Group> all = groupsOf(labels);
        if (unseen >= all.size()) {
            throw new InputException("split.unseen: expected fewer than the " + all.size()
                    + (groups == null ? " classes of the data set" : " groups") + ", found " + unseen);
        }
        int[] drawn = new PermutationSampler(streams.stream(CLASSES_STREAM), all.size(), unseen).sample();
        return Arrays.stream(drawn).sorted().mapToObj(all::get).toList();
    }

    /** The unseen classes of a seed, or groups where there are any: their names in the order of their numbers or names. */
    public List<String> unseenNames(Labels labels, long seed) {
        return unseen(truth(labels), new RandomStreams(seed)).stream()
                .map(Group::name)
                .toList();
    }

    @Override
    public int[] queries(Labels labels, RandomStreams streams) {
        ClassLabels truth = truth(labels);
        int[] searched = rows(truth, unseenClasses(truth, streams)::contains);
        return LabelSample.ofEachClass(truth, searched, queriesPerClass, streams.stream(QUERY_STREAM));
    }

    @Override
    public Split split(Labels labels, int[] query, BitSet reserved, RandomStreams streams) {
        ClassLabels truth = truth(labels);
        Set<Integer> drawn = unseenClasses(truth, streams);
        int[] learned = rows(truth, label -> !drawn.contains(label));
        int[] training = LabelSample.trainingOfEachClass(
                truth, learned, reserved, trainingPerClass, streams.stream(TRAINING_STREAM));
        BitSet queries = LabelSample.setOf(query);
        int[] others = Arrays.stream(rows(truth, drawn::contains))
                .filter(row -> !queries.get(row))
                .toArray();
        return Split.of(truth.size(), training, query, TrainingRows.database(null, others, training))
                .learningFrom(learned);
    }

    /** The classes of a seed that nothing is learned from. */
    private Set<Integer> unseenClasses(ClassLabels truth, RandomStreams streams) {
        Set<Integer> drawn = new HashSet<>();
        unseen(truth, streams).forEach(group -> drawn.addAll(group.classes()));
        long all = Arrays.stream(truth.toArray()).distinct().count();
        if (drawn.size() < FEWEST_CLASSES || all - drawn.size() < FEWEST_CLASSES) {
            throw new InputException("split.unseen: expected at least " + FEWEST_CLASSES + " unseen classes and "
                    + FEWEST_CLASSES + " to learn from, found " + drawn.size() + " and " + (all - drawn.size()));
        }
        return drawn;
    }

    private static int[] rows(ClassLabels labels, IntPredicate ofClass) {
        return IntStream.range(0, labels.size())
                .filter(row -> ofClass.test(labels.get(row)))
                .toArray();
    }

    @Override
    public ClassLabels truth(Labels labels) {
        return LabelSample.classes(labels, "unseen-classes");
    }

    @Override
    public boolean allows(boolean labelSets) {
        return !labelSets;
    }
}
