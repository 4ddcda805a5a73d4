package io.github.linfhash.formats.hdf5;

import io.github.linfhash.core.errors.InputException;
import io.jhdf.Utils;
import java.nio.ByteBuffer;

/**
 * The index of the chunks of a matrix up to HDF5 1.8 (a B-tree of version 1). jHDF would follow a tree without end, and ignores it when a
 * chunk leaves out filters; here, each level of a tree must be lower than the one before, and each leaf must add a chunk.
 */
record ChunkTree(String name, Storage storage, Chunks chunks) {
    private static final String EXPECTED = "an index of chunks";
    private static final int SIGNATURE = 'T' | 'R' << 8 | 'E' << 16 | 'E' << 24;
    private static final int KIND_OF_CHUNKS = 1;
    private static final int HEAD = 8;

    /** Size and filters, then row, column, and the byte in an element, which is 0. */
    private static final int KEY = 2 * Integer.BYTES + 3 * Long.BYTES;

    /**
     * Adds all chunks.
     *
     * @param root the address of the tree
     * @throws InputException if it is not right
     */
    static void read(String name, Storage storage, long root, Chunks chunks) {
        new ChunkTree(name, storage, chunks).node(root, -1);
    }

    /** @param level of the node; -1 for the root, which says it itself */
    private void node(long address, int level) {
        int offsets = storage.getSizeOfOffsets();
        int head = HEAD + 2 * offsets;
        storage.begin(EXPECTED, 2, head + 0xffffL * (KEY + offsets));
        ByteBuffer start = storage.map(address, head);
        int signature = start.getInt();
        int kind = start.get();
        int found = start.get() & 0xff;
        int entries = start.getShort() & 0xffff;
        if (signature != SIGNATURE || kind != KIND_OF_CHUNKS || (level >= 0 && found != level) || entries == 0) {
            throw damaged("a node" + (level < 0 ? "" : " of level " + level), "none at byte " + address);
        }
        ByteBuffer body = storage.map(address + head, (long) entries * (KEY + offsets));
        for (int i = 0; i < entries; i++) {
            int size = body.getInt();
            int without = body.getInt();
            long row = body.getLong();
            long column = body.getLong();
            long element = body.getLong();
            long child = Utils.readBytesAsUnsignedLong(body, offsets);
            if (found > 0) {
                node(child, found - 1);
            } else if (without != 0 || element != 0) {
                throw damaged("chunks with all filters", "one without some at row " + row + ", column " + column);
            } else {
                chunks.add(row, column, child, size);
            }
        }
    }

    private InputException damaged(String expected, String found) {
        return new InputException(name + " has " + EXPECTED + " that cannot be read: expected " + expected + ", found "
                + found + "; copy the file again, or write it again from its source");
    }
}
