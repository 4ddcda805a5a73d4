package io.github.linfhash.opencl.device;

import io.github.linfhash.core.pairs.Pairs.IdenticalRows;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.Training.Examples;
import io.github.linfhash.encoders.backend.Training.Trained;
import io.github.linfhash.opencl.device.OpenClSession.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trainings of one form, with as many images a step and steps an epoch, side by side on a device: the arrays that
 * training.cl speaks of, and the order in which its kernels run. Those that last longest come first; whoever has ended is left
 * out of later launches.
 */
final class TrainingGroup implements AutoCloseable {
    private static final List<Integer> TILE = List.of(2, 16, 1);
    private static final int ROWS = 16;
    private static final int COLUMNS = 64;
    private static final int LINE = 64;
    private static final List<Integer> LINES = List.of(LINE, 1, 1);
    private static final int LEVELS = 1 << 16;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final List<Training> trainings;
    private final NetworkForm form;
    private final int steps;
    private final int images;
    private final OpenClSession session;
    private final Array floats;
    private final Array ints;
    private final Array features;
    private final Array originals;
    private final Array relation;
    private final Map<String, Array> arrays = new LinkedHashMap<>();
    private int stepsTaken;

    /**
     * Puts trainings on a device.
     *
     * @param trainings of one form, those with most epochs first
     */
    TrainingGroup(OpenClDevice device, List<Training> trainings) {
        this(device, trainings, tiledMemory(device));
    }

