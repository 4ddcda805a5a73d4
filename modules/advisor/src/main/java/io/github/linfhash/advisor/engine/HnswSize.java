package io.github.linfhash.advisor.engine;

/**
 * The size of an HNSW index of pgvector 0.8 with the default m, by the layout of its pages: an element with its code, and behind it, on the same
 * page if both fit on one, the numbers of its neighbors. With vectors of 96 to 3,072 dimensions, it is within 2% of the sizes that PostgreSQL
 * 17 reports.
 */
public final class HnswSize {
    /** The links of an element on each floor but the ground floor, which has twice as many. */
    static final int M = 16;

    private static final int PAGE = 8192;

    /** The header of a page, and what pgvector keeps at its end. */
    private static final int AROUND_PAGE = 24 + 8;

    /** The pointer of a page to a tuple. */
    private static final int POINTER = 4;

    /** Numbers of ten rows, and of the neighbors' tuple. */
    private static final int ELEMENT = 72;

    /** The length of a code, and its dimension. */
    private static final int BEFORE_CODE = 8;

    private static final int BEFORE_LINKS = 4;
    private static final int LINK = 6;

    /** Elements that the mean is over. */
    private static final int ELEMENTS = M * M * M;

    /** The bytes that an element takes while the graph is built, besides its code and its links. */
    private static final int BUILT_ELEMENT = 170 + 16;

    private static final int BUILT_LINK = 16;

    private HnswSize() {}

    /** Returns the bytes of an index for each row, for codes of so many bytes. */
    public static double bytesPerRow(int code) {
        int space = PAGE - AROUND_PAGE;
        int element = POINTER + aligned(ELEMENT + BEFORE_CODE + code);
        int pages = 1;
        int free = space;
        for (int i = 1; i <= ELEMENTS; i++) {
            int links = POINTER + aligned(BEFORE_LINKS + LINK * M * (2 + floors(i)));
            if (free < element || (element + links <= space && free < element + links)) {
                pages++;
                free = space;
            }
            free -= element;
            if (free < links) {
                pages++;
                free = space;
            }
            free -= links;
        }
        return (double) pages * PAGE / ELEMENTS;
    }

    /** The memory that the build of an index takes for each row: with less, the build goes on on the disk, and takes longer. */
    static double buildBytesPerRow(int code) {
        return BUILT_ELEMENT + code + BUILT_LINK * (2.0 * M + (double) M / (M - 1));
    }

    /** The floors of an element above the ground floor: one in m elements has one, and one in m of these another. */
    private static int floors(int element) {
        int floors = 0;
        for (int rest = element; rest % M == 0; rest /= M) {
            floors++;
        }
        return floors;
    }

    private static int aligned(int bytes) {
        return (bytes + 7) / 8 * 8;
    }
}
