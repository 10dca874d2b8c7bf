package dev.aerie.ui.shell;

import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Navigator;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A navigator that is there before the window is: the desk needs one, and the window needs the
/// desk. Until it has become a real one nothing can be opened.
final class NavigatorHolder implements Navigator {
  private @Nullable Navigator real;

  void become(Navigator navigator) {
    real = navigator;
  }

  @Override
  public void open(String kind, Selection at, Intent intent) {
    if (real != null) {
      real.open(kind, at, intent);
    }
  }

  @Override
  public boolean has(String kind) {
    return real != null && real.has(kind);
  }

  @Override
  public void toast(String text) {
    if (real != null) {
      real.toast(text);
    }
  }

  @Override
  public void toast(String text, String undo, Runnable action) {
    if (real != null) {
      real.toast(text, undo, action);
    }
  }

  @Override
  public void showTasks() {
    if (real != null) {
      real.showTasks();
    }
  }

  @Override
  public List<ScreenKind> kinds() {
    return real == null ? List.of() : real.kinds();
  }
}