    /** Puts trainings on a device, with or without tiles of matrices in local memory, so that both can be tested on one device. */
    TrainingGroup(OpenClDevice device, List<Training> trainings, boolean tiledMemory) {
        this.trainings = List.copyOf(trainings);
        Training first = trainings.get(0);
        this.form = first.form();
        this.steps = first.schedule().steps();
        this.images = first.schedule().images();
        this.session = new OpenClSession(device, "training.cl", defines(first, tiledMemory));
        try {
            Library library = Library.of(trainings);
            this.features = session.floats(library.features);
            this.originals = session.ints(library.originals);
            this.relation = session.ints(library.relation);
            this.floats = session.floats(numbers());
            this.ints = session.ints(counts(library));
            allocate();
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    static boolean tiledMemory(OpenClDevice device) {
        return device.kind() != OpenClDevice.Kind.PROCESSOR;
    }

    /** The macros that a program is compiled with. */
    private static Map<String, Object> defines(Training training, boolean tiledMemory) {
        Map<String, Object> defines =
                defines(training.form(), training.schedule().images(), tiledMemory);
        defines.put("STEPS", training.schedule().steps());
        defines.put("OPTIMIZER", training.descent().rule().name());
        return defines;
    }

    /** The macros of a form, without a descent. */
    static Map<String, Object> defines(NetworkForm form, int images, boolean tiledMemory) {
        Map<String, Object> defines = new LinkedHashMap<>();
        defines.put("INPUTS", form.inputs());
        defines.put("UNITS", form.units());
        defines.put("IMAGES", images);
        defines.put("STAGES", form.stages());
        defines.put("LATERALS", form.laterals());
        defines.put("NEURON", form.neuron().name());
        defines.put("CHAIN", form.chain() ? 1 : 0);
        defines.put("TIED", form.tied() ? 1 : 0);
        defines.put("INPUT_BIAS", form.inputBias() ? 1 : 0);
        defines.put("STAGE_BIASES", form.stageBiases() ? 1 : 0);
        defines.put("PARAMETERS", form.size());
        defines.put("TILED_MEMORY", tiledMemory ? 1 : 0);
        defines.put("STEPS", 1);
        defines.put("OPTIMIZER", Training.Rule.SGD.name());
        return defines;
    }

    /** The numbers that training.cl calls GAIN and so on. */
    private float[] numbers() {
        List<Float> numbers = new ArrayList<>();
        for (Training training : trainings) {
            Training.Descent descent = training.descent();
            Training.Loss loss = training.loss();
            numbers.addAll(List.of(
                    (float) training.gain(),
                    (float) descent.rate(),
                    (float) (1 - descent.rate() * descent.firstDecay()),
                    (float) (1 - descent.rate() * descent.laterDecay()),
                    (float) loss.margin(),
                    (float) loss.similarShare(),
                    (float) loss.sign(),
                    (float) (2 * loss.sparsity() / images),
                    (float) training.outputTanh(),
                    (float) LEVELS / (LEVELS - dropped(training))));
        }
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }

    /** The whole numbers that training.cl calls FEATURES_AT and so on. */
    private int[] counts(Library library) {
        return trainings.stream()
                .flatMapToInt(training -> {
                    Library.Place place = library.place(training.examples());
                    return Arrays.stream(new int[] {
                        place.features(),
                        place.rows(),
                        place.relation(),
                        training.examples().rows(),
                        Library.words(training.examples()),
                        dropped(training),
                        training.draws().batches().key0(),
                        training.draws().batches().key1(),
                        training.draws().dropout().key0(),
                        training.draws().dropout().key1(),
                        training.schedule().epochs(),
                        training.schedule().averagedEpochs()
                    });
                })
                .toArray();
    }

    private static int dropped(Training training) {
        return (int) Math.round(training.draws().share() * LEVELS);
    }

    private void allocate() {
        int models = trainings.size();
        float[] start = new float[models * form.size()];
        for (int m = 0; m < models; m++) {
            System.arraycopy(trainings.get(m).start().floats(), 0, start, m * form.size(), form.size());
        }
        arrays.put("parameters", session.floats(start));
        lengths(trainings.get(0)).forEach((name, length) -> arrays.put(name, session.zeros(length * models, 4)));
    }

    /** The values of each array that belong to one model. */
    private static Map<String, Long> lengths(Training training) {
        NetworkForm form = training.form();
        long images = training.schedule().images();
        long steps = training.schedule().steps();
        long block = images * form.units();
        Map<String, Long> lengths = new LinkedHashMap<>();
        lengths.put("firstMoments", (long) form.size());
        lengths.put("secondMoments", (long) form.size());
        lengths.put("sums", (long) form.size());
        lengths.put("images", images * form.inputs());
        for (String name : List.of("u", "z", "deltas", "scaleGradients")) {
            lengths.put(name, (form.stages() + 1) * block);
        }
        lengths.put("inputDelta", block);
        lengths.put("slopes", images * images);
        lengths.put("batches", steps * images);
        lengths.put("pairs", 2 * steps);
        lengths.put("losses", steps * lossTiles(form, (int) images));
        return lengths;
    }

    /** Returns the bytes that one model takes on a device, without its examples. */
    static long bytesOfModel(Training training) {
        return Float.BYTES
                * (training.form().size()
                        + lengths(training).values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
    }

    /** The values of one model's longest array. */
    static long longestOfModel(Training training) {
        return lengths(training).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
    }

    private static int tiles(int size, int tile) {
        return (size + tile - 1) / tile;
    }

    private static int lossTiles(NetworkForm form, int images) {
        return (tiles(images, ROWS) + tiles(form.units(), ROWS)) * tiles(images, COLUMNS);
    }

    /** Carries the trainings out. */
    List<Trained> train(Progress.Task task) {
        List<List<Double>> losses = new ArrayList<>();
        trainings.forEach(training -> losses.add(new ArrayList<>()));
        int epochs = trainings.get(0).schedule().epochs();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            int active = active(epoch);
            draw(epoch, active);
            for (int step = 0; step < steps; step++) {
                step(epoch, step, active);
                session.flush();
            }
            run("average", List.of(tiles(form.size(), LINE), active, 1), LINES, ints, "parameters", "sums", epoch);
            float[] parts = read("losses");
            for (int m = 0; m < active; m++) {
                losses.get(m).add(meanLoss(parts, m));
            }
            task.advance(active);
        }
        return results(losses);
    }

    /** How many models still learn in an epoch. */
    private int active(int epoch) {
        return (int) trainings.stream()
                .takeWhile(training -> training.schedule().epochs() >= epoch)
                .count();
    }

    private double meanLoss(float[] parts, int model) {
        int length = steps * lossTiles(form, images);
        double sum = 0;
        for (int i = model * length; i < (model + 1) * length; i++) {
            sum += parts[i];
        }
        return sum / steps;
    }

    private List<Trained> results(List<List<Double>> losses) {
        float[] last = read("parameters");
        float[] sums = read("sums");
        List<Trained> results = new ArrayList<>();
        for (int m = 0; m < trainings.size(); m++) {
            Training.Schedule schedule = trainings.get(m).schedule();
            int averaged = Math.min(schedule.averagedEpochs(), schedule.epochs());
            boolean mean = schedule.averagedEpochs() > 1 && averaged > 0;
            float[] values = Arrays.copyOfRange(mean ? sums : last, m * form.size(), (m + 1) * form.size());
            for (int i = 0; mean && i < values.length; i++) {
                values[i] /= averaged;
            }
            results.add(new Trained(values, losses.get(m)));
        }
        return results;
    }

    /** Draws the images of all steps of an epoch, and counts their pairs. */
    void draw(int epoch, int models) {
        run("draw", List.of(tiles(steps, LINE), models, 1), LINES, ints, "batches", epoch);
        run("countPairs", List.of(1, steps, models), LINES, ints, "batches", originals, relation, "pairs");
    }

    /** Takes a step with the first models. */
    void step(int epoch, int step, int models) {
        forward(epoch, step, models);
        backward(step, models);
        update(models);
    }

    /** Gathers a step's images, and takes them through all layers. */
    void forward(int epoch, int step, int models) {
        int size = form.size();
        run(
                "gather",
                List.of(tiles(tiles(images * form.inputs(), 8), LINE), models, 1),
                LINES,
                floats,
                ints,
                features,
                "batches",
                "images",
                epoch,
                step);
        tiled("inputLayer", form.units(), images, models, floats, "parameters", "images", "u", "z", size);
        for (int k = 1; k <= form.stages(); k++) {
            tiled("stageLayer", form.units(), images, models, floats, "parameters", "u", "z", k, size);
        }
    }

    /** The loss, and its gradient in all layers' inputs and scales. */
    void backward(int step, int models) {
        int size = form.size();
        tiled(
                "pairSlopes",
                images,
                images,
                models,
                floats,
                ints,
                "batches",
                originals,
                relation,
                "pairs",
                "z",
                "slopes",
                "losses",
                step);
        tiled(
                "outputGradient",
                form.units(),
                images,
                models,
                floats,
                "parameters",
                "slopes",
                "u",
                "z",
                "deltas",
                "scaleGradients",
                "inputDelta",
                "losses",
                step,
                size);
        for (int k = form.stages(); k >= 1; k--) {
            tiled(
                    "stageGradient",
                    form.units(),
                    images,
                    models,
                    "parameters",
                    "u",
                    "z",
                    "deltas",
                    "scaleGradients",
                    "inputDelta",
                    k,
                    size);
        }
    }

    /** Moves all values. */
    void update(int models) {
        stepsTaken++;
        float correction = (float) (1 / (1 - Math.pow(BETA1, stepsTaken)));
        float unbiased = (float) (1 / (1 - Math.pow(BETA2, stepsTaken)));
        String[] moved = {"parameters", "firstMoments", "secondMoments"};
        tiled(
                "inputUpdate",
                form.units(),
                form.inputs(),
                models,
                floats,
                moved[0],
                moved[1],
                moved[2],
                "images",
                "inputDelta",
                correction,
                unbiased);
        for (int s = 0; s < form.laterals(); s++) {
            tiled(
                    "stageUpdate",
                    form.units(),
                    form.units(),
                    models,
                    floats,
                    moved[0],
                    moved[1],
                    moved[2],
                    "z",
                    "deltas",
                    s,
                    correction,
                    unbiased);
        }
        if (form.vectors() > 0) {
            run(
                    "vectorUpdate",
                    List.of(tiles(form.units(), LINE), form.vectors(), models),
                    LINES,
                    floats,
                    moved[0],
                    moved[1],
                    moved[2],
                    "deltas",
                    "scaleGradients",
                    "inputDelta",
                    correction,
                    unbiased);
        }
    }

    private void tiled(String kernel, int rows, int columns, int models, Object... arguments) {
        run(kernel, List.of(tiles(rows, ROWS), tiles(columns, COLUMNS), models), TILE, arguments);
    }

    private void run(String kernel, List<Integer> groups, List<Integer> group, Object... arguments) {
        Object[] named = Arrays.stream(arguments)
                .map(argument -> argument instanceof String name ? array(name) : argument)
                .toArray();
        session.run(kernel, groups, group, named);
    }

    private Array array(String name) {
        Array array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no array " + name);
        }
        return array;
    }

    /** Reads all values of an array, as training.cl lays it out; whole numbers as floats of the same bits. */
    float[] read(String name) {
        float[] values = new float[(int) (array(name).bytes() / Float.BYTES)];
        session.read(array(name), values);
        return values;
    }

    @Override
    public void close() {
        session.close();
    }

    /** The examples of all models, each once. */
    private static final class Library {
        private final IdentityHashMap<Examples, Place> places = new IdentityHashMap<>();
        private float[] features = new float[0];
        private int[] originals = new int[0];
        private int[] relation = new int[0];

        /** Where examples begin in each array. */
        record Place(int features, int rows, int relation) {}

        static Library of(List<Training> trainings) {
            Library library = new Library();
            trainings.forEach(training -> library.add(training.examples()));
            return library;
        }

        Place place(Examples examples) {
            Place place = places.get(examples);
            if (place == null) {
                throw new IllegalArgumentException("unknown examples");
            }
            return place;
        }

        static int words(Examples examples) {
            return tiles(examples.rows(), Integer.SIZE);
        }

        private void add(Examples examples) {
            if (places.containsKey(examples)) {
                return;
            }
            places.put(examples, new Place(features.length, originals.length, relation.length));
            int rows = examples.rows();
            int values = rows * examples.features().dimension();
            features = Arrays.copyOf(features, Math.addExact(features.length, values));
            examples.features().copyRows(0, rows, features, features.length - values);
            IdenticalRows copies = IdenticalRows.of(examples.features());
            originals = Arrays.copyOf(originals, originals.length + rows);
            for (int i = 0; i < rows; i++) {
                originals[originals.length - rows + i] = copies.original(i);
            }
            int words = words(examples);
            int from = relation.length;
            relation = Arrays.copyOf(relation, Math.addExact(from, Math.multiplyExact(rows, words)));
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < i; j++) {
                    if (examples.relation().similar(i, j)) {
                        relation[from + i * words + j / Integer.SIZE] |= 1 << j % Integer.SIZE;
                        relation[from + j * words + i / Integer.SIZE] |= 1 << i % Integer.SIZE;
                    }
                }
            }
        }
    }
}
