package io.github.linfhash.io.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
        assertThat(OutputFormat.TABLE.render(listing))
                .isEqualTo("name       note\nksh        kernels, \"quoted\"\ndeep-linf\n");
    }

    @Test
    void aRowOfATableIsOneLine() {
        listing.add("a\nb\tc", "d");
        assertThat(OutputFormat.TABLE.render(listing)).endsWith("deep-linf\na?b?c      d\n");
    }

    @Test
    void quotesCellsInCsv() {
        assertThat(OutputFormat.CSV.render(listing))
                .isEqualTo("name,note\nksh,\"kernels, \"\"quoted\"\"\"\ndeep-linf,\n");
    }

    @Test
    void writesObjectsInJson() {
        assertThat(OutputFormat.JSON.render(listing))
                .contains("\"name\" : \"ksh\"", "\"note\" : \"kernels, \\\"quoted\\\"\"");
    }

    @Test
    void numbersAreNumbersInJson() {
        Listing numbers = new Listing("name", "exact", "rounded", "p", "none");
        numbers.add("7", 3, Listing.number("0.9500"), Listing.number("<0.001"), Listing.number(""));
        assertThat(OutputFormat.JSON.render(numbers))
                .contains(
                        "\"name\" : \"7\"",
                        "\"exact\" : 3,",
                        "\"rounded\" : 0.9500,",
                        "\"p\" : \"<0.001\"",
                        "\"none\" : null");
        assertThat(OutputFormat.CSV.render(numbers)).endsWith("\n7,3,0.9500,<0.001,\n");
        assertThat(numbers.text()).endsWith("\n7     3      0.9500   <0.001\n");
    }

    @Test
    void peopleReadPercentagesAndProgramsFractions() {
        Listing recall = new Listing("mean", "difference", "target");
        recall.add(new Percent(0.98765, 2), Percent.of(-0.0123), Percent.exact(0.995));

        assertThat(OutputFormat.TABLE.render(recall)).endsWith("98.77%  -1.2%       99.5%\n");
        assertThat(OutputFormat.CSV.render(recall)).endsWith("0.9877,-0.012,0.995\n");
        assertThat(OutputFormat.JSON.render(recall)).contains("\"mean\" : 0.9877", "\"target\" : 0.995");
        assertThat(Percent.of(0.972, 0.958, 1)).isEqualTo("97.2% (95.8% to 100.0%)");
        assertThat(Percent.exact(0.9)).hasToString("90%");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> listing.add("one")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesRowsOfObjectsByColumnsThatAreDeclaredOnce() {
        Listing lengths = Listing.of(List.of("ksh", "deep-linf"))
                .head("name", name -> name)
                .number("length", String::length)
                .words("first", name -> name.startsWith("k") ? name.charAt(0) : null);

        assertThat(lengths.text()).isEqualTo("name       length  first\nksh             3  k\ndeep-linf       9\n");
        assertThat(OutputFormat.CSV.render(lengths)).isEqualTo("name,length,first\nksh,3,k\ndeep-linf,9,\n");
        assertThat(lengths.columns().get(1)).isEqualTo(new Listing.Column("length", "", Listing.Column.NUMBER));
    }
}
