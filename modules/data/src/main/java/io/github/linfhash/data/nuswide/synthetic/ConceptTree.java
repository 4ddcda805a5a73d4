package io.github.linfhash.data.nuswide.synthetic;

import io.github.linfhash.core.features.LabelSets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * How often concepts appear, and together with which other: a tree in which each concept depends on its parent alone.
 *
 * <p>Of all trees this one, of the pairs with the largest mutual information, is the most likely (Chow and Liu, IEEE
 * Transactions on Information Theory 14(3), 1968). Labels drawn from it have the concepts' frequencies, and the joint
 * frequencies of each concept with its parent; other pairs follow from these.
 *
 * @param images how many images were counted
 * @param nodes the concepts, each after its parent
 */
record ConceptTree(int images, List<Node> nodes) {
    private static final String RESOURCE = "concept-tree.csv";

    /** The images of NUS-WIDE. */
    static final int NUS_WIDE_IMAGES = 269_648;

    /**
     * One concept.
     *
     * @param count how many images show it
     * @param parent the index of its parent among the nodes; -1 for the first node
     * @param both how many images show it and its parent
     */
    record Node(String concept, int count, int parent, int both) {}

    ConceptTree {
        nodes = List.copyOf(nodes);
    }

    /** The tree of NUS-WIDE's ground truth, counted once, as the tests count it. */
    static ConceptTree ofNusWide() {
        List<Node> nodes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ConceptTree.class.getResourceAsStream(RESOURCE)), StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<String> fields = Arrays.asList(line.split(",", -1));
                nodes.add(new Node(
                        fields.get(0),
                        Integer.parseInt(fields.get(1)),
                        names.indexOf(fields.get(2)),
                        Integer.parseInt(fields.get(3))));
                names.add(fields.get(0));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ConceptTree(NUS_WIDE_IMAGES, nodes);
    }

    /** The concepts' names, in alphabetical order, as in the official list. */
    List<String> concepts() {
        return nodes.stream().map(Node::concept).sorted().toList();
    }

    /** Draws the labels of images; label l is entry l of {@link #concepts}. */
    LabelSets draw(int rows, UniformRandomProvider random) {
        List<String> names = concepts();
        boolean[] shown = new boolean[nodes.size()];
        return LabelSets.ofRows(rows, names.size(), row -> {
            for (int i = 0; i < shown.length; i++) {
                Node node = nodes.get(i);
                shown[i] = random.nextDouble() < chance(node, node.parent() >= 0 && shown[node.parent()]);
            }
            return IntStream.range(0, shown.length)
                    .filter(i -> shown[i])
                    .map(i -> names.indexOf(nodes.get(i).concept()))
                    .toArray();
        });
    }

    private double chance(Node node, boolean parentShown) {
        if (node.parent() < 0) {
            return (double) node.count() / images;
        }
        int parentCount = nodes.get(node.parent()).count();
        return parentShown
                ? (double) node.both() / parentCount
                : (double) (node.count() - node.both()) / (images - parentCount);
    }
}
