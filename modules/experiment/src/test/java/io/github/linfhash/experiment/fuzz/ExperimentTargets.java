package io.github.linfhash.experiment.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.advisor.advice.DriftProfile;
import io.github.linfhash.advisor.export.FittedRecord;
import io.github.linfhash.advisor.export.QuantizerFolder;
import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.HashModel;
import io.github.linfhash.codes.InvalidFileException;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.models.ModelFile;
import io.github.linfhash.experiment.models.ModelTrainer;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.models.TrainedModel;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.tuning.SearchSpace;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.testing.Blobs;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.FuzzTargets;
import io.github.linfhash.testing.fuzz.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All targets of this module: models of all methods, quantizers, and YAML that describes results and searches. */
public final class ExperimentTargets implements FuzzTargets {
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 6, 60, 2), 1);
    private static final int BITS = 4;
    private static final Map<String, Object> SHORT = Map.of("training", Map.of("epochs", 1, "pairsPerEpoch", 128));
    private static final Map<String, Object> BRIEF =
            Map.of("training", Map.of("epochs", 1, "batch", Map.of("steps", 2)));
    private static final Map<String, Map<String, Object>> OPTIONS = Map.of(
            "ksh",
            Map.of("anchors", 8),
            "agh1",
            Map.of("anchors", 10),
            "agh2",
            Map.of("anchors", 10),
            "nnh",
            SHORT,
            "snnh",
            SHORT,
            "deep-linf",
            SHORT,
            "deep-l0",
            BRIEF,
            "sparse-linf",
            BRIEF);

    private static final String SEARCH = """
            schema: linfhash-tuning/2
            description: for a test
            trials: 4
            folds: 2
            trainings: 1
            criteria: [map]
            epochs: {finalists: 1, factors: [2]}
            bits: [8]
            methods:
              nnh:
                gain.rule: {values: [fixed]}
                gain.value: {from: 0.5, to: 8}
                training.epochs: {values: [20]}
            """;
    private static final String CLAIMS = """
            schema: linfhash-claims/1
            source: "nobody"
            claims:
              - id: top
                place: table 2
                quotation: ranks top
                sentence: It is the best.
                hypothesis: it has a higher mAP
                alternative: another has
                test:
                  kind: higher
                  subject: {method: deep-linf}
                  others: [{method: ksh}]
                  measures: [map]
                  share: 0.9
            """;
    private static final List<String> QUANTIZER_FILES = List.of(
            "quantizer.json",
            "rotation.npy",
            "center.npy",
            "codebooks.npy",
            "starts.npy",
            "codes.npy",
            "terms.npy",
            "factors.npy",
            "scales.npy",
            "mean.npy");
    private static final String HASH = "8ed80ea5a03a5fdcd3b5b2bfa56d31d19d06d244de85b6dbcfc6c06830ef0f27";
    private static final String EXPECTED = String.format(Locale.ROOT, """
            schema: linfhash-expected/1
            protocol: tiny
            hashes: {protocol: %1$s, dataset: %1$s, features: %1$s, splits: {0: %1$s}}
            environment: {commit: "a", jdk: "b", cpu: "c", backend: "d", threads: 1}
            seeds: [0]
            rule: {spreads: 3, fraction: 0.005, share: 0.5, count: 20, reason: "a"}
            cells:
              - method: ksh
                bits: 48
                options: {anchors: "300", training.epochs: "2"}
                codes: [%1$s]
                metrics:
                  map: {mean: 0.5, tolerance: 0.0036, values: [0.5]}
            """, HASH);

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.ofFile("model-zip", "m.linfhash", ExperimentTargets::encode, ExperimentTargets::zipped),
                new FuzzTarget("model-parts", ExperimentTargets::model, ExperimentTargets::parts),
                yaml("search-yaml", SEARCH, SearchSpace.class),
                yaml("claims-yaml", CLAIMS, ClaimsFile.class),
                yaml("expected-yaml", EXPECTED, Expected.class),
                new FuzzTarget("quantizer-folder", ExperimentTargets::quantizer, ExperimentTargets::quantizers));
    }

    private static Map<String, byte[]> zipped() throws IOException {
        return Map.of(
                "lsh", saved("lsh", Files::readAllBytes),
                "agh2", saved("agh2", Files::readAllBytes));
    }

    private static Map<String, byte[]> parts() throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (MethodSpec<?> method : MethodRegistry.standard().all()) {
            parts.put(method.name(), saved(method.name(), ModelParts::of));
        }
        parts.put("agh2-lae", saved("agh2", Map.of("anchors", 10, "weights", "lae"), ModelParts::of));
        return parts;
    }

    @FunctionalInterface
    private interface Taken {
        byte[] from(Path file) throws IOException;
    }

    /** Trains a method, writes the model, and takes bytes from its file. */
    private static byte[] saved(String method, Taken taken) throws IOException {
        return saved(method, OPTIONS.getOrDefault(method, Map.of()), taken);
    }

    private static byte[] saved(String method, Map<String, Object> options, Taken taken) throws IOException {
        Path file = Files.createTempFile("seed", ModelFile.ENDING);
        ModelFile.write(file, trained(method, options));
        byte[] bytes = taken.from(file);
        Files.delete(file);
        return bytes;
    }

    private static TrainedModel trained(String name, Map<String, Object> options) {
        ConfiguredMethod<?> method = MethodRegistry.standard().configure(name, options, "here");
        return new ModelTrainer("./linfhash train", Progress.NONE)
                .onVectors(BLOBS.train(), BLOBS.trainLabels(), method, BITS, 3);
    }

    private static <T extends Record> FuzzTarget yaml(String name, String seed, Class<T> type) {
        return FuzzTarget.ofFile(
                name,
                "f.yaml",
                file -> StrictReader.read(file, type),
                () -> Map.of("small", seed.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, byte[]> quantizers() throws IOException {
        Map<String, byte[]> folders = new LinkedHashMap<>();
        Similarity similarity = Similarity.EUCLIDEAN;
        List<QuantizerSpec.Configured> all = Quantizers.PORTABLE.stream()
                .flatMap(spec -> spec.smallest(BLOBS.train().dimension()).stream())
                .toList();
        for (QuantizerSpec.Configured one : all) {
            PortableQuantizer fitted =
                    (PortableQuantizer) one.quantizer().fit(BLOBS.train(), similarity, new RandomStreams(1));
            Path folder = Files.createTempDirectory("seed");
            new QuantizerFolder(one, similarity, 1, false, List.of(), "a command", null)
                    .write(folder, BLOBS.train(), BLOBS.train(), fitted);
            DriftProfile.Sample sample = new DriftProfile.Sample(BLOBS.train(), BLOBS.test(), false);
            FittedRecord.write(
                    folder,
                    DriftProfile.of(DriftProfile.Coder.of(fitted, similarity), similarity, sample, 1, List.of(2)));
            // With sums, every changed array would be refused before it is read.
            Path card = folder.resolve(QuantizerFolder.CARD);
            ObjectNode json = (ObjectNode) StrictReader.tree(card.toString(), Files.readAllBytes(card));
            json.remove("sha256");
            AtomicFiles.write(card, StrictReader.toJsonFile(json));
            byte[][] parts = new byte[QUANTIZER_FILES.size()][0];
            for (int part = 0; part < parts.length; part++) {
                Path file = folder.resolve(QUANTIZER_FILES.get(part));
                parts[part] = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            }
            folders.put(one.name(), Parts.join(parts));
            for (String file : QuantizerFolder.FILES) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.delete(folder);
        }
        return folders;
    }

    /** Loads a quantizer with codes as a service does, and uses it. */
    private static void quantizer(Path folder, byte[] input) throws IOException {
        List<byte[]> parts = Parts.split(input, QUANTIZER_FILES.size());
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part).length > 0) {
                Files.write(folder.resolve(QUANTIZER_FILES.get(part)), parts.get(part));
            }
        }
        try {
            FittedQuantizer loaded = FittedQuantizer.load(folder);
            float[] vector = new float[loaded.dimension()];
            vector[0] = 1;
            loaded.query(vector).distance(encoded(loaded, vector));
            try (CodeIndex index = CodeIndex.ofFolder(loaded, folder)) {
                index.search(vector, 2);
            }
            FittedRecord.read(folder, loaded.dimension());
        } catch (InvalidFileException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A map of any finite numbers may take a vector to where float16 ends. */
    private static byte[] encoded(FittedQuantizer quantizer, float[] vector) {
        try {
            return quantizer.encode(vector);
        } catch (IllegalArgumentException e) {
            if (String.valueOf(e.getMessage()).contains("termBits 16")) {
                throw new InputException(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private static void model(Path folder, byte[] input) throws IOException {
        Path file = folder.resolve("m.linfhash");
        try {
            ModelParts.write(file, input);
        } catch (IOException | IllegalArgumentException e) {
            // No archive can have such members.
            return;
        }
        encode(file);
    }

    /** Reads a model, also as a service does, and uses it. */
    private static void encode(Path file) throws IOException {
        try {
            HashModel loaded = HashModel.load(file);
            loaded.encode(new float[loaded.dimension()]);
        } catch (InvalidFileException | NonFiniteException e) {
            // What a service says of a file that it cannot load, or use.
        }
        TrainedModel model = Models.read(file);
        int dimension = model.card().dimension();
        try {
            model.encode(FeatureMatrix.owning(1, dimension, new float[dimension]), "here");
        } catch (NonFiniteException e) {
            // What a model says of numbers that it cannot be used with.
        }
    }
}
