package io.github.linfhash.codes.files;

import io.github.linfhash.codes.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of the files of a folder, as the JSON file that describes them lists it, so that no file of another folder is taken for one of them. */
public final class FolderSums {
    private static final String KEY = "sha256";
    private static final int BLOCK = 1 << 16;

    private final JsonObject card;

    /**
     * The sums of a description.
     *
     * @param card with an object {@code sha256} from names of files to hexadecimal digits; without one, as in descriptions of earlier
     *     versions, nothing is checked
     */
    public FolderSums(JsonObject card) {
        this.card = card;
    }

    /**
     * Checks a file by its name.
     *
     * @throws InvalidFileException if it is missing, is not listed, or has another content than the listed one
     */
    public void require(Path file) throws IOException {
        if (!card.has(KEY)) {
            return;
        }
        MappedRows.requireFile(file);
        String expected = card.object(KEY).text(String.valueOf(file.getFileName()));
        String found = HexFormat.of().formatHex(sum(file));
        if (!found.equals(expected)) {
            throw new InvalidFileException(file + ": expected the file that quantizer.json describes, found another one"
                    + " (the SHA-256 differs); run 'linfhash quantize' again, or copy all files of the folder");
        }
    }

    private static byte[] sum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
