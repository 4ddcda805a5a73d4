package io.github.linfhash.data.images;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
    @TempDir
    Path folder;

    private Path write(String name, String format, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private static BufferedImage filled(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < width * height; p++) {
            image.setRGB(p % width, p / width, rgb);
        }
        return image;
    }

    private LabeledImages read(int side) {
        return ImageFolder.read(folder, side, ImageFolder.Unreadable.REFUSED, Progress.NONE)
                .images();
    }

    private static int[] pixel(LabeledImages images, int index, int x, int y) {
        return new int[] {images.value(index, 0, x, y), images.value(index, 1, x, y), images.value(index, 2, x, y)};
    }

    @Test
    void foldersAreClassesAndEverythingIsInTheOrderOfNames() throws IOException {
        for (int i = 9; i >= 0; i--) {
            write("owl/" + i + ".PNG", "png", filled(2, 2, 0x100000 * i));
        }
        write("emu/b.png", "png", filled(2, 2, 0x00ff00));
        write("emu/a.jpeg", "jpg", filled(16, 16, 0x0000ff));
        write("emu/.hidden", "png", filled(2, 2, 0));
        Files.writeString(folder.resolve("README.txt"), "Birds.");
        LabeledImages images = read(2);
        assertThat(images.classNames()).containsExactly("emu", "owl");
        assertThat(images.labels()).isEqualTo(ClassLabels.of(0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
        assertThat(images.shape()).isEqualTo(new ImageShape(2, 2, 3));
        assertThat(images.value(0, 2, 1, 1)).isCloseTo(255, within(6));
        assertThat(images.value(0, 0, 1, 1)).isCloseTo(0, within(6));
        assertThat(pixel(images, 1, 0, 0)).containsExactly(0, 255, 0);
        for (int i = 0; i < 10; i++) {
            assertThat(pixel(images, 2 + i, 1, 0)).containsExactly(16 * i, 0, 0);
        }
    }

    @Test
    void pixelsAreMeansOfTheAreasThatTheyCover() throws IOException {
        // 3 x 1 to 2 x 2: the left column covers the first pixel and half of the second.
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x0c0000);
        image.setRGB(1, 0, 0x1e0300);
        image.setRGB(2, 0, 0x0000c8);
        write("a/a.png", "png", image);
        LabeledImages images = read(2);
        // (12 + 30 / 2) / 1.5 = 18, (3 / 2) / 1.5 = 1; (30 / 2) / 1.5 = 10, 200 / 1.5 = 133.3
        assertThat(pixel(images, 0, 0, 0)).containsExactly(18, 1, 0);
        assertThat(pixel(images, 0, 0, 1)).containsExactly(18, 1, 0);
        assertThat(pixel(images, 0, 1, 1)).containsExactly(10, 1, 133);
    }

    @Test
    void rowsAreAveragedAsColumnsAre() throws IOException {
        BufferedImage image = new BufferedImage(1, 3, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x0c0000);
        image.setRGB(0, 1, 0x1e0300);
        image.setRGB(0, 2, 0x0000c8);
        write("a/a.png", "png", image);
        assertThat(pixel(read(2), 0, 0, 0)).containsExactly(18, 1, 0);
        assertThat(pixel(read(2), 0, 1, 1)).containsExactly(10, 1, 133);
    }

    @Test
    void anImageOfTheWantedSizeStaysAsItIs() throws IOException {
        BufferedImage image = new BufferedImage(7, 7, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 49; p++) {
            image.setRGB(p % 7, p / 7, 0x050301 * p);
        }
        write("a/a.png", "png", image);
        LabeledImages images = read(7);
        for (int p = 0; p < 49; p++) {
            assertThat(pixel(images, 0, p % 7, p / 7)).containsExactly(5 * p, 3 * p, p);
        }
    }

    @Test
    void grayValuesStayAsTheyAre() throws IOException {
        BufferedImage gray = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        for (int p = 0; p < 4; p++) {
            gray.getRaster().setSample(p % 2, p / 2, 0, 100);
            deep.getRaster().setSample(p % 2, p / 2, 0, 100 * 257);
        }
        write("a/a.png", "png", gray);
        write("a/b.png", "png", deep);
        assertThat(pixel(read(2), 0, 0, 0)).containsExactly(100, 100, 100);
        assertThat(pixel(read(2), 1, 1, 1)).containsExactly(100, 100, 100);
    }

    @Test
    void palettesAndTransparencyBecomeColors() throws IOException {
        BufferedImage palette = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
        palette.setRGB(0, 0, 0xffff0000);
        BufferedImage seen = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        seen.setRGB(0, 0, new Color(200, 100, 50, 51).getRGB());
        write("a/a.png", "png", palette);
        write("a/b.png", "png", seen);
        assertThat(pixel(read(1), 0, 0, 0)).containsExactly(255, 0, 0);
        // 51 / 255 is a fifth.
        assertThat(pixel(read(1), 1, 0, 0)).containsExactly(40, 20, 10);
    }

    @Test
    void refusesFoldersThatAreNoClasses() throws IOException {
        assertOneSentence(() -> read(8), "has no subfolders", "; put the images of each class into one");
        assertOneSentence(
                () -> ImageFolder.read(folder.resolve("no"), 8, ImageFolder.Unreadable.REFUSED, Progress.NONE),
                "no folder",
                "nothing");
        Files.createDirectories(folder.resolve("a"));
        assertOneSentence(() -> read(8), "a is empty", "; remove the folder, or add images");
        write("a/a.png", "png", filled(1, 1, 0));
        assertOneSentence(() -> read(0), "1 to 512", "found 0");
        assertOneSentence(() -> read(513), "found 513");
        write("b.png", "png", filled(1, 1, 0));
        assertOneSentence(() -> read(8), "b.png", "of no class", "; move it into the folder of its class");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b.gif", "a/b.txt", "a/b/c.png"})
    void refusesOtherFilesInAClass(String name) throws IOException {
        write("a/a.png", "png", filled(1, 1, 0));
        write(name, "png", filled(1, 1, 0));
        assertOneSentence(() -> read(8), "b", "no image");
    }

    @Test
    void refusesContentOfOtherFormats() throws IOException {
        write("a/a.png", "gif", filled(1, 1, 0));
        assertOneSentence(() -> read(8), "a.png", "JPEG, PNG or WebP");
        Files.write(folder.resolve("a/a.png"), new byte[0]);
        assertOneSentence(() -> read(8), "a.png", "JPEG, PNG or WebP");
    }

    /** The header of a PNG of 60,000 x 60,000 pixels in 8 bits RGB, which would take 10 GB. */
    @Test
    void refusesAHugeImageBeforeItIsDecoded() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(8 + 25 + 12);
        header.putLong(0x89504e470d0a1a0aL).putInt(13);
        header.put(new byte[] {'I', 'H', 'D', 'R'})
                .putInt(60_000)
                .putInt(60_000)
                .put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array(), 12, 17);
        header.putInt((int) crc.getValue());
        header.putInt(0).put(new byte[] {'I', 'D', 'A', 'T'});
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a/a.png"), header.array());
        assertOneSentence(() -> read(8), "a.png", "too large", "60000 x 60000");
    }

    /** Within the limit of pixels, but no file of so few bytes holds them, however it is compressed. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void memoryIsNotSetAsideForWhatAHeaderAloneClaims(String format) throws IOException {
        Path file = write("a/a." + format, format, filled(3, 3, 0x336699));
        byte[] bytes = Files.readAllBytes(file);
        int size = format.equals("png") ? 16 : startOfFrame(bytes) + 5;
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (format.equals("png")) {
            header.putInt(size, 8000).putInt(size + 4, 8000);
            CRC32 crc = new CRC32();
            crc.update(bytes, 12, 17);
            header.putInt(29, (int) crc.getValue());
        } else {
            header.putShort(size, (short) 8000).putShort(size + 2, (short) 8000);
        }
        Files.write(file, bytes);
        assertOneSentence(() -> read(8), "a." + format, "8000 x 8000", "cannot hold them");
    }

    private static int startOfFrame(byte[] jpeg) {
        int at = 0;
        while (jpeg[at] != (byte) 0xff || jpeg[at + 1] != (byte) 0xc0) {
            at++;
        }
        return at;
    }

    /** A bit for each pixel, all alike: what deflate shrinks most. */
    @Test
    void aLargePlainImageIsRead() throws IOException {
        BufferedImage plain = new BufferedImage(4000, 3000, BufferedImage.TYPE_BYTE_BINARY);
        assertThat(write("a/a.png", "png", plain))
                .satisfies(file -> assertThat(Files.size(file)).isLessThan(4000 * 3000 / 8 / 500));
        write("a/b.jpg", "jpg", filled(4000, 3000, 0));
        assertThat(read(2).size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void anImageThatIsCutAnywhereIsReadOrRefused(String format) throws IOException {
        Path file = write("a/a." + format, format, filled(3, 3, 0x336699));
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int length = 0; length < whole.length; length += 1 + length / 40) {
            Files.write(file, Arrays.copyOf(whole, length));
            try {
                read(2);
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage())
                        .contains("a." + format, "expected", "found")
                        .doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    /** Twelve files of fourteen: what they hold, and what is none by its name. */
    private void writeUnreadable() throws IOException {
        write("a/good.png", "png", filled(2, 2, 0xff0000));
        write("b/good.png", "png", filled(2, 2, 0x0000ff));
        for (int i = 10; i < 21; i++) {
            Files.writeString(folder.resolve("a/" + i + ".jpg"), "no image");
        }
        Files.writeString(folder.resolve("b/Thumbs.db"), "of a file manager");
        Files.writeString(folder.resolve("b/.DS_Store"), "of another");
    }

    @Test
    void aRefusalNamesAllThatCannotBeRead() throws IOException {
        writeUnreadable();
        assertOneSentence(
                () -> read(2),
                "12 of 14 files",
                "--skip-unreadable",
                "a/10.jpg, a/11.jpg, a/12.jpg",
                "a/19.jpg and 2 more",
                "10.jpg is no image");
        assertThatThrownBy(() -> read(2)).hasMessageNotContaining("20.jpg").hasMessageNotContaining("DS_Store");
    }

    /** Two at a time, the fifth alone. */
    @Test
    void aListedFolderGivesTheSameImagesOneByOne() throws IOException {
        for (int i = 0; i < 5; i++) {
            write((i < 2 ? "a/" : "b/") + i + ".png", "png", filled(3 + i, 4, 0x102030 * (i + 1)));
        }
        LabeledImages read = read(4);
        ImageFolder listed = ImageFolder.list(folder, 4);
        assertThat(listed.size()).isEqualTo(5);
        assertThat(listed.shape()).isEqualTo(read.shape());
        assertThat(listed.labels()).isEqualTo(read.labels());
        assertThat(listed.sha256(2, Progress.NONE)).isEqualTo(read.sha256());
        assertThat(listed.sha256(Progress.NONE)).isEqualTo(read.sha256());
        byte[] expected = new byte[48];
        byte[] found = new byte[48];
        for (int i = 0; i < 5; i++) {
            read.copyValues(i, expected);
            listed.copyValues(i, found);
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void aListedFolderIsRefusedInTheSameWords() throws IOException {
        writeUnreadable();
        ImageFolder listed = ImageFolder.list(folder, 2);
        assertThatThrownBy(() -> read(2))
                .satisfies(refusal -> assertThatThrownBy(() -> listed.sha256(3, Progress.NONE))
                        .hasMessage(refusal.getMessage()));
        assertOneSentence(() -> listed.copyValues(0, new byte[12]), "10.jpg is no image");
        assertOneSentence(() -> ImageFolder.list(folder, 513), "expected 1 to 512 pixels, found 513");
    }

    @Test
    void whatCannotBeReadIsLeftOutAndListed() throws IOException {
        writeUnreadable();
        ImageFolder.Found found = ImageFolder.read(folder, 2, ImageFolder.Unreadable.LEFT_OUT, Progress.NONE);
        assertThat(found.images().size()).isEqualTo(2);
        assertThat(found.images().labels()).isEqualTo(ClassLabels.of(0, 1));
        assertThat(pixel(found.images(), 1, 1, 1)).containsExactly(0, 0, 255);
        assertThat(found.leftOut()).hasSize(12);
        assertThat(found.leftOut().get(0)).contains("10.jpg is no image: expected JPEG, PNG or WebP");
        assertThat(found.leftOut().get(11)).contains("Thumbs.db is no image");
        assertThat(found.facts()).containsExactly("12 of 14 files could not be read as images and were left out");
        // The same images without the others are the same data.
        for (int i = 10; i < 21; i++) {
            Files.delete(folder.resolve("a/" + i + ".jpg"));
        }
        Files.delete(folder.resolve("b/Thumbs.db"));
        assertThat(read(2).sha256()).isEqualTo(found.images().sha256());
    }

    /** Decoders of JPEG make up what is missing; an image that is gray from its middle on is none to learn from. */
    @ParameterizedTest
    @CsvSource({
        "jpeg-baseline-420.jpg, 0.9",
        "jpeg-progressive.jpg, 0.6",
        "jpeg-cmyk.jpg, 0.6",
        "jpeg-ycck.jpg, 0.9",
        "png-rgb-8.png, 0.9",
        "webp-lossy.webp, 0.9",
        "webp-lossless.webp, 0.9"
    })
    void anImageThatIsCutShortIsRefused(String name, double part) throws IOException {
        byte[] whole = ForeignImagesTest.resource(name);
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a").resolve(name), Arrays.copyOf(whole, (int) (part * whole.length)));
        assertOneSentence(() -> read(8), name, "cannot be decoded", "expected a whole image");
        Files.write(folder.resolve("a").resolve(name), whole);
        assertThat(read(8).size()).isEqualTo(1);
    }

    @Test
    void aClassWithoutImagesIsRefusedWhateverIsLeftOut() throws IOException {
        write("a/good.png", "png", filled(2, 2, 0xff0000));
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("b/a.png"), "no image");
        assertOneSentence(
                () -> ImageFolder.read(folder, 2, ImageFolder.Unreadable.LEFT_OUT, Progress.NONE),
                "b has no image that can be read");
    }

    /** Of libwebp's own: what its header claims is refused, whichever of its three forms it has. */
    @ParameterizedTest
    @CsvSource({"webp-lossy.webp, 26", "webp-lossless.webp, 21", "webp-lossy-alpha.webp, 24"})
    void aWebpHeaderThatClaimsMoreThanTheFileHoldsIsRefused(String name, int place) throws IOException {
        byte[] bytes = ForeignImagesTest.resource(name);
        for (int i = 0; i < 4; i++) {
            // 0x3fff + 1 or 0x3fff in each direction, with the bits of whatever stands beside.
            bytes[place + i] |= (byte) (i % 2 == 0 || !name.contains("alpha") ? 0xff : 0x1f);
        }
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a/a.webp"), bytes);
        assertOneSentence(() -> read(8), "a.webp");
    }
}
