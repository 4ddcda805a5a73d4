package io.github.linfhash.core.evaluation;

/**
 * A named number of results: what it is called and how it is to be read. {@link StandardMetrics} has all of them, and whatever
 * shows, ranks, tests or checks such a number asks here instead of knowing keys.
 *
 * @param key its name in results.json, such as {@code precision@2}; never changes once published
 * @param words what people call it
 * @param kind what the number is
 * @param direction which way is better
 * @param role what it is for
 * @param byHits whether it moves in steps of a single hit, as recall does, instead of in steps of a query
 */
public record Quantity(String key, Words words, Kind kind, Direction direction, Role role, boolean byHits) {
    /**
     * The names of a quantity for people.
     *
     * @param title in full, such as {@code Precision, radius at most 2}
     * @param name without what the heading of its group says, such as {@code Precision}
     * @param group the heading over its column and those beside it; empty where it stands alone
     * @param head the heading of its column
     */
    public record Words(String title, String name, String group, String head) {
        /** Names a quantity whose column stands alone. */
        public static Words of(String title, String head) {
            return new Words(title, title, "", head);
        }
    }

    /** The kind of number that a quantity is. */
    public enum Kind {
        /** A fraction within 0..1, shown in percent. */
        FRACTION(100, "percent", ", %", "a fraction within 0..1"),
        /** A count of codes or of whatever its title says. */
        COUNT(1, "count", "", "a count"),
        /** Any number, in the unit that its title names. */
        NUMBER(1, "number", "", "a number"),
        /** A time in seconds. */
        SECONDS(1, "seconds", ", s", "a number of seconds of at least 0");

        private final int factor;
        private final String unit;
        private final String axisUnit;
        private final String expected;

        Kind(int factor, String unit, String axisUnit, String expected) {
            this.factor = factor;
            this.unit = unit;
            this.axisUnit = axisUnit;
            this.expected = expected;
        }

        /** Returns the factor by which its numbers are multiplied where people read them. */
        public int factor() {
            return factor;
        }

        /** The unit of its numbers where people read them. */
        public String unit() {
            return unit;
        }

        /** Returns the unit as it stands behind the title of an axis; empty where the title names the unit. */
        public String axisUnit() {
            return axisUnit;
        }

        /** Describes the values that are allowed, for messages. */
        public String expected() {
            return expected;
        }

        /** Whether a value can be one of this kind. */
        public boolean allows(double value) {
            return switch (this) {
                case FRACTION -> value >= 0 && value <= 1;
                case COUNT -> value >= 0 && value == Math.rint(value) && Double.isFinite(value);
                case NUMBER -> Double.isFinite(value);
                case SECONDS -> value >= 0 && Double.isFinite(value);
            };
        }
    }

    /** Which way is better. */
    public enum Direction {
        HIGHER,
        LOWER,
        /** Neither. */
        NONE;

        /** A difference as a gain: positive where it is one to the better; where neither way is, as it is. */
        public double gain(double difference) {
            return this == LOWER ? -difference : difference;
        }
    }

    /** The purpose of a quantity. */
    public enum Role {
        /** Methods are judged by it. */
        RESULT,
        /** It follows from others, as F1 does: ranked like them, but no news of its own. */
        DERIVED,
        /** It helps to read the others, and every comparison shows it; nobody leads in it. */
        DIAGNOSTIC
    }

    /** One that this program does not know: that of another version. It has its key and nothing else. */
    static Quantity unknown(String key) {
        return new Quantity(key, Words.of(key, key), Kind.NUMBER, Direction.NONE, Role.RESULT, false);
    }

    /** Its title in full. */
    public String title() {
        return words.title();
    }

    /** The heading of its column. */
    public String head() {
        return words.head();
    }

    /** Its name within a sentence or before a unit: {@code precision}, but {@code F1} and {@code mAP}. */
    public String nameInSentence() {
        String name = words.name();
        boolean word = name.length() > 1 && Character.isLowerCase(name.charAt(1));
        return word ? Character.toLowerCase(name.charAt(0)) + name.substring(1) : name;
    }

    /** Whether methods are ranked by it. */
    public boolean ranked() {
        return role != Role.DIAGNOSTIC && direction != Direction.NONE;
    }
}
