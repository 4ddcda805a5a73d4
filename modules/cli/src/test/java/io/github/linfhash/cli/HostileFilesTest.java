package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.experiment.models.ModelFile;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.models.TrainedModel;
import io.github.linfhash.experiment.models.TrainedModel.ModelCard;
import io.github.linfhash.io.files.StoredArchive;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files from elsewhere whose texts would steer the terminal: every command prints question marks in their place. */
class HostileFilesTest extends ProgramOnTinyHome {
    /** Clears the screen, by the escape sequence and by the one-byte form of its beginning; then goes back in the line. */
    private static final String STEERING = "a\u001b[2J\u009b2J\rb";

    private static final String PLAIN = "a?[2J?2J?b";

    @AfterEach
    void forgetColors() {
        System.clearProperty("picocli.ansi");
    }

    private void assertPrintsPlainly(String expected) {
        String printed = out + err.toString();
        assertThat(printed).contains(expected);
        assertThat(printed.replace("\n", "").replace("\t", "").chars()).noneMatch(Character::isISOControl);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    private Path model() throws IOException {
        String features = root.resolve("f.npy").toString();
        Path file = root.resolve("m.linfhash");
        succeed("data features --protocol=tiny --out=%s", features);
        String labels = root.resolve("f.labels.npy").toString();
        succeed("train --vectors %s --labels %s --method=lsh --bits=8 --out=%s", features, labels, file);
        return file;
    }

    @Test
    void aModelIsShown() throws IOException {
        Path file = model();
        TrainedModel good = Models.read(file);
        ModelCard card = good.card();
        ModelFile.write(
                file,
                new TrainedModel(
                        new ModelCard(
                                card.method(),
                                card.variant(),
                                card.bits(),
                                card.dimension(),
                                Map.of(STEERING, STEERING, "group", Map.of("inner", STEERING + "\nmethod  itq")),
                                card.seed(),
                                new ModelCard.Training(STEERING, null, STEERING, 1, 1),
                                new ModelCard.Program(STEERING, STEERING, STEERING)),
                        good.preprocessor(),
                        good.function()));
        assertThat(succeed("show %s", file)).doesNotContain("\nmethod  itq");
        assertPrintsPlainly("option " + PLAIN);
        succeed("show %s --format=csv", file);
        assertPrintsPlainly("command,\"" + PLAIN + "\"");
        succeed("show %s --format=json", file);
        assertThat(new JsonMapper().readTree(out.toString()).findValuesAsText("value"))
                .as("escapes of JSON stay as they are")
                .contains("a\u001b[2J?2J\rb");
        assertPrintsPlainly("a\\u001B[2J?2J\\rb");
    }

    @Test
    void aModelWithAnOptionThatIsNothingIsRefused() throws IOException {
        Path file = model();
        Map<String, byte[]> members = StoredArchive.read(file, "a model", 100);
        String json = new String(Objects.requireNonNull(members.get("model.json")), StandardCharsets.UTF_8);
        String changed = json.replaceFirst("\"options\" : \\{", "\"options\" : { \"spare\" : null");
        assertThat(changed).isNotEqualTo(json);
        members.put("model.json", changed.getBytes(StandardCharsets.UTF_8));
        StoredArchive.write(file, members);
        badInput("show %s", file);
        assertPrintsPlainly("options.spare: expected a value, found nothing.\n");
    }

    @ParameterizedTest
    @EnumSource(AuditCommand.Format.class)
    void aTableIsAudited(AuditCommand.Format format) throws IOException {
        Path file = root.resolve("table.csv");
        String steering = STEERING.replace("\r", "");
        Files.writeString(
                file,
                "table,dataset,method,bits,precision@2,recall@2,f1@2\n" + steering + "," + steering + "," + steering
                        + ",64,30.00,10.00,16.00\n");
        assertThat(call("paper audit %s --format=%s", file, format)).isEqualTo(ExitCodes.FOUND);
        assertPrintsPlainly("[2J?2J");
    }

    @Test
    void resultsAreComparedAndReported() throws IOException {
        succeed("run --protocol tiny --methods ksh --bits 8 --seeds 0,1");
        Path good = root.resolve("reports/out/tiny/results.json");
        Path bad = root.resolve("bad.json");
        String keys = "\"(title|citation|version|commit|jdk|os|cpu|backend)\": \"";
        Files.writeString(bad, Files.readString(good).replaceAll(keys, "$0a\\\\u001b[2J\\\\u009b2J\\\\rb"));
        assertPrintsPlainly("ksh");
        succeed("results compare %s %s", good, bad);
        assertPrintsPlainly(PLAIN);
        succeed("paper claims %s", bad);
        assertPrintsPlainly("cannot be decided");
        String page = root.resolve("page").toString();
        succeed("report %s --out %s", bad, page);
        assertPrintsPlainly("wrote ");
    }

    @Test
    void aProtocolsTextAndAManifestsTitleAreShown() throws IOException {
        Path manifest = root.resolve("datasets/stripes.yaml");
        String title = "title: \"a\\e[2J\\x9b2J\\rb\"";
        Files.writeString(manifest, Files.readString(manifest).replace("title: Stripes", title));
        succeed("list datasets");
        assertPrintsPlainly(PLAIN);
        Files.writeString(root.resolve("protocols/odd.yaml"), "# " + STEERING + "\r\n");
        succeed("show odd");
        assertThat(out.toString()).isEqualTo("# " + PLAIN + "\r\n");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        badInput("results compare %s.json b.json", STEERING);
        assertPrintsPlainly("found nothing at " + PLAIN + ".json");
    }

    /** Nothing from a file is in them, and the program makes their escape sequences itself. */
    @ParameterizedTest
    @CsvSource({
        "show --help",
        "help show",
        "--help",
        "show --no-such-option",
        "results compare one.json two.json three.json --out"
    })
    void helpAndComplaintsAboutOptionsKeepTheirColors(String words) {
        System.setProperty("picocli.ansi", "true");
        run(words.split(" "));
        assertThat(out + err.toString()).contains("\u001b[");
    }

    @Test
    void soDoesAComplaintOfACommandItself() {
        System.setProperty("picocli.ansi", "true");
        assertThat(run("results")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("\u001b[").contains("Missing command");
    }
}
