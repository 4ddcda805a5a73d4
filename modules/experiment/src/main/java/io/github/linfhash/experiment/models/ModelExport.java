package io.github.linfhash.experiment.models;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.encoders.Encoders;
import io.github.linfhash.encoders.OnnxExport;
import io.github.linfhash.encoders.OnnxExport.RawInput;
import io.github.linfhash.experiment.models.TrainedModel.ModelCard;
import io.github.linfhash.protocols.protocol.Preprocessor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Models in other programs' formats. */
public final class ModelExport {
    private ModelExport() {}

    /**
     * The bytes of an ONNX file.
     *
     * @param where names the model for messages
     * @throws InputException if the model is none of the encoders
     */
    public static byte[] onnx(TrainedModel model, String where) {
        ModelCard card = model.card();
        ModelState network = model.function().state();
        if (!OnnxExport.supports(network)) {
            throw new InputException(where + ": expected a model of one of the encoders "
                    + Encoders.ALL.stream().map(MethodSpec::name).collect(Collectors.joining(", "))
                    + ", found one of " + card.method());
        }
        return OnnxExport.of(network, raw(model.preprocessor()), card.program().version(), metadata(card));
    }

    private static RawInput raw(Preprocessor preprocessor) {
        ModelState state = preprocessor.state();
        double[] mean = StateReader.of(state, Preprocessor.KIND).doubles("mean", preprocessor.dimension());
        return new RawInput(
                Preprocessor.HELLINGER.equals(state.words().get("rows")),
                mean,
                Preprocessor.L2.equals(state.words().get("normalize")));
    }

    private static Map<String, String> metadata(ModelCard card) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("linfhash.method", card.method());
        metadata.put("linfhash.bits", Integer.toString(card.bits()));
        metadata.put("linfhash.seed", Long.toString(card.seed()));
        metadata.put("linfhash.version", card.program().version());
        metadata.put("linfhash.commit", card.program().commit());
        metadata.put("linfhash.command", card.program().command());
        metadata.put("linfhash.features-sha256", card.training().featuresSha256());
        return metadata;
    }
}
