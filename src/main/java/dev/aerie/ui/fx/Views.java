package dev.aerie.ui.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads FXML and gives each controller what its constructor asks for.
public final class Views {
  private Views() {}

  /// Loads `fxml/NAME.fxml` with the words of `messages`.
  ///
  /// @param name with its screen's folder: "home/home"
  /// @param controller makes the controller the FXML names
  /// @throws IllegalStateException if there is no such FXML
  /// @throws UncheckedIOException if it does not load: a bug, told with its place
  public static <C> Parent load(
      String name, Messages messages, Class<C> type, Supplier<? extends C> controller) {
    var location = Views.class.getResource("/fxml/" + name + ".fxml");
    if (location == null) {
      throw new IllegalStateException("there is no fxml/" + name + ".fxml");
    }
    var loader = new FXMLLoader(location, messages.bundle());
    loader.setControllerFactory(
        asked -> {
          if (asked != type) {
            throw new IllegalStateException(
                "%s names controller %s; it is given %s"
                    .formatted(name, asked.getName(), type.getName()));
          }
          return controller.get();
        });
    try {
      return loader.load();
    } catch (IOException e) {
      throw new UncheckedIOException("fxml/" + name + ".fxml does not load", e);
    }
  }
}
