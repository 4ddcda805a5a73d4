package io.github.linfhash.protocols.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.protocols.split.ClassBalancedSplit;
import io.github.linfhash.protocols.split.CopiedQueriesSplit;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolFilesTest {
    private static final String GOOD = """
            schema: linfhash-protocol/1
            name: small
            title: A small protocol
            description: For tests.
            published: {table: T2, sameData: false}
            data: {set: fashion-mnist, padTo: 32}
            features: {convention: lmgist, orientationsPerScale: [8, 8, 8], blocks: 4, prefilterCycles: 4}
            preprocessing: {center: training-mean, normalize: l2}
            split: {kind: class-balanced, queriesPerClass: 100, trainingPerClass: 200, trainingRows: in-database}
            evaluation: {relevance: same-class, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            bits: [48, 64]
            seeds: [0, 1]
            methods:
              - name: ksh
                options: {anchors: 300}
              - name: nnh
            quick: {bits: [48], seeds: [0]}
            """;

    @TempDir
    private Path folder;

    private ProtocolFiles files;

    @BeforeEach
    void setUp() {
        files = new ProtocolFiles(folder);
    }

    private Protocol read(String yaml) throws IOException {
        Files.writeString(folder.resolve("small.yaml"), yaml);
        return files.read("small");
    }

    @Test
    void readsEveryPart() throws IOException {
        Protocol protocol = read(GOOD);
        assertThat(protocol.split()).isEqualTo(new ClassBalancedSplit(100, 200, TrainingRows.IN_DATABASE));
        assertThat(protocol.data()).isEqualTo(new DataSource.OfSet("fashion-mnist", 32, null, null));
        assertThat(protocol.headline()).isEqualTo(StandardMetrics.headline());
        assertThat(protocol.methods().get(0).options()).containsEntry("anchors", 300);
        assertThat(protocol.methods().get(1).options()).isEmpty();
        assertThat(protocol.quick().optionsOf("ksh")).isEmpty();
        assertThat(files.names()).containsExactly("small");
    }

    private static final String GIST =
            "{convention: lmgist, orientationsPerScale: [8, 8, 8], blocks: 4, prefilterCycles: 4}";

    @Test
    void readsFeaturesOfAPublishedNetworkAndOfOnesOwn() throws IOException {
        Protocol published = read(GOOD.replace(GIST, "{onnx: {model: mobilenet-v1}, side: 128}"));
        assertThat(published.features())
                .isEqualTo(new ImageFeatures.OfNetwork(
                        new ImageFeatures.Network("mobilenet-v1", null, null, null, null, null, null), 128));
        String digest = "ab".repeat(32);
        Protocol own = read(GOOD.replace(
                GIST,
                "{side: 96, onnx: {file: a/b.onnx, sha256: " + digest
                        + ", layout: nchw, values: -1..1, channels: bgr, output: pooled}}"));
        assertThat(own.features())
                .isEqualTo(new ImageFeatures.OfNetwork(
                        new ImageFeatures.Network(null, "a/b.onnx", digest, "nchw", "-1..1", "bgr", "pooled"), 96));
    }

    /** Where a network lies is no difference, and what it is shows in the features; how it takes images is one. */
    @Test
    void theHashKnowsNoPlacesOfNetworks() throws IOException {
        String hash =
                read(GOOD.replace(GIST, "{onnx: {file: a.onnx}, side: 128}")).hash();
        assertThat(read(GOOD.replace(GIST, "{side: 128, onnx: {file: /b/c.onnx, sha256: " + "0".repeat(64) + "}}"))
                        .hash())
                .isEqualTo(hash);
        for (String other : new String[] {
            GIST,
            "{onnx: {file: a.onnx}, side: 129}",
            "{onnx: {file: a.onnx, values: 0..1}, side: 128}",
            "{onnx: {model: a}, side: 128}"
        }) {
            assertThat(read(GOOD.replace(GIST, other)).hash()).as(other).isNotEqualTo(hash);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {onnx: {model: m}} | features: expected the key 'side', found none
                    {side: 64} | features: expected the key 'onnx', found none
                    {onnx: {}, side: 64} | features.onnx: expected either the key 'model', a name, or the key 'file', found neither
                    {onnx: {model: m, file: f}, side: 64} | found both
                    {onnx: {model: ../m}, side: 64} | features.onnx.model: expected lower-case letters, digits and hyphens, found '../m'
                    {onnx: {model: m, sha256: aa}, side: 64} | features.onnx.sha256: expected none beside 'model', whose manifest has it, found one
                    {onnx: {file: m, sha256: aa}, side: 64} | features.onnx.sha256: expected 64 lower-case hex digits, found 'aa'
                    {onnx: {file: m, layout: chw}, side: 64} | features.onnx.layout: expected one of nchw, nhwc, found 'chw'
                    {onnx: {file: m, values: 0..2}, side: 64} | features.onnx.values: expected one of 0..255, 0..1, -1..1, imagenet, found '0..2'
                    {onnx: {file: m, channels: grb}, side: 64} | features.onnx.channels: expected one of rgb, bgr, found 'grb'
                    {onnx: {file: m, width: 3}, side: 64} | unknown key: expected one of channels, file, layout, model, output, sha256, values, found 'width'
                    {onnx: {file: m}, side: 0} | features: side: expected a whole number from 1 to 1024, found 0
                    {onnx: {file: m}, side: 1025} | features: side: expected a whole number from 1 to 1024, found 1025
                    {onnx: m.onnx, side: 64} | expected a group of keys
                    """)
    void wrongFeaturesOfANetworkAreRefused(String features, String reason) {
        InputErrors.assertOneSentence(() -> read(GOOD.replace(GIST, features)), reason);
    }

    @Test
    void readsASplitOfLabelSetsAndItsHeadline() throws IOException {
        Protocol protocol = read(GOOD.replace(
                        "{kind: class-balanced, queriesPerClass: 100, trainingPerClass: 200, trainingRows: in-database}",
                        "{kind: copied-queries, mostFrequent: 21, queriesPerLabel: 100, training: 5000}")
                .replace("same-class", "shared-label")
                .replace("exclude", "include")
                .replace("bits: [48, 64]", "bits: [48, 64]\nmetrics: [precision@0, map]"));
        assertThat(protocol.split()).isEqualTo(new CopiedQueriesSplit(21, 100, 5000, null));
        assertThat(protocol.headline()).containsExactly("precision@0", "map");
        assertThat(protocol.conventions())
                .containsEntry("split.kind", "copied-queries")
                .containsEntry("split.mostFrequent", "21")
                .containsEntry("evaluation.relevance", "shared-label")
                .containsEntry("evaluation.selfMatch", "include")
                .containsEntry("preprocessing.normalize", "l2")
                .doesNotContainKeys("augment", "neighbors", "seeds", "data");
        assertThat(protocol.evaluation().conventions()).isEqualTo(Conventions.STANDARD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name: small      | name: small\\nnonsense: 1 | expected one of augment, bits, data, description
                    title: A small protocol\\n | '' | expected the key 'title', found none
                    bits: [48, 64]   | bits: [48, 64]\\naugment: flip | augment: expected one of mirror, found 'flip'
                    bits: [48, 64]   | bits: [48, 64]\\naugment: mirror | published: expected none beside 'augment', as no table was published for mirrored training images, found one
                    features: {convention: lmgist, orientationsPerScale: [8, 8, 8], blocks: 4, prefilterCycles: 4} | augment: mirror | augment: expected the key 'features' beside it, as images can be mirrored and vectors cannot, found none
                    lmgist           | gist3            | expected one of lmgist, lear, found 'gist3'
                    blocks: 4,       | ''               | features: expected the key 'blocks', found none
                    [8, 8, 8]        | [8, ~, 8]        | features: orientationsPerScale[1]: expected a whole number, found nothing
                    blocks: 4,       | 'blocks: ~,'     | features: expected the key 'blocks', found none
                    blocks: 4,       | 'blocks: 4, cells: 4,' | unknown key: expected one of blocks, convention, orientationsPerScale, prefilterCycles, found 'cells'
                    blocks: 4,       | 'blocks: 4, side: 64,' | features: expected the keys of GIST, convention, orientationsPerScale, blocks, prefilterCycles, or those of a network, onnx, side, found some of both
                    [48, 64]         | [48, 48]         | expected each code length once, found [48, 48]
                    [48, 64]         | [48, x]          | expected a whole number, found 'x'
                    [48, 64]         | [48, 0]          | expected code lengths from 1 to 4096
                    name: nnh        | name: ksh        | expected each method once, or in variants of different names ('variant'), found ksh more than once and without a variant
                    name: nnh        | name: ksh\\n    variant: small | found ksh more than once and without a variant
                    name: nnh        | name: nnh\\n    variant: small\\n  - name: nnh\\n    variant: small | expected each variant of a method once, found the variant small of nnh twice
                    name: nnh        | name: nnh\\n    variant: As_Printed | expected as variant of nnh lower-case words with dashes, found 'As_Printed'
                    name: nnh        | name: nnh\\n    variant: a:b | expected as variant of nnh lower-case words with dashes, found 'a:b'
                    name: nnh        | name: nnh\\n    variant: ../x | expected as variant of nnh lower-case words with dashes, found '../x'
                    name: nnh        | 'name: nnh\\n    note: " "' | expected as note of nnh a sentence, found none
                    name: nnh        | 'name: nnh\\n    optionsAt: {47: {gain: 1}}' | expected in optionsAt of nnh code lengths of bits, quick.bits or figure 6, which are [32, 48, 64, 96, 128, 192, 256], found 47
                    name: nnh        | 'name: nnh\\n    optionsAt: {x: {gain: 1}}' | found 'x'
                    'seeds: [0, 1]' | 'seeds: [0, 1]\\nshown: [tuned]' | expected no 'shown', as no configuration has a variant, found tuned
                    name: nnh        | 'name: nnh\\n    variant: small\\nshown: [large]' | expected in 'shown' some of the variants small, each once, found large
                    name: nnh        | 'name: nnh\\n    variant: small\\nshown: []' | expected in 'shown' some of the variants small, each once, found none
                    name: nnh        | 'name: nnh\\n    optionsAt: {48: 1}' | expected a group of keys
                    name: nnh        | 'name: nnh\n    search: t.json' | expected the key 'tunedBy' with the key 'search' of nnh, found none
                    name: nnh        | 'name: nnh\n    search: ../t.json\n    tunedBy: tune' | expected as search of nnh a path below the folder of the project or of the protocol's file, found '../t.json'
                    name: nnh        | 'name: nnh\n    replicates: tuned-map\n    tunedBy: tune\n    variant: tuned-map' | expected the key 'tunedBy' and the variant tuned-map-N, with the number of the tuning run, of nnh that replicates tuned-map, found the variant 'tuned-map'
                    name: nnh        | 'name: nnh\n    replicates: tuned-map\n    variant: tuned-map-1' | expected the key 'tunedBy' and the variant tuned-map-N, with the number of the tuning run, of nnh that replicates tuned-map, found the variant 'tuned-map-1'
                    quick: {bits: [48], seeds: [0]} | 'quick: {bits: [48], seeds: [0], options: {itq: {}}}' | expected in quick.options methods of the protocol, found itq
                    quick: {bits: [48], seeds: [0]} | 'quick: {bits: [48], seeds: [0], options: {"ksh:small": {}}}' | expected in quick.options methods of the protocol, found ksh:small
                    name: small      | name: other      | expected 'small', the file's name, found 'other'
                    name: small\\n    | ''               | name: expected 'small', the file's name, found none
                    name: small      | name: a b        | name: expected letters, digits, '_' and '-', first a letter or a digit, found 'a b'
                    protocol/1       | protocol/9       | expected schema linfhash-protocol/1
                    kind: class-balanced, | '' | expected as 'kind' one of class-balanced, label-balanced, copied-queries, random, unseen-classes, found none
                    class-balanced   | unbalanced       | expected as 'kind' one of class-balanced, label-balanced, copied-queries, random, unseen-classes, found 'unbalanced'
                    same-class       | shared-label     | expected evaluation.relevance same-class for this kind of split
                    ties: aware      | ties: class-order | expected one of aware, database-order, optimistic, pessimistic, found 'class-order'
                    emptyBall: zero  | emptyBall: skip  | expected one of zero, one, found 'skip'
                    exclude          | include          | expected evaluation.selfMatch exclude for this kind of split
                    set: fashion-mnist, | ''            | expected the key 'set', or 'features' and 'labels', or 'images' and 'side', found padTo
                    padTo: 32        | size: 32         | unknown key: expected one of embedding, padTo, queries, set, found 'size'
                    name: nnh        | 'name: nnh\n    command: [python3, nnh.py]' | unknown key: expected one of bits, name, note, options, optionsAt, replicates, search, seeds, tunedBy, variant, found 'command'
                    name: nnh        | 'name: nnh\n    row: small' | unknown key: expected one of bits, name, note, options, optionsAt, replicates, search, seeds, tunedBy, variant, found 'row'
                    bits: [48, 64]   | bits: [48, 64]\\nmetrics: [map, mapp] | expected in 'metrics' some of map, precision@2
                    bits: [48, 64]   | bits: [48, 64]\\nmetrics: [] | expected in 'metrics' some of map, precision@2
                    queriesPerClass: 100 | queriesPerClas: 100 | line 9, split.queriesPerClas: unknown key: expected one of duplicates, queriesPerClass, trainingPerClass, trainingRows, found 'queriesPerClas' (did you mean 'queriesPerClass'?)
                    queriesPerClass: 100 | queriesPerClass: 1.5 | expected a whole number
                    published: {table: T2, sameData: false} | published: T2 | expected a group of keys
                    center: training-mean | center: null    | preprocessing.center: expected one of none, training-mean, found nothing
                    normalize: l2    | normalize: ~         | preprocessing.normalize: expected one of none, l2, found nothing
                    normalize: l2    | 'normalize: '        | preprocessing.normalize: expected one of none, l2, found nothing
                    trainingRows: in-database | trainingRows: ~ | split.trainingRows: expected one of
                    average: macro   | average: ~           | evaluation.average: expected one of
                    title: A small protocol | title: ~      | title: expected a text, found nothing
                    title: A small protocol | 'title:'      | title: expected a text, found nothing
                    split: {kind     | split: ~\\nmore: {kind | split: expected a group of keys, found nothing
                    evaluation: {rel | evaluation: ~\\nmore: {rel | evaluation: expected a group of keys, found nothing
                    [0, 1]           | ~                    | seeds: expected a list, found nothing
                    [0, 1]           | [0, ~]               | seeds[1]: expected a whole number, found nothing
                    anchors: 300     | anchors: ~           | methods[0].options.anchors: expected a value, found nothing
                    name: nnh        | name: ~              | methods[1].name: expected a text, found nothing
                    """)
    void aWrongFileEndsWithOneSentenceThatNamesFileAndReason(String from, String to, String reason) {
        String broken = GOOD.replace(from.replace("\\n", "\n"), to.replace("\\n", "\n"));
        assertThat(broken).isNotEqualTo(GOOD);
        InputErrors.assertOneSentence(() -> read(broken), "small.yaml", reason);
    }

    @Test
    void theShortVersionMayBeLeftOut() throws IOException {
        String without = GOOD.replace("quick: {bits: [48], seeds: [0]}\n", "").replace("[48, 64]", "[64, 48]");
        assertThat(without).doesNotContain("quick");
        assertThat(read(without.replace("[0, 1]", "[7, 1]")).quick())
                .isEqualTo(new Protocol.Quick(List.of(64), List.of(7L), null));
    }

    @Test
    void theLineIsFoundThatNamesAMethod() throws IOException {
        read(GOOD.replace("name: nnh", "name: sh # short"));
        Path file = folder.resolve("small.yaml");
        assertThat(files.placeOf("small", "sh")).isEqualTo(file + ", line 16");
        assertThat(files.placeOf(file.toString(), "agh1")).isEqualTo(file.toString());
        Files.writeString(file, GOOD.replace("- name: nnh", "- {name: 'sh', options: {x: 1}}"));
        assertThat(files.placeOf("small", "sh")).isEqualTo(file + ", line 16");
    }

    /** A folder that is not the suite's, where files are the user's own. */
    private Protocol readOwn(String file, String yaml) throws IOException {
        Path own = Files.createDirectories(folder.resolve("own")).resolve(file);
        Files.writeString(own, yaml);
        return files.read(own.toString());
    }

    @Test
    void aFileOfTheUsersOwnIsCalledAsItIsNamedWhateverItSays() throws IOException {
        Protocol said = readOwn("My_Data-2.yaml", GOOD);
        Protocol silent = readOwn("0.yaml", GOOD.replace("name: small\n", ""));

        assertThat(said.name()).isEqualTo("My_Data-2");
        assertThat(silent.name()).isEqualTo("0");
        assertThat(silent.hash()).isEqualTo(read(GOOD).hash()).isEqualTo(said.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"my data.yaml", "_mine.yaml", "-mine.yaml", ".yaml", "a.yaml.yaml"})
    void aFileOfTheUsersOwnHasANameThatMayStandInOtherFilesNames(String file) {
        InputErrors.assertOneSentence(
                () -> readOwn(file, GOOD),
                file,
                "expected a file name of letters, digits, '_' and '-', first a letter or a digit, before .yaml, found '"
                        + file.substring(0, file.length() - 5) + "'");
    }

    private static final String ROWS = GOOD.replace("""
              - name: nnh
            """, """
              - name: nnh
                variant: as-printed
                note: As the paper prints.
              - name: itq
              - name: nnh
                variant: tuned
                options: {gain: 1, training: {epochs: 3, margin: 2}}
                optionsAt: {64: {training: {epochs: 4}}, 128: {gain: 9}}
            """);

    @Test
    void aRowMayHaveAnyNumberOfWords() {
        String row = "s" + "-a".repeat(100_000);
        assertThat(MethodEntry.isVariant(row)).isTrue();
        assertThat(MethodEntry.isVariant(row + "-")).isFalse();
    }

    @Test
    void rowsOfAMethodStandSideBySide() throws IOException {
        Protocol protocol = read(ROWS);

        assertThat(protocol.methods())
                .extracting(MethodEntry::entry)
                .containsExactly("ksh", "nnh:as-printed", "nnh:tuned", "itq");
        assertThat(protocol.entries("nnh")).hasSize(2);
        assertThat(protocol.methods().get(1).note()).isEqualTo("As the paper prints.");
        assertThat(protocol.methods().get(1).options()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    method: nnh, variant: tuned | ''
                    method: ksh             | ''
                    method: nnh             | expected as variant of 'v' one of those of nnh, as-printed, tuned, found none
                    method: nnh, variant: other | expected as variant of 'v' one of those of nnh, as-printed, tuned, found other
                    method: ksh, variant: tuned | expected as variant of 'v' one of those of ksh, which has none, found tuned
                    """)
    void aVariantNamesTheRowWhereThereAreSeveral(String of, String reason) throws IOException {
        String yaml = ROWS + "variants: [{name: v, " + of + ", options: {}}]\n";
        if (reason.isEmpty()) {
            assertThat(read(yaml).variants()).hasSize(1);
        } else {
            InputErrors.assertOneSentence(() -> read(yaml), "small.yaml", reason);
        }
    }

    @Test
    void evaluationSaysWhatMetricsAreComputedUnder() throws IOException {
        String other = GOOD.replace("macro, emptyBall: zero", "macro-precision-pooled-recall, emptyBall: one");
        assertThat(read(other).evaluation().conventions())
                .isEqualTo(Conventions.STANDARD
                        .with(Average.MACRO_PRECISION_POOLED_RECALL)
                        .with(EmptyBall.ONE)
                        .with(SelfMatch.EXCLUDE));
    }

    @Test
    void namesThoseThatExistWhenThereIsNoSuchProtocol() throws IOException {
        read(GOOD);
        assertThatThrownBy(() -> files.read("cifar"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'cifar'")
                .hasMessageContaining("small");
    }

    @Test
    void theHashChangesWithTheSplitButNotWithTheMethods() throws IOException {
        String hash = read(GOOD).hash();
        assertThat(read(GOOD.replace("anchors: 300", "anchors: 200")).hash()).isEqualTo(hash);
        assertThat(read(GOOD.replace("trainingPerClass: 200", "trainingPerClass: 201"))
                        .hash())
                .isNotEqualTo(hash);
    }

    @Test
    void theHashKnowsThatTrainingImagesAreMirrored() throws IOException {
        Protocol mirrored = read(GOOD.replace("published: {table: T2, sameData: false}", "augment: mirror"));
        assertThat(mirrored.augment()).isEqualTo(Protocol.Augmentation.MIRROR);
        assertThat(mirrored.hash()).isNotEqualTo(read(GOOD).hash());
    }

    @Test
    void theHashKnowsTheKindOfTheSplit() throws IOException {
        String sets = GOOD.replace("same-class", "shared-label");
        String labels = "queriesPerLabel: 100, training: 5000}";
        String balanced = read(sets.replaceFirst(
                        "split: .*", "split: {kind: label-balanced, mostFrequent: 21, " + labels))
                .hash();
        String copied = read(sets.replaceFirst("split: .*", "split: {kind: copied-queries, mostFrequent: 21, " + labels)
                        .replace("exclude", "include"))
                .hash();
        assertThat(balanced).isNotEqualTo(copied);
    }

    private static final String QUANTIZED = GOOD.replace(
                    "methods:\n  - name: ksh\n    options: {anchors: 300}\n  - name: nnh\n", "")
            .replace("quick: {bits: [48], seeds: [0]}\n", "neighbors: {count: 10, similarity: cosine}\n");

    /** The quantizers of another file come first; a file elsewhere finds them in the folder. */
    @Test
    void quantizersOfAnotherProtocolAreShared(@TempDir Path elsewhere) throws IOException {
        Files.writeString(
                folder.resolve("first.yaml"),
                QUANTIZED.replace("small", "first") + "quantizers:\n  - {name: pq, bits: [48]}\n  - {name: int8}\n");
        String shared = QUANTIZED + "quantizersOf: first\n";

        assertThat(read(shared + "quantizers:\n  - {name: sign}\n").quantizers())
                .extracting(QuantizerEntry::name)
                .containsExactly("pq", "int8", "sign");
        Path own = Files.writeString(elsewhere.resolve("own.yaml"), shared);
        assertThat(files.read(own.toString()).quantizers()).hasSize(2);
        assertThat(files.read(own.toString()).hash())
                .isEqualTo(read(QUANTIZED + "quantizers: [{name: sign}]").hash());
    }

    @Test
    void protocolsWithoutQuantizersOfTheirOwnAreNotShared() throws IOException {
        String shared = QUANTIZED + "quantizersOf: other\n";
        assertThatThrownBy(() -> read(shared))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "small.yaml, quantizersOf: expected a protocol beside this file, found no other.yaml");
        String wrong = "small.yaml, quantizersOf: expected a protocol that lists quantizers itself, found other";
        Files.writeString(folder.resolve("other.yaml"), shared.replace("small", "other"));
        assertThatThrownBy(() -> read(shared))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(wrong);
        Files.writeString(folder.resolve("other.yaml"), GOOD.replace("small", "other"));
        assertThatThrownBy(() -> read(shared))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(wrong);
        assertThatThrownBy(() -> read(QUANTIZED + "quantizersOf: ../other\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("quantizersOf: expected");
        Files.writeString(
                folder.resolve("other.yaml"), QUANTIZED.replace("small", "other") + "quantizers: [{name: sign}]");
        assertThatThrownBy(() -> read(shared + "quantizers: [{name: sign}]"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "with the quantizers of other: expected each variant of a quantizer once, found sign twice");
    }
}
