package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Copies of records of options with other values by name. */
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
}
