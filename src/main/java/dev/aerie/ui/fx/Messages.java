package dev.aerie.ui.fx;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The words of one screen. Every text a person reads stands in a bundle under `messages/`.
public final class Messages {
  private final ResourceBundle bundle;

  private Messages(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /// @param name of the bundle, as its screen's package: "home"
  public static Messages of(String name) {
    return new Messages(ResourceBundle.getBundle("messages/" + name, Locale.getDefault()));
  }

  /// For the FXML loader.
  public ResourceBundle bundle() {
    return bundle;
  }

  /// @throws MissingResourceException if the bundle lacks the key
  public String get(String key) {
    return bundle.getString(key);
  }

  /// A pattern as [MessageFormat] knows them; numbers are given as text, already formatted.
  public String get(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(values);
  }

  /// What is known about something that may be newer than this Aerie: the words of
  /// `family.thing`, or those of `family` alone.
  public String about(String family, String thing) {
    var key = family + "." + thing;
    return bundle.getString(bundle.containsKey(key) ? key : family);
  }
}
