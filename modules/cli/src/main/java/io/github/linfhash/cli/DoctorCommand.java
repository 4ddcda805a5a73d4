package io.github.linfhash.cli;

import io.github.linfhash.cli.doctor.Examination;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;

/** {@code linfhash doctor}: what the program runs on, and what the user should change. */
@Command(
        name = "doctor",
        description = "Shows version, memory, linear algebra and devices, and what to change on this machine.",
        footer = {"  linfhash doctor", "  linfhash doctor --format json"})
final class DoctorCommand extends TableCommand {
    @Override
    public Integer call() throws IOException {
        Map<String, Listing> tables = Examination.tables();
        print(tables);
        if (Objects.requireNonNull(tables.get("to change")).rows().isEmpty()) {
            say("There is nothing to change.");
        }
        return ExitCodes.OK;
    }
}
