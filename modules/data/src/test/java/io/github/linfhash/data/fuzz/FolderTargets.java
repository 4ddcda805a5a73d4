package io.github.linfhash.data.fuzz;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.nuswide.NusWideReader;
import io.github.linfhash.data.readers.Corel16kReader;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Readers of folders of text files. */
final class FolderTargets {
    private static final List<String> WHOLE = List.of(
            "ConceptsList/Concepts81.txt",
            "Low_Level_Features/BoW_int.dat",
            "Groundtruth/AllLabels/Labels_sky.txt",
            "Groundtruth/AllLabels/Labels_sea.txt");
    private static final List<String> PAIRS = List.of(
            "ConceptsList/Concepts81.txt",
            "Low_Level_Features/BoW_Train_int.dat",
            "Low_Level_Features/BoW_Test_int.dat",
            "Groundtruth/TrainTestLabels/Labels_sky_Train.txt",
            "Groundtruth/TrainTestLabels/Labels_sky_Test.txt",
            "ImageList/Imagelist.txt",
            "ImageList/TrainImagelist.txt",
            "ImageList/TestImagelist.txt");
    private static final List<String> COREL =
            List.of("corel16k001.labelnames.txt", "corel16k001.features.txt", "corel16k001.labels.txt");

    private FolderTargets() {}

    static List<FuzzTarget> all() {
        String names = IntStream.range(0, 153).mapToObj(i -> "n" + i).collect(Collectors.joining("\n"));
        return List.of(
                target(
                        "nus-wide",
                        WHOLE,
                        () -> Map.of(
                                "three-rows",
                                Parts.join("sky\nsea\n", "1 0 2\n0 0 3\n16777216 5 0\n", "1\n0\n1\n", "0\n0\n1\n"))),
                target(
                        "nus-wide-pairs",
                        PAIRS,
                        () -> Map.of(
                                "three-rows",
                                Parts.join(
                                        "sky\n",
                                        "1 0 2\n0 0 3\n",
                                        "4 5 6\n",
                                        "1\n0\n",
                                        "1\n",
                                        "a\\1.jpg\nb\\2.jpg\nb\\3.jpg\n",
                                        "C:\\b\\3.jpg\nC:\\a\\1.jpg\n",
                                        "B/2.JPG\n"))),
                new FuzzTarget(
                        "corel16k",
                        (folder, input) -> {
                            write(folder, COREL, input);
                            Corel16kReader.read(folder, Progress.NONE);
                        },
                        () -> Map.of("two-rows", Parts.join(names, "0 17 499\n3\n", "0 152\n7\n"))));
    }

    private static FuzzTarget target(String name, List<String> files, FuzzTarget.Seeds seeds) {
        return new FuzzTarget(
                name,
                (folder, input) -> {
                    write(folder, files, input);
                    NusWideReader.read(folder, Progress.NONE);
                },
                seeds);
    }

    private static void write(Path folder, List<String> names, byte[] input) throws IOException {
        List<byte[]> parts = Parts.split(input, names.size());
        for (int i = 0; i < names.size(); i++) {
            Path file = folder.resolve(names.get(i));
            Files.createDirectories(file.getParent());
            Files.write(file, parts.get(i));
        }
    }
}
