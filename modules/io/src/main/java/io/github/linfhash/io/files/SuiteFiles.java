package io.github.linfhash.io.files;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The suite's files as the jars hold them: protocols, manifests with the embedded images, published tables, claims and expected
 * results, each in the jar of the module that owns it, below one folder. They are for programs that have these jars and no
 * checkout or installation.
 *
 * <p>They are laid out in the cache before they are read, since all readers, which data sets of any size have in common, take
 * files of the file system.
 */
public final class SuiteFiles {
    /** The folder of the jars; the build packs the checkout's folders into it. */
    public static final String FOLDER = "io/github/linfhash/suite";

    private static final int NAME_DIGITS = 16;

    private SuiteFiles() {}

    /**
     * Lays the files out in a folder that is named by their content, as far as they are not there already, unchanged.
     *
     * @param cache linfhash's cache folder
     * @return the folder, which holds protocols/, datasets/ and reports/ as a checkout does
     * @throws InputException if the class path has no such files
     * @throws IOException if the cache cannot be written
     */
    public static Path unpacked(Path cache) throws IOException {
        return unpacked(SuiteFiles.class.getClassLoader(), cache);
    }

    static Path unpacked(ClassLoader jars, Path cache) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (URL root : Collections.list(jars.getResources(FOLDER))) {
            addFiles(root, files);
        }
        if (files.isEmpty()) {
            throw new InputException("the class path: expected protocols and data sets in linfhash's jars, below "
                    + FOLDER + ", found none; the system property linfhash.home can name a checkout instead");
        }
        Path folder = cache.resolve("suite").resolve(name(files));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            if (!Files.isRegularFile(target) || !Arrays.equals(Files.readAllBytes(target), file.getValue())) {
                AtomicFiles.write(target, out -> out.write(file.getValue()));
            }
        }
        return folder;
    }

    private static void addFiles(URL root, SortedMap<String, byte[]> files) throws IOException {
        try {
            if (root.openConnection() instanceof JarURLConnection inside) {
                try (FileSystem jar =
                        FileSystems.newFileSystem(Path.of(inside.getJarFileURL().toURI()))) {
                    addFiles(jar.getPath(inside.getEntryName()), files);
                }
            } else {
                addFiles(Path.of(root.toURI()), files);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a resource has a malformed location", e);
        }
    }

    private static void addFiles(Path folder, SortedMap<String, byte[]> files) throws IOException {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder)) {
            inside = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : inside) {
            files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
    }

    private static String name(SortedMap<String, byte[]> files) {
        MessageDigest digest = Digests.sha256();
        files.forEach((name, content) -> {
            Digests.update(digest, name);
            digest.update(Digests.sha256().digest(content));
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
    }
}
