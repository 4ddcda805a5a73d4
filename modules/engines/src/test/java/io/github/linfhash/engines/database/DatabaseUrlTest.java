package io.github.linfhash.engines.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of databases; no message shows more of them than their host. */
class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://localhost/app, localhost, 5432, app,",
        "jdbc:postgresql://db.example:6000/app?user=me, db.example, 6000, app, me",
        "postgres://me@127.0.0.1:5433/my%20app?sslmode=require, 127.0.0.1, 5433, my app, me",
        "postgresql://[::1]:5433/app, [::1], 5433, app,",
        "postgresql:///app, localhost, 5432, app,",
        "postgresql://host, host, 5432,,"
    })
    void bothFormsAreRead(String url, String host, int port, String database, String user) {
        DatabaseUrl parsed = DatabaseUrl.parse(url);
        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.port()).isEqualTo(port);
        assertThat(parsed.database()).isEqualTo(database);
        assertThat(parsed.user()).isEqualTo(user);
    }

    @Test
    void otherOptionsGoToTheDriver() {
        assertThat(DatabaseUrl.parse("postgresql://h/d?user=a&sslmode=require&options=-c%20x=1")
                        .options())
                .containsEntry("sslmode", "require")
                .containsEntry("options", "-c x=1")
                .doesNotContainKey("user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:s3cret@localhost/app",
                "postgresql://me:s3cr%65t@localhost/app",
                "jdbc:postgresql://localhost/app?user=me&password=s3cret",
                "postgresql://localhost/app?pass%77ord=s3cret",
                "postgresql://localhost/app?PASSWORD=s3cret",
                "postgresql://localhost/app?sslpassword=s3cret"
            })
    void passwordsAreRefusedAndNotShown(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a URL without a password")
                .hasMessageContaining("PGPASSWORD")
                .hasMessageContaining("~/.pgpass")
                .message()
                .doesNotContain("s3cr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:s3cret@localhost/app",
                "localhost/app",
                "postgresql://a,b/app",
                "postgresql://me:s3cret",
                "postgresql://h:0/app",
                "postgresql://h:70000/app",
                "postgresql://h/%zz"
            })
    void othersAreRefusedAndNotShown(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--database: expected ")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void itsTextIsThePlaceAlone() {
        assertThat(DatabaseUrl.parse("postgresql://me@host:1234/app?options=-c%20token=abc"))
                .hasToString("host:1234/app");
    }

    @Test
    void versionsAreCompared() {
        assertThat(Checks.isBefore("0.7.4", 0, 8)).isTrue();
        assertThat(Checks.isBefore("0.8.0", 0, 8)).isFalse();
        assertThat(Checks.isBefore("0.10", 0, 8)).isFalse();
        assertThat(Checks.isBefore("1.0", 0, 8)).isFalse();
        assertThat(Checks.isBefore("0.8.1", 0, 8, 2)).isTrue();
        assertThat(Checks.isBefore("0.8.2", 0, 8, 2)).isFalse();
        assertThat(Checks.isBefore("none", 0, 8)).isTrue();
    }
}
