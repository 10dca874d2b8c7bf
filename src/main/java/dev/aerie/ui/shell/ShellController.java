package dev.aerie.ui.shell;

import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.SidePane;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the frame to its view model.
public final class ShellController {
  private final ShellViewModel model;
  private final Messages words;
  private final Runnable palette;
  private final Runnable actions;
  private final TextField filter = new TextField();
  private final TreeView<TreeEntry> tree = new TreeView<>();
  private final SidePane treePane = new SidePane(SidePane.Edge.RIGHT, 240, 180, 420);
  private final Label switcherName = new Label();
  private final Chip switcherChip = new Chip();
  private final Region dot = new Region();
  private Runnable tasks = () -> {};
  private Runnable log = () -> {};

  @FXML private MenuButton switcher;
  @FXML private Button theme;
  @FXML private Button help;
  @FXML private MenuButton settings;
  @FXML private Button command;
  @FXML private HBox commandRow;
  @FXML private VBox rail;
  @FXML private StackPane treeHolder;
  @FXML private HBox tabStrip;
  @FXML private StackPane content;
  @FXML private StackPane drawerHolder;
  @FXML private HBox statusBar;
  @FXML private Label statusConnection;
  @FXML private Label statusDatabase;
  @FXML private Label statusEnvironment;
  @FXML private ProgressBar statusBarProgress;
  @FXML private Label statusTasks;
  @FXML private Label memory;
  @FXML private VBox toasts;
  @FXML private StackPane veil;

  /// @param palette opens the palette over everything
  /// @param actions opens it over what can be done
  ShellController(ShellViewModel model, Messages words, Runnable palette, Runnable actions) {
    this.model = model;
    this.words = words;
    this.palette = palette;
    this.actions = actions;
  }

  @FXML
  private void initialize() {
    command.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    commandRow.prefWidthProperty().bind(command.widthProperty().subtract(24));
    Icons.name(help, words.get("help"));
    Icons.name(settings, words.get("settings"));
    dot.getStyleClass().add("state-dot");
    switcherName.getStyleClass().add("strong");
    var row = new HBox(dot, switcherName, switcherChip);
    row.getStyleClass().add("group");
    row.setAlignment(Pos.CENTER_LEFT);
    switcher.setGraphic(row);
    switcher.showingProperty().subscribe(this::fillSwitcher);
    switcherName.textProperty().bind(model.connectionProperty());
    switcherChip.textProperty().bind(model.environmentProperty());
    statusConnection.textProperty().bind(model.connectionProperty());
    statusConnection.setGraphic(Icons.of("fth-hard-drive", "icon-12"));
    statusDatabase.textProperty().bind(model.databaseProperty());
    statusDatabase.setGraphic(Icons.of("fth-database", "icon-12"));
    statusEnvironment.textProperty().bind(model.environmentProperty());
    statusTasks.textProperty().bind(model.tasksProperty());
    memory.textProperty().bind(model.memoryProperty());
    Icons.name(memory, words.get("memory.what"));
    memory.setMinWidth(Region.USE_PREF_SIZE);
    model
        .progressProperty()
        .subscribe(
            share -> {
              statusBarProgress.setVisible(!Double.isNaN(share.doubleValue()));
              statusBarProgress.setManaged(statusBarProgress.isVisible());
              statusBarProgress.setProgress(
                  Double.isNaN(share.doubleValue()) ? 0 : share.doubleValue());
            });
    model
        .environmentStyleProperty()
        .subscribe(
            (before, now) -> {
              for (var node : new Region[] {switcherChip, statusBar, statusEnvironment}) {
                node.getStyleClass().remove(before);
                node.getStyleClass().add(now);
              }
            });
    for (var node : new Region[] {switcherChip, statusBar, statusEnvironment}) {
      node.getStyleClass().add(model.environmentStyleProperty().get());
    }
    model
        .stateStyleProperty()
        .subscribe(
            now -> {
              dot.getStyleClass().setAll("state-dot");
              if (!now.isEmpty()) {
                dot.getStyleClass().add(now);
              }
            });
    fillSettings();
    fillTree();
    showTheme();
  }

