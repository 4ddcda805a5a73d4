package io.github.linfhash.formats.columnar;

import io.github.linfhash.core.errors.InputException;

/**
 * Checks a structure in Thrift's compact protocol before a library reads it: no text, list or map may claim more elements
 * than there are bytes left, as room is made for what is claimed, and none may be nested without end.
 */
final class CompactThrift {
    private static final int DEEPEST = 48;
    private static final int LONG_LIST = 15;

    private final String file;
    private final byte[] bytes;
    private int at;

    private CompactThrift(String file, byte[] bytes, int at) {
        this.file = file;
        this.bytes = bytes;
        this.at = at;
    }

    /**
     * Walks through a structure.
     *
     * @param start where in the bytes it begins
     * @return where it ends
     * @throws InputException if it is none
     */
    static int end(String file, byte[] bytes, int start) {
        CompactThrift thrift = new CompactThrift(file, bytes, start);
        thrift.struct(0);
        return thrift.at;
    }

    private void struct(int depth) {
        for (int header = one(); header != 0; header = one()) {
            if (header >> 4 == 0) {
                varint();
            }
            int type = header & 0xf;
            // A truth value is in its header.
            if (type != 1 && type != 2) {
                value(type, depth + 1);
            }
        }
    }

    private void value(int type, int depth) {
        if (depth > DEEPEST) {
            throw damaged("structures that are nested at most " + DEEPEST + " deep");
        }
        switch (type) {
            case 1, 2, 3 -> skip(1);
            case 4, 5, 6 -> varint();
            case 7 -> skip(8);
            case 8 -> skip(varint());
            case 9, 10 -> list(depth);
            case 11 -> map(depth);
            case 12 -> struct(depth);
            default -> throw damaged("a type from 1 to 12");
        }
    }

    private void list(int depth) {
        int header = one();
        long size = header >> 4 == LONG_LIST ? varint() : header >> 4;
        requireLeft(size);
        for (long i = 0; i < size; i++) {
            value(header & 0xf, depth + 1);
        }
    }

    private void map(int depth) {
        long size = varint();
        requireLeft(size);
        int types = size == 0 ? 0 : one();
        for (long i = 0; i < size; i++) {
            value(types >> 4, depth + 1);
            value(types & 0xf, depth + 1);
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = one();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number of at most 64 bits");
    }

    private int one() {
        requireLeft(1);
        return bytes[at++] & 0xff;
    }

    private void skip(long count) {
        requireLeft(count);
        at += (int) count;
    }

    private void requireLeft(long count) {
        if (count < 0 || count > bytes.length - at) {
            throw damaged("no more than the " + (bytes.length - at) + " bytes that are left");
        }
    }

    private InputException damaged(String expected) {
        return new InputException(file + " is damaged, or no Parquet file: expected " + expected
                + " in its metadata, found a claim of more or of something else");
    }
}
