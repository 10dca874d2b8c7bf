package dev.aerie.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that is written under another name first.
record PartFile(Path file) {
  Path part() {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  void publish() throws IOException {
    Files.move(part(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  void discard() throws IOException {
    Files.deleteIfExists(part());
  }
}
