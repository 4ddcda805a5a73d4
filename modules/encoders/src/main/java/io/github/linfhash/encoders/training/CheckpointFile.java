package io.github.linfhash.encoders.training;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that a training can go on from: the state after the last finished epoch.
 *
 * <p>Big-endian: the magic {@code LHSIAM}, the format version as int16, the run's key as 64 characters, the state as
 * {@link TrainingState#writeTo} has it, and the SHA-256 of all that. The name carries the key too, so another run's file
 * is never looked at. Files are replaced atomically.
 */
final class CheckpointFile {
    private static final byte[] MAGIC = {'L', 'H', 'S', 'I', 'A', 'M'};
    private static final int VERSION = 2;
    private static final int DIGEST = 32;
    private static final long MOST_BYTES = 1L << 30;

    private final Path path;
    private final String key;

    /**
     * The checkpoint of a run.
     *
     * @param key the run's SHA-256 in hex
     */
    CheckpointFile(Path folder, String key) {
        this.path = folder.resolve("training-" + key.substring(0, 16) + ".checkpoint");
        this.key = key;
    }

    /** Replaces the file. */
    void save(TrainingState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(MAGIC);
            out.writeShort(VERSION);
            out.writeBytes(key);
            state.writeTo(out);
            byte[] content = bytes.toByteArray();
            byte[] digest = Digests.sha256().digest(content);
            AtomicFiles.write(path, stream -> {
                stream.write(content);
                stream.write(digest);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + path + " cannot be written", e);
        }
    }

    /**
     * The state to go on from, if there is a file.
     *
     * @throws InputException if the file is damaged or of another version
     */
    Optional<TrainingState> load() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            long size = Files.size(path);
            if (size < MAGIC.length + DIGEST || size > MOST_BYTES) {
                throw damaged("it has " + size + " bytes", null);
            }
            return Optional.of(parse(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw damaged("it cannot be read to its end", e);
        }
    }

    private TrainingState parse(byte[] bytes) throws IOException {
        int length = bytes.length - DIGEST;
        MessageDigest digest = Digests.sha256();
        digest.update(bytes, 0, length);
        if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, length, bytes.length))) {
            throw damaged("its checksum differs", null);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw damaged("it does not start with LHSIAM", null);
        }
        int version = in.readShort();
        if (version != VERSION) {
            throw damaged("expected format " + VERSION + ", found " + version, null);
        }
        if (!key.equals(new String(in.readNBytes(key.length()), StandardCharsets.US_ASCII))) {
            throw damaged("it belongs to another run", null);
        }
        TrainingState state = TrainingState.readFrom(in);
        if (in.available() > 0) {
            throw damaged("it has " + in.available() + " bytes too many", null);
        }
        return state;
    }

    private InputException damaged(String finding, @Nullable Throwable cause) {
        String sentence = path + " is not as it was kept (" + finding + ")";
        return cause == null ? new InputException(sentence) : new InputException(sentence, cause);
    }
}
