package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.reports.ranking.Leaderboard.RulesVersion;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.PackedQueryMetrics;
import io.github.linfhash.results.schema.ProtocolSummary.Presentation;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.schema.SubmissionCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A results file to be ranked, with the files in its folder.
 *
 * @param file the file
 * @param label the name of its folder
 * @param results its content
 * @param about the description of the submission; empty for the suite's own results
 * @param queries packed values of single queries, if the folder has any values
 * @param values the values of single queries, of all metrics that have them
 */
public record SubmittedResults(
        Path file,
        String label,
        Results results,
        Optional<SubmissionCard> about,
        Optional<PackedQueryMetrics> queries,
        QueryValues values) {
    /**
     * Reads the results in each folder, or in its subfolders if it has none itself.
     *
     * @param folders folders with {@value ResultsJson#FILE} or {@value ResultsJson#PACKED_FILE}, or folders of such folders
     * @return the results in the order of the folders, subfolders by name
     * @throws InputException if a folder contains no results or is named twice, or a file is a link or cannot be read
     * @throws IOException if a folder cannot be listed
     */
    public static List<SubmittedResults> readAll(List<Path> folders) throws IOException {
        List<SubmittedResults> all = new ArrayList<>();
        List<Path> seen = new ArrayList<>();
        for (Path folder : folders) {
            for (Path inside : withResults(folder)) {
                Path real = inside.toRealPath();
                if (seen.contains(real)) {
                    throw new InputException(inside + ": expected each folder of results once, found it twice");
                }
                seen.add(real);
                all.add(read(inside));
            }
        }
        return all;
    }

    private static List<Path> withResults(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    folder + ": expected a folder of results, found " + (Files.exists(folder) ? "a file" : "nothing"));
        }
        if (ResultsJson.in(folder).isPresent()) {
            return List.of(folder);
        }
        try (Stream<Path> list = Files.list(folder)) {
            List<Path> inside = list.filter(Files::isDirectory)
                    .filter(other -> ResultsJson.in(other).isPresent())
                    .sorted()
                    .toList();
            inside.forEach(ResultsJson::requireOwn);
            if (inside.isEmpty()) {
                throw new InputException(folder + ": expected " + ResultsJson.FILE + " or " + ResultsJson.PACKED_FILE
                        + " in it or in its folders, found none");
            }
            return inside;
        }
    }

    private static SubmittedResults read(Path folder) {
        Path about = folder.resolve(SubmissionCard.FILE);
        Path file = ResultsJson.file(folder);
        ResultsJson.requireOwn(file);
        ResultsJson.requireOwn(about);
        Results results = ResultsJson.read(file);
        Optional<PackedQueryMetrics> packed = PackedQueryMetrics.read(folder, results);
        QueryValues values = packed.<QueryValues>map(known -> known)
                .orElseGet(() -> Evidence.of(results, folder).queries());
        // Rounds values that are not packed, so that both forms give the same ranking.
        Optional<PackedQueryMetrics> queries = packed.or(() -> PackedQueryMetrics.of(results, values));
        return new SubmittedResults(
                file,
                String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                results,
                Files.exists(about)
                        ? Optional.of(StrictReader.readTexts(about, SubmissionCard.class))
                        : Optional.empty(),
                queries,
                queries.<QueryValues>map(first -> first.or(values)).orElse(values));
    }

    /**
     * Returns the source of a method: empty for the suite, else the address of its code, or the label if that is unknown. Methods with
     * the same name and different sources are different methods.
     */
    public String source(Configuration method) {
        return about.map(SubmissionCard::code).orElse(method.madeElsewhere() ? label : "");
    }

    /**
     * Returns these results presented as protocols and the suite's methods are today, so that results of several years look the same.
     *
     * @param titles the titles by the name of the method; methods of a submission keep theirs
     * @param protocols by the name of the protocol
     */
    public SubmittedResults presented(Map<String, String> titles, Map<String, Presentation> protocols) {
        Results named = results.presented(about.isPresent() ? Map.of() : titles, protocols);
        return new SubmittedResults(file, label, named, about, queries, values);
    }

    /** Returns the version of the rules. */
    public RulesVersion version() {
        return RulesVersion.of(results);
    }
}
