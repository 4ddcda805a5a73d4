package io.github.linfhash.advisor.advice;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.github.linfhash.core.method.OptionEntry;
import java.io.IOException;

/** Writes a quantizer's record of options as one JSON object, by the names without their groups. */
public final class OptionsJson extends JsonSerializer<Record> {
    @Override
    public void serialize(Record options, JsonGenerator out, SerializerProvider serializers) throws IOException {
        out.writeStartObject();
        for (OptionEntry option : OptionEntry.of(options)) {
            out.writePOJOField(option.shortName(), option.value());
        }
        out.writeEndObject();
    }
}
