package dev.aerie.ui.connect;

import dev.aerie.ui.fx.ViewFrame;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;

/// Binds the connection editor's form.
public final class ConnectController {
  private final ConnectViewModel model;
  @FXML private ViewFrame frame;
  @FXML private ScrollPane test;
  @FXML private GridPane signInGrid;
  @FXML private GridPane tlsGrid;
  @FXML private HBox environmentBox;
  @FXML private HBox signInBox;
  @FXML private HBox tlsBox;
  @FXML private TextField nameField;
  @FXML private TextField hostField;
  @FXML private TextField portField;
  @FXML private TextField databaseField;
  @FXML private TextField userField;
  @FXML private PasswordField secretField;
  @FXML private TextField authorityField;
  @FXML private TextField serverNameField;
  @FXML private TextField certificateField;
  @FXML private TextField keyField;
  @FXML private TextField managementField;
  @FXML private TextField prometheusField;
  @FXML private TextField secondsField;
  @FXML private Button deleteButton;
  @FXML private Button testButton;

  ConnectController(ConnectViewModel model) {
    this.model = model;
  }

  @FXML
  private void initialize() {
    var words = model.messages();
    frame.setTitle(words.get(model.isSaved() ? "title.edit" : "title.new"));
    test.setContent(new StepList(model));
    deleteButton.setVisible(model.isSaved());
    bind(nameField, model.nameProperty(), "name");
    bind(hostField, model.hostProperty(), "host");
    bind(portField, model.portProperty(), "port");
    bind(databaseField, model.databaseProperty(), "database");
    bind(userField, model.userProperty(), "user");
    bind(secretField, model.secretProperty(), "password");
    bind(authorityField, model.authorityProperty(), "authority");
    bind(serverNameField, model.serverNameProperty(), "serverName");
    bind(certificateField, model.certificateProperty(), "certificate");
    bind(keyField, model.keyProperty(), "key");
    bind(managementField, model.managementUrlProperty(), "management");
    bind(prometheusField, model.prometheusUrlProperty(), "prometheus");
    bind(secondsField, model.secondsProperty(), "seconds");
    choices(environmentBox, model.environmentProperty());
    choices(signInBox, model.signInProperty());
    choices(tlsBox, model.tlsProperty());
    model
        .signInProperty()
        .subscribe(
            way -> {
              showRow(signInGrid, 1, way == SignIn.PASSWORD);
              showRow(signInGrid, 2, way != SignIn.NONE);
            });
    model
        .tlsProperty()
        .subscribe(
            way -> {
              showRow(tlsGrid, 1, way != Tls.OFF);
              showRow(tlsGrid, 2, way != Tls.OFF);
              showRow(tlsGrid, 3, way == Tls.MUTUAL);
              showRow(tlsGrid, 4, way == Tls.MUTUAL);
            });
    model
        .testingProperty()
        .subscribe(testing -> testButton.setText(words.get(testing ? "test.stop" : "test.run")));
    model
        .failureProperty()
        .subscribe(
            failure -> failure.ifPresentOrElse(frame.banner()::show, () -> frame.banner().clear()));
  }

  private void bind(TextField field, StringProperty property, String word) {
    field.textProperty().bindBidirectional(property);
    field.setAccessibleText(model.messages().get(word));
  }

  /// The box's buttons are the values of the property, by their user data.
  private static <T> void choices(HBox box, ObjectProperty<T> property) {
    var group = new ToggleGroup();
    var buttons =
        box.getChildren().stream()
            .filter(ToggleButton.class::isInstance)
            .map(ToggleButton.class::cast)
            .toList();
    buttons.forEach(button -> button.setToggleGroup(group));
    property.subscribe(value -> select(buttons, value));
    for (var button : buttons) {
      button.setOnAction(
          event -> {
            @SuppressWarnings("unchecked")
            var value = (T) button.getUserData();
            property.set(value);
            button.setSelected(true);
          });
    }
  }

  private static void select(List<ToggleButton> buttons, Object value) {
    buttons.forEach(button -> button.setSelected(value.equals(button.getUserData())));
  }

  private static void showRow(GridPane grid, int row, boolean shown) {
    for (Node node : grid.getChildren()) {
      var index = GridPane.getRowIndex(node);
      if ((index == null ? 0 : index) == row) {
        node.setVisible(shown);
        node.setManaged(shown);
      }
    }
  }

  @FXML
  private void onAuthority() {
    model.choose(model.authorityProperty());
  }

  @FXML
  private void onCertificate() {
    model.choose(model.certificateProperty());
  }

  @FXML
  private void onKey() {
    model.choose(model.keyProperty());
  }

  @FXML
  private void onDelete() {
    model.delete();
  }

  @FXML
  private void onTest() {
    if (model.testingProperty().get()) {
      model.cancelTest();
    } else {
      model.test();
    }
  }

  @FXML
  private void onSave() {
    model.save();
  }

  @FXML
  private void onSaveAndConnect() {
    model.saveAndConnect();
  }
}
