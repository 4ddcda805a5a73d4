package io.github.linfhash.core.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How relevant rows of a database are to queries, as somebody judged: a grade of 1 or more, the larger the more relevant. What has a smaller
 * grade, or was not judged, is not relevant. Immutable.
 */
public final class Qrels {
    private final int databaseRows;
    private final List<int[]> rows;
    private final List<int[]> grades;
    private final int ofOtherQueries;
    private final int ofOtherRows;

    private Qrels(int databaseRows, List<int[]> rows, List<int[]> grades, int ofOtherQueries, int ofOtherRows) {
        this.databaseRows = databaseRows;
        this.rows = List.copyOf(rows);
        this.grades = List.copyOf(grades);
        this.ofOtherQueries = ofOtherQueries;
        this.ofOtherRows = ofOtherRows;
    }

    /**
     * Takes grades.
     *
     * @param databaseRows n
     * @param ofQueries for each of the m queries, grades by row; those below 1 are left out
     * @param ofOtherQueries how many judgments were of queries that are none of these
     * @param ofOtherRows how many were of these queries and of rows that are none of these
     * @throws IndexOutOfBoundsException if a row is not below n
     */
    public static Qrels of(
            int databaseRows, List<? extends Map<Integer, Integer>> ofQueries, int ofOtherQueries, int ofOtherRows) {
        List<int[]> rows = new ArrayList<>();
        List<int[]> grades = new ArrayList<>();
        for (Map<Integer, Integer> ofQuery : ofQueries) {
            TreeMap<Integer, Integer> relevant = new TreeMap<>(ofQuery);
            relevant.values().removeIf(grade -> grade < 1);
            relevant.keySet().forEach(row -> Objects.checkIndex(row, databaseRows));
            rows.add(relevant.keySet().stream().mapToInt(Integer::intValue).toArray());
            grades.add(relevant.values().stream().mapToInt(Integer::intValue).toArray());
        }
        return new Qrels(databaseRows, rows, grades, ofOtherQueries, ofOtherRows);
    }

    /** The number of queries, m. */
    public int queries() {
        return rows.size();
    }

    /** The number of rows of the database, n. */
    public int databaseRows() {
        return databaseRows;
    }

    /** How many judgments were left out, as their queries are none of these. */
    public int ofOtherQueries() {
        return ofOtherQueries;
    }

    /** How many judgments of these queries were left out, as their rows are none of these. */
    public int ofOtherRows() {
        return ofOtherRows;
    }

    /** The rows that are relevant to a query, ascending. */
    public int[] rows(int query) {
        return rows.get(query).clone();
    }

    /** The grades of {@link #rows}, in the same order; each at least 1. */
    public int[] grades(int query) {
        return grades.get(query).clone();
    }

    /** The queries that a row is relevant to, ascending: those that count. */
    public int[] answered() {
        return IntStream.range(0, queries())
                .filter(query -> rows.get(query).length > 0)
                .toArray();
    }

    /**
     * The judgments of a part of the database.
     *
     * @param part row i of the part is row {@code part[i]} of the database; each at most once
     */
    public Qrels among(int[] part) {
        int[] places = new int[databaseRows];
        Arrays.fill(places, -1);
        for (int i = 0; i < part.length; i++) {
            places[part[i]] = i;
        }
        List<Map<Integer, Integer>> ofQueries = new ArrayList<>();
        for (int query = 0; query < queries(); query++) {
            Map<Integer, Integer> ofQuery = new TreeMap<>();
            int[] ofAll = rows.get(query);
            for (int i = 0; i < ofAll.length; i++) {
                if (places[ofAll[i]] >= 0) {
                    ofQuery.put(places[ofAll[i]], grades.get(query)[i]);
                }
            }
            ofQueries.add(ofQuery);
        }
        return of(part.length, ofQueries, ofOtherQueries, ofOtherRows);
    }

    /**
     * The judgments of some of the queries.
     *
     * @param part query i of the part is query {@code part[i]} of these
     */
    public Qrels ofQueries(int[] part) {
        return new Qrels(
                databaseRows,
                Arrays.stream(part).mapToObj(rows::get).toList(),
                Arrays.stream(part).mapToObj(grades::get).toList(),
                ofOtherQueries,
                ofOtherRows);
    }
}
