package io.github.linfhash.data.images;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * SHA-256 of labeled images: of n, width, height and channels as int32, the values of image after image, and the classes as
 * int32, all little-endian.
 */
final class ImageDigest {
    private final MessageDigest digest = Digests.sha256();

    /** Of so many images. */
    ImageDigest(int size, ImageShape shape) {
        digest.update(littleEndian(size, shape.width(), shape.height(), shape.channels()));
    }

    /** The values of the next images: the first {@code length} ones of an array. */
    ImageDigest add(byte[] values, int length) {
        digest.update(values, 0, length);
        return this;
    }

    /** In hex, after the values of all images. */
    String of(ClassLabels labels) {
        digest.update(littleEndian(labels.toArray()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] littleEndian(int... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(numbers);
        return buffer.array();
    }
}
