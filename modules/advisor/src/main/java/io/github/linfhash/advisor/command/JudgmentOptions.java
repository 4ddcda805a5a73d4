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

    /**
     * Checks what can be checked before anything is read.
     *
     * @param queries null if they are drawn
     */
    public void check(@Nullable Path queries) {
        if (qrels != null && queries == null) {
            throw new InputException("--qrels requires --queries");
        }
        if (qrels == null && (ids != null || queryIds != null)) {
            throw new InputException((ids != null ? "--ids" : "--query-ids") + " requires --qrels");
        }
    }

    /** Checks that ids of queries are not given in vain. */
    public void checkQueryIds() {
        if (qrels == null && queryIds != null) {
            throw new InputException("--query-ids requires --qrels");
        }
    }

    /** Rows of a file, such as those that are the database. */
    static final class Part {
        private final Path file;
        private final int inFile;
        private final int[] numbers;

        /**
         * Names rows.
         *
         * @param inFile how many rows the file has
         * @param numbers of those that are meant
         */
        Part(Path file, int inFile, int[] numbers) {
            this.file = file;
            this.inFile = inFile;
            this.numbers = numbers.clone();
        }
    }

    /**
     * Reads the judgments of all rows of two files.
     *
     * @return null where there are none
     */
    public @Nullable Qrels readAll(Part database, Part queries, Progress progress) {
        return qrels == null
                ? null
                : JudgmentFile.read(qrels, ids(queryIds, queries, progress), ids(ids, database, progress), progress);
    }

    /**
     * The judgments of parts of the two files.
     *
     * @throws InputException if fewer than two queries have a relevant row
     */
    public Qrels among(Qrels all, Part database, Part queries) {
        Qrels judgments = all.among(database.numbers).ofQueries(queries.numbers);
        int answered = judgments.answered().length;
        if (answered < 2) {
            throw new InputException(qrels + ": expected at least two queries of " + queries.file
                    + " with a vector of grade 1 or more, found " + answered + "; ignored: "
                    + judgments.ofOtherQueries() + " judgments of other queries and " + judgments.ofOtherRows()
                    + " of other vectors");
        }
        return judgments;
    }

    /** Returns the ids by which files name the vectors. */
    public VectorIds vectorIds(Part vectors, Progress progress) {
        return ids(ids, vectors, progress);
    }

    private static VectorIds ids(@Nullable Path file, Part vectors, Progress progress) {
        return file == null
                ? VectorIds.numbers(vectors.file.toString(), vectors.inFile)
                : VectorIds.read(file, vectors.file.toString(), vectors.inFile, progress);
    }
}
