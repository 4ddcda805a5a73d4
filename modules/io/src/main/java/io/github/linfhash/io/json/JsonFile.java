package io.github.linfhash.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.ParserMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Exactly one JSON value in a UTF-8 file of limited size and depth, without repeated keys. */
public final class JsonFile {
    private static final int DEEPEST_NESTING = 20;

    private JsonFile() {}

    /**
     * Reads a file.
     *
     * @param largest the largest size that is read, in bytes
     * @throws InputException if the file is larger or is no such JSON
     * @throws IOException if the file cannot be read
     */
    public static JsonNode read(Path file, int largest) throws IOException {
        String text = text(file, largest);
        try {
            JsonNode root = mapper().readTree(text);
            if (root.isMissingNode()) {
                throw new InputException(file + ": expected JSON, found an empty file");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new InputException(
                    file + ": not valid JSON" + at(e.getLocation()) + ": "
                            + ParserMessage.plain(e.getOriginalMessage()),
                    e);
        }
    }

    private static String text(Path file, int largest) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(largest + 1);
        }
        if (bytes.length > largest) {
            throw new InputException(file + ": larger than " + largest + " bytes, the most that is read");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InputException(file + ": not a text in UTF-8", e);
        }
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_NESTING)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
