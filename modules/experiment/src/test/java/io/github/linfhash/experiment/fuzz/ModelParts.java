package io.github.linfhash.experiment.fuzz;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.io.files.StoredArchive;
import io.github.linfhash.testing.fuzz.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's file taken apart, so that a fuzzer gets past its check sums: a list of the members' names, model.json, and the
 * arrays. In model.json, {@code @1} stands for the SHA-256 of the first array, and so on.
 */
final class ModelParts {
    private static final int MOST_MEMBERS = 40;

    private ModelParts() {}

    /** The parts of a file. */
    static byte[] of(Path file) {
        Map<String, byte[]> members = StoredArchive.read(file, "a model", 1000);
        byte[][] parts = new byte[members.size() + 1][];
        parts[0] = String.join("\n", members.keySet()).getBytes(StandardCharsets.UTF_8);
        int next = 1;
        for (byte[] content : members.values()) {
            parts[next++] = content;
        }
        String json = new String(parts[1], StandardCharsets.UTF_8);
        for (int array = 2; array < parts.length; array++) {
            json = json.replace(sha256(parts[array]), "@" + (array - 1));
        }
        parts[1] = json.getBytes(StandardCharsets.UTF_8);
        return Parts.join(parts);
    }

    /** Puts a file together again. */
    static void write(Path file, byte[] input) throws IOException {
        List<String> names = new String(Parts.split(input, 2).get(0), StandardCharsets.UTF_8)
                .lines()
                .limit(MOST_MEMBERS)
                .toList();
        List<byte[]> parts = Parts.split(input, names.size() + 1);
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            members.put(names.get(i), i == 0 ? json(parts) : parts.get(i + 1));
        }
        StoredArchive.write(file, members);
    }

    /** From the last array to the first, since @1 is the beginning of @10. */
    private static byte[] json(List<byte[]> parts) {
        String json = new String(parts.get(1), StandardCharsets.UTF_8);
        for (int array = parts.size() - 1; array >= 2; array--) {
            json = json.replace("@" + (array - 1), sha256(parts.get(array)));
        }
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Digests.sha256().digest(content));
    }
}
