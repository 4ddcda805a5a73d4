package io.github.linfhash.codes;

import io.github.linfhash.codes.files.Mapping;

/**
 * The codes of an index at one moment, with their ids; immutable. Rows are numbered in the order in which codes were added; a deleted one
 * keeps its row until the index is saved.
 *
 * @param mapping keeps the stored ones mapped
 * @param stored codes of files
 * @param added codes in memory, behind the stored ones
 * @param blocks of these rows, those before them and those after them
 * @param names finds rows by their ids, also of codes that were added since
 * @param ids of all rows
 * @param lastId the largest id that was ever given, at least -1
 */
record IndexSnapshot(
        Mapping mapping,
        Stored stored,
        AddedRows added,
        CodeBlocks blocks,
        IdTable names,
        IdTable.View ids,
        Deleted deleted,
        long lastId) {
    /** Codes of files. */
    interface Stored {
        /** The number of codes. */
        long size();

        /** Copies at least one and at most so many codes from {@code first} on to a place of the target, and returns how many. */
        int copy(long first, int most, byte[] target, int at);
    }

    long rows() {
        return stored.size() + added.size();
    }

    /** The number of codes that were not deleted. */
    long size() {
        return rows() - deleted.count();
    }

    /** These codes, but for deleted ones. */
    IndexSnapshot with(Deleted rows) {
        return new IndexSnapshot(mapping, stored, added, blocks, names, ids, rows, lastId);
    }

    /** Copies consecutive codes to the beginning of the target. */
    void copy(long first, int count, byte[] target) {
        for (int done = 0; done < count; ) {
            long row = first + done;
            int at = done * added.width();
            done += row < stored.size()
                    ? stored.copy(row, count - done, target, at)
                    : added.copy(row - stored.size(), count - done, target, at);
        }
    }
}
