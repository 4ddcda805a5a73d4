package io.github.linfhash.codes.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The lock of a file, which one process holds at a time. The operating system releases it when the process ends, however it ends, so the
 * file itself may stay.
 */
public final class ProcessLock implements AutoCloseable {
    /** Far behind the content, which others may read while the lock is held, on Windows too. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_NUMBER = 32;

    /**
     * The files that this process has locked. It must not open them again: when a process closes a file, POSIX releases all locks that it
     * holds on it, by whichever channel.
     */
    private static final Set<Object> HELD = new HashSet<>();

    private final FileChannel channel;
    private final Object key;

    private ProcessLock(FileChannel channel, Object key) {
        this.channel = channel;
        this.key = key;
    }

    /**
     * Takes the lock if nobody has it, and replaces the content of the file by the number of this process.
     *
     * @param file the file to lock; it is made if it is missing, its folder has to be there
     * @return the lock, or empty if another process or this one has it
     * @throws IOException if the file cannot be written, or its file system has no locks
     */
    public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
        Optional<ProcessLock> lock = tryLock(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.isPresent()) {
            String number = Long.toString(ProcessHandle.current().pid());
            FileChannel channel = lock.get().channel();
            try {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                lock.get().close();
                throw WholeFile.named(file, e);
            }
        }
        return lock;
    }

    /**
     * Opens a file and takes its lock if nobody has it.
     *
     * @return the lock, or empty if another process or this one has it
     * @throws IOException if the file cannot be opened, or its file system has no locks
     */
    public static Optional<ProcessLock> tryLock(Path file, OpenOption... options) throws IOException {
        synchronized (HELD) {
            if (isHeldHere(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file, options);
            try {
                if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                    channel.close();
                    return Optional.empty();
                }
                ProcessLock lock = new ProcessLock(channel, key(file));
                HELD.add(lock.key);
                return Optional.of(lock);
            } catch (OverlappingFileLockException e) {
                // Locked by code of this process that does not use this class.
                channel.close();
                return Optional.empty();
            } catch (IOException e) {
                channel.close();
                throw WholeFile.named(file, e);
            }
        }
    }

    private static boolean isHeldHere(Path file) throws IOException {
        return Files.exists(file) && HELD.contains(key(file));
    }

    /** Returns the same key for all paths of a file, without opening it. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    /** Returns the locked file, from its beginning on; {@link #close} closes it. */
    public FileChannel channel() {
        return channel;
    }

    /**
     * Describes who holds the lock of a file, such as "process 123".
     *
     * @throws IOException if the file cannot be read
     */
    public static String holder(Path file) throws IOException {
        synchronized (HELD) {
            if (isHeldHere(file)) {
                return "process " + ProcessHandle.current().pid();
            }
            if (Files.size(file) > LONGEST_NUMBER) {
                return "another process";
            }
            String number = Files.readString(file, StandardCharsets.US_ASCII);
            return number.matches("\\d+") ? "process " + number : "another process";
        }
    }

    /**
     * Releases the lock.
     *
     * @throws IOException if the file cannot be closed
     */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            HELD.remove(key);
            channel.close();
        }
    }
}
