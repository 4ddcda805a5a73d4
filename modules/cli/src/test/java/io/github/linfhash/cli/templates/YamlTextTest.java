package io.github.linfhash.cli.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    private static final ObjectMapper YAML = new YAMLMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a: b # c",
                "C:\\new \"x\"",
                "two\nlines\t\u0085",
                "\u2028&*!|>'%@`",
                "\u00e4\ud83d\ude00",
                ""
            })
    void aQuotedTextIsReadBackAsItWas(String text) throws IOException {
        String line = YamlText.quoted(text);
        assertThat(line).doesNotContain("\n");
        assertThat(YAML.readTree("key: " + line).get("key").textValue()).isEqualTo(text);
    }

    @Test
    void commentsAreFoldedAndCannotBeLeft() {
        assertThat(YamlText.comment("one two three", 9)).isEqualTo("# one two\n# three");
        assertThat(YamlText.comment("a\nmethods: []", 80)).isEqualTo("# a?methods: []");
    }
}
