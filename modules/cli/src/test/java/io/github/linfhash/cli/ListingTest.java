package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingTest {
    private final Listing listing = new Listing("name", "note");

    @BeforeEach
    void addRows() {
        listing.add("ksh", "kernels, \"quoted\"");
        listing.add("deep-linf", "");
    }

    @Test
    void alignsColumnsInATable() {
        assertThat(listing.render(OutputFormat.TABLE))
                .isEqualTo("name       note\nksh        kernels, \"quoted\"\ndeep-linf\n");
    }

    @Test
    void aRowOfATableIsOneLine() {
        listing.add("a\nb\tc", "d");
        assertThat(listing.render(OutputFormat.TABLE)).endsWith("deep-linf\na?b?c      d\n");
    }

    @Test
    void quotesCellsInCsv() {
        assertThat(listing.render(OutputFormat.CSV))
                .isEqualTo("name,note\nksh,\"kernels, \"\"quoted\"\"\"\ndeep-linf,\n");
    }

    @Test
    void writesObjectsInJson() {
        assertThat(listing.render(OutputFormat.JSON))
                .contains("\"name\" : \"ksh\"")
                .contains("\"note\" : \"kernels, \\\"quoted\\\"\"");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> listing.add("one")).isInstanceOf(IllegalArgumentException.class);
    }
}
