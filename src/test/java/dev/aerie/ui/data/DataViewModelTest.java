package dev.aerie.ui.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.RowRequest;
import dev.aerie.service.MemoryEngine;
import dev.aerie.ui.TestDesk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataViewModelTest {
  @TempDir private Path folder;
  private final MemoryEngine engine = new MemoryEngine();
  private TestDesk desk;
  private DataViewModel model;

  @BeforeEach
  void open() {
    desk = new TestDesk(folder);
    TestDesk.fillFilms(engine, 450);
    model = new DataViewModel(desk.desk(), Selection.of(desk.connect(engine), "default", "films"));
    model.receive(Intent.LOOK);
  }

  @Test
  void showsTheFirstPageAndSaysTheCountIsFromStatistics() {
    assertEquals(DataViewModel.PAGE_ROWS, model.rows().size());
    assertEquals(new RowCount.About(450), model.countProperty().get());
  }

  @Test
  void goesThroughAllPagesAndBack() {
    model.nextPage();
    model.nextPage();

    assertEquals(401, model.rows().getFirst().number());
    assertFalse(model.hasNextProperty().get());

    model.previousPage();

    assertEquals(201, model.rows().getFirst().number());
  }

  @Test
  void countsExactlyWhenAsked() {
    model.countExactly();

    assertEquals(new RowCount.Exact(450, false), model.countProperty().get());
  }

  @Test
  void tellsWhereAFilterIsWrongAndDoesNotSendIt() {
    int before = engine.calls().size();

    model.filterProperty().set("titel == \"x\"");
    model.applyFilter();

    assertEquals(0, model.problemProperty().get().orElseThrow().offset());
    assertEquals(before, engine.calls().size());
  }

  @Test
  void countsWhatAFilterLetsThrough() {
    model.filterProperty().set("title == \"The night bird\"");
    model.applyFilter();

    assertEquals(new RowCount.Exact(150, true), model.countProperty().get());
    assertEquals(150, model.rows().size());
  }

  @Test
  void asksWithCountAndFirstRowsBeforeDeleting() {
    engine.answer(RowRequest.Delete.class, new RowRequest.Deleted(150, 1));
    model.filterProperty().set("title == \"The night bird\"");
    model.applyFilter();

    model.deleteMatching();

    var question = desk.questions.getFirst();
    assertEquals("Delete 150 rows of films", question.title());
    assertTrue(question.text().contains("1000000007  The night bird"), question.text());
    assertTrue(
        engine.calls().stream()
            .anyMatch(
                call ->
                    call instanceof RowRequest.Delete delete
                        && delete.filter().expression().equals("title == \"The night bird\"")));
  }

  @Test
  void findsTheRowsNearestToTheSelectedOne() {
    model.selectedProperty().set(Optional.of(model.rows().get(3)));

    assertEquals(5, model.nearest().size());
    assertFalse(
        model.nearest().stream().anyMatch(near -> near.id().equals(model.rows().get(3).id())));
  }

  @Test
  void leadsToSearchWithTheSelectedRow() {
    model.selectedProperty().set(Optional.of(model.rows().getFirst()));

    model.findSimilar();

    var opened = desk.opened.getFirst();
    assertEquals(ScreenKind.SEARCH, opened.kind());
    assertEquals(new Intent.FindSimilar("embedding", 1_000_000_007L), opened.intent());
  }

  @Test
  void saysWhyThereAreNoRowsAndKeepsGoing() {
    var lost =
        new DataViewModel(
            desk.desk(), Selection.of(desk.connect(new MemoryEngine()), "default", "films"));

    lost.receive(Intent.LOOK);

    assertEquals(
        "collection \"films\" is not there", lost.failureProperty().get().orElseThrow().message());
    assertEquals(List.of(), lost.rows());
  }

  @Test
  void opensOnAFilterItIsGiven() {
    model.receive(new Intent.ShowFiltered("title == \"The night bird\""));

    assertInstanceOf(RowCount.Exact.class, model.countProperty().get());
    assertEquals("title == \"The night bird\"", model.filterProperty().get());
  }
}
