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
import java.util.stream.Collectors;

/// Holds all sources to google-java-format: `check` names the files that differ and fails, `write`
// rewrites them.
public final class Format {
  private static final int WIDTH = 100;

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
        var unused = RemoveUnusedImports.removeUnusedImports(wrapped(source));
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

  /// The formatter would break a long `///` line into a line comment, which cuts the Javadoc in
  /// two.
  private static String wrapped(String source) {
    return source.lines().map(Format::wrappedLine).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String wrappedLine(String line) {
    int start = line.indexOf("/// ");
    if (line.length() <= WIDTH || start < 0 || !line.substring(0, start).isBlank()) {
      return line;
    }
    int space = line.lastIndexOf(' ', WIDTH);
    if (space <= start + 4) {
      return line;
    }
    boolean tag = line.startsWith("/// @", start) || line.startsWith("///     ", start);
    var rest = line.substring(0, start) + (tag ? "///     " : "/// ") + line.substring(space + 1);
    return line.substring(0, space) + "\n" + wrappedLine(rest);
  }
}
