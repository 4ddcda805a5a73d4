package io.github.linfhash.codes;

/** The nearest codes or vectors of one query, nearest first, equally distant ones by ascending id; immutable. */
public final class SearchResult {
    private final long[] ids;
    private final float[] distances;

    SearchResult(long[] ids, float[] distances) {
        this.ids = ids;
        this.distances = distances;
    }

    /** How many there are. */
    public int size() {
        return ids.length;
    }

    /**
     * Returns the id of the one at a rank from 0 on.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public long id(int rank) {
        return ids[rank];
    }

    /**
     * Returns the distance of the one at a rank. After rescoring, it is exact: 1 - cosine, the negative inner product, or the squared
     * Euclidean distance ({@link Similarity#distance}). Otherwise, it is the quantizer's estimate, whose formula {@code quantizer.json}
     * contains, and which orders codes but may have another unit. Do not compare exact and estimated distances.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public float distance(int rank) {
        return distances[rank];
    }

    /** All ids, nearest first, in a new array. */
    public long[] ids() {
        return ids.clone();
    }

    /** The k nearest of those that are offered in any order: a heap with the farthest on top. If k is 0, none must be offered. */
    static final class Nearest {
        private final long[] ids;
        private final float[] distances;
        private int size;

        Nearest(int k) {
            this.ids = new long[k];
            this.distances = new float[k];
        }

        /** Returns whether there are k, so that only nearer ones than the {@linkplain #farthest farthest} are still taken. */
        boolean isFull() {
            return size == ids.length;
        }

        /** Returns the distance of the farthest of these, of which there is at least one. */
        float farthest() {
            return distances[0];
        }

        void offer(long id, float distance) {
            if (Float.isNaN(distance)) {
                throw new NonFiniteException("the distance to id " + id
                        + " is NaN: expected finite vectors whose distances are within float32; scale them");
            }
            if (size < ids.length) {
                int at = size++;
                while (at > 0 && after(distance, id, (at - 1) / 2)) {
                    ids[at] = ids[(at - 1) / 2];
                    distances[at] = distances[(at - 1) / 2];
                    at = (at - 1) / 2;
                }
                ids[at] = id;
                distances[at] = distance;
            } else if (!after(distance, id, 0)) {
                sink(id, distance, size);
            }
        }

        /** Puts an entry in the place of the farthest one. */
        private void sink(long id, float distance, int end) {
            int at = 0;
            while (2 * at + 1 < end) {
                int child = 2 * at + 1;
                if (child + 1 < end && after(distances[child + 1], ids[child + 1], child)) {
                    child++;
                }
                if (after(distance, id, child)) {
                    break;
                }
                ids[at] = ids[child];
                distances[at] = distances[child];
                at = child;
            }
            ids[at] = id;
            distances[at] = distance;
        }

        private boolean after(float distance, long id, int other) {
            return distance > distances[other] || (distance == distances[other] && id > ids[other]);
        }

        SearchResult sorted() {
            long[] sortedIds = new long[size];
            float[] sortedDistances = new float[size];
            for (int end = size; end > 0; end--) {
                sortedIds[end - 1] = ids[0];
                sortedDistances[end - 1] = distances[0];
                sink(ids[end - 1], distances[end - 1], end - 1);
            }
            return new SearchResult(sortedIds, sortedDistances);
        }
    }
}
