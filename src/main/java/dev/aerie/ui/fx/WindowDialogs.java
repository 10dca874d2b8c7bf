package dev.aerie.ui.fx;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// [Dialogs] as windows: 480 wide, the verb on the button, the focus on Cancel.
public final class WindowDialogs implements Dialogs {
  private final Window owner;
  private final Theme theme;
  private final Messages words = Messages.of("fx");

  public WindowDialogs(Window owner, Theme theme) {
    this.owner = owner;
    this.theme = theme;
  }

  @Override
  public void confirm(Question question, Runnable yes) {
    var dialog = new Dialog<Boolean>();
    dialog.initOwner(owner);
    dialog.initModality(Modality.WINDOW_MODAL);
    dialog.setTitle(question.title());
    var verb = new ButtonType(question.verb(), ButtonBar.ButtonData.OK_DONE);
    var cancel = new ButtonType(words.get("cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
    var pane = dialog.getDialogPane();
    pane.getStylesheets().setAll(theme.styleSheets());
    pane.getStyleClass().add("aerie-dialog");
    pane.getButtonTypes().setAll(cancel, verb);
    var title = new Label(question.title());
    title.getStyleClass().add("page-title");
    title.setWrapText(true);
    var text = new Label(question.text());
    text.setWrapText(true);
    var content = new VBox(title, text);
    content.getStyleClass().add("dialog-body");
    var act = pane.lookupButton(verb);
    act.getStyleClass().add(question.destroys() ? "danger" : "accent");
    question
        .typed()
        .ifPresent(
            name -> {
              var field = new TextField();
              field.setPromptText(name);
              field.setAccessibleText(words.get("typeName", name));
              content.getChildren().addAll(new Label(words.get("typeName", name)), field);
              act.disableProperty().bind(field.textProperty().isNotEqualTo(name));
            });
    pane.setContent(content);
    dialog.setResultConverter(pressed -> pressed == verb);
    dialog.setOnShown(event -> pane.lookupButton(cancel).requestFocus());
    dialog
        .resultProperty()
        .subscribe(
            result -> {
              if (Boolean.TRUE.equals(result)) {
                yes.run();
              }
            });
    dialog.show();
  }

  @Override
  public void openFile(String title, List<FileKind> kinds, Consumer<Path> chosen) {
    give(chooser(title, kinds).showOpenDialog(owner), chosen);
  }

  @Override
  public void saveFile(
      String title, String suggestedName, List<FileKind> kinds, Consumer<Path> chosen) {
    var chooser = chooser(title, kinds);
    chooser.setInitialFileName(suggestedName);
    give(chooser.showSaveDialog(owner), chosen);
  }

  @Override
  public void chooseFolder(String title, Consumer<Path> chosen) {
    var chooser = new DirectoryChooser();
    chooser.setTitle(title);
    give(chooser.showDialog(owner), chosen);
  }

  @Override
  public void copy(String text) {
    var content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  private static void give(@Nullable File file, Consumer<Path> chosen) {
    Optional.ofNullable(file).map(File::toPath).ifPresent(chosen);
  }

  private static FileChooser chooser(String title, List<FileKind> kinds) {
    var chooser = new FileChooser();
    chooser.setTitle(title);
    kinds.forEach(
        kind ->
            chooser
                .getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(kind.name(), kind.patterns())));
    return chooser;
  }
}
