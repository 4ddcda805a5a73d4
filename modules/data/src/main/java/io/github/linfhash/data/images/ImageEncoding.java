package io.github.linfhash.data.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** How the pixels of a file are encoded, which its first bytes say. */
enum ImageEncoding {
    JPEG("\u00ff\u00d8\u00ff", 0),
    PNG("\u0089PNG", 0),
    /** Behind "RIFF" and the size of the file. */
    WEBP("WEBP", 8);

    /** What the three are called where all are meant. */
    static final String NAMES = "JPEG, PNG or WebP";

    private final String magic;
    private final int place;

    ImageEncoding(String magic, int place) {
        this.magic = magic;
        this.place = place;
    }

    /** The encoding of a file; empty if it is none of these. The stream is at its beginning before and after. */
    static Optional<ImageEncoding> of(ImageInputStream file) throws IOException {
        byte[] start = new byte[12];
        int length = Math.max(0, file.read(start));
        file.seek(0);
        String text = new String(start, 0, length, StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(encoding -> text.startsWith(encoding.magic, encoding.place))
                .findFirst();
    }

    /** The name by which Java knows its readers. */
    String readerName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
