package io.github.linfhash.cli.templates;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.experiment.registry.ConfiguredQuantizer;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.QuantizerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A protocol file for a user's vectors in which codes are measured by the float neighbors that they keep.
 *
 * @param source the lines under {@code data}
 * @param title the data in a few words
 * @param vectors n x d
 * @param labels of the rows, whose classes are measured, too; null where there are none
 */
public record NeighborDraft(
        List<String> source,
        String title,
        FeatureMatrix vectors,
        @Nullable Labels labels) {
    private static final int MOST_QUERIES = 1000;
    private static final int MOST_TRAINING = 5000;
    private static final int NEIGHBORS = 10;
    private static final int FEWEST_ROWS = 200;

    /** Hashing methods that are quick at every length. */
    private static final List<String> BESIDE = List.of("sh", "lsh", "class-codes");

    /** The bytes of a norm and a product beside the bits of a code. */
    private static final int SIDE_BYTES = 8;

    /** The quantizers that users compare; a draft lists those that fit the dimension. */
    private static final List<QuantizerEntry> ROWS = List.of(
            row("sign", "hamming", Map.of("centered", true, "distance", "hamming")),
            row("sign", "asymmetric", Map.of("centered", true, "distance", "asymmetric")),
            row("truncated-sign", "asymmetric", Map.of("distance", "asymmetric")),
            row("rotated-sign", "hamming", Map.of("rotation", "dense", "distance", "hamming")),
            row("rotated-sign", "asymmetric", Map.of("rotation", "dense", "distance", "asymmetric")),
            row("itq", "hamming", Map.of("distance", "hamming")),
            row("rabitq", "bits-1", Map.of("bits", 1, "queryBits", 4)),
            row("rabitq", "bits-2", Map.of("bits", 2)),
            row("rabitq", "bits-4", Map.of("bits", 4)),
            row("osq", "bits-1", Map.of("bits", 1, "rotated", true)),
            row("osq", "bits-2", Map.of("bits", 2, "rotated", true)),
            row("turboquant", "bits-1", Map.of("bits", 1, "unbiased", false)),
            row("turboquant", "bits-2", Map.of("bits", 2, "unbiased", false)),
            row("pq", null, Map.of()),
            row("int8", null, Map.of()),
            row("float32", null, Map.of()));

    private static QuantizerEntry row(String name, @Nullable String variant, Map<String, Object> options) {
        return new QuantizerEntry(name, variant, options, null, null, null, null);
    }

    /**
     * The content of the file.
     *
     * @throws InputException if there are too few rows
     */
    public String toYaml() {
        int rows = vectors.rows();
        if (rows < FEWEST_ROWS) {
            throw new InputException("the features allow no comparison of neighbors: expected at least " + FEWEST_ROWS
                    + " rows, found " + rows);
        }
        int queries = Math.min(MOST_QUERIES, rows / 10);
        int training = Math.min(MOST_TRAINING, (rows - queries) / 2);
        List<Integer> bits = bits();
        return String.format(
                Locale.ROOT,
                """
                # A protocol for your own vectors, drafted by `./linfhash init --relevance neighbors`; edit it as you like.
                schema: linfhash-protocol/1
                title: %s
                description: "Recall of the %d nearest neighbors of a query among the best %d x oversampling codes, at equal bytes%s."

                # Paths are absolute, or relative to the folder of this file.
                data:
                %s

                # Only for hashing methods. Neighbors and quantizers use the original vectors.
                preprocessing:
                  center: training-mean
                  normalize: l2

                # Queries are sampled from all vectors; the others are the database. The training vectors, part of the
                # database, are for methods that need labels.
                split:
                  kind: random
                  queries: %d
                  training: %d

                # Relevant vectors for mAP and precision@10%s.
                evaluation:
                  relevance: %s
                  average: macro
                  emptyBall: zero
                  ties: aware
                  selfMatch: exclude

                # similarity: cosine, dot or euclidean.
                neighbors:
                  count: %d
                  similarity: cosine

                metrics: [neighborRecall@1, neighborRecall@2, neighborRecall@3, neighborRecall@5, neighborRecall@10, map, precisionTop10]

                # Code lengths in bits. A quantizer is measured at a length only if its code fits, including per-vector metadata.
                bits: %s
                seeds: [0, 1, 2, 3, 4]

                # At each length, the options with the largest code that fits.
                quantizers:
                %s

                # Hashing methods for comparison, with the options that they recommend for your own data.
                methods:
                %s

                # The settings of --quick.
                quick:
                  bits: [%d]
                  seeds: [0]
                """,
                YamlText.quoted(title),
                NEIGHBORS,
                NEIGHBORS,
                labels == null ? "" : ", and retrieval of classes",
                lines(source.stream()),
                queries,
                training,
                labels == null ? ": the neighbors, because there are no labels" : "",
                labels == null ? "neighbors" : labels instanceof ClassLabels ? "same-class" : "shared-label",
                NEIGHBORS,
                bits,
                lines(quantizers(bits)),
                lines(methods(bits)),
                bits.get(0));
    }

    /** Half a bit, a bit with and without side information, and two bits a coordinate; a byte, and the floats themselves. */
    private List<Integer> bits() {
        int bytes = (vectors.dimension() + 7) / 8;
        return Stream.of(
                        Math.max(2, bytes / 2),
                        bytes,
                        bytes + SIDE_BYTES,
                        2 * bytes,
                        vectors.dimension() + Float.BYTES,
                        Float.BYTES * vectors.dimension())
                .map(count -> Byte.SIZE * count)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), List::copyOf));
    }

    private Stream<String> quantizers(List<Integer> bits) {
        return ROWS.stream().filter(row -> fits(row, bits)).flatMap(row -> {
            List<String> lines = new ArrayList<>(List.of("- name: " + row.name()));
            if (row.variant() != null) {
                lines.add("  variant: " + row.variant());
                lines.add("  options: " + StrictReader.toYamlFlow(row.options()));
            }
            if (row.name().equals("rotated-sign")) {
                // It would take any number of bits, by more rotations.
                lines.add("  bits: " + bits.subList(0, bits.size() - 2));
            }
            return lines.stream();
        });
    }

    private boolean fits(QuantizerEntry row, List<Integer> bits) {
        try {
            return !ConfiguredQuantizer.of(row, vectors.dimension(), bits, title)
                    .at()
                    .isEmpty();
        } catch (InputException e) {
            // It says which lengths it would need; the file has others.
            return false;
        }
    }

    private Stream<String> methods(List<Integer> bits) {
        int most = vectors.dimension();
        List<Integer> lengths = bits.stream().filter(length -> length <= most).toList();
        return MethodRegistry.standard().all().stream()
                .filter(spec -> BESIDE.contains(spec.name()))
                .filter(spec -> labels != null || spec.supervision() != Supervision.SUPERVISED)
                .flatMap(spec -> Stream.of("- name: " + spec.name(), "  bits: " + lengths));
    }

    private static String lines(Stream<String> lines) {
        return lines.map(line -> "  " + line).collect(Collectors.joining("\n"));
    }

    /** Returns a title of the vectors for people: their name, number and dimension. */
    public static String titleOf(String name, FeatureMatrix vectors) {
        return String.format(
                Locale.ROOT, "%s, %,d vectors of dimension %,d", name, vectors.rows(), vectors.dimension());
    }
}
