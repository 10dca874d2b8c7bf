package dev.aerie.ui.fx;

import java.util.Optional;

/// Something a person can do, as the command palette lists it.
///
/// @param title for a person: "Open data folder"
/// @param group where it belongs: a view's title, "Collections"
/// @param icon name in the icon font, such as `fth-home`
/// @param keys the shortcut in words, where there is one
public record Command(
    String title, String group, String icon, Optional<String> keys, Runnable action) {
  public Command(String title, String group, String icon, Runnable action) {
    this(title, group, icon, Optional.empty(), action);
  }
}
