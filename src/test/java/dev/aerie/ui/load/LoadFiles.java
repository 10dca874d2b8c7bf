package dev.aerie.ui.load;

import dev.aerie.embed.TextEmbedder;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Small files to load, and a model that makes a vector of a text's letters.
final class LoadFiles {
  private LoadFiles() {}

  /// A JSON Lines file of `rows` rows with `id`, `title`, `year` and an `emb` of 16 numbers; the
  /// rows named in `withoutVector` lack the last.
  static Path jsonLines(Path folder, int rows, List<Integer> withoutVector) throws IOException {
    var random = new Random(11);
    var text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      text.append(
          "{\"id\": %d, \"title\": \"film %d\", \"year\": %s"
              .formatted(row + 1, row, row % 7 == 6 ? "null" : Integer.toString(1950 + row % 70)));
      if (!withoutVector.contains(row)) {
        text.append(", \"emb\": [");
        for (int i = 0; i < 16; i++) {
          text.append(i == 0 ? "" : ", ")
              .append(String.format(Locale.ROOT, "%.4f", random.nextGaussian() / 4));
        }
        text.append("]");
      }
      text.append("}\n");
    }
    return Files.writeString(folder.resolve("films.jsonl"), text);
  }

  static TextEmbedder letters() {
    return new TextEmbedder() {
      @Override
      public String model() {
        return "letters";
      }

      @Override
      public int dimension() {
        return 26;
      }

      @Override
      public FloatVectorColumn embed(String name, List<String> texts, Progress progress) {
        var values = new float[texts.size() * 26];
        for (int i = 0; i < texts.size(); i++) {
          for (char letter : texts.get(i).toLowerCase(Locale.ROOT).toCharArray()) {
            if (letter >= 'a' && letter <= 'z') {
              values[i * 26 + letter - 'a']++;
            }
          }
        }
        return new FloatVectorColumn(name, 26, values);
      }

      @Override
      public void close() {}
    };
  }
}
