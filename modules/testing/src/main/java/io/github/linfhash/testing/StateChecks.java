package io.github.linfhash.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contract's checks of a function's state and of functions that are restored from it. */
final class StateChecks {
    static final List<ContractCheck> ALL = List.of(
            new ContractCheck("a restored function gives the same codes", StateChecks::restored),
            new ContractCheck("a state with a part missing or left over is refused", StateChecks::parts),
            new ContractCheck("a state with a wrong array, number, word or size is refused", StateChecks::values));

    private StateChecks() {}

    private static void restored(ContractSubject subject) {
        HashFunction function = subject.function();
        HashFunction restored = subject.spec().restore(function.state());
        for (FeatureMatrix rows :
                List.of(subject.blobs().test(), subject.blobs().train())) {
            assertThat(restored.encode(rows))
                    .as("codes of the restored function")
                    .isEqualTo(function.encode(rows));
        }
        assertThat(restored.bits()).as("its bits").isEqualTo(function.bits());
        assertThat(restored.dimension()).as("its dimension").isEqualTo(function.dimension());
        assertThat(restored.parameters()).as("its parameters").isEqualTo(function.parameters());
        assertThat(restored.state()).as("its state").isEqualTo(function.state());
    }

    private static void parts(ContractSubject subject) {
        ModelState state = subject.function().state();
        List<ModelState> wrong = new ArrayList<>();
        state.arrays().keySet().forEach(name -> wrong.add(withArrays(state, without(state.arrays(), name))));
        state.numbers().keySet().forEach(name -> wrong.add(withNumbers(state, without(state.numbers(), name))));
        state.words().keySet().forEach(name -> wrong.add(withWords(state, without(state.words(), name))));
        wrong.add(state.with("surplus", ModelArray.ints(new int[1], 1)));
        wrong.add(state.with("surplus", 1.0));
        wrong.add(state.with("surplus", "word"));
        refused(subject, wrong);
    }

    private static void values(ContractSubject subject) {
        ModelState state = subject.function().state();
        List<ModelState> wrong = new ArrayList<>();
        state.arrays().forEach((name, array) -> {
            wrong.add(state.with(name, ModelArray.floats(new float[1], 1, 1)));
            wrong.add(state.with(name, otherType(array)));
            wrong.add(state.with(name, ModelArray.floats(new float[0], 0, 1)));
        });
        state.numbers().keySet().forEach(name -> wrong.add(state.with(name, -1e300)));
        state.words().keySet().forEach(name -> wrong.add(state.with(name, "nothing")));
        wrong.add(withSizes(state, "nothing", state.inputs(), state.outputs()));
        wrong.add(withSizes(state, state.kind(), state.inputs(), 2 * state.outputs()));
        refused(subject, wrong);
        otherDimension(subject, withSizes(state, state.kind(), state.inputs() + 1, state.outputs()));
    }

    /** A method that learns no array of one value an input cannot notice; its function then has that dimension. */
    private static void otherDimension(ContractSubject subject, ModelState state) {
        HashFunction restored;
        try {
            restored = subject.spec().restore(state);
        } catch (InputException e) {
            assertThat(e).as("refusal of another dimension").message().contains("expected", "found");
            return;
        }
        assertThat(restored.dimension())
                .as("dimension of the restored function")
                .isEqualTo(state.inputs());
    }

    private static void refused(ContractSubject subject, List<ModelState> states) {
        for (ModelState state : states) {
            assertThatThrownBy(() -> subject.spec().restore(state))
                    .as("restoring " + state)
                    .isInstanceOf(InputException.class)
                    .message()
                    .contains("expected", "found")
                    .doesNotContain("\n");
        }
    }

    private static ModelArray otherType(ModelArray array) {
        int[] shape = array.shape().stream().mapToInt(Integer::intValue).toArray();
        int length = array.shape().stream().reduce(1, Math::multiplyExact);
        return array.type() == ModelArray.Type.FLOAT32
                ? ModelArray.doubles(new double[length], shape)
                : ModelArray.floats(new float[length], shape);
    }

    private static <T> Map<String, T> without(Map<String, T> values, String name) {
        Map<String, T> fewer = new LinkedHashMap<>(values);
        fewer.remove(name);
        return fewer;
    }

    private static ModelState withArrays(ModelState s, Map<String, ModelArray> arrays) {
        return new ModelState(s.kind(), s.inputs(), s.outputs(), s.numbers(), s.words(), arrays);
    }

    private static ModelState withNumbers(ModelState s, Map<String, Double> numbers) {
        return new ModelState(s.kind(), s.inputs(), s.outputs(), numbers, s.words(), s.arrays());
    }

    private static ModelState withWords(ModelState s, Map<String, String> words) {
        return new ModelState(s.kind(), s.inputs(), s.outputs(), s.numbers(), words, s.arrays());
    }

    private static ModelState withSizes(ModelState s, String kind, int inputs, int outputs) {
        return new ModelState(kind, inputs, outputs, s.numbers(), s.words(), s.arrays());
    }
}
