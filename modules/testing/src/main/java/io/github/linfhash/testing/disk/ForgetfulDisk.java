package io.github.linfhash.testing.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk that remembers what was forced to it, as POSIX promises: of a file the content at its last force, of a folder the
 * names at its last force. A power failure may take everything else, or parts of it.
 *
 * <p>Programs use it through {@link #root}, a path of a file system of its own that lies over an empty real folder.
 */
public final class ForgetfulDisk {
    private final Node top = new Node(true);
    private final Path root;
    private final Path real;
    private final List<Map<String, String>> failures = new ArrayList<>();

    /** A disk over a real folder, which is empty. */
    public ForgetfulDisk(Path real) {
        this.real = real.toAbsolutePath();
        this.root = new ForgetfulFileSystem(this).wrap(this.real);
    }

    /** The folder that programs see. */
    public Path root() {
        return root;
    }

    /** Returns the least that a power failure leaves now: contents in Latin-1 by path, only what was forced under names that were. */
    public Map<String, String> afterPowerFailure() {
        return left(false);
    }

    /**
     * Returns the files that power failures at every moment so far could have left, in two ways each: the names of that moment with the contents that
     * were forced, since a disk may write names first, and what was forced alone.
     */
    public List<Map<String, String>> afterPowerFailures() {
        return List.copyOf(failures);
    }

    private Map<String, String> left(boolean newestNames) {
        Map<String, String> files = new TreeMap<>();
        top.collect("", newestNames, files);
        return files;
    }

    /** A moment has passed. */
    synchronized void changed() {
        failures.add(left(true));
        failures.add(left(false));
    }

    synchronized void created(Path file, boolean folder) {
        parent(file).names.put(file.getFileName().toString(), new Node(folder));
        changed();
    }

    synchronized void deleted(Path file) {
        parent(file).names.remove(file.getFileName().toString());
        changed();
    }

    synchronized void moved(Path from, Path to) {
        Node node = node(from);
        parent(from).names.remove(from.getFileName().toString());
        parent(to).names.put(to.getFileName().toString(), node);
        changed();
    }

    /** Returns the node at a path of the real folder. */
    synchronized Node node(Path file) {
        Node node = top;
        Path below = real.relativize(file.toAbsolutePath());
        for (Path name : below) {
            if (!name.toString().isEmpty()) {
                Node next = node.names.get(name.toString());
                if (next == null) {
                    throw new IllegalStateException(file + " was made past this disk");
                }
                node = next;
            }
        }
        return node;
    }

    private Node parent(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalStateException(file + " is not on this disk");
        }
        return node(folder);
    }

    /** A file or a folder, whatever its name is. */
    static final class Node {
        private final boolean folder;
        private final Map<String, Node> names = new TreeMap<>();
        private Map<String, Node> forcedNames = Map.of();
        private String forced = "";

        Node(boolean folder) {
            this.folder = folder;
        }

        boolean isFolder() {
            return folder;
        }

        void forceNames() {
            forcedNames = new TreeMap<>(names);
        }

        void force(String content) {
            forced = content;
        }

        private void collect(String path, boolean newestNames, Map<String, String> files) {
            (newestNames ? names : forcedNames).forEach((name, node) -> {
                if (node.folder) {
                    node.collect(path + name + "/", newestNames, files);
                } else {
                    files.put(path + name, node.forced);
                }
            });
        }
    }
}
