package io.github.linfhash.codes;

import io.github.linfhash.codes.files.Mapping;

/**
 * The codes of an index at one moment, with their ids; immutable. Rows are numbered in the order in which codes were added; a deleted one
 * keeps its row until the index is saved.
 *
 * @param mapping keeps the stored ones mapped
 * @param stored codes of files
 * @param added codes in memory, behind the stored ones
 * @param names finds rows by their ids, also of codes that were added since
 * @param ids of all rows
 * @param lastId the largest id that was ever given, at least -1
 */
record Codes(
        Mapping mapping, Stored stored, AddedRows added, RowIds names, RowIds.View ids, Deleted deleted, long lastId) {
    /** Codes of files. */
    interface Stored {
        /** The number of codes. */
        long size();

        /** Copies at least one and at most so many codes from {@code first} on, and returns how many. */
        int copy(long first, int most, byte[] target);
    }

    long rows() {
        return stored.size() + added.size();
    }

    /** The number of codes that were not deleted. */
    long size() {
        return rows() - deleted.count();
    }

    /** These codes, but for deleted ones. */
    Codes with(Deleted rows) {
        return new Codes(mapping, stored, added, names, ids, rows, lastId);
    }

    /** Copies at least one and at most so many codes, and returns how many. */
    int copy(long first, int most, byte[] target) {
        return first < stored.size()
                ? stored.copy(first, most, target)
                : added.copy(first - stored.size(), most, target);
    }
}
