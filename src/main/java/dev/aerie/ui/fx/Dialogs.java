package dev.aerie.ui.fx;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a view model asks a person outside its view: confirmations and files. Answers come on the
/// FX thread, so a test can answer at once and a window when the dialog closes.
public interface Dialogs {
  /// Asks before something that cannot be taken back.
  void confirm(Question question, Runnable yes);

  /// Asks for a file to read; not called back when nothing is chosen.
  void openFile(String title, List<FileKind> kinds, Consumer<Path> chosen);

  /// Asks for a file to write; not called back when nothing is chosen.
  void saveFile(String title, String suggestedName, List<FileKind> kinds, Consumer<Path> chosen);

  /// Asks for a folder; not called back when nothing is chosen.
  void chooseFolder(String title, Consumer<Path> chosen);

  /// Puts text on the clipboard.
  void copy(String text);

  /// @param title the act: "Drop collection films"
  /// @param text what is lost: rows, server, environment
  /// @param verb on the button: "Drop collection", never "OK"
  /// @param typed what has to be typed before the button works; empty for none
  /// @param destroys whether the button is filled in the danger colour
  record Question(
      String title, String text, String verb, Optional<String> typed, boolean destroys) {}

  /// @param name for a person: "Parquet"
  /// @param patterns such as `*.parquet`
  record FileKind(String name, List<String> patterns) {
    public FileKind {
      patterns = List.copyOf(patterns);
    }
  }
}
