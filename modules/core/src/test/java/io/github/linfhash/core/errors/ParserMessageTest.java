package io.github.linfhash.core.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of Jackson 2.23 and SnakeYAML 2.5. */
class ParserMessageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        expected close marker for Array (start marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 3, column: 17]) | expected close marker for Array (start marker at line 3, column 17)
        Document nesting depth (21) exceeds the maximum allowed (20, from `StreamReadConstraints.getMaxNestingDepth()`) | Document nesting depth (21) exceeds the maximum allowed (20)
        Trailing token (of type VALUE_NUMBER_INT) found after value (bound as `com.fasterxml.jackson.databind.JsonNode`): not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS` | Trailing token (of type VALUE_NUMBER_INT) found after value: not allowed
        "while scanning a quoted scalar\n in 'reader', line 1, column 4:\n    a: 'x\n       ^\n" | while scanning a quoted scalar in line 1, column 4: a: 'x ^
        Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow | Non-standard token 'NaN'
        Illegal character ((CTRL-CHAR, code 30)): only white space is allowed (consider enabling `JsonReadFeature.ALLOW_RS_CONTROL_CHAR` to allow use of Record Separators (u001E)) | Illegal character ((CTRL-CHAR, code 30)): only white space is allowed
        maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser) | maybe a (non-standard) comment?
        Unrecognized token 'tru': was expecting 'true' or 'false' | Unrecognized token 'tru': was expecting 'true' or 'false'
        """)
    void theParsersOwnNamesGoAndPlacesStay(String message, String plain) {
        assertThat(ParserMessage.plain(message.replace("\\n", "\n"))).isEqualTo(plain);
    }
}
