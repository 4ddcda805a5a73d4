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

    /** The tree of NUS-WIDE's ground truth, counted once by {@link #learn}. */
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

    /** Counts labels and finds their tree, from the most frequent concept on. */
    static ConceptTree learn(LabelSets labels, List<String> concepts) {
        int[] counts = labels.counts();
        int[][] both = together(labels);
        List<Integer> order = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        int root = 0;
        for (int c = 1; c < counts.length; c++) {
            root = counts[c] > counts[root] ? c : root;
        }
        order.add(root);
        nodes.add(new Node(concepts.get(root), counts[root], -1, 0));
        while (order.size() < counts.length) {
            double best = Double.NEGATIVE_INFINITY;
            int child = -1;
            int parent = -1;
            for (int p = 0; p < order.size(); p++) {
                for (int c = 0; c < counts.length; c++) {
                    int known = order.get(p);
                    double value = order.contains(c)
                            ? Double.NEGATIVE_INFINITY
                            : information(labels.size(), counts[c], counts[known], both[c][known]);
                    if (value > best) {
                        best = value;
                        child = c;
                        parent = p;
                    }
                }
            }
            nodes.add(new Node(concepts.get(child), counts[child], parent, both[child][order.get(parent)]));
            order.add(child);
        }
        return new ConceptTree(labels.size(), nodes);
    }

    private static int[][] together(LabelSets labels) {
        int n = labels.labels();
        int[][] both = new int[n][n];
        int[] present = new int[n];
        for (int row = 0; row < labels.size(); row++) {
            int count = 0;
            for (int c = 0; c < n; c++) {
                if (labels.has(row, c)) {
                    present[count++] = c;
                }
            }
            for (int a = 0; a < count; a++) {
                for (int b = 0; b < count; b++) {
                    both[present[a]][present[b]]++;
                }
            }
        }
        return both;
    }

    /** The mutual information of two labels, in nats. */
    private static double information(int images, int a, int b, int both) {
        return term(images, both, a, b)
                + term(images, a - both, a, images - b)
                + term(images, b - both, images - a, b)
                + term(images, images - a - b + both, images - a, images - b);
    }

    private static double term(double images, double joint, double a, double b) {
        return joint == 0 ? 0 : joint / images * Math.log(joint * images / (a * b));
    }

    /** The concepts' names, in alphabetical order, as in the official list. */
    List<String> concepts() {
        return nodes.stream().map(Node::concept).sorted().toList();
    }

    /** The tree as a file: a line for each concept, after a line of names. */
    String toCsv() {
        StringBuilder text = new StringBuilder("concept,images,parent,both\n");
        for (Node node : nodes) {
            String parent = node.parent() < 0 ? "" : nodes.get(node.parent()).concept();
            text.append(node.concept() + "," + node.count() + "," + parent + "," + node.both() + "\n");
        }
        return text.toString();
    }

    /** Draws the labels of images; label l is entry l of {@link #concepts}. */
    LabelSets draw(int rows, UniformRandomProvider random) {
        List<String> names = concepts();
        int words = (names.size() + 63) >> 6;
        long[] masks = new long[Math.multiplyExact(rows, words)];
        boolean[] shown = new boolean[nodes.size()];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < shown.length; i++) {
                Node node = nodes.get(i);
                shown[i] = random.nextDouble() < chance(node, node.parent() >= 0 && shown[node.parent()]);
            }
            for (int i = 0; i < shown.length; i++) {
                if (shown[i]) {
                    int label = names.indexOf(nodes.get(i).concept());
                    masks[row * words + (label >> 6)] |= 1L << label;
                }
            }
        }
        return LabelSets.owning(rows, names.size(), masks);
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
