package dev.aerie.ui.admin;

import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.ViewFrame;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/// Binds the Admin screen.
public final class AdminController {
  private final AdminViewModel model;
  @FXML private ViewFrame frame;
  @FXML private HBox sections;
  @FXML private HBox form;
  @FXML private TextField nameField;
  @FXML private TextField secondField;
  @FXML private PasswordField secretField;
  @FXML private Button createButton;
  @FXML private Button dropButton;
  @FXML private Button refreshButton;
  @FXML private StackPane body;
  @FXML private TableView<Item> table;

  AdminController(AdminViewModel model) {
    this.model = model;
  }

  @FXML
  private void initialize() {
    var words = model.messages();
    frame.setTitle(words.get("title", model.connectionName()));
    Icons.name(refreshButton, words.get("refresh"));
    var group = new ToggleGroup();
    for (var section : Section.values()) {
      var button = new ToggleButton(words.get(section.key()));
      button.setToggleGroup(group);
      button.setSelected(section == model.sectionProperty().get());
      button.setOnAction(
          event -> {
            button.setSelected(true);
            model.sectionProperty().set(section);
          });
      sections.getChildren().add(button);
    }
    sections.getChildren().getFirst().getStyleClass().add("first");
    sections.getChildren().getLast().getStyleClass().add("last");
    nameField.textProperty().bindBidirectional(model.nameProperty());
    secondField.textProperty().bindBidirectional(model.secondProperty());
    secretField.textProperty().bindBidirectional(model.secondProperty());
    table.setItems(model.items());
    form.setDisable(model.isLocked());
    dropButton
        .disableProperty()
        .bind(
            table
                .getSelectionModel()
                .selectedItemProperty()
                .map(item -> model.isLocked())
                .orElse(true));
    model.sectionProperty().subscribe(this::showSection);
    model.whyNotProperty().subscribe(this::showWhyNot);
    model
        .failureProperty()
        .subscribe(
            failure -> failure.ifPresentOrElse(frame.banner()::show, () -> frame.banner().clear()));
  }

  private void showSection(Section section) {
    var words = model.messages();
    nameField.setPromptText(words.get(section.key() + ".name"));
    nameField.setAccessibleText(words.get(section.key() + ".name"));
    show(secondField, section.needsSecond() && !section.isSecondSecret());
    show(secretField, section.isSecondSecret());
    if (section.needsSecond()) {
      secondField.setPromptText(words.get(section.key() + ".second"));
      secondField.setAccessibleText(words.get(section.key() + ".second"));
      secretField.setPromptText(words.get(section.key() + ".second"));
      secretField.setAccessibleText(words.get(section.key() + ".second"));
    }
    createButton.setText(words.get(section.key() + ".create"));
    dropButton.setText(words.get(section.key() + ".drop.button"));
    table.setAccessibleText(words.get(section.key()));
    table
        .getColumns()
        .setAll(
            List.of(
                Cells.<Item>text(
                    words.get(section.key() + ".name"), 240, item -> Optional.of(item.name())),
                Cells.<Item>text(
                    words.get(section.key() + ".detail"),
                    480,
                    item -> Optional.of(item.detail().isEmpty() ? "–" : item.detail()))));
    table.setPlaceholder(
        new EmptyState(
            "fth-shield",
            words.get(section.key() + ".none"),
            words.get(section.key() + ".none.text")));
  }

  private void showWhyNot(Optional<String> reason) {
    body.getChildren().removeIf(node -> node instanceof EmptyState);
    table.setVisible(reason.isEmpty());
    show(form, reason.isEmpty());
    reason.ifPresent(
        text ->
            body.getChildren()
                .add(new EmptyState("fth-slash", model.messages().get("missing"), text)));
  }

  private static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  @FXML
  private void onCreate() {
    model.create();
  }

  @FXML
  private void onDrop() {
    Optional.ofNullable(table.getSelectionModel().getSelectedItem()).ifPresent(model::drop);
  }

  @FXML
  private void onRefresh() {
    model.refresh();
  }
}
