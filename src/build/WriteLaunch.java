import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes what `./aerie` starts the program with: `target/launch/java`, the JDK the build has
// found, and
/// `target/launch/flags`, an argument file for it.
public final class WriteLaunch {
  private WriteLaunch() {}

  public static void main(String[] args) throws IOException {
    var target = Path.of(args[0]).toAbsolutePath();
    var modules = args[1];
    var classPath =
        target.resolve("classes")
            + java.io.File.pathSeparator
            + Files.readString(target.resolve("class-path")).strip();
    var flags =
        List.of(
            "--module-path=" + target.resolve("javafx"),
            "--add-modules=" + modules,
            "--enable-native-access=javafx.graphics,ALL-UNNAMED",
            "--add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx2g",
            "-classpath",
            classPath);
    var launch = Files.createDirectories(target.resolve("launch"));
    Files.writeString(
        launch.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Files.write(launch.resolve("flags"), flags.stream().map(WriteLaunch::quoted).toList());
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\") + '"';
  }
}
