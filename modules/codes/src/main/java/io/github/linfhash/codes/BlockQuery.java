package io.github.linfhash.codes;

/** A query whose distances are those of codes in memory, block by block: the room that they are read into is used again and again. */
final class BlockQuery extends Query {
    /** The codes of a block; their bytes fit into a processor's cache. */
    static final int BLOCK = 256;

    private final int bytes;
    private final Room room;
    private final Distances distances;

    /** Room for {@value #BLOCK} codes. */
    @FunctionalInterface
    interface Room {
        /** Replaces the first codes by those of bytes. */
        void read(byte[] codes, int from, int count);
    }

    /**
     * A query.
     *
     * @param bytes of a code
     * @param room what codes are read into
     * @param distances to the codes of the room
     */
    BlockQuery(int bytes, Room room, Distances distances) {
        this.bytes = bytes;
        this.room = room;
        this.distances = distances;
    }

    @Override
    public void distances(byte[] codes, int from, int count, float[] target) {
        for (int first = 0; first < count; first += BLOCK) {
            int size = Math.min(BLOCK, count - first);
            room.read(codes, from + first * bytes, size);
            for (int i = 0; i < size; i++) {
                target[first + i] = distances.to(i);
            }
        }
    }
}
