package dev.aerie.ui;

import dev.aerie.embed.TextEmbedder;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Progress;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Makes a vector of a text by adding one fixed random vector for each word: texts that share words
/// are near each other.
final class WordEmbedder implements TextEmbedder {
  private static final int DIMENSION = 32;

  @Override
  public String model() {
    return "words";
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public FloatVectorColumn embed(String name, List<String> texts, Progress progress) {
    var values = new float[texts.size() * DIMENSION];
    for (int row = 0; row < texts.size(); row++) {
      for (var word : texts.get(row).toLowerCase(Locale.ROOT).split("\\W+")) {
        var random = new Random(word.hashCode());
        for (int i = 0; i < DIMENSION; i++) {
          values[row * DIMENSION + i] += (float) random.nextGaussian();
        }
      }
    }
    return new FloatVectorColumn(name, DIMENSION, values);
  }

  @Override
  public void close() {}
}
