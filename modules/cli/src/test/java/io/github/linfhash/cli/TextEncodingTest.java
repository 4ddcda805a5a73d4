package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each command that reads texts, besides {@code embed} and {@code measure}, names the file that is not in UTF-8, and says what to do. */
class TextEncodingTest extends ProgramOnTinyHome {
    @BeforeEach
    void writeFiles() throws IOException {
        FeatureArrays.write(
                root.resolve("x.npy"), FeatureMatrix.owning(30, 4, Filled.floats(120, i -> Math.sin(i * i))));
        FeatureArrays.write(root.resolve("q.npy"), FeatureMatrix.owning(2, 4, Filled.floats(8, Math::cos)));
        latin1("a.txt", "caf\u00e9\n".repeat(30));
        latin1("b.csv", "text,class\n" + "a,caf\u00e9\n".repeat(30));
        latin1("c.tsv", "query-id\tcorpus-id\tscore\ncaf\u00e9\t1\t1\n");
        latin1("d.yaml", "# caf\u00e9\nschema: linfhash-protocol/1\n");
        latin1("protocols/e.yaml", "# caf\u00e9\nschema: linfhash-protocol/1\n");
        latin1("f.csv", "table,dataset,method,bits,precision@2,recall@2,f1@2\nT2,caf\u00e9,KSH,64,30.00,10.00,16.00\n");
        // Farther from the beginning than what is decoded at once.
        String many = IntStream.range(0, 2000)
                .mapToObj(i -> "T2,CIFAR10,KSH" + i + ",64,30.00,10.00,16.00\n")
                .collect(Collectors.joining());
        latin1(
                "g.csv",
                "table,dataset,method,bits,precision@2,recall@2,f1@2\n" + many
                        + "T2,caf\u00e9,KSH,64,30.00,10.00,16.00\n");
        Files.writeString(root.resolve("n.csv"), "0,1\n1,2\n");
        Files.writeString(root.resolve("ids"), "a\nb\n");
    }

    private void latin1(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "b.csv, advise --vectors=F/b.csv",
        "a.txt, advise --vectors=F/x.npy --quantizers=int8 --labels=F/a.txt",
        "b.csv, advise --vectors=F/x.npy --quantizers=int8 --labels=F/b.csv",
        "c.tsv, advise --vectors=F/x.npy --queries=F/q.npy --quantizers=int8 --qrels=F/c.tsv",
        "a.txt, advise --vectors=F/x.npy --queries=F/q.npy --quantizers=int8 --qrels=F/c.tsv --ids=F/a.txt",
        "a.txt, quantize --vectors=F/x.npy --quantizer=sign --bytes=1 --ids=F/a.txt --out=F/e",
        "b.csv, quantize --vectors=F/b.csv --quantizer=sign --bytes=1 --out=F/e",
        "b.csv, recall --returned=F/b.csv --vectors=F/x.npy --queries=F/q.npy",
        "b.csv, recall --returned=F/n.csv --vectors=F/b.csv --queries=F/q.npy",
        "protocols/e.yaml, show e",
        "f.csv, paper audit F/f.csv",
        "g.csv, paper audit F/g.csv",
    })
    void theFileAndTheCureAreNamed(String file, String command) {
        assertThat(badInput(command))
                .endsWith("linfhash: " + root.resolve(file)
                        + " is no text: expected UTF-8, found bytes that are none; save it as UTF-8.\n");
        assertThat(out.toString()).isEmpty();
        assertThat(root.resolve("e.npy")).doesNotExist();
        assertThat(root.resolve("e")).doesNotExist();
    }

    /** YAML has a decoder of its own. */
    @ParameterizedTest
    @CsvSource({"d.yaml, run --protocol=F/d.yaml --out=F/e", "d.yaml, tune --protocol=F/d.yaml --methods=itq"})
    void aProtocolInAnotherEncodingIsNamed(String file, String command) {
        assertThat(badInput(command)).contains("linfhash: ", file, "UTF-8");
        assertThat(root.resolve("e")).doesNotExist();
    }
}
