import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Makes a package of Aerie for the system it runs on, with the jpackage of the JDK it runs on:
/// `java src/build/Package.java TARGET VERSION TYPE`, where TYPE is `app-image`, `deb`, `rpm`,
/// `msi` or
/// `dmg`. The packages land in `TARGET/dist`, each with its SHA-256.
public final class Package {
  /// What the libraries need of the JDK; `java.se` is most of it.
  private static final String MODULES =
      "java.se,jdk.incubator.vector,jdk.unsupported,jdk.management,jdk.zipfs,jdk.crypto.ec,"
          + "jdk.localedata,jdk.charsets,javafx.controls,javafx.fxml";

  private static final List<String> JAVA_OPTIONS =
      List.of(
          "--add-modules=javafx.controls,javafx.fxml,jdk.incubator.vector",
          "--enable-native-access=javafx.graphics,ALL-UNNAMED",
          "--add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-Xmx2g");

  private Package() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var target = Path.of(args[0]).toAbsolutePath();
    var version = args[1];
    var type = args[2];
    var input = fresh(target.resolve("dist-input"));
    var dist = Files.createDirectories(target.resolve("dist"));
    var own = target.resolve("aerie-" + version + ".jar");
    copy(own, input);
    for (var jar :
        Files.readString(target.resolve("class-path"))
            .strip()
            .split(System.getProperty("path.separator"))) {
      copy(Path.of(jar), input);
    }
    Files.copy(Path.of("LICENSE"), input.resolve("LICENSE"));
    var thirdParty = target.resolve("THIRD-PARTY.txt");
    if (Files.exists(thirdParty)) {
      Files.copy(thirdParty, input.resolve("THIRD-PARTY.txt"));
    }
    delete(dist.resolve("Aerie"));
    run(jpackage(target, version, type, input, dist, own.getFileName().toString()));
    try (var made = Files.list(dist)) {
      for (var file :
          made.filter(Files::isRegularFile)
              .filter(f -> !f.toString().endsWith(".sha256"))
              .toList()) {
        var name = file.getFileName().toString();
        Files.writeString(dist.resolve(name + ".sha256"), sha256(file) + "  " + name + "\n");
        System.out.println(file + " " + Files.size(file) / 1_000_000 + " MB");
      }
    }
  }

  private static List<String> jpackage(
      Path target, String version, String type, Path input, Path dist, String jar) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jpackage").toString());
    command.addAll(List.of("--type", type, "--dest", dist.toString(), "--input", input.toString()));
    command.addAll(List.of("--name", "Aerie", "--app-version", version, "--vendor", "Aerie"));
    command.addAll(List.of("--description", "Workbench for vector databases"));
    command.addAll(List.of("--main-jar", jar, "--main-class", "dev.aerie.boot.Main"));
    command.addAll(List.of("--module-path", target.resolve("javafx").toString()));
    command.addAll(List.of("--add-modules", MODULES));
    command.addAll(
        List.of(
            "--jlink-options", "--strip-debug --no-man-pages --no-header-files --compress=zip-6"));
    for (var option : JAVA_OPTIONS) {
      command.addAll(List.of("--java-options", option));
    }
    command.addAll(List.of("--icon", icon().toAbsolutePath().toString()));
    if (!type.equals("app-image")) {
      command.addAll(List.of("--license-file", Path.of("LICENSE").toAbsolutePath().toString()));
    }
    if (type.equals("deb") || type.equals("rpm")) {
      command.addAll(List.of("--linux-package-name", "aerie", "--linux-menu-group", "Development"));
      command.addAll(
          List.of(
              "--linux-package-deps", type.equals("deb") ? "libgtk-3-0 | libgtk-3-0t64" : "gtk3"));
    }
    if (type.equals("msi")) {
      command.addAll(List.of("--win-menu", "--win-dir-chooser", "--win-per-user-install"));
    }
    return command;
  }

  private static Path icon() {
    return switch (system()) {
      case "windows" -> Path.of("icons", "aerie.ico");
      case "mac" -> Path.of("icons", "aerie.icns");
      default -> Path.of("icons", "aerie-256.png");
    };
  }

  private static String system() {
    var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "mac" : "linux";
  }

  /// Copies a jar without the native libraries of other systems, entries dated alike.
  private static void copy(Path jar, Path input) throws IOException {
    var file = input.resolve(jar.getFileName().toString());
    try (var in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)));
        var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (isForeign(entry.getName())) {
          continue;
        }
        var copy = new ZipEntry(entry.getName());
        copy.setLastModifiedTime(FileTime.fromMillis(1_793_491_200_000L));
        out.putNextEntry(copy);
        in.transferTo(out);
        out.closeEntry();
      }
    }
  }

  /// Whether an entry is a native library that this system and processor cannot load.
  private static boolean isForeign(String entry) {
    var name = entry.toLowerCase(Locale.ROOT);
    boolean library =
        name.endsWith(".so")
            || name.endsWith(".dll")
            || name.endsWith(".dylib")
            || name.endsWith(".jnilib")
            || name.contains(".so_");
    if (!library) {
      return false;
    }
    boolean arm = System.getProperty("os.arch").contains("aarch64");
    boolean forArm =
        name.contains("aarch64") || name.contains("aarch_64") || name.contains("arm64");
    boolean forIntel =
        name.contains("x86_64")
            || name.contains("amd64")
            || name.contains("x64")
            || name.contains("x86-64");
    if (arm ? forIntel && !forArm : forArm && !forIntel) {
      return true;
    }
    boolean windows = name.endsWith(".dll") || name.contains("win");
    boolean mac =
        name.endsWith(".dylib")
            || name.endsWith(".jnilib")
            || name.contains("osx")
            || name.contains("darwin");
    return switch (system()) {
      case "windows" -> !windows || mac;
      case "mac" -> !mac;
      default -> mac || windows;
    };
  }

  private static Path fresh(Path folder) throws IOException {
    delete(folder);
    return Files.createDirectories(folder);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var tree = Files.walk(folder)) {
        for (var file : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      System.exit(code);
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
