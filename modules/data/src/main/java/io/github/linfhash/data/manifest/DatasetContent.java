package io.github.linfhash.data.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.manifest.DatasetContent.ImageContent;
import io.github.linfhash.data.nuswide.NusWideReader;
import io.github.linfhash.data.readers.Cifar10Reader;
import io.github.linfhash.data.readers.Corel16kReader;
import io.github.linfhash.data.readers.IdxFiles;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import io.github.linfhash.formats.vectors.LabeledTexts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content of a data set's files. */
public sealed interface DatasetContent {
    /** How many rows: images, vectors, or texts. */
    int rows();

    /** How many paths each layout of the data set's files lists; 0 if any number. */
    int pathsPerLayout();

    /** The content that a manifest's keys describe. */
    @JsonCreator
    static DatasetContent of(
            @JsonProperty("format") @Nullable String format,
            @JsonProperty("images") @Nullable Integer images,
            @JsonProperty("shape") @Nullable ImageShape shape,
            @JsonProperty("classes") @Nullable List<@Nullable String> classes,
            @JsonProperty("rows") @Nullable Integer rows,
            @JsonProperty("dimension") @Nullable Integer dimension,
            @JsonProperty("features") @Nullable String features,
            @JsonProperty("labels") @Nullable Integer labels,
            @JsonProperty("frequentLabels") @Nullable FrequentLabels frequentLabels) {
        Optional<ImageFormat> imageFormat = named(ImageFormat.values(), format);
        if (imageFormat.isPresent()) {
            Requirements.absent("images", rows, dimension, features, labels, frequentLabels);
            return new ImageContent(
                    imageFormat.get(),
                    Requirements.present(images, "images"),
                    Requirements.present(shape, "shape"),
                    Requirements.list(classes, "classes"));
        }
        Optional<TextFormat> textFormat = named(TextFormat.values(), format);
        if (textFormat.isPresent()) {
            Requirements.absent("texts", images, shape, classes, dimension, features, frequentLabels);
            return new TextContent(
                    textFormat.get(), Requirements.present(rows, "rows"), Requirements.present(labels, "labels"));
        }
        FeatureFormat featureFormat = DatasetContent.<FeatureFormat>named(FeatureFormat.values(), format)
                .orElseThrow(() -> new IllegalArgumentException("expected as 'format' one of "
                        + Stream.<Enum<?>[]>of(ImageFormat.values(), FeatureFormat.values(), TextFormat.values())
                                .flatMap(Arrays::stream)
                                .map(DatasetContent::nameOf)
                                .collect(Collectors.joining(", "))
                        + (format == null ? ", found none" : ", found '" + format + "'")));
        Requirements.absent("vectors", images, shape, classes);
        return new FeatureContent(
                featureFormat,
                Requirements.present(rows, "rows"),
                Requirements.present(dimension, "dimension"),
                Requirements.text(features, "features"),
                Requirements.present(labels, "labels"),
                frequentLabels);
    }

