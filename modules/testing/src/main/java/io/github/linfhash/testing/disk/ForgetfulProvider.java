package io.github.linfhash.testing.disk;

import static io.github.linfhash.testing.disk.ForgetfulFileSystem.unwrap;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does everything in the real folder, and tells the disk. */
final class ForgetfulProvider extends FileSystemProvider {
    private final FileSystemProvider beneath = FileSystems.getDefault().provider();
    private final ForgetfulDisk disk;
    private final ForgetfulFileSystem system;

    ForgetfulProvider(ForgetfulDisk disk, ForgetfulFileSystem system) {
        this.disk = disk;
        this.system = system;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path real = unwrap(path);
        boolean existed = Files.exists(real);
        FileChannel channel = FileChannel.open(real, options, attributes);
        if (!existed) {
            disk.created(real, false);
        }
        return new ForgetfulChannel(disk, real, channel);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        beneath.createDirectory(unwrap(folder), attributes);
        disk.created(unwrap(folder), true);
    }

    @Override
    public void delete(Path path) throws IOException {
        beneath.delete(unwrap(path));
        disk.deleted(unwrap(path));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        beneath.move(unwrap(source), unwrap(target), options);
        disk.moved(unwrap(source), unwrap(target));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(unwrap(folder))) {
            for (Path entry : stream) {
                Path wrapped = system.wrap(entry);
                if (filter.accept(wrapped)) {
                    entries.add(wrapped);
                }
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getScheme() {
        return "forgetful";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return beneath.isSameFile(unwrap(path), unwrap(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return beneath.isHidden(unwrap(path));
    }

    /** As in a chroot: the disk is in no table of mounts. */
    @Override
    public FileStore getFileStore(Path path) throws IOException {
        throw new IOException("Mount point not found");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        beneath.checkAccess(unwrap(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return beneath.getFileAttributeView(unwrap(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return beneath.readAttributes(unwrap(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
        return beneath.readAttributes(unwrap(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
        beneath.setAttribute(unwrap(path), name, value, options);
    }

    /** A channel to a real file that tells the disk what is forced. */
    private static final class ForgetfulChannel extends FileChannel {
        private final ForgetfulDisk disk;
        private final Path file;
        private final ForgetfulDisk.Node node;
        private final FileChannel channel;

        ForgetfulChannel(ForgetfulDisk disk, Path file, FileChannel channel) {
            this.disk = disk;
            this.file = file;
            this.node = disk.node(file);
            this.channel = channel;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            channel.force(metadata);
            if (node.isFolder()) {
                node.forceNames();
            } else {
                node.force(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            disk.changed();
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return channel.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }

        // Bytes go in and out one buffer after another; no other way is used on a disk that forgets.

        @Override
        public long write(ByteBuffer[] sources, int from, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int from, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }
    }
}
