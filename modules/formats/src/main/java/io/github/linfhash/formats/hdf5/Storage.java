package io.github.linfhash.formats.hdf5;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.StrictInput;
import io.jhdf.Superblock;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The bytes of an HDF5 file for jHDF, which believes what a file says: it sets memory aside before it reads, follows each address that it
 * finds, and calls itself for structures in structures. So nothing is read that does not lie in the file, and each step has a number of
 * reads and a number of bytes, which bound time, memory and the depth of calls.
 */
final class Storage implements HdfBackingStorage, AutoCloseable {
    private final String name;
    private final FileChannel channel;
    private final long size;
    private final Superblock superblock;
    private String what = "";
    private int readsLeft;
    private long bytesLeft;
    private long mostAtOnce;

    Storage(String name, FileChannel channel, Superblock superblock) throws IOException {
        this.name = name;
        this.channel = channel;
        this.size = channel.size();
        this.superblock = superblock;
    }

    /**
     * Begins a header. Types in types take 8 bytes of it each, and a call: an array of so many bytes at most fits on the stack.
     */
    void beginHeader() {
        begin("a header", 256, 1 << 20);
        mostAtOnce = 1 << 14;
    }

    /** Begins the index of a group, of which each level is a call. */
    void beginTree() {
        begin("the index of a group", 600, 1 << 22);
    }

    /** Begins the names in a group. */
    void beginNames() {
        begin("the names in a group", 1 << 17, 1 << 24);
    }

    /**
     * Begins a step.
     *
     * @param structure the structure that is read, for messages
     * @param reads how often it may be read from
     * @param bytes how many bytes may be read of it
     */
    void begin(String structure, int reads, long bytes) {
        what = structure;
        readsLeft = reads;
        bytesLeft = bytes;
        mostAtOnce = bytes;
    }

    @Override
    public ByteBuffer readBufferFromAddress(long address, int length) {
        return map(address, length);
    }

    @Override
    public ByteBuffer map(long address, long length) {
        readsLeft--;
        bytesLeft -= Math.max(0, length);
        if (readsLeft < 0 || bytesLeft < 0 || length > mostAtOnce) {
            throw new InputException(
                    name + " has too large a structure: expected " + what
                            + " as h5py writes it, found one that never ends or takes more memory than any should; write the file again");
        }
        requireInside(address, length);
        byte[] content = new byte[(int) length];
        read(address, content, content.length);
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void requireInside(long address, long length) {
        if (address < 0 || length < 0 || address > size || length > size - address) {
            throw new InputException(name + " is damaged or cut short: expected " + what + " in a file of " + size
                    + " bytes, found " + length + " bytes at " + address
                    + "; copy the file again, or write it again from its source");
        }
    }

    /**
     * Reads bytes.
     *
     * @throws InputException if they do not lie in the file
     */
    void read(long address, byte[] target, int length) {
        requireInside(address, length);
        ByteBuffer content = ByteBuffer.wrap(target, 0, length);
        try {
            while (content.hasRemaining()) {
                if (channel.read(content, address + content.position()) < 0) {
                    throw new InputException(name + " is too short: expected " + size + " bytes, found its end before");
                }
            }
        } catch (IOException e) {
            throw new InputException(name + " cannot be read: " + StrictInput.reason(e), e);
        }
    }

    @Override
    public ByteBuffer mapNoOffset(long address, long length) {
        return map(address, length);
    }

    @Override
    public long getUserBlockSize() {
        return 0;
    }

    @Override
    public Superblock getSuperblock() {
        return superblock;
    }

    @Override
    public FileChannel getFileChannel() {
        return channel;
    }

    @Override
    public int getSizeOfOffsets() {
        return superblock.getSizeOfOffsets();
    }

    @Override
    public int getSizeOfLengths() {
        return superblock.getSizeOfLengths();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new InputException(name + " cannot be closed: " + StrictInput.reason(e), e);
        }
    }
}
