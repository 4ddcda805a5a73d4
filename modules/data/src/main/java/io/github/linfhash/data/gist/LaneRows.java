package io.github.linfhash.data.gist;

/** Stacks of rows in which each entry holds one float for each image (lane) of a batch, the lanes side by side. */
final class LaneRows {
    private LaneRows() {}

    /**
     * Moves entries from rows to columns: entry i of row k of {@code from} becomes entry {@code at + k} of row i of
     * {@code to}.
     *
     * @param size how many rows, entries of each and lanes to move
     */
    static void transpose(float[][] from, float[][] to, int at, Size size) {
        int lanes = size.lanes();
        for (int k = 0; k < size.rows(); k++) {
            float[] row = from[k];
            int target = (at + k) * lanes;
            for (int i = 0; i < size.entries(); i++) {
                System.arraycopy(row, i * lanes, to[i], target, lanes);
            }
        }
    }

    record Size(int rows, int entries, int lanes) {}
}
