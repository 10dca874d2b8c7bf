package dev.aerie.local.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteAheadLogTest {
  private static final int RECORDS = 12;

  @TempDir private Path folder;

  @BeforeEach
  void writeRecords() throws IOException {
    try (var log = open()) {
      for (int i = 1; i <= RECORDS; i++) {
        log.sync(log.append(text("record " + i)));
      }
    }
  }

  private WriteAheadLog open() throws IOException {
    var scan = LogScan.of(folder, 0);
    scan.repair();
    return new WriteAheadLog(folder, LogFiles.DISK, scan);
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> read() throws IOException {
    List<String> texts = new ArrayList<>();
    LogScan.of(folder, 0)
        .replay(0, (_, payload) -> texts.add(StandardCharsets.UTF_8.decode(payload).toString()));
    return texts;
  }

  private static List<String> expected(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      texts.add("record " + i);
    }
    return texts;
  }

  private Path lastFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  @Test
  void readsBackWhatWasWrittenAcrossFiles() throws IOException {
    try (var log = open()) {
      log.append(text("record 13"));
      log.roll();
      log.sync(log.append(text("record 14")));
    }

    assertEquals(expected(14), read());
  }

  @Test
  void everyFlippedBitIsFoundOrLiesInTheLastRecord() throws IOException {
    var file = lastFile();
    var bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      var damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      try {
        assertTrue(read().size() >= RECORDS - 1, "bit " + bit);
        assertEquals(expected(RECORDS - 1), read().subList(0, RECORDS - 1), "bit " + bit);
      } catch (LogCorruptException found) {
        // As it should be.
      }
    }
  }

  @Test
  void everyTruncationIsATornTail() throws IOException {
    var file = lastFile();
    var bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));

      var texts = read();

      assertEquals(expected(texts.size()), texts, "length " + length);
      assertTrue(LogScan.of(folder, 0).tornBytes() >= 0);
    }
  }

  @Test
  void goesOnBehindATornTail() throws IOException {
    var file = lastFile();
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

    try (var log = open()) {
      log.sync(log.append(text("record 12")));
    }

    assertEquals(expected(RECORDS), read());
  }

  @Test
  void refusesALogThatBeginsAfterWhatIsCommitted() throws IOException {
    try (var log = open()) {
      log.roll();
      log.append(text("record 13"));
      log.roll();
      log.deleteUpTo(RECORDS);
    }

    assertThrows(LogCorruptException.class, () -> LogScan.of(folder, RECORDS - 1));
    assertEquals(RECORDS + 2, LogScan.of(folder, RECORDS).nextSeq());
  }

  @Test
  void neverForcesAgainAfterAFailure() throws IOException {
    LogFiles full =
        path -> {
          var file = LogFiles.DISK.create(path);
          return new LogFiles.LogFile() {
            private boolean header = true;

            @Override
            public void write(ByteBuffer bytes) throws IOException {
              if (!header) {
                throw new IOException("No space left on device");
              }
              header = false;
              file.write(bytes);
            }

            @Override
            public void force() throws IOException {
              file.force();
            }

            @Override
            public void close() throws IOException {
              file.close();
            }
          };
        };
    try (var log = new WriteAheadLog(folder, full, LogScan.of(folder, 0))) {
      assertThrows(IOException.class, () -> log.append(text("x")));
      assertThrows(IOException.class, () -> log.append(text("y")));
      assertThrows(IOException.class, () -> log.sync(RECORDS + 1));
    }
  }
}
