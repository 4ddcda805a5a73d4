package io.github.linfhash.embeddings.texts;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.experiment.runner.TextEmbedding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The models of {@link SentenceModel}, for commands and protocols alike. */
public final class PublishedModels implements TextEmbedding {
    @Override
    public FeatureMatrix embed(List<String> texts, String model, Path cache, Progress progress) throws IOException {
        SentenceModel chosen = SentenceModel.named(model);
        try (SentenceEmbedder embedder = SentenceEmbedder.open(chosen, cache.resolve("tokenizers"))) {
            return new FeatureCache(cache.resolve("features"))
                    .get("texts", embedder.identity(texts), () -> embedder.embed(texts, progress), progress);
        }
    }
}
