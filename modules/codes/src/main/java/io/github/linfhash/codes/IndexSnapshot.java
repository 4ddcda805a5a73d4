package io.github.linfhash.codes;

import io.github.linfhash.codes.files.Mapping;

/**
 * The codes of an index at one moment, with their ids; immutable. Rows are numbered in the order in which codes were added; a deleted one
 * keeps its row until the index is saved.
 *
 * @param mapping keeps the files of the stored codes mapped
 * @param stored codes in files
 * @param added codes in memory, which follow the stored codes
 * @param blocks of these rows and of rows before and after them
 * @param names finds rows by their ids, including rows that were added later
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
    /** Codes in files. */
    interface Stored {
        /** The number of codes. */
        long size();

        /** Copies at least one and at most {@code most} codes from {@code first} on to a place in the target, and returns their number. */
        int copy(long first, int most, byte[] target, int at);
    }

    long rows() {
        return stored.size() + added.size();
    }

    /** The number of codes that were not deleted. */
    long size() {
        return rows() - deleted.count();
    }

    /** Returns these codes with other deleted rows. */
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
