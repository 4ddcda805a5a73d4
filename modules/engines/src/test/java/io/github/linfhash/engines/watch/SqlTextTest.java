package io.github.linfhash.engines.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    @Test
    void parametersAndOperatorsAreFound() {
        assertThat(SqlText.bound(
                        "SELECT v FROM q WHERE at > :since AND tags ? 'a' AND tags ?| :'since'::text[]", "since"))
                .isEqualTo("SELECT v FROM q WHERE at > ? AND tags ?? 'a' AND tags ??| ?::text[]");
        assertThat(SqlText.bound("a < :since2 AND b < :other AND c::since < 1", "since"))
                .isEqualTo("a < :since2 AND b < :other AND c::since < 1");
        assertThat(SqlText.bound("tags ? 'a'", "")).isEqualTo("tags ?? 'a'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 'why? :since'",
                "x = 'it''s? :since' AND y",
                "x = E'it\\'s? :since'",
                "\"what? :since\" = 1",
                "x = $$why? :since$$",
                "x = $a$why? $$ :since$a$",
                "x -- why? :since",
                "x /* why? \n :since */ y"
            })
    void literalsNamesAndCommentsAreLeft(String sql) {
        assertThat(SqlText.bound(sql, "since")).isEqualTo(sql);
        assertThat(SqlText.bound(sql + "\n ? :since", "since")).isEqualTo(sql + "\n ?? ?");
        assertThat(SqlText.bound(":since ? " + sql, "since")).isEqualTo("? ?? " + sql);
    }

    @Test
    void aLongLiteralIsRead() {
        String literal = "'" + "?".repeat(1_000_000) + "'";
        assertThat(SqlText.bound(literal + "?", "")).isEqualTo(literal + "??");
    }
}
