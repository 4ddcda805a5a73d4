package io.github.linfhash.protocols.split;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a data set are for training, which are queries, and which are the database that is searched.
 *
 * <p>Training rows may be in the database. A query is in neither, unless the split was made to keep its queries in the
 * database.
 */
public final class Split {
    private final int rows;
    private final int[] training;
    private final int[] query;
    private final int[] database;
    private final boolean keepsQueries;
    /** Null for all that is searched or trained on. */
    private final int @Nullable [] unlabeled;

    private Split(
            int rows, int[] training, int[] query, int[] database, boolean keepsQueries, int @Nullable [] unlabeled) {
        this.rows = rows;
        this.training = training;
        this.query = query;
        this.database = database;
        this.keepsQueries = keepsQueries;
        this.unlabeled = unlabeled;
    }

    /**
     * Checks and copies three lists of row indices.
     *
     * @param rows the number of rows of the data set
     * @throws InputException if a row is out of range or twice in a list, or a query is also a training or a database
     *     row
     */
    public static Split of(int rows, int[] training, int[] query, int[] database) {
        BitSet trainingRows = checked("training", rows, training);
        BitSet queryRows = checked("query", rows, query);
        BitSet databaseRows = checked("database", rows, database);
        requireDisjoint(queryRows, databaseRows, "database");
        requireDisjoint(queryRows, trainingRows, "training");
        return new Split(rows, training.clone(), query.clone(), database.clone(), false, null);
    }

    /**
     * A split whose queries are in the database, each meeting itself there; a row may be a query more than once, and a
     * training row as well.
     *
     * @param rows the number of rows of the data set
     * @throws InputException if a row is out of range, twice among training or database rows, or a query is not in the
     *     database
     */
    public static Split keepingQueries(int rows, int[] training, int[] query, int[] database) {
        checked("training", rows, training);
        checked("query", rows, Arrays.stream(query).distinct().toArray());
        BitSet databaseRows = checked("database", rows, database);
        for (int row : query) {
            if (!databaseRows.get(row)) {
                throw new InputException("the split keeps its queries in the database: expected every query there, "
                        + "found row " + row + " missing");
            }
        }
        return new Split(rows, training.clone(), query.clone(), database.clone(), true, null);
    }

    /**
     * Returns this split where methods that need no labels learn from the given rows, instead of all that is searched or trained on.
     *
     * @param learned rows that are neither queries nor in the database; the training rows are among them
     * @throws InputException if one is out of range, twice there, a query or in the database, or a training row is missing
     */
    public Split learningFrom(int[] learned) {
        BitSet learnedRows = checked("unlabeled", rows, learned);
        requireDisjoint(checked("query", rows, query), learnedRows, "unlabeled");
        if (checked("database", rows, database).intersects(learnedRows)) {
            throw new InputException(
                    "the split lets methods learn from what is searched: expected no row of the database in"
                            + " the unlabeled part, found some");
        }
        for (int row : training) {
            if (!learnedRows.get(row)) {
                throw new InputException("the split's unlabeled part lacks a training row: expected every one of them,"
                        + " found row " + row + " missing");
            }
        }
        return new Split(rows, training, query, database, keepsQueries, learned.clone());
    }

    private static BitSet checked(String part, int rows, int[] indices) {
        BitSet seen = new BitSet(rows);
        for (int row : indices) {
            if (row < 0 || row >= rows) {
                throw new InputException("the split's " + part + " part has a wrong row: expected 0 to " + (rows - 1)
                        + ", found " + row);
            }
            if (seen.get(row)) {
                throw new InputException("the split's " + part
                        + " part has a duplicate row: expected each row once, found row " + row + " twice");
            }
            seen.set(row);
        }
        return seen;
    }

    private static void requireDisjoint(BitSet query, BitSet other, String part) {
        BitSet shared = (BitSet) query.clone();
        shared.and(other);
        if (!shared.isEmpty()) {
            throw new InputException("the split lets a query see itself: expected no query in the " + part
                    + " part, found row " + shared.nextSetBit(0) + " and " + (shared.cardinality() - 1) + " more");
        }
    }

    /** The number of rows of the data set that is split. */
    public int rows() {
        return rows;
    }

    /** The training rows, as a new array. */
    public int[] training() {
        return training.clone();
    }

    /** The query rows, as a new array. */
    public int[] query() {
        return query.clone();
    }

    /** The database rows, as a new array. */
    public int[] database() {
        return database.clone();
    }

    /** Whether the queries are in the database. */
    public boolean keepsQueries() {
        return keepsQueries;
    }

    /** Returns the rows to learn from without labels, as a new array: all training and database rows unless the rule says other rows. */
    public int[] unlabeled() {
        return unlabeled == null ? searchableOrTraining() : unlabeled.clone();
    }

    /** All rows that are training or database rows, ascending, as a new array. */
    public int[] searchableOrTraining() {
        BitSet rowsSeen = new BitSet(rows);
        Arrays.stream(training).forEach(rowsSeen::set);
        Arrays.stream(database).forEach(rowsSeen::set);
        return rowsSeen.stream().toArray();
    }

    /**
     * SHA-256, in hex, of the number of rows and then, for training, query and database, the number of entries followed
     * by the entries, all int32, little-endian; then 1 if the queries are in the database; then, if methods learn from other
     * rows than training and database, 2 and these rows as the others.
     */
    public String sha256() {
        MessageDigest digest = Digests.sha256();
        Digests.update(digest, rows);
        for (int[] part : new int[][] {training, query, database}) {
            Digests.update(digest, part.length);
            Digests.update(digest, part);
        }
        if (keepsQueries) {
            Digests.update(digest, 1);
        }
        if (unlabeled != null) {
            Digests.update(digest, 2, unlabeled.length);
            Digests.update(digest, unlabeled);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Split that
                && rows == that.rows
                && keepsQueries == that.keepsQueries
                && Arrays.equals(training, that.training)
                && Arrays.equals(query, that.query)
                && Arrays.equals(database, that.database)
                && Arrays.equals(unlabeled, that.unlabeled);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(query);
    }

    @Override
    public String toString() {
        return "Split[" + rows + " rows: " + training.length + " training, " + query.length + " query, "
                + database.length + " database]";
    }
}
