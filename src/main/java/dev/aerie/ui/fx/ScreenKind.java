package dev.aerie.ui.fx;

import java.util.function.Function;

/// A kind of screen: what the rail lists and the palette opens.
///
/// @param id stable, for settings and navigation: see the constants
/// @param title on rail and tab
/// @param icon name in the icon font, such as `fth-search`
/// @param scope what has to be selected for it
/// @param inRail whether the rail shows it
/// @param opener makes the screen for a place; may throw, and then the tab tells why
public record ScreenKind(
    String id,
    String title,
    String icon,
    Scope scope,
    boolean inRail,
    Function<Visit, Screen> opener) {
  public static final String HOME = "home";
  public static final String DATA = "data";
  public static final String SCHEMA = "schema";
  public static final String LOAD = "load";
  public static final String SEARCH = "search";
  public static final String EXPLORE = "explore";
  public static final String TUNE = "tune";
  public static final String ANATOMY = "anatomy";
  public static final String HEALTH = "health";
  public static final String ADMIN = "admin";
  public static final String CONNECT = "connect";

  /// What has to be selected before a screen makes sense.
  public enum Scope {
    /// Nothing: there is one such tab.
    WINDOW,
    /// An open connection, and the database the tree shows.
    CONNECTION,
    /// A collection.
    COLLECTION,
    /// An open connection, and a collection where one is selected.
    COLLECTION_OR_NEW
  }

  /// One opening of a screen.
  public record Visit(Selection at, Intent intent) {}
}
