package dev.aerie.ui.fx;

import java.time.Instant;
import java.util.concurrent.Executor;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What happened in this window, for the log drawer. [#add] may be called by any thread; the list
/// belongs to the FX thread.
public final class ActivityLog {
  private static final int MOST = 5_000;

  private final Executor fx;
  private final ObservableList<Entry> entries = FXCollections.observableArrayList();

  public ActivityLog(Executor fx) {
    this.fx = fx;
  }

  /// How much an entry matters.
  public enum Level {
    INFO,
    WARNING,
    ERROR
  }

  /// @param details more than a line, or empty
  public record Entry(Instant at, Level level, String text, String details) {}

  public void add(Level level, String text, String details) {
    var entry = new Entry(Instant.now(), level, text, details);
    fx.execute(
        () -> {
          if (entries.size() >= MOST) {
            entries.remove(0, MOST / 10);
          }
          entries.add(entry);
        });
  }

  public void info(String text) {
    add(Level.INFO, text, "");
  }

  public void failed(String text, Throwable cause) {
    add(Level.ERROR, text, Failure.of(cause).details());
  }

  /// Oldest first.
  public ObservableList<Entry> entries() {
    return entries;
  }
}
