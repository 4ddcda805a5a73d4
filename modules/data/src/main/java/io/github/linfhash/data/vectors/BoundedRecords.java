package io.github.linfhash.data.vectors;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** A text from which only so much is read for one record, so that an open quote cannot fill the memory. */
final class BoundedRecords extends FilterReader {
    private static final int LONGEST = 1 << 24;

    private long left = LONGEST;

    BoundedRecords(Reader in) {
        super(in);
    }

    /** A record is longer than any that is meant. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("a row of more than " + LONGEST + " characters");
        }
    }

    /** Says that another record begins. */
    void begin() {
        left = LONGEST;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        count(1);
        return c;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        count(n);
        return n;
    }

    private void count(int n) throws IOException {
        left -= n;
        if (left < 0) {
            throw new TooLong();
        }
    }
}
