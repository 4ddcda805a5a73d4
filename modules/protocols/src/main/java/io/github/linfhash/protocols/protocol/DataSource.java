package io.github.linfhash.protocols.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.linfhash.formats.vectors.TableForm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data of a protocol. */
public sealed interface DataSource permits DataSource.OfSet, DataSource.OfVectors, DataSource.OfImageFolder {
    /** Returns its description for lists. */
    String shown();

    /** Returns where queries are sampled from, or null for the searched rows. */
    @Nullable String queries();

    /** Returns this source without paths and without options whose effect shows in the content that is read. */
    DataSource withoutPlaces();

    /**
     * A data set with a manifest in linfhash.
     *
     * @param set name of the data set
     * @param padTo side of the black square on which each image is centered (default: images are unchanged)
     * @param embedding published model that embeds texts; only for data sets of texts
     * @param queries name of another data set of texts that queries are sampled from (default: the same); requires {@code split.kind:
     *     random} without {@code split.duplicates}, and {@code evaluation.relevance: neighbors}
     */
    record OfSet(
            String set,
            @Nullable Integer padTo,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String embedding,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String queries)
            implements DataSource {
        @Override
        public String shown() {
            return queries == null ? set : set + ", searched by " + queries;
        }

        @Override
        public DataSource withoutPlaces() {
            return this;
        }
    }

    /**
     * Your feature vectors; paths are absolute or relative to the protocol file.
     *
     * @param features path of the vectors
     * @param queries path of other vectors, from which queries are sampled (default: the same); requires {@code split.kind: random}
     *     without {@code split.duplicates}, and no {@code labels}
     * @param labels path of their labels; left out if only neighbors are relevant
     * @param labelColumn column of the labels in a table, as in {@link TableForm}
     * @param idColumn column to ignore, such as an id
     * @param delimiter field separator in CSV
     * @param header whether the first row of CSV contains names (default: found in the row, unless it may be either)
     * @param indexBase smallest index in LIBSVM, 0 or 1 (default: 0 if index 0 occurs, otherwise 1)
     * @param dimension dimension of the vectors in LIBSVM (default: that of the largest index)
     */
    record OfVectors(
            String features,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String queries,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String labels,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String labelColumn,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String idColumn,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String delimiter,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean header,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer indexBase,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer dimension)
            implements DataSource {
        /** The layout of the features and labels. */
        public TableForm layout() {
            return new TableForm(labelColumn, idColumn, delimiter, header, indexBase, dimension);
        }

        @Override
        public String shown() {
            return queries == null ? features : features + ", searched by " + queries;
        }

        @Override
        public DataSource withoutPlaces() {
            // What the columns are shows in the features and labels, whose content counts.
            return new OfVectors(
                    "",
                    queries == null ? null : "another file",
                    labels == null ? null : "",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /**
     * Your images, in one folder per class.
     *
     * @param images path of the folder that contains the classes, absolute or relative to the protocol file
     * @param side side of the square to which each image is scaled, in pixels
     * @param skipUnreadable whether to skip files that cannot be read as images (default: such files are an error)
     */
    record OfImageFolder(
            String images,
            int side,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean skipUnreadable) implements DataSource {
        @Override
        public @Nullable String queries() {
            return null;
        }

        /** Whether files that cannot be read are left out. */
        public boolean skips() {
            return Boolean.TRUE.equals(skipUnreadable);
        }

        @Override
        public String shown() {
            return images;
        }

        @Override
        public DataSource withoutPlaces() {
            // What was left out shows in the images that were read, whose hash stands beside that of the rules.
            return new OfImageFolder("", side, null);
        }
    }

    /** The source that some keys describe. */
    @JsonCreator
    static DataSource of(
            @JsonProperty("set") @Nullable String set,
            @JsonProperty("padTo") @Nullable Integer padTo,
            @JsonProperty("embedding") @Nullable String embedding,
            @JsonProperty("queries") @Nullable String queries,
            @JsonProperty("features") @Nullable String features,
            @JsonProperty("labels") @Nullable String labels,
            @JsonProperty("labelColumn") @Nullable String labelColumn,
            @JsonProperty("idColumn") @Nullable String idColumn,
            @JsonProperty("delimiter") @Nullable String delimiter,
            @JsonProperty("header") @Nullable Boolean header,
            @JsonProperty("indexBase") @Nullable Integer indexBase,
            @JsonProperty("dimension") @Nullable Integer dimension,
            @JsonProperty("images") @Nullable String images,
            @JsonProperty("side") @Nullable Integer side,
            @JsonProperty("skipUnreadable") @Nullable Boolean skipUnreadable) {
        TableForm layout = new TableForm(labelColumn, idColumn, delimiter, header, indexBase, dimension);
        boolean plain = layout.equals(TableForm.PLAIN);
        boolean noImages = images == null && side == null && skipUnreadable == null;
        if (plain && set != null && features == null && labels == null && noImages) {
            return new OfSet(set, padTo, embedding, queries);
        }
        boolean noSet = set == null && padTo == null && embedding == null;
        if (features != null && noSet && noImages) {
            return new OfVectors(
                    features, queries, labels, labelColumn, idColumn, delimiter, header, indexBase, dimension);
        }
        boolean noVectors = plain && features == null && labels == null;
        if (noVectors && images != null && side != null && noSet && queries == null) {
            return new OfImageFolder(images, side, skipUnreadable);
        }
        List<String> found = new ArrayList<>();
        addIfPresent(found, "set", set);
        addIfPresent(found, "padTo", padTo);
        addIfPresent(found, "embedding", embedding);
        addIfPresent(found, "queries", queries);
        addIfPresent(found, "features", features);
        addIfPresent(found, "labels", labels);
        addIfPresent(found, "labelColumn", labelColumn);
        addIfPresent(found, "idColumn", idColumn);
        addIfPresent(found, "delimiter", delimiter);
        addIfPresent(found, "header", header);
        addIfPresent(found, "indexBase", indexBase);
        addIfPresent(found, "dimension", dimension);
        addIfPresent(found, "images", images);
        addIfPresent(found, "side", side);
        addIfPresent(found, "skipUnreadable", skipUnreadable);
        throw new IllegalArgumentException(
                "expected the key 'set', or 'features' and 'labels', or 'images' and 'side', " + "found "
                        + (found.isEmpty() ? "none" : String.join(", ", found)));
    }

    private static void addIfPresent(List<String> names, String name, @Nullable Object value) {
        if (value != null) {
            names.add(name);
        }
    }
}
