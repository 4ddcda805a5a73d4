package io.github.linfhash.advisor.export;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.Choice;
import io.github.linfhash.advisor.advice.Target;
import io.github.linfhash.advisor.engine.AskedSizes;
import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.advisor.engine.EngineCode;
import io.github.linfhash.advisor.engine.HnswSize;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.io.listings.Percent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The lines that the user of an engine pastes.
 *
 * @param engine the engine, whose codes were measured
 * @param names of the table, where the engine is a database
 * @param notes sentences about sizes and codes that were not measured, as {@link AskedSizes} has them; what the engine has beyond is added
 */
public record EngineSnippet(Engine engine, SqlNames names, List<String> notes) {
    private static final String NEXT =
            "Next: 'linfhash measure --engine pgvector --database URL' with the same --vectors builds the index"
                    + " and measures its recall, latency and bytes.";

    public EngineSnippet {
        notes = Stream.concat(
                        notes.stream(),
                        Stream.of("Also in " + engine.name().toLowerCase(Locale.ROOT) + ", but not measured: "
                                + engine.notMeasured() + "."))
                .toList();
        if (engine == Engine.PGVECTOR) {
            notes = Stream.concat(notes.stream(), Stream.of(NEXT)).toList();
        }
    }

    /** Returns the heading of the lines for the choice of a target. */
    public String heading(Advice advice, Target target) {
        return String.format(
                Locale.ROOT,
                "Paste for codes %s %s%s%s:",
                target.reached() ? "with a recall of" : "that come closest to a recall of",
                Percent.exact(target.target()),
                advice.sample().coversAll()
                        ? ""
                        : " among " + advice.sample().predictedRows() + " vectors; it is not predictable for "
                                + advice.sample().givenRows(),
                engine == Engine.FAISS ? "" : " (the graph of an index finds less)");
    }

    /** The lines for what comes closest to a target, each with a line break at its end. */
    public String lines(Advice advice, Target target) {
        Choice choice = target.nearest();
        EngineCode<?> chosen = engine.codes().stream()
                .filter(code -> code.name().equals(choice.quantizer().name()))
                .findFirst()
                .orElseThrow();
        return chosen.paste(
                choice.quantizer().options(),
                new EngineCode.Search(
                        advice.sample().dimension(),
                        advice.question().similarity(),
                        advice.question().neighbors(),
                        choice.oversampling(),
                        advice.sample().givenRows(),
                        target.target()),
                names);
    }

    /** Whether {@link #indexBytes} is known for the engine. */
    public boolean countsIndex() {
        return engine == Engine.PGVECTOR;
    }

    /** The estimated bytes of an index over one of the choices, as the lines build it. */
    public double indexBytes(Advice advice, Choice choice) {
        return advice.sample().givenRows()
                * HnswSize.bytesPerRow(choice.quantizer().bytes());
    }
}
