package dev.aerie.ui.fx;

import dev.aerie.service.settings.Environment;
import java.util.Locale;
import javafx.scene.control.Label;

/// A word in an outline: a state, an environment, a fact. Always icon, word and colour together
/// where it tells a state.
public final class Chip extends Label {
  /// For FXML.
  public Chip() {
    this("");
  }

  public Chip(String text) {
    super(text);
    getStyleClass().add("chip");
    setMinWidth(USE_PREF_SIZE);
  }

  /// @param tone `success`, `warning`, `danger` or `accent`
  public Chip(String text, String icon, String tone) {
    this(text);
    set(text, icon, tone);
  }

  /// What it is for, with a lock on production.
  public static Chip of(Environment environment, String word) {
    var chip = new Chip(word);
    chip.getStyleClass().add(style(environment));
    if (environment == Environment.PRODUCTION) {
      chip.setGraphic(Icons.of("fth-lock"));
    }
    return chip;
  }

  /// Changes what it says.
  public void set(String text, String icon, String tone) {
    setText(text);
    setGraphic(icon.isEmpty() ? null : Icons.of(icon));
    getStyleClass().removeAll("success", "warning", "danger", "accent");
    if (!tone.isEmpty()) {
      getStyleClass().add(tone);
    }
  }

  /// The style class of an environment: `env-local` … `env-production`.
  public static String style(Environment environment) {
    return "env-" + environment.name().toLowerCase(Locale.ROOT);
  }
}
