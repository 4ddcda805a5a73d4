package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.StrictInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Lines of whole numbers between white space, read as a stream of bytes.
 *
 * <p>Blanks, tabs and carriage returns separate; the last line need not end; empty lines are allowed at the end of the
 * file alone.
 */
final class NumberLines implements AutoCloseable {
    private static final int END_OF_LINE = -1;
    private static final int END_OF_FILE = -2;
    private static final int SHOWN = 40;

    private final StrictInput in;
    private final int largest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private int line;

    private NumberLines(StrictInput in, int largest) {
        this.in = in;
        this.largest = largest;
    }

    /**
     * Opens a file.
     *
     * @param largest the largest number allowed, at most 2^24, so that a float holds all of them
     */
    static NumberLines open(Path file, int largest) {
        if (largest > 1 << 24) {
            throw new IllegalArgumentException(largest + " is more than a float counts to");
        }
        return new NumberLines(StrictInput.open(file), largest);
    }

    /** At most how many bytes are left in the file. */
    long room() {
        return in.room() + end - at;
    }

    /**
     * Reads a line of as many numbers as it has.
     *
     * @return the numbers, of which there are none at the end of the file
     */
    float[] readLine() {
        float[] numbers = new float[1024];
        int count = 0;
        for (int number = firstNumber(); number >= 0; number = number()) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }
        return Arrays.copyOf(numbers, count);
    }

    /**
     * Reads a line of known width.
     *
     * @return whether there was a line
     * @throws InputException if it has fewer or more numbers
     */
    boolean readLine(float[] target, int offset, int width) {
        int number = firstNumber();
        if (number == END_OF_FILE) {
            return false;
        }
        int count = 0;
        for (; number >= 0; number = number()) {
            if (count < width) {
                target[offset + count] = number;
            }
            count++;
        }
        if (count != width) {
            throw wrong("expected " + (width == 1 ? "one number" : width + " numbers") + ", found " + count);
        }
        return true;
    }

    /** A complaint about the line read last. */
    InputException wrong(String complaint) {
        return new InputException(in.name() + ", line " + line + ": " + complaint);
    }

    /** The first number of the next line; empty lines lead to the end of the file or to a complaint. */
    private int firstNumber() {
        line++;
        int number = number();
        int empty = line;
        while (number == END_OF_LINE) {
            line++;
            number = number();
        }
        if (number >= 0 && line > empty) {
            line = empty;
            throw wrong("expected numbers, found an empty line");
        }
        return number;
    }

    /** The next number of this line, or what ends the line. */
    private int number() {
        int b = next();
        while (b == ' ' || b == '\t' || b == '\r') {
            b = next();
        }
        if (b == '\n' || b == END_OF_FILE) {
            return b == '\n' ? END_OF_LINE : END_OF_FILE;
        }
        int value = 0;
        int start = b;
        while (b >= '0' && b <= '9' && value <= largest) {
            value = 10 * value + b - '0';
            b = next();
        }
        if (value > largest || !ends(b)) {
            throw notANumber(value, start, b);
        }
        back(b);
        return value;
    }

    private static boolean ends(int b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == END_OF_FILE;
    }

    /** Says what stands there: what is left of it follows in the file, and its digits so far are its value. */
    private InputException notANumber(int value, int start, int b) {
        byte[] word = new byte[SHOWN];
        int length = 0;
        for (int next = b; !ends(next) && length < SHOWN; next = next()) {
            word[length++] = (byte) next;
        }
        String digits = start >= '0' && start <= '9' ? Integer.toString(value) : "";
        String rest = new String(word, 0, length, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "?");
        return wrong("expected whole numbers from 0 to " + largest + ", found '" + digits + rest + "'");
    }

    private int next() {
        if (at == end) {
            end = in.readSome(buffer);
            at = 0;
            if (end == 0) {
                return END_OF_FILE;
            }
        }
        return buffer[at++] & 0xff;
    }

    /** Takes back the byte that {@link #next} gave last. */
    private void back(int b) {
        if (b != END_OF_FILE) {
            at--;
        }
    }

    @Override
    public void close() {
        in.close();
    }
}
