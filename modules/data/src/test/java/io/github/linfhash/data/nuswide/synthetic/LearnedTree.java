package io.github.linfhash.data.nuswide.synthetic;

import io.github.linfhash.core.features.LabelSets;
import java.util.ArrayList;
import java.util.List;

/** Learns the tree of concepts from labels, as {@code concept-tree.csv} was once learned from the ground truth of NUS-WIDE. */
final class LearnedTree {
    private LearnedTree() {}

    /** Counts labels and finds their tree, from the most frequent concept on. */
    static ConceptTree of(LabelSets labels, List<String> concepts) {
        int[] counts = labels.counts();
        int[][] both = together(labels);
        List<Integer> order = new ArrayList<>();
        List<ConceptTree.Node> nodes = new ArrayList<>();
        int root = 0;
        for (int c = 1; c < counts.length; c++) {
            root = counts[c] > counts[root] ? c : root;
        }
        order.add(root);
        nodes.add(new ConceptTree.Node(concepts.get(root), counts[root], -1, 0));
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
            nodes.add(new ConceptTree.Node(concepts.get(child), counts[child], parent, both[child][order.get(parent)]));
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

    /** The tree as a file: a line for each concept, after a line of names. */
    static String toCsv(ConceptTree tree) {
        StringBuilder text = new StringBuilder("concept,images,parent,both\n");
        for (ConceptTree.Node node : tree.nodes()) {
            String parent =
                    node.parent() < 0 ? "" : tree.nodes().get(node.parent()).concept();
            text.append(node.concept() + "," + node.count() + "," + parent + "," + node.both() + "\n");
        }
        return text.toString();
    }
}
