package io.github.linfhash.core.method;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The values that trainings on the same data would each compute alike, such as a dictionary that several encoders start from. A training gets the
 * same value from here as it would compute itself.
 */
public interface SharedWork {
    /** Nothing is shared: everything is computed when it is asked for. */
    SharedWork NONE = new SharedWork() {
        @Override
        public <T> T get(Class<T> type, String key, Supplier<T> compute) {
            return compute.get();
        }
    };

    /**
     * A value that was computed before, or else is computed now.
     *
     * @param type the class of the value, which must be immutable
     * @param key a text that names all that decides the value
     */
    <T> T get(Class<T> type, String key, Supplier<T> compute);

    /** Remembers every value; for several threads. */
    static SharedWork remembering() {
        Map<String, Object> values = new ConcurrentHashMap<>();
        return new SharedWork() {
            @Override
            public <T> T get(Class<T> type, String key, Supplier<T> compute) {
                return type.cast(values.computeIfAbsent(type.getName() + "/" + key, unused -> compute.get()));
            }
        };
    }
}
