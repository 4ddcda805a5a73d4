package io.github.linfhash.advisor.export;

import static io.github.linfhash.advisor.export.AdviceSentences.format;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Advice as tables, the same in the terminal and on the page, and as text.
 *
 * @param advice the measurements
 * @param paste the lines to paste for an engine; null without an engine
 * @param files the files of commands
 */
public record AdviceListing(Advice advice, @Nullable EngineSnippet paste, QuantizeLine.Files files) {
    /** Describes the columns of the recall after rescoring. */
    public static final String RESCORING =
            "Bytes are those kept of each vector besides its code, and those read of them for the best codes of a query.";

    private static final String FLOAT_RECALL = "100.0%";
    private static final double LARGE = 99.95;
    private static final double THOUSAND = 1000;
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    /** Advice whose commands have placeholders for files. */
    public AdviceListing(Advice advice, @Nullable EngineSnippet paste) {
        this(advice, paste, QuantizeLine.Files.UNKNOWN);
    }

    /** Returns the answer as a table and in sentences, the properties of the vectors, and all measurements. */
    public String text() {
        AdviceSentences sentences = new AdviceSentences(advice);
        StringBuilder text = new StringBuilder();
        text.append(answer().text())
                .append(format(
                        "\nFor %d vectors of dimension %d. ",
                        advice.sample().givenRows(), advice.sample().dimension()))
                .append(caption())
                .append("\n\n");
        if (!rescoring().rows().isEmpty()) {
            text.append(rescoring().text()).append('\n').append(RESCORING).append("\n\n");
        }
        for (double target : advice.question().targets()) {
            text.append(sentences.target(target)).append('\n');
            if (paste == null) {
                text.append(commands(advice.target(target)));
            }
            sentences
                    .alternatives(target)
                    .forEach(other -> text.append("  Or with ").append(other).append('\n'));
        }
        sentences.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        if (paste != null) {
            paste.notes().forEach(note -> text.append(note).append('\n'));
        }
        Listing vectors = new Listing("vectors", "");
        sentences.facts().forEach(vectors::add);
        text.append('\n').append(vectors.text()).append('\n');
        text.append(measured().text()).append(legend()).append('\n');
        if (!sentences.unmeasured().isEmpty()) {
            text.append('\n');
            sentences.unmeasured().forEach(sentence -> text.append(sentence).append('\n'));
        }
        if (paste != null) {
            lines(paste)
                    .forEach(one -> text.append('\n')
                            .append(one.heading())
                            .append(one.lines().isEmpty() ? "\n" : "\n\n")
                            .append(one.lines()));
        }
        return text.toString();
    }

    private String commands(Targets.Target target) {
        return command(target.nearest()).map(command -> "  " + command + "\n").orElse("")
                + target.written().map(this::written).orElse("");
    }

    private String written(Targets.Choice choice) {
        return format(
                "  'linfhash quantize' does not write it. Of what it writes, %s with %d bytes and %dx oversampling, recall %s:\n  %s\n",
                AdviceSentences.named(choice.quantizer()),
                choice.quantizer().bytes(),
                choice.oversampling(),
                Percent.of(choice.recall().mean()),
                command(choice).orElseThrow());
    }

    /**
     * Returns the rows of the answer as a table. For an engine, the last row is the index of today: the vectors themselves, whose exact
     * search is what recall is measured against.
     */
    public Listing answer() {
        Listing.OfRows<Row> table = Listing.of(rows())
                .head("target", Row::target)
                .number("recall@" + advice.question().neighbors(), Row::recall)
                .number("bytes", row -> format("%.1f", row.bytes))
                .number("smaller", row -> format(row.smaller > LARGE ? "%.0fx" : "%.1fx", row.smaller))
                .number("codes", row -> size(row.memory));
        if (paste != null && paste.countsIndex()) {
            table.number("index", row -> row.index.isPresent() ? size(row.index.getAsDouble()) : "none");
        }
        return table.number("oversampling", row -> row.oversampling + "x").words("code", Row::code);
    }

