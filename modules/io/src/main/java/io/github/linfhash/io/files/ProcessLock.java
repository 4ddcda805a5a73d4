package io.github.linfhash.io.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What one process at a time holds, by the lock of a file. The operating system lets it go when the process ends, however
 * it ends, so the file itself may stay. It holds the number of the last process that had the lock.
 */
public final class ProcessLock implements AutoCloseable {
    /** Far behind the content, which others may read while the lock is held, on Windows too. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_NUMBER = 32;

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @param file the file to lock; it is made if it is missing, its folder has to be there
     * @return the lock, or empty if another process or this one has it
     * @throws IOException if the file cannot be written, or its file system has no locks
     */
    public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            String number = Long.toString(ProcessHandle.current().pid());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new ProcessLock(channel));
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw FileFailure.named(file, e);
        }
    }

    /** Who has the lock of a file, such as "process 123". */
    public static String holder(Path file) throws IOException {
        if (Files.size(file) > LONGEST_NUMBER) {
            return "another process";
        }
        String number = Files.readString(file, StandardCharsets.US_ASCII);
        return number.matches("\\d+") ? "process " + number : "another process";
    }

    /** Lets the lock go. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
