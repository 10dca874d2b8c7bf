import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Holds all sources to google-java-format: `check` names the files that differ and fails, `write`
// rewrites them.
public final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> files;
    try (var tree = Files.walk(Path.of(args[1]))) {
      files = tree.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    var wrong = new ArrayList<String>();
    for (var file : files) {
      var source = Files.readString(file);
      try {
        var unused = RemoveUnusedImports.removeUnusedImports(source);
        var formatted =
            formatter.formatSource(
                ImportOrderer.reorderImports(unused, JavaFormatterOptions.Style.GOOGLE));
        if (!formatted.equals(source)) {
          if (write) {
            Files.writeString(file, formatted);
          } else {
            wrong.add(file.toString());
          }
        }
      } catch (FormatterException e) {
        wrong.add(file + ": " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      System.err.println("Not in the house format; ./mvnw -Dformat.mode=write validate mends it:");
      wrong.forEach(file -> System.err.println("  " + file));
      System.exit(1);
    }
  }
}
