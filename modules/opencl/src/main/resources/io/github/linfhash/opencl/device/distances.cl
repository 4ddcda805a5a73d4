/*
 * Counts of database codes at each Hamming distance from each query, and of the relevant ones among them. BITS, WORDS (32-bit
 * words of a code).
 */
#define ITEMS 64

/*
 * A work-group counts a part of the database for one query: each item its own rows, in counters of its own, so that no two items
 * write to one place. Global: 64 x parts x queries. counts: queries x parts x 2 x (BITS + 1).
 */
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void countDistances(
        __global const uint *queries, __global const uint *database, __global const uchar *relevant,
        __global ushort *scratch, __global int *counts, int rows) {
    int item = get_local_id(0);
    int part = get_group_id(1);
    int parts = get_num_groups(1);
    int query = get_group_id(2);
    size_t group = (size_t) query * parts + part;
    __global ushort *own = scratch + (group * ITEMS + item) * 2 * (BITS + 1);
    for (int k = 0; k < 2 * (BITS + 1); k++) {
        own[k] = 0;
    }
    int from = (int) ((long) rows * part / parts);
    int to = (int) ((long) rows * (part + 1) / parts);
    for (int row = from + item; row < to; row += ITEMS) {
        int distance = 0;
        for (int w = 0; w < WORDS; w++) {
            distance += popcount(queries[query * WORDS + w] ^ database[(size_t) row * WORDS + w]);
        }
        own[2 * distance + relevant[(size_t) query * rows + row]]++;
    }
    barrier(CLK_GLOBAL_MEM_FENCE);
    for (int k = item; k < 2 * (BITS + 1); k += ITEMS) {
        int sum = 0;
        for (int other = 0; other < ITEMS; other++) {
            sum += scratch[(group * ITEMS + other) * 2 * (BITS + 1) + k];
        }
        counts[group * 2 * (BITS + 1) + k] = sum;
    }
}
