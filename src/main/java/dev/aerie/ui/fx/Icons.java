package dev.aerie.ui.fx;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons from the Feather font. Their size and colour come from the style sheet.
public final class Icons {
  private Icons() {}

  /// @param name such as `fth-search`
  public static FontIcon of(String name, String... styles) {
    var icon = new FontIcon(name);
    icon.getStyleClass().addAll(styles);
    icon.setAccessibleRole(AccessibleRole.NODE);
    return icon;
  }

  /// A button without words: with a tooltip and a name for those who do not see it.
  public static Button button(String name, String words, Runnable action) {
    var button = new Button(null, of(name));
    button.getStyleClass().addAll("flat", "button-icon");
    name(button, words);
    button.setOnAction(event -> action.run());
    return button;
  }

  /// Gives a control its name and says it as a tooltip.
  public static void name(Node control, String words) {
    control.setAccessibleText(words);
    Tooltip.install(control, new Tooltip(words));
  }
}
