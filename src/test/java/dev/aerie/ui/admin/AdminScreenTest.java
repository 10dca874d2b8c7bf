package dev.aerie.ui.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.AccountRequest;
import dev.aerie.engine.Done;
import dev.aerie.service.MemoryEngine;
import dev.aerie.ui.ScreenStage;
import dev.aerie.ui.TestDesk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminScreenTest {
  @TempDir private Path folder;
  private final MemoryEngine engine = new MemoryEngine();
  private TestDesk desk;
  private Selection at;

  @BeforeEach
  void open() {
    desk = new TestDesk(folder);
    at = Selection.of(desk.connect(engine), "default");
    engine.answer(
        AccountRequest.ListUsers.class,
        List.of(new AccountRequest.User("lexi", List.of("reader", "writer"))));
    engine.answer(AccountRequest.CreateUser.class, Done.DONE);
    engine.answer(AccountRequest.DropUser.class, Done.DONE);
  }

  @Test
  void createsAUserAndDropsItOnlyWithItsNameTyped() {
    var model = new AdminViewModel(desk.desk(), at);
    model.sectionProperty().set(Section.USERS);
    assertEquals(List.of(new Item("lexi", "reader, writer")), model.items());
    model.nameProperty().set("ada");
    model.secondProperty().set("long-enough");

    model.create();
    model.drop(model.items().getFirst());

    assertEquals(Optional.of("lexi"), desk.questions.getFirst().typed());
    assertEquals(List.of("User ada created", "User lexi dropped"), desk.toasts);
  }

  @Test
  void saysWhatIsWrongWithANameBeforeItIsSent() {
    var model = new AdminViewModel(desk.desk(), at);
    model.nameProperty().set("two words");

    model.create();

    assertTrue(
        model.failureProperty().get().orElseThrow().message().contains("\"two words\""),
        () -> model.failureProperty().get().toString());
  }

  @Test
  void keepsTheOtherSectionsWhereOneIsRefused() throws Exception {
    var stage =
        ScreenStage.show(
            desk.desk().palette(),
            () ->
                AdminScreen.kind(desk.desk()).opener().apply(new ScreenKind.Visit(at, Intent.LOOK)),
            1129,
            790);
    stage.act(() -> stage.robot().lookup("Roles").queryAs(ToggleButton.class).fire());
    stage.picture("admin-refused");
    assertTrue(stage.robot().lookup(".banner").query().isVisible());

    stage.act(() -> stage.robot().lookup("Users").queryAs(ToggleButton.class).fire());
    stage.picture("admin-users");

    assertEquals(false, stage.robot().lookup(".banner").query().isVisible());
  }
}
