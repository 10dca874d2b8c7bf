package dev.aerie.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextSourcesTest {
  @TempDir Path folder;

  @Test
  void readsQuotesSeparatorsAndLineBreaksWithinCells() throws IOException {
    var rows = rows("a.csv", "id,text,empty\n1,\"one, \"\"two\"\"\nthree\",\n2,plain,\"\"\n");
    assertEquals(Optional.of("one, \"two\"\nthree"), rows.get(0).value("text"));
    assertEquals(Optional.empty(), rows.get(0).value("empty"));
    assertEquals(Optional.of(""), rows.get(1).value("empty"));
    assertEquals(2, rows.get(1).number());
  }

  @Test
  void findsSemicolonsAndPassesOverAByteOrderMark() throws IOException {
    var rows = rows("a.csv", "\uFEFFid;text\r\n1;a,b\r\n");
    assertEquals(List.of("id", "text"), rows.get(0).columns());
    assertEquals(Optional.of("a,b"), rows.get(0).value("text"));
  }

  @Test
  void namesColumnsOfAFileWhoseFirstLineIsNumbers() throws IOException {
    var rows = rows("a.csv", "1,2.5\n3,4\n");
    assertEquals(2, rows.size());
    assertEquals(List.of("column_0", "column_1"), rows.get(0).columns());
  }

  @Test
  void aQuoteThatNeverClosesBreaksItsOwnRowAlone() throws IOException {
    var rows = rows("a.csv", "id,text\n1,\"open\n2,fine\n3,fine\n");
    assertTrue(rows.get(0).problem().orElseThrow().contains("never closed"));
    assertEquals("1,\"open", rows.get(0).text());
    assertEquals(Optional.of("2"), rows.get(1).value("id"));
    assertEquals(3, rows.size());
  }

  @Test
  void aRowWithTooManyCellsIsBrokenAlone() throws IOException {
    var rows = rows("a.csv", "id,text\n1,a,b\n2,fine\n");
    assertEquals("the row has 3 cells; the first line has 2", rows.get(0).problem().orElseThrow());
    assertTrue(rows.get(1).problem().isEmpty());
  }

  @Test
  void skipsRowsAsTheyWereRead() throws IOException {
    var file = write("a.csv", "id\nx\ny\nz\n");
    try (var reader = RowSource.of(file).open(2)) {
      var row = reader.next().orElseThrow();
      assertEquals(Optional.of("z"), row.value("id"));
      assertEquals(3, row.number());
    }
  }

  @Test
  void readsJsonLinesWithTheirTypes() throws IOException {
    var rows =
        rows(
            "a.jsonl",
            """
            {"id": 9223372036854775807, "v": [0.5, 1], "n": [1, 2], "o": {"k": 1.10}, "t": ["a"], "b": true}
            {"id": 2, "late": null, "v": [NaN]}
            """);
    var first = rows.get(0);
    assertEquals(Optional.of(Long.MAX_VALUE), first.value("id"));
    assertArrayEquals(new double[] {0.5, 1}, (double[]) first.value("v").orElseThrow());
    assertArrayEquals(new long[] {1, 2}, (long[]) first.value("n").orElseThrow());
    assertEquals(Optional.of(new JsonText("{\"k\":1.10}")), first.value("o"));
    assertEquals(Optional.of(List.of("a")), first.value("t"));
    assertEquals(Optional.of(true), first.value("b"));
    assertTrue(rows.get(1).columns().contains("late"));
    assertInstanceOf(double[].class, rows.get(1).value("v").orElseThrow());
  }

  @Test
  void aLineThatIsNoJsonIsBrokenAlone() throws IOException {
    var rows = rows("a.jsonl", "{\"id\": 1}\n{\"id\": \n[1]\n{\"id\": 4}\n");
    assertEquals(
        List.of(true, false, false, true), rows.stream().map(TextSourcesTest::ok).toList());
    assertEquals("{\"id\": ", rows.get(1).text());
  }

  @Test
  void readsAListWithinAJsonObject() throws IOException {
    var rows = rows("a.json", "{\"rows\": [{\"id\": 1}, {\"id\": 2, \"x\": \"y\"}]}");
    assertEquals(Optional.of("y"), rows.get(1).value("x"));
  }

  @Test
  void readsJsonLinesUnderTheNameOfJson() throws IOException {
    assertEquals(2, rows("a.json", "{\"id\": 1}\n{\"id\": 2}\n").size());
  }

  @Test
  void saysWhereAJsonListBreaks() throws IOException {
    var file = write("a.json", "[{\"id\": 1},\n {\"id\" 2}]");
    var failure = assertThrows(DataFileException.class, () -> read(RowSource.of(file)));
    assertTrue(failure.getMessage().contains("line 2"), failure.getMessage());
  }

  @Test
  void refusesWhatIsNoFileOfRows() throws IOException {
    var empty = write("empty.csv", "");
    var other = write("notes.docx", "text");
    assertMessage("is empty (0 bytes)", empty);
    assertMessage("is a folder", folder);
    assertMessage("is of no kind that can be read", other);
    assertMessage("does not exist", folder.resolve("absent.csv"));
  }

  private static void assertMessage(String part, Path file) {
    var failure = assertThrows(DataFileException.class, () -> RowSource.of(file));
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
  }

  private static boolean ok(SourceRow row) {
    return row.problem().isEmpty();
  }

  private List<SourceRow> rows(String name, String text) throws IOException {
    return read(RowSource.of(write(name, text)));
  }

  private static List<SourceRow> read(RowSource source) {
    var rows = new ArrayList<SourceRow>();
    try (var reader = source.open(0)) {
      for (var row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
