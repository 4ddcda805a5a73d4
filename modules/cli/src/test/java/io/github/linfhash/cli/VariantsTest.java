package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Variants of methods on the page and in claims. */
class VariantsTest extends ProgramOnTinyHome {
    private static final String UNTYING = "deep-linf (stageWeights untied) - deep-linf (stageWeights tied)";

    private Path folder() {
        return root.resolve("reports/out/varied");
    }

    private String results() {
        return folder().resolve("results.json").toString();
    }

    @BeforeEach
    void makeProtocol() throws IOException {
        Path protocols = root.resolve("protocols");
        Files.writeString(
                protocols.resolve("varied.yaml"),
                Files.readString(protocols.resolve("tiny.yaml")).replace("name: tiny", "name: varied")
                        + "variants:\n  - {name: tied, method: deep-linf, options: {stageWeights: tied}}\n");
    }

    private void reproduced() throws IOException {
        once(() -> succeed("run --protocol varied --methods nnh,deep-linf --bits 8 --seeds 0,1"));
    }

    private String claims() {
        succeed("paper claims %s --format csv", results());
        return out.toString();
    }

    @Test
    void aVariantIsOnThePageForItsClaim() throws IOException {
        reproduced();
        String page = Files.readString(folder().resolve("index.html"));
        assertThat(page).contains(UNTYING).doesNotContain("no run of deep-linf:tied (stageWeights tied)");
        assertThat(claims()).containsPattern("untying-helps,.*" + "tested over seeds and queries");
        succeed(
                "report %s --out F/again --command %s",
                results(), "./linfhash run --protocol varied --methods nnh,deep-linf --bits 8 --seeds 0,1");
        // The results are not beside the report that was written again.
        String link = ", <a href=\"results.json\" download=\"\">results.json</a>";
        assertThat(page).contains(link);
        assertThat(root.resolve("again/index.html")).hasContent(page.replace(link, ""));
    }

    @Test
    void aCommandForAnotherMethodKeepsTheVariantOnThePage() throws IOException {
        reproduced();
        succeed("run --protocol varied --methods nnh --bits 8 --seeds 0");
        assertThat(Files.readString(folder().resolve("index.html")))
                .contains(UNTYING)
                .doesNotContain("no run of deep-linf:tied (stageWeights tied)");
    }

    @Test
    void aVariantOfOtherRulesIsLeftOutOfClaimsAndPageAndThisIsSaid() throws IOException {
        reproduced();
        Path tied = folder().resolve("variants/tied/results.json");
        String hash = ResultsJson.read(tied).protocol().hash();
        Files.writeString(tied, Files.readString(tied).replace(hash, "0".repeat(64)));
        String absent = "no run of deep-linf:tied (stageWeights tied)";
        assertThat(claims()).contains(absent);
        assertLeftOut();
        succeed("report %s --out F/again", results());
        assertThat(root.resolve("again/index.html")).content().contains(absent);
        assertLeftOut();
    }

    private void assertLeftOut() {
        assertThat(err.toString().lines().findFirst().orElse(""))
                .startsWith("linfhash: ")
                .contains("variants/tied/results.json is left out", "expected", "found others");
    }
}
