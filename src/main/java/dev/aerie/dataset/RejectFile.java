package dev.aerie.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The rows that were left out, each with its number, column, reason and text: CSV if the name ends
/// so, else JSON Lines. The file is made with its first row.
public final class RejectFile implements AutoCloseable {
  private final Path file;
  private final boolean csv;
  private BufferedWriter out = new BufferedWriter(Writer.nullWriter());
  private boolean open;

  /// @param append whether rows of an earlier run stay
  public RejectFile(Path file, boolean append) {
    this.file = file;
    this.csv = file.toString().endsWith(".csv");
    if (!append) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /// Adds a row; it is in the file when this returns.
  public void write(RowError error) {
    try {
      if (!open) {
        boolean fresh = !Files.exists(file) || Files.size(file) == 0;
        out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        open = true;
        if (csv && fresh) {
          out.write("row,column,reason,text\n");
        }
      }
      out.write(csv ? csv(error) : json(error));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static String csv(RowError error) {
    return "%d,%s,%s,%s"
        .formatted(
            error.row(),
            CsvText.quoted(error.column().orElse(""), ','),
            CsvText.quoted(error.reason(), ','),
            CsvText.quoted(error.text(), ','));
  }

  private static String json(RowError error) {
    return "{\"row\":%d,\"column\":%s,\"reason\":%s,\"text\":%s}"
        .formatted(
            error.row(),
            error.column().map(Cell::quoted).orElse("null"),
            Cell.quoted(error.reason()),
            Cell.quoted(error.text()));
  }

  private DataFileException failed(IOException e) {
    return new DataFileException(file, "cannot be written: " + e.getMessage(), e);
  }
}
