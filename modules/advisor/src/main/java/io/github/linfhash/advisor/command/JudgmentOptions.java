package io.github.linfhash.advisor.command;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.JudgmentFile;
import io.github.linfhash.formats.vectors.VectorIds;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which rows somebody judged to be relevant to which queries. */
public final class JudgmentOptions {
    @Option(
            names = "--qrels",
            paramLabel = "FILE",
            description = "Relevance judgments (TREC, or BEIR as .tsv); requires --queries. Adds nDCG@10.")
    private @Nullable Path qrels;

    @Option(
            names = "--ids",
            paramLabel = "FILE",
            description = "Ids of the vectors, one per line (default: row numbers from 0).")
    private @Nullable Path ids;

    @Option(
            names = "--query-ids",
            paramLabel = "FILE",
            description = "Ids of the queries, one per line (default: row numbers from 0).")
    private @Nullable Path queryIds;

    /** Returns whether judgments are given. */
    boolean given() {
        return qrels != null;
    }

    /**
     * Checks what can be checked before anything is read.
     *
     * @param queries null if they are drawn
     */
    public void check(@Nullable Path queries) {
        if (qrels != null && queries == null) {
            throw new InputException("--qrels requires --queries: name the file of the judged queries");
        }
        if (qrels == null && (ids != null || queryIds != null)) {
            throw new InputException(
                    (ids != null ? "--ids" : "--query-ids") + " requires --qrels: name the file of the judgments");
        }
    }

    /** Checks that ids of queries are not given in vain. */
    public void checkQueryIds() {
        if (qrels == null && queryIds != null) {
            throw new InputException("--query-ids requires --qrels: name the file of the judgments");
        }
    }

    /**
     * Reads the judgments of all rows of two files.
     *
     * @param inVectors how many rows the file of vectors has
     * @param inQueries how many rows the file of queries has
     * @return null where there are none
     */
    public @Nullable Qrels readAll(Path vectors, int inVectors, Path queries, int inQueries, Progress progress) {
        return qrels == null
                ? null
                : JudgmentFile.read(
                        qrels,
                        ids(queryIds, queries, inQueries, progress),
                        vectorIds(vectors, inVectors, progress),
                        progress);
    }

    /**
     * Checks judgments of those vectors and queries that are measured.
     *
     * @throws InputException if fewer than two queries have a relevant row
     */
    public Qrels requireAnswered(Path queries, Qrels judgments) {
        int answered = judgments.answered().length;
        if (answered < 2) {
            throw new InputException(qrels + ": expected at least two queries of " + queries
                    + " with a vector of grade 1 or more, found " + answered + "; ignored: "
                    + judgments.ofOtherQueries() + " judgments of other queries and " + judgments.ofOtherRows()
                    + " of other vectors");
        }
        return judgments;
    }

    /** Returns the ids by which files name the vectors, of which there are so many. */
    public VectorIds vectorIds(Path vectors, int rows, Progress progress) {
        return ids(ids, vectors, rows, progress);
    }

    private static VectorIds ids(@Nullable Path file, Path vectors, int rows, Progress progress) {
        return file == null
                ? VectorIds.numbers(vectors.toString(), rows)
                : VectorIds.read(file, vectors.toString(), rows, progress);
    }
}
