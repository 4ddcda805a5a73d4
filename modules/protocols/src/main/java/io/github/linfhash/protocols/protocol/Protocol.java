package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.protocols.gist.GistOptions;
import io.github.linfhash.protocols.protocol.Evaluation.RelevanceRule;
import io.github.linfhash.protocols.split.SplitRule;
import io.github.linfhash.protocols.yaml.StrictYaml;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One protocol file: what is compared with what, on which data, and how it is measured.
 *
 * @param schema {@value #SCHEMA}
 * @param name as in {@code --protocol NAME}; the file's name without its ending
 * @param title for pages
 * @param description what the protocol is for, for people
 * @param published the printed table of the paper to show beside the results; may be left out
 * @param data where the rows come from
 * @param features how images become feature vectors; left out where the rows are vectors, which are taken as given
 * @param preprocessing what is done to the vectors before any method sees them
 * @param split which rows train, query and form the database
 * @param evaluation relevance and the conventions of the metrics
 * @param metrics keys of the metrics that summaries show, in their order; where they are left out, {@link
 *     StandardMetrics#headline}
 * @param bits the code lengths N
 * @param seeds one split and one training of each method for each
 * @param methods the methods and their options
 * @param variants methods with some options changed, for claims about these options; may be left out
 * @param quick what {@code --quick} takes instead
 */
public record Protocol(
        String schema,
        String name,
        String title,
        String description,
        @Nullable Published published,
        DataSource data,
        @Nullable GistOptions features,
        Preprocessing preprocessing,
        SplitRule split,
        Evaluation evaluation,
        @Nullable List<String> metrics,
        List<Integer> bits,
        List<Long> seeds,
        List<MethodEntry> methods,
        @Nullable List<Variant> variants,
        Quick quick) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-protocol/1";

    public Protocol {
        require(schema.equals(SCHEMA), "expected schema " + SCHEMA + ", found '" + schema + "'");
        require(name.matches("[a-z0-9][a-z0-9-]*"), "'" + name + "' is no protocol name: lower case, digits, hyphens");
        requireAgreement(split, evaluation);
        metrics = metrics == null ? null : requireMetrics(metrics);
        requireRuns(bits, seeds);
        require(!methods.isEmpty(), "expected at least one method, found none");
        require(
                methods.stream().map(MethodEntry::name).distinct().count() == methods.size(),
                "expected each method once, found one twice");
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
        methods = List.copyOf(methods);
        variants = variants == null ? null : requireVariants(variants, methods);
    }

    /**
     * The printed table to show beside the results.
     *
     * @param table its key in the file of printed tables, such as T2
     * @param sameData whether the paper printed it for this data set; if not, it is shown for orientation only
     */
    public record Published(String table, boolean sameData) {}

    /**
     * What is done to feature vectors before any method sees them; the same for all methods.
     *
     * @param rows what is done to each row first; null leaves it as it is
     * @param centre which mean is then subtracted
     * @param normalise how each row is scaled afterwards
     */
    public record Preprocessing(@Nullable Rows rows, Centre centre, Norm normalise) {
        /** What is done to each row first. */
        public enum Rows {
            /**
             * The square root of each value's share of the row's sum: then the Euclidean distance of two bags of words is
             * the Hellinger distance of their words' distributions. Values must not be negative; a row of zeros stays.
             */
            HELLINGER
        }

        /** Which mean is subtracted. */
        public enum Centre {
            NONE,
            /** The mean of the labelled training images. */
            TRAINING_MEAN
        }

        /** How each row is scaled. */
        public enum Norm {
            NONE,
            /** To Euclidean length 1; a row of zeros stays. */
            L2
        }
    }

    /**
     * One method of the comparison.
     *
     * @param name its registered name
     * @param options the options that differ from the method's defaults
     * @param tunedBy the command that chose them, where one did
     */
    public record MethodEntry(
            String name,
            @Nullable Map<String, Object> options,
            @Nullable String tunedBy) {
        public MethodEntry {
            options = options == null ? Map.of() : Map.copyOf(options);
        }

        @Override
        public Map<String, Object> options() {
            return options == null ? Map.of() : options;
        }
    }

    /**
     * A method of the comparison with some options changed. It is run beside the method, and no table shows it.
     *
     * @param name a name of its own
     * @param method the name of the method
     * @param options the options that differ from those that the protocol gives the method
     */
    public record Variant(String name, String method, Map<String, Object> options) {
        public Variant {
            require(
                    name.matches("[a-z0-9][a-z0-9-]*"),
                    "'" + name + "' is no name of a variant: lower case, digits, hyphens");
            options = Map.copyOf(options);
        }
    }

    @Override
    public List<Variant> variants() {
        return variants == null ? List.of() : variants;
    }

    /**
     * What {@code --quick} takes instead: a run of under a minute, to see that everything works.
     *
     * @param bits code lengths
     * @param seeds seeds
     * @param options options by method that override those of the full run; may be left out
     */
    public record Quick(
            List<Integer> bits, List<Long> seeds, @Nullable Map<String, Map<String, Object>> options) {
        public Quick {
            requireRuns(bits, seeds);
            bits = List.copyOf(bits);
            seeds = List.copyOf(seeds);
        }

        /** The overriding options of a method; empty where it has none. */
        public Map<String, Object> optionsOf(String method) {
            return options == null ? Map.of() : options.getOrDefault(method, Map.of());
        }
    }

    /** The key of the printed table to show beside the results, or null if there is none. */
    public @Nullable String publishedTable() {
        return published == null ? null : published.table();
    }

    /** Whether the paper printed its numbers for this data set. */
    public boolean reproducesPaper() {
        return published != null && published.sameData();
    }

    /** SHA-256 over everything that decides whether two results may be compared: all but the runs and methods. */
    public String hash() {
        return StrictYaml.hash(new Rules(data.withoutPlaces(), features, preprocessing, split, evaluation));
    }

    /** What {@link #hash} is of. */
    private record Rules(
            DataSource data,
            @Nullable GistOptions features,
            Preprocessing preprocessing,
            SplitRule split,
            Evaluation evaluation) {}

    /** The keys of the metrics that summaries show. */
    public List<String> headline() {
        return metrics == null ? StandardMetrics.headline() : metrics;
    }

    private static void requireAgreement(SplitRule split, Evaluation evaluation) {
        require(
                split.forLabelSets() == (evaluation.relevance() == RelevanceRule.SHARED_LABEL),
                "expected evaluation.relevance " + (split.forLabelSets() ? "shared-label" : "same-class")
                        + " for this kind of split, found the other one");
        require(
                split.keepsQueries() == (evaluation.selfMatch() == SelfMatch.INCLUDE),
                "expected evaluation.selfMatch " + (split.keepsQueries() ? "include" : "exclude")
                        + " for this kind of split, found the other one");
    }

    private static List<String> requireMetrics(List<String> keys) {
        List<String> known = StandardMetrics.ALL.stream().map(Metric::key).toList();
        require(
                !keys.isEmpty() && keys.stream().distinct().count() == keys.size() && known.containsAll(keys),
                "expected in 'metrics' some of " + String.join(", ", known) + ", each once, found "
                        + String.join(", ", keys));
        return List.copyOf(keys);
    }

    private static List<Variant> requireVariants(List<Variant> variants, List<MethodEntry> methods) {
        List<String> known = methods.stream().map(MethodEntry::name).toList();
        for (Variant variant : variants) {
            require(
                    known.contains(variant.method()),
                    "expected as method of the variant " + variant.name() + " one of the protocol's, found "
                            + variant.method());
        }
        require(
                variants.stream().map(Variant::name).distinct().count() == variants.size(),
                "expected each variant once, found one twice");
        return List.copyOf(variants);
    }

    private static void requireRuns(List<Integer> bits, List<Long> seeds) {
        require(
                !bits.isEmpty() && bits.stream().allMatch(b -> b >= 1 && b <= 4096),
                "expected code lengths from 1 to 4096, found " + bits);
        require(!seeds.isEmpty(), "expected at least one seed, found none");
        require(bits.stream().distinct().count() == bits.size(), "expected each code length once, found " + bits);
        require(seeds.stream().distinct().count() == seeds.size(), "expected each seed once, found " + seeds);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
