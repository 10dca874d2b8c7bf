package dev.aerie.service.settings;

import java.util.List;
import java.util.Map;

/// Everything remembered between two starts.
///
/// @param theme what the user chose, the system's by default
/// @param fontPercent size of text, 80…200
/// @param window where the window was
/// @param profiles connections other than the local engine, in the user's order
/// @param tabs the tabs that were open, in order
/// @param searches past searches, newest first
/// @param columns hidden and reordered columns by view and collection, in the view's own words
public record Settings(
    Theme theme,
    int fontPercent,
    Window window,
    List<Profile> profiles,
    List<Tab> tabs,
    List<PastSearch> searches,
    Map<String, String> columns) {
  /// Most past searches that are kept.
  public static final int MAX_SEARCHES = 200;

  public static final Settings DEFAULT =
      new Settings(Theme.SYSTEM, 100, Window.DEFAULT, List.of(), List.of(), List.of(), Map.of());

  public Settings {
    profiles = List.copyOf(profiles);
    tabs = List.copyOf(tabs);
    searches = List.copyOf(searches.subList(0, Math.min(MAX_SEARCHES, searches.size())));
    columns = Map.copyOf(columns);
    if (fontPercent < 80 || fontPercent > 200) {
      throw new IllegalArgumentException("fontPercent must be in [80, 200]; got " + fontPercent);
    }
  }

  public Settings withTheme(Theme wanted) {
    return new Settings(wanted, fontPercent, window, profiles, tabs, searches, columns);
  }

  public Settings withFontPercent(int percent) {
    return new Settings(theme, percent, window, profiles, tabs, searches, columns);
  }

  public Settings withWindow(Window where) {
    return new Settings(theme, fontPercent, where, profiles, tabs, searches, columns);
  }

  public Settings withProfiles(List<Profile> all) {
    return new Settings(theme, fontPercent, window, all, tabs, searches, columns);
  }

  public Settings withTabs(List<Tab> open) {
    return new Settings(theme, fontPercent, window, profiles, open, searches, columns);
  }

  public Settings withSearches(List<PastSearch> all) {
    return new Settings(theme, fontPercent, window, profiles, tabs, all, columns);
  }

  public Settings withColumns(Map<String, String> all) {
    return new Settings(theme, fontPercent, window, profiles, tabs, searches, all);
  }

  /// Which colours the window wears.
  public enum Theme {
    SYSTEM,
    LIGHT,
    DARK
  }

  /// Where the window was, in pixels of the desktop.
  ///
  /// @param x and `y` of the upper left corner; NaN where the system shall choose
  public record Window(
      double x,
      double y,
      double width,
      double height,
      boolean maximised,
      double treeWidth,
      double inspectorWidth) {
    public static final Window DEFAULT =
        new Window(Double.NaN, Double.NaN, 1440, 900, false, 240, 320);
  }

  /// A tab that was open.
  ///
  /// @param connection the profile's id; empty text for none, as in the others
  public record Tab(String view, String connection, String database, String collection) {}

  /// A search that was run.
  ///
  /// @param kind `text`, `vector` or `row`
  /// @param query what was typed
  /// @param params of the search, by name
  public record PastSearch(
      String connection,
      String database,
      String collection,
      String field,
      String kind,
      String query,
      String filter,
      int limit,
      Map<String, String> params) {
    public PastSearch {
      params = Map.copyOf(params);
    }
  }
}
