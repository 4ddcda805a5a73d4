package io.github.linfhash.testing.disk;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** The file system of a {@link ForgetfulDisk}: its paths are real ones in a wrapping. */
final class ForgetfulFileSystem extends FileSystem {
    private final FileSystem beneath = FileSystems.getDefault();
    private final FileSystemProvider provider;

    ForgetfulFileSystem(ForgetfulDisk disk) {
        this.provider = new ForgetfulProvider(disk, this);
    }

    /** A path of this file system. */
    Path wrap(Path real) {
        return (Path) Proxy.newProxyInstance(
                ForgetfulFileSystem.class.getClassLoader(), new Class<?>[] {Path.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getFileSystem")) {
                        return this;
                    }
                    Object[] given = arguments == null ? new Object[0] : arguments.clone();
                    for (int i = 0; i < given.length; i++) {
                        given[i] = given[i] instanceof Path path ? unwrap(path) : given[i];
                    }
                    try {
                        Object result = method.invoke(real, given);
                        return result instanceof Path path ? wrap(path) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    /** The real path. */
    static Path unwrap(Path path) {
        return Path.of(path.toString());
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return beneath.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return beneath.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return beneath.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(beneath.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = beneath.getPathMatcher(pattern);
        return path -> matcher.matches(unwrap(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return beneath.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        return beneath.newWatchService();
    }
}
