package io.github.linfhash.reports.browser;

import io.qameta.allure.Allure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a page as it stands on paper. */
public final class PrintedPage {
    private static final Pattern WORD = Pattern.compile("\\p{N}+(?:\\.\\p{N}+)?|\\p{L}{3,}");

    private PrintedPage() {}

    /** The text of a PDF, which is also kept in the report of the tests. */
    public static String text(byte[] pdf) throws IOException {
        Allure.addAttachment("printed", "application/pdf", new ByteArrayInputStream(pdf), ".pdf");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    /** The number of its pages. */
    public static int pages(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        }
    }

    /** How often each number and each longer word is in a text. */
    public static Map<String, Integer> words(String text) {
        Map<String, Integer> counts = new HashMap<>();
        WORD.matcher(text).results().forEach(word -> counts.merge(word.group(), 1, Integer::sum));
        return counts;
    }
}
