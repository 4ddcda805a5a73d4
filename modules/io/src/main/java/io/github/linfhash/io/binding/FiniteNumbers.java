package io.github.linfhash.io.binding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.util.JsonGeneratorDecorator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import io.github.linfhash.codes.NonFiniteException;
import java.io.IOException;

/** Refuses NaN and infinity, for which JSON has no number and in whose place Jackson would write a text. */
final class FiniteNumbers implements JsonGeneratorDecorator {
    @Override
    public JsonGenerator decorate(JsonFactory factory, JsonGenerator generator) {
        return new Finite(generator);
    }

    private static final class Finite extends JsonGeneratorDelegate {
        Finite(JsonGenerator generator) {
            super(generator, false);
        }

        @Override
        public void writeNumber(double value) throws IOException {
            requireFinite(value);
            super.writeNumber(value);
        }

        @Override
        public void writeNumber(float value) throws IOException {
            requireFinite(value);
            super.writeNumber(value);
        }

        @Override
        public void writeArray(double[] values, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                requireFinite(values[i]);
            }
            super.writeArray(values, offset, length);
        }

        private void requireFinite(double value) {
            if (!Double.isFinite(value)) {
                JsonStreamContext place = getOutputContext();
                // The context of an array counts only what was written before.
                JsonStreamContext named = place.inArray() ? place.getParent() : place;
                throw new NonFiniteException(
                        "JSON: expected finite numbers, found " + value + " in " + named.pathAsPointer());
            }
        }
    }
}
