package io.github.linfhash.shell;

import io.github.linfhash.core.errors.InputException;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers as users write them: {@code 48,64} or {@code 0-4} or {@code 0-2,7}. */
public final class NumberList implements ITypeConverter<NumberList> {
    /** The longest code. */
    public static final int MOST_BITS = 4096;

    private static final int MOST = 1000;
    private final List<Long> numbers;

    /** The constructor that picocli calls for the converter. */
    public NumberList() {
        this(List.of());
    }

    private NumberList(List<Long> numbers) {
        this.numbers = numbers;
    }

    /** Returns a list of these numbers in ascending order. */
    public static NumberList of(List<Integer> numbers) {
        return new NumberList(numbers.stream().map(Integer::longValue).sorted().toList());
    }

    @Override
    public NumberList convert(String text) {
        TreeSet<Long> found = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("[0-9]{1,9}(-[0-9]{1,9})?")) {
                throw new TypeConversionException("expected whole numbers such as 48,64 or 0-4, found '" + text + "'");
            }
            int dash = part.indexOf('-');
            long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
            long last = Long.parseLong(part.substring(dash + 1));
            if (last < first || last - first >= MOST) {
                throw new TypeConversionException(
                        "expected a range of 1 to " + MOST + " numbers, found '" + part + "'");
            }
            for (long n = first; n <= last; n++) {
                found.add(n);
            }
        }
        return new NumberList(List.copyOf(found));
    }

    /** Returns the distinct numbers in ascending order. */
    public List<Long> within(String option, long least, long most) {
        numbers.forEach(n -> requireWithin(option, n, least, most));
        return numbers;
    }

    /** Returns the distinct numbers in ascending order, as far as an int holds them. */
    public List<Integer> ints(String option, int least, int most) {
        return within(option, least, most).stream().map(Long::intValue).toList();
    }

    /**
     * Returns the numbers as code lengths, as in --bits.
     *
     * @param known lengths beyond the usual limit that exist
     */
    public List<Integer> codeLengths(List<Integer> known) {
        numbers.stream()
                .filter(length -> known.stream().noneMatch(one -> one == (long) length))
                .forEach(length -> requireWithin("--bits", length, 1, MOST_BITS));
        return numbers.stream().map(Long::intValue).toList();
    }

    /**
     * Checks one number.
     *
     * @throws InputException if it is not within least..most; the sentence names the option
     */
    public static void requireWithin(String option, long n, long least, long most) {
        if (n < least || n > most) {
            throw new InputException(option + ": expected numbers from " + least + " to " + most + ", found " + n);
        }
    }
}