  private void fillTree() {
    filter.setPromptText(words.get("filter.tree"));
    filter.setAccessibleText(words.get("filter.tree"));
    filter.setId("tree-filter");
    tree.setAccessibleText(words.get("tree"));
    tree.setId("tree");
    var top = new HBox(filter);
    HBox.setHgrow(filter, Priority.ALWAYS);
    top.getStyleClass().add("tree-filter");
    var pane = new BorderPane(tree);
    pane.setTop(top);
    pane.getStyleClass().add("tree-pane");
    treePane.setContent(pane);
    treeHolder.getChildren().setAll(treePane);
  }

  private void fillSettings() {
    settings
        .getItems()
        .setAll(
            item("theme.system", model::followSystemTheme),
            item("theme.toLight", () -> setDark(false)),
            item("theme.toDark", () -> setDark(true)),
            new SeparatorMenuItem(),
            item("action.larger", () -> model.scaleFont(1)),
            item("action.smaller", () -> model.scaleFont(-1)));
  }

  private void setDark(boolean wanted) {
    if (model.isDark() != wanted) {
      model.toggleTheme();
    }
    showTheme();
  }

  private MenuItem item(String key, Runnable action) {
    var item = new MenuItem(words.get(key));
    item.setOnAction(
        _ -> {
          action.run();
          showTheme();
        });
    return item;
  }

  private void fillSwitcher(boolean showing) {
    if (!showing) {
      switcher
          .getItems()
          .setAll(
              model.connections().stream()
                  .map(
                      connection -> {
                        var item = new MenuItem(connection.name());
                        item.setOnAction(_ -> model.switchTo(connection));
                        return item;
                      })
                  .toList());
    }
  }

  /// The list of connections has changed.
  void connectionsChanged() {
    fillSwitcher(false);
  }

  /// The rail's items, one for each view that has a place there.
  void fillRail(Tabs tabs, Consumer<ScreenKind> open) {
    for (var kind : tabs.kinds()) {
      if (!kind.inRail()) {
        continue;
      }
      var item = new ToggleButton(kind.title(), new FontIcon(kind.icon()));
      item.getStyleClass().setAll("rail-item");
      item.setId("rail-" + kind.id());
      item.setMnemonicParsing(false);
      item.setOnAction(_ -> open.accept(kind));
      tabs.frontProperty()
          .subscribe(tab -> item.setSelected(tab != null && tab.kind().equals(kind)));
      item.selectedProperty()
          .subscribe(
              _ ->
                  item.setSelected(
                      tabs.front().filter(tab -> tab.kind().equals(kind)).isPresent()));
      rail.getChildren().add(item);
    }
  }

  /// Puts the drawer into its place and its buttons to work.
  void place(Drawer drawer) {
    drawerHolder.getChildren().setAll(drawer);
    tasks = drawer::toggleTasks;
    log = drawer::toggleLog;
  }

  TextField filter() {
    return filter;
  }

  TreeView<TreeEntry> tree() {
    return tree;
  }

  SidePane treePane() {
    return treePane;
  }

  HBox tabStrip() {
    return tabStrip;
  }

  StackPane content() {
    return content;
  }

  VBox toasts() {
    return toasts;
  }

  StackPane veil() {
    return veil;
  }

  /// The icon that leads to the other theme.
  void showTheme() {
    theme.setGraphic(new FontIcon(model.isDark() ? "fth-sun" : "fth-moon"));
    Icons.name(theme, words.get(model.isDark() ? "theme.light" : "theme.dark"));
  }

  @FXML
  private void onTheme() {
    model.toggleTheme();
    showTheme();
  }

  @FXML
  private void onHelp() {
    actions.run();
  }

  @FXML
  private void onCommand() {
    palette.run();
  }

  @FXML
  private void onTasks() {
    tasks.run();
  }

  @FXML
  private void onLog() {
    log.run();
  }
}
