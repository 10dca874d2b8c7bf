package dev.aerie.ui.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.Connector;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.settings.Environment;
import dev.aerie.service.settings.Settings;
import dev.aerie.service.settings.SettingsStore;
import dev.aerie.ui.ScreenStage;
import dev.aerie.ui.TestDesk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.ButtonBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectScreenTest {
  @TempDir private Path folder;

  /// Opens every server and finds its management port silent.
  private static final class Servers implements Connector {
    @Override
    public boolean opens(Place place) {
      return place instanceof Place.Server;
    }

    @Override
    public Engine open(Place place, Progress progress) {
      return new MemoryEngine();
    }

    @Override
    public List<Step> diagnose(Place place, Consumer<Step> listener, Progress progress) {
      var steps =
          List.of(
              step("Name lookup", Step.Outcome.PASSED, "lexicon.example is 203.0.113.42"),
              step("TCP connection", Step.Outcome.PASSED, "port 443 accepts connections"),
              step(
                  "Management port",
                  Step.Outcome.WARNED,
                  "No answer on port 9091 after 3 s. Slow queries and tasks stay hidden."));
      steps.forEach(listener);
      return steps;
    }

    private static Step step(String name, Step.Outcome outcome, String finding) {
      return new Step(name, outcome, finding, Optional.empty(), Duration.ofMillis(18));
    }
  }

  @Test
  void testsAndSavesAConnectionByItsForm() throws Exception {
    var desk = new TestDesk(folder, new Servers());
    var stage =
        ScreenStage.show(
            desk.desk().palette(),
            () ->
                ConnectScreen.kind(desk.desk(), List.of(new Servers()))
                    .opener()
                    .apply(new ScreenKind.Visit(Selection.NOTHING, new Intent.CreateNew())),
            1129,
            790);
    stage.act(
        () -> {
          stage.robot().lookup("#nameField").queryTextInputControl().setText("lexicon-prod");
          stage.robot().lookup("#hostField").queryTextInputControl().setText("lexicon.example");
          stage.robot().lookup("#portField").queryTextInputControl().setText("443");
        });
    click(stage, "#environmentBox .last");
    click(stage, "#testButton");
    stage.picture("connect");
    stage.wear(Settings.Theme.DARK, 100);
    stage.picture("connect-dark");
    click(stage, "#tlsBox .last");
    click(stage, ".view-foot .accent");
    stage.picture("connect-mistake");
    assertEquals(List.of(), desk.desk().workspace().connections());
    click(stage, "#tlsBox .first");
    click(stage, ".view-foot .accent");

    var saved = new SettingsStore(folder.resolve("settings.json")).get().profiles().getFirst();
    assertEquals("lexicon-prod", saved.name());
    assertEquals(Environment.PRODUCTION, saved.environment());
    assertTrue(saved.readOnly());
    assertEquals(List.of("Connected to lexicon-prod"), desk.toasts);
  }

  @Test
  void keepsAPasswordOutOfTheSettings() throws Exception {
    var desk = new TestDesk(folder, new Servers());
    var model =
        new ConnectViewModel(
            desk.desk(), List.of(new Servers()), Selection.NOTHING, new Intent.CreateNew());
    model.hostProperty().set("localhost");
    model.signInProperty().set(SignIn.PASSWORD);
    model.userProperty().set("root");
    model.secretProperty().set("Milvus-secret");

    model.save();

    var text = Files.readString(folder.resolve("settings.json"));
    assertTrue(text.contains("root"), text);
    assertTrue(!text.contains("Milvus-secret"), text);
  }

  @Test
  void saysWhichFieldIsWrong() {
    var desk = new TestDesk(folder, new Servers());
    var model =
        new ConnectViewModel(
            desk.desk(), List.of(new Servers()), Selection.NOTHING, new Intent.CreateNew());
    model.hostProperty().set("localhost");
    model.portProperty().set("123456");

    model.test();

    assertEquals(
        "address \"localhost:123456\" must be host:port, such as localhost:19530",
        model.failureProperty().get().orElseThrow().message());
    assertEquals(List.of(), model.steps());
  }

  private static void click(ScreenStage stage, String query) {
    stage.act(() -> stage.robot().lookup(query).<ButtonBase>query().fire());
  }
}
