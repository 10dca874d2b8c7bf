package dev.aerie.embed;

import dev.aerie.engine.Embedding;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Progress;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Makes vectors of texts. Blocking; safe for use by several threads.
public interface TextEmbedder extends AutoCloseable {
  /// The model's name, as its makers write it.
  String model();

  /// Components of each vector.
  ///
  /// @throws EngineException if the model has to be asked and does not answer
  int dimension();

  /// Embeds texts; progress in texts.
  ///
  /// @param name of the column made
  /// @return one vector a text, in order
  /// @throws EngineException if the model fails
  /// @throws CancellationException if `progress` says so
  FloatVectorColumn embed(String name, List<String> texts, Progress progress);

  /// Embeds one text, for a search.
  default Embedding embed(String text) {
    return Embedding.of(embed("query", List.of(text), Progress.NONE).row(0));
  }

  @Override
  void close();
}
