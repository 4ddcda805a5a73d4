package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records of options: copies with other values by name, and checks of the values. */
public final class OptionRecords {
    private OptionRecords() {}

    /**
     * Returns a copy of options in which one has another value.
     *
     * @param name as users write it, such as {@code batch.images} for an option in a group
     * @throws InputException if the options refuse the value, as they do those of users
     * @throws IllegalArgumentException if there is no option of the name
     */
    public static <O extends Record> O with(O options, String name, Object value) {
        int dot = name.indexOf('.');
        String own = dot < 0 ? name : name.substring(0, dot);
        RecordComponent[] components = options.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < values.length; i++) {
                components[i].getAccessor().setAccessible(true);
                values[i] = components[i].getAccessor().invoke(options);
                if (components[i].getName().equals(own)) {
                    found = true;
                    values[i] = dot < 0 ? value : with((Record) values[i], name.substring(dot + 1), value);
                }
            }
            if (!found) {
                throw new IllegalArgumentException("there is no option " + own + " among " + options);
            }
            @SuppressWarnings("unchecked")
            Class<O> type = (Class<O>) options.getClass();
            Constructor<O> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InputException refused) {
                throw refused;
            }
            throw new IllegalStateException("options cannot be copied: " + options, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("options cannot be copied: " + options, e);
        }
    }

    /**
     * Checks of options that a user may set.
     *
     * @param whose the start of every sentence, such as "SNNH's"
     */
    public record Checks(String whose) {
        private static final int MOST_STAGES = 64;

        /**
         * Refuses an option.
         *
         * @param fine whether it is as it must be
         * @param sentence how it must be and how it is, without the full stop
         * @throws InputException if it is not fine
         */
        public void require(boolean fine, String sentence) {
            if (!fine) {
                throw new InputException(whose + " " + sentence + ".");
            }
        }

        /** Requires a finite number above 0. */
        public void requirePositive(String name, double value) {
            require(value > 0 && Double.isFinite(value), name + " must be above 0, not " + value);
        }

        /** Requires a finite number of at least 0. */
        public void requireNotNegative(String name, double value) {
            require(value >= 0 && Double.isFinite(value), name + " must be at least 0, not " + value);
        }

        /** Requires a whole number of at least another one. */
        public void requireAtLeast(int least, String name, int value) {
            require(value >= least, name + " must be at least " + least + ", not " + value);
        }

        /** Requires a share at which a threshold may start. */
        public void requireThreshold(double threshold) {
            require(
                    threshold > 0 && threshold < 1,
                    "threshold must be a quantile above 0 and below 1, not " + threshold);
        }

        /** Requires a number of stages that a network can be unfolded into. */
        public void requireStages(int stages) {
            require(
                    stages >= 1 && stages <= MOST_STAGES,
                    "stages must be from 1 to " + MOST_STAGES + ", not " + stages);
        }
    }
}