    private record Row(
            String target,
            String code,
            double bytes,
            double smaller,
            double memory,
            OptionalDouble index,
            int oversampling,
            String recall) {}

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Targets.AnswerRow row : advice.answer()) {
            OptionalDouble index = paste == null || !paste.countsIndex()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(paste.indexBytes(advice, row.choice()));
            rows.add(new Row(
                    target(row),
                    AdviceSentences.named(row.choice().quantizer()),
                    row.bytes(),
                    index.isPresent() && today().isPresent()
                            ? today().getAsDouble() / index.getAsDouble()
                            : row.timesSmaller(),
                    row.memoryBytes(),
                    index,
                    row.choice().oversampling(),
                    recall(row.choice().recall())));
        }
        if (paste != null) {
            int bytes = Float.BYTES * advice.sample().dimension();
            rows.add(new Row("today", paste.vectors(), bytes, 1, floatBytes(), today(), 1, FLOAT_RECALL));
        }
        return rows;
    }

    /** The bytes of the index of today. */
    OptionalDouble today() {
        return paste == null ? OptionalDouble.empty() : paste.indexBytesOfVectors(advice);
    }

    double floatBytes() {
        return (double) advice.sample().givenRows() * advice.sample().dimension() * Float.BYTES;
    }

    /** Returns the recall of each recommended code where less than float32 is kept of the vectors for rescoring. */
    public Listing.OfRows<?> rescoring() {
        return Listing.of(advice.answer().stream()
                        .flatMap(row -> row.rescoring().stream().map(one -> new Rescored(row, one)))
                        .toList())
                .head("target", one -> Percent.exact(one.row.target().orElseThrow()))
                .words("rescored from", one -> one.rescoring.from())
                .number("bytes kept", one -> Integer.toString(one.rescoring.bytes()))
                .number("read per query", one -> size((double) one.rescoring.readBytes()))
                .number("recall@" + advice.question().neighbors(), one -> recall(one.rescoring.recall()))
                .words("reached", this::reached);
    }

    private String reached(Rescored one) {
        double target = one.row.target().orElseThrow();
        boolean few = advice.target(target).shortfall() == Targets.Target.Shortfall.FEW_QUERIES;
        return one.rescoring.reached()
                ? "yes"
                : few && one.rescoring.recall().mean() >= target ? "queries too few" : "no";
    }

    private record Rescored(Targets.AnswerRow row, Targets.AnswerRow.Rescoring rescoring) {}

    /** Describes the columns of the answer. */
    public String caption() {
        boolean index = paste != null && paste.countsIndex();
        return format(
                "Bytes include a share of the model, codes is the size of all codes and the model%s. %sNot counted:"
                        + " %sthe vectors for rescoring, at least %s as float32. Recall has its 95%% interval over %d queries that took no part in"
                        + " the choice.",
                index ? ", index that of an HNSW index with them (m = 16), estimated from pgvector's page layout" : "",
                paste == null
                        ? ""
                        : "Today is an index of the vectors themselves, whose exact search finds all neighbors. Smaller compares "
                                + (today().isPresent() ? "whole indexes. " : "bytes, without graphs. "),
                index ? "" : "the graph of an index, and ",
                size(floatBytes()),
                advice.sample().queries() / 2);
    }

    /**
     * Lines of an engine to paste, or a command.
     *
     * @param heading a sentence about the lines
     * @param lines what is pasted; may be empty
     */
    public record Pasted(String heading, String lines) {}

    /** Returns what to paste for each target; what several have in common is there once. */
    public List<Pasted> pasted() {
        return paste == null ? commands() : lines(paste);
    }

    private List<Pasted> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (Targets.AnswerRow row : advice.answer()) {
            if (row.target().isPresent()) {
                command(row.choice())
                        .ifPresent(command -> commands.computeIfAbsent(command, key -> new ArrayList<>())
                                .add(String.valueOf(Percent.exact(row.target().getAsDouble()))));
            }
        }
        List<Pasted> all = new ArrayList<>();
        commands.forEach((command, targets) ->
                all.add(new Pasted("Write the codes for a recall of " + String.join(" and ", targets) + ":", command)));
        return all;
    }

    private List<Pasted> lines(EngineSnippet snippet) {
        List<Pasted> all = new ArrayList<>();
        for (double target : advice.question().targets()) {
            Targets.Target found = advice.target(target);
            String lines = snippet.lines(advice, found);
            Optional<String> differing = all.isEmpty()
                    ? Optional.empty()
                    : EngineSnippet.differing(all.get(0).lines(), lines);
            if (differing.isEmpty()) {
                all.add(new Pasted(snippet.heading(advice, found), lines));
            } else if (differing.get().isEmpty()) {
                all.add(new Pasted("The same lines are for a recall of " + Percent.exact(target) + ".", ""));
            } else {
                all.add(new Pasted(
                        "For a recall of " + Percent.exact(target) + ", these lines differ:", differing.get()));
            }
        }
        return all;
    }

    /** Returns the command that writes the codes of a choice; empty for what {@code linfhash quantize} does not write. */
    public Optional<String> command(Targets.Choice choice) {
        return QuantizeLine.of(
                choice.quantizer().name(),
                choice.quantizer().options(),
                advice.question().similarity(),
                files);
    }

    private String target(Targets.AnswerRow row) {
        if (row.target().isEmpty()) {
            return "to compare";
        }
        double target = row.target().getAsDouble();
        return Percent.exact(target) + (row.reached() ? "" : ", " + new AdviceSentences(advice).shortfall(target));
    }

    private String recall(CrossedMean recall) {
        return Percent.of(recall.mean(), recall.low(), recall.high())
                + (advice.sample().coversAll()
                        ? ""
                        : " among " + advice.sample().predictedRows());
    }

    /** A number of bytes with three digits and a decimal unit. */
    static String size(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= THOUSAND && unit < UNITS.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return format(value > LARGE ? "%.0f %s" : value > LARGE / 10 ? "%.1f %s" : "%.2f %s", value, UNITS[unit]);
    }

    private List<Integer> factors() {
        return List.copyOf(advice.quantizers().get(0).recall().all().keySet());
    }

    private boolean hasSeen() {
        return advice.quantizers().stream().anyMatch(one -> one.seen() != null);
    }

    /** Returns all measured quantizers as a table, by bytes and then by recall. */
    public Listing measured() {
        List<Integer> factors = factors();
        int least = factors.get(0);
        Listing.OfRows<QuantizerResult> table = Listing.of(advice.quantizers().stream()
                        .sorted(Comparator.comparingInt(QuantizerResult::bytes)
                                .thenComparing(measured -> -measured.at(least).mean()))
                        .toList())
                .number("bytes", QuantizerResult::bytes)
                .number(
                        "with model",
                        measured ->
                                format("%.1f", measured.bytesAt(advice.sample().givenRows())))
                .head("quantizer", QuantizerResult::name)
                .words("options", measured -> OptionEntry.words(measured.options()));
        factors.forEach(factor -> table.number(
                factor + "x", measured -> Percent.of(measured.at(factor).mean())));
        table.number(
                "\u00b1 at " + least + "x",
                measured -> Percent.of(
                        (measured.at(least).high() - measured.at(least).low()) / 2));
        if (hasSeen()) {
            table.number("seen/new " + least + "x", measured -> seen(measured.seen(), least));
        }
        if (advice.labels() != null) {
            table.number("mAP", measured -> mean(measured.labels(), QuantizerResult.Labeled::map))
                    .number("P@10", measured -> mean(measured.labels(), QuantizerResult.Labeled::precision));
        }
        if (advice.judged() != null) {
            table.number("nDCG@10", measured -> mean(measured.gain(), gain -> gain));
        }
        return table.number("ns", measured -> format("%.1f", measured.effort().nanosPerDistance()))
                .number("train s", measured -> format("%.2f", measured.effort().trainSeconds()))
                .number("seeds", measured -> measured.effort().seeds());
    }

    private static @Nullable String seen(QuantizerResult.@Nullable Seen seen, int factor) {
        return seen == null
                ? null
                : format(
                        "%s/%s",
                        Percent.of(Objects.requireNonNull(seen.recallOfSeen().get(factor))),
                        Percent.of(Objects.requireNonNull(seen.recallOfNew().get(factor))));
    }

    private static <T> @Nullable String mean(@Nullable T measured, Function<T, CrossedMean> number) {
        return measured == null ? null : format("%.4f", number.apply(measured).mean());
    }

    /** Describes the columns of the measured quantizers. */
    public String legend() {
        return format(
                "bytes: of a code, and with its share of the model. 1x, 2x, ...: recall@%1$d of all queries at this oversampling. \u00b1: half of the 95%% interval at"
                        + " %2$dx%3$s. ns: nanoseconds of one distance on one core (median over queries). train s: mean seconds to fit.",
                advice.question().neighbors(),
                factors().get(0),
                hasSeen()
                        ? "; wider for quantizers with a model, which are searched among fewer vectors. seen/new: recall among vectors that the"
                                + " quantizer was fitted to, and among as many new ones"
                        : "");
    }
}