    private static <E extends Enum<E>> Optional<E> named(E[] constants, @Nullable String name) {
        return Arrays.stream(constants)
                .filter(constant -> nameOf(constant).equals(name))
                .findFirst();
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Feature vectors, each with a set of labels.
     *
     * @param format how they are written
     * @param rows how many vectors, at least 1
     * @param dimension the dimension of each, at least 1
     * @param features what the vectors are, for people
     * @param labels how many labels there are, at least 1
     * @param frequentLabels what is known of the most frequent labels; null if nothing is
     */
    public record FeatureContent(
            FeatureFormat format,
            int rows,
            int dimension,
            String features,
            int labels,
            @Nullable FrequentLabels frequentLabels)
            implements DatasetContent {
        public FeatureContent {
            if (rows < 1 || dimension < 1 || labels < 1) {
                throw new IllegalArgumentException("expected at least 1 row, dimension and label, found " + rows + ", "
                        + dimension + " and " + labels);
            }
        }

        @Override
        public int pathsPerLayout() {
            return 0;
        }

        /**
         * Reads the vectors and labels.
         *
         * @param manifest the manifest that has this content
         * @param location the folder with the data set's files, as {@link DataLocator} finds it
         * @throws InputException if a file is not as its format says, or holds something else than the manifest says;
         *     generated vectors may be fewer
         */
        public LabeledFeatures read(DatasetManifest manifest, Path location, Progress progress) {
            LabeledFeatures read = switch (format) {
                case NUS_WIDE -> NusWideReader.read(location, progress);
                case COREL16K -> Corel16kReader.read(location, progress);
            };
            int foundLabels = read.labels() instanceof LabelSets sets ? sets.labels() : 0;
            boolean allRows = read.synthetic() || read.features().rows() == rows;
            if (!allRows || read.features().dimension() != dimension || foundLabels != labels) {
                throw new InputException(location + " does not hold " + manifest.title() + ": expected " + rows + " x "
                        + dimension + " features and " + labels + " labels, found "
                        + read.features().rows() + " x " + read.features().dimension() + " and " + foundLabels);
            }
            return read;
        }

        /**
         * Compares the counts in the labels with those that are known; returns sentences for people.
         *
         * @throws InputException if the counts of data that are not synthetic differ from those known
         */
        public List<String> facts(LabeledFeatures read, DatasetManifest manifest) {
            return frequentLabels == null ? List.of() : frequentLabels.compare(read, manifest.title());
        }
    }

    /** How files of feature vectors with sets of labels are written. */
    public enum FeatureFormat {
        /** The official files of NUS-WIDE, see {@link NusWideReader}. */
        NUS_WIDE,
        /** Lists of indices of words and labels, see {@link Corel16kReader}. */
        COREL16K
    }

    /**
     * Images of one class each.
     *
     * @param format how they are written
     * @param images how many images, at least 1
     * @param shape the size of each
     * @param classes the names of the classes; class c is entry c
     */
    public record ImageContent(ImageFormat format, int images, ImageShape shape, List<String> classes)
            implements DatasetContent {
        public ImageContent {
            classes = List.copyOf(classes);
            if (images < 1 || classes.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected at least 1 image and 1 class, found " + images + " and " + classes.size());
            }
        }

        @Override
        public int rows() {
            return images;
        }

        @Override
        public int pathsPerLayout() {
            return format == ImageFormat.IDX ? 2 : 1;
        }

        /**
         * Reads the images, in the order of the files.
         *
         * @param manifest the manifest that has this content
         * @param location the folder (or, for CIFAR-10, the archive) with the data set's files, as {@link DataLocator}
         *     finds it
         * @throws InputException if a file is not as its format says, or holds something else than the manifest says
         */
        public LabeledImages read(DatasetManifest manifest, Path location, Progress progress) {
            LabeledImages read = switch (format) {
                case CIFAR10 -> Cifar10Reader.read(location, progress);
                case IDX -> readPair(manifest.files().layouts().get(0), manifest.title(), location, progress);
            };
            if (read.size() != images || !read.shape().equals(shape)) {
                throw new InputException(location + " does not hold " + manifest.title() + ": expected " + images
                        + " images of " + shape + ", found " + read.size() + " of " + read.shape());
            }
            return read;
        }

        private LabeledImages readPair(List<String> pair, String title, Path location, Progress progress) {
            try (Progress.Task task = progress.begin("reading " + title, 1)) {
                LabeledImages images =
                        IdxFiles.read(location.resolve(pair.get(0)), location.resolve(pair.get(1)), classes);
                task.advance(1);
                return images;
            }
        }
    }

    /** How files of images are written. */
    public enum ImageFormat {
        /** The binary version of CIFAR-10, see {@link Cifar10Reader}. */
        CIFAR10,
        /** A pair of IDX files, see {@link IdxFiles}; the first layout names the images and then the labels. */
        IDX
    }

    /**
     * Texts of one class each.
     *
     * @param format how they are written
     * @param rows how many texts, at least 1
     * @param labels how many classes, at least 1
     */
    public record TextContent(TextFormat format, int rows, int labels) implements DatasetContent {
        public TextContent {
            if (rows < 1 || labels < 1) {
                throw new IllegalArgumentException(
                        "expected at least 1 row and 1 label, found " + rows + " and " + labels);
            }
        }

        @Override
        public int pathsPerLayout() {
            return 1;
        }

        /**
         * Reads the texts, in the order of the file.
         *
         * @param manifest the manifest that has this content
         * @param location the folder with the data set's files, as {@link DataLocator} finds it
         * @throws InputException if a file is not as its format says, or holds something else than the manifest says
         */
        public LabeledTexts read(DatasetManifest manifest, Path location, Progress progress) {
            Path file = location.resolve(manifest.files().layouts().get(0).get(0));
            LabeledTexts read = LabeledTexts.read(file, "text", "category", progress);
            int found = read.labels() == null ? 0 : read.labels().names().size();
            if (read.texts().size() != rows || found != labels) {
                throw new InputException(
                        location + " does not hold " + manifest.title() + ": expected " + rows + " texts of " + labels
                                + " classes, found " + read.texts().size() + " of " + found);
            }
            return read;
        }
    }

    /** How files of texts of one class each are written. */
    public enum TextFormat {
        /** A table with the columns {@code text} and {@code category}, which the layout names. */
        TEXT_TABLE
    }

    /**
     * The known counts of a data set's most frequent labels.
     *
     * @param rows how many rows carry at least one of them
     * @param counts how many rows carry each, by name, the most frequent first
     */
    public record FrequentLabels(int rows, Map<String, Integer> counts) {
        public FrequentLabels {
            counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
            if (rows < 1 || counts.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected at least 1 row and the count of 1 label, found " + rows + " and " + counts.size());
            }
        }

        /**
         * Counts as many of the most frequent labels in some data.
         *
         * @return sentences that name the counts and say whether they are as expected
         * @throws InputException if they are not, and the data are not synthetic
         */
        List<String> compare(LabeledFeatures data, String title) {
            FrequentLabels found =
                    count(data, Math.min(counts.size(), data.labelNames().size()));
            boolean same =
                    rows == found.rows && List.copyOf(counts.entrySet()).equals(List.copyOf(found.counts.entrySet()));
            if (!same && !data.synthetic()) {
                throw new InputException(
                        "the labels are not those of " + title + ": expected " + this + ", found " + found);
            }
            String verdict = same ? "as expected" : "unlike " + title + ": not its rows, or not all of them";
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d rows carry at least one of the %d most frequent labels (%s)",
                            found.rows,
                            data.labels().size(),
                            found.counts.size(),
                            verdict),
                    "The most frequent labels: " + found.shown() + " (" + verdict + ")");
        }

        private static FrequentLabels count(LabeledFeatures data, int most) {
            LabelSets sets = (LabelSets) data.labels();
            int[] frequent = sets.mostFrequent(most);
            int[] all = sets.counts();
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (int label : frequent) {
                counts.put(data.labelNames().get(label), all[label]);
            }
            LabelSets kept = sets.keep(frequent);
            int carrying = (int) IntStream.range(0, kept.size())
                    .filter(row -> kept.count(row) > 0)
                    .count();
            return new FrequentLabels(carrying, counts);
        }

        private String shown() {
            return counts.entrySet().stream()
                    .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return rows + " rows with one of " + shown();
        }
    }
}
