package dev.aerie.ui.fx;

import java.util.List;

/// How a screen leads to another one, and tells what has been done.
public interface Navigator {
  /// Opens a screen, or shows the one that is open for that place.
  ///
  /// @param kind an id of [ScreenKind]; nothing happens where it [#has] no such view
  void open(String kind, Selection at, Intent intent);

  /// Whether there is such a view.
  boolean has(String kind);

  /// Says for some seconds that something has been done.
  void toast(String text);

  /// [#toast] with a way back.
  void toast(String text, String undo, Runnable action);

  /// Opens the drawer with the running tasks.
  void showTasks();

  /// The kinds there are, in the rail's order.
  List<ScreenKind> kinds();
}
