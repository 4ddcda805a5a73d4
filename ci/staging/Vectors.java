import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes 320 x 32 float32 vectors as .npy: row i is direction i % 32, turned a little more in each block of 32 rows. */
final class Vectors {
    public static void main(String[] arguments) throws Exception {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (320, 32), }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer values = ByteBuffer.allocate(320 * 32 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 320; i++) {
            for (int j = 0; j < 32; j++) {
                values.putFloat(j == i % 32 ? 1 : j == (i + 1) % 32 ? 0.05f * (i / 32) : 0);
            }
        }
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]))) {
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0});
            out.write(text);
            out.write(values.array());
        }
    }
}
