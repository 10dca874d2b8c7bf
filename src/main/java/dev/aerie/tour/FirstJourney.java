package dev.aerie.tour;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

/// The first journey: sample data, its rows, a search with a filter, health, and all of it again
/// after
/// a restart.
public final class FirstJourney {
  private static final Duration SAMPLE = Duration.ofMinutes(8);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final List<String> BIG_CATS =
      List.of("lion", "tiger", "leopard", "jaguar", "cougar", "panther", "cheetah");

  private final Windows windows;
  private final Path home;
  private Driver driver;

  /// Opens and closes the real window.
  public interface Windows {
    /// Opens it over the same data folder as before.
    Stage open();

    void close();
  }

  /// @param home the throw-away folder the window keeps everything in
  public FirstJourney(Windows windows, Path home) {
    this.windows = windows;
    this.home = home;
    this.driver = new Driver(windows.open());
  }

  /// Plays all steps and keeps their pictures in `out`.
  ///
  /// @return whether every step held
  public boolean play(Path out) throws IOException {
    return new Tour(() -> driver, out).play(steps());
  }

  /// Runs something on the toolkit's thread and answers what it answers.
  public static <T> T onToolkit(Callable<T> action) {
    return Driver.onToolkit(action);
  }

  private List<Tour.Step> steps() {
    var steps = new ArrayList<Tour.Step>();
    steps.add(new Tour.Step("home", this::home));
    steps.add(new Tour.Step("sample", this::sample));
    steps.add(new Tour.Step("data", this::data));
    steps.add(new Tour.Step("search", this::search));
    steps.add(new Tour.Step("search-exact", this::compare));
    steps.add(new Tour.Step("health", this::health));
    steps.add(new Tour.Step("restart", this::restart));
    steps.add(new Tour.Step("search-again", this::search));
    return steps;
  }

  private String home(Driver hands) {
    hands.awaitText("Welcome to Aerie");
    hands.awaitText("Start with sample data");
    hands.awaitText("Local engine");
    return "Home offers sample data and a file";
  }

  private String sample(Driver hands) {
    hands.click("#sample");
    hands.awaitText("wordnet_synsets", SAMPLE);
    hands.await(
        () -> hands.texts().stream().anyMatch(text -> text.contains("10,000")), SAMPLE, "10,000");
    return "10,000 entries in wordnet_synsets";
  }

  private String data(Driver hands) {
    hands.doubleClick("wordnet_synsets");
    hands.click("Data");
    hands.awaitText("gloss", ANSWER);
    hands.awaitText("embedding", ANSWER);
    hands.awaitText("10,000", ANSWER);
    return "the grid shows gloss and embedding of 10,000 rows";
  }

  private String search(Driver hands) {
    hands.click("Search");
    hands.awaitText("Search wordnet_synsets", ANSWER);
    hands.fill("#query", "a large wild cat");
    hands.fill("#filter", "category == \"noun.animal\"");
    hands.press(KeyCode.SHORTCUT, KeyCode.ENTER);
    hands.awaitText("10 results", ANSWER);
    var found =
        BIG_CATS.stream()
            .filter(cat -> hands.texts().stream().anyMatch(text -> text.contains(cat)))
            .toList();
    if (found.size() < 3) {
      throw new AssertionError(
          "only %s among the ten results; three big cats belong there".formatted(found));
    }
    return "ten results, among them " + String.join(", ", found);
  }

  private String compare(Driver hands) {
    hands.click("#compare");
    hands.press(KeyCode.SHORTCUT, KeyCode.ENTER);
    return hands.awaitText("of 10 exact", ANSWER);
  }

  private String health(Driver hands) {
    hands.click("Health");
    hands.awaitText("Local engine", ANSWER);
    hands.awaitText("10,000", ANSWER);
    return "health counts 10,000 rows";
  }

  private String restart(Driver hands) {
    windows.close();
    driver = new Driver(windows.open());
    driver.awaitText("wordnet_synsets", ANSWER);
    driver.click("wordnet_synsets");
    return "the collection is there again in " + home.getFileName();
  }
}
