package io.github.linfhash.codes.files;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Mapped parts of files, which are unmapped when their owner and all who {@linkplain #retain use} them have closed them. Parts are added
 * by one thread, and then used and closed by any.
 *
 * <p>Java itself unmaps a buffer only when it is garbage. Java 22 and later have arenas to do it at once, and earlier versions a method of
 * which later ones warn. Both are called by reflection, as this library also runs on Java 17.
 */
public final class Mapping implements AutoCloseable {
    private static final boolean ARENAS = Runtime.version().feature() >= 22;

    private final AtomicInteger users = new AtomicInteger(1);
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private @Nullable AutoCloseable arena;

    /** Maps a part of a file, little-endian. */
    ByteBuffer map(FileChannel channel, long offset, long bytes) throws IOException {
        ByteBuffer buffer;
        if (ARENAS) {
            buffer = mapIntoArena(channel, offset, bytes);
        } else {
            buffer = channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes);
            buffers.add(buffer);
        }
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer mapIntoArena(FileChannel channel, long offset, long bytes) throws IOException {
        try {
            Class<?> type = Class.forName("java.lang.foreign.Arena");
            if (arena == null) {
                arena = (AutoCloseable) type.getMethod("ofShared").invoke(null);
            }
            Method map = FileChannel.class.getMethod("map", FileChannel.MapMode.class, long.class, long.class, type);
            Object segment = map.invoke(channel, FileChannel.MapMode.READ_ONLY, offset, bytes, arena);
            return (ByteBuffer) map.getReturnType().getMethod("asByteBuffer").invoke(segment);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("the file cannot be mapped", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java 22 and later have shared arenas", e);
        }
    }

    /**
     * Keeps the parts mapped until they are closed once more.
     *
     * @return whether they are still mapped
     */
    public boolean retain() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Ends a use; the last one unmaps. */
    @Override
    public void close() {
        if (users.decrementAndGet() > 0) {
            return;
        }
        if (arena != null) {
            closeArena(arena);
        } else if (!buffers.isEmpty()) {
            clean();
        }
    }

    private static void closeArena(AutoCloseable arena) {
        try {
            arena.close();
        } catch (Exception e) {
            throw new IllegalStateException("an arena whose users have ended can be closed", e);
        }
    }

    private void clean() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            Method clean = type.getMethod("invokeCleaner", ByteBuffer.class);
            for (ByteBuffer buffer : buffers) {
                clean.invoke(field.get(null), buffer);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            // A Java without this method: the garbage collector unmaps.
            buffers.clear();
        }
    }
}
