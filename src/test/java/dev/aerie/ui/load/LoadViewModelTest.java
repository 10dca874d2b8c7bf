package dev.aerie.ui.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DataType;
import dev.aerie.engine.RowRequest;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.load.LoadService;
import dev.aerie.ui.TestDesk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadViewModelTest {
  @TempDir private Path folder;
  private final MemoryEngine engine = new MemoryEngine();
  private TestDesk desk;
  private LoadViewModel model;

  @BeforeEach
  void open() {
    desk = new TestDesk(folder);
    model =
        new LoadViewModel(
            desk.desk(),
            new LoadService(LoadFiles.letters()),
            folder.resolve("loads"),
            Selection.of(desk.connect(engine), "default"));
    model.receive(Intent.LOOK);
  }

  @Test
  void showsWhatADroppedFileHoldsAndHowItWouldBeStored() throws IOException {
    model.receive(new Intent.OpenFile(LoadFiles.jsonLines(folder, 60, List.of())));

    assertEquals(Step.MAP, model.stepProperty().get());
    var rows = model.mapping().rows();
    assertEquals(4, rows.size());
    var vector = rows.stream().filter(MappingRow::isVector).findFirst().orElseThrow();
    assertEquals("FLOAT_VECTOR(16)", vector.typeProperty().get().typeName());
    assertEquals("id", model.mapping().keyProperty().get().orElseThrow().column());
    assertTrue(
        rows.stream()
            .filter(row -> row.column().equals("id"))
            .allMatch(row -> row.checkProperty().get().text().contains("primary key")));
  }

  @Test
  void writesNothingBeforeTheStepNamedLoad() throws IOException {
    model.open(LoadFiles.jsonLines(folder, 60, List.of()));
    model.next();
    model.next();

    assertEquals(Step.DRY_RUN, model.stepProperty().get());
    assertTrue(
        engine.calls().stream()
            .noneMatch(
                call -> call instanceof RowRequest || call instanceof CollectionRequest.Create));
  }

  @Test
  void loadsANewCollectionAndReportsCountsThatFit() throws IOException {
    model.open(LoadFiles.jsonLines(folder, 60, List.of()));
    model.mapping().newNameProperty().set("movies");
    model.next();
    model.next();
    model.next();

    assertEquals(
        Step.REPORT, model.stepProperty().get(), () -> model.failureProperty().get().toString());
    var ending = model.endingProperty().get().orElseThrow();
    assertEquals("success", ending.tone(), ending.message());
    assertEquals("60", ending.written());
    model.next();
    assertEquals(ScreenKind.DATA, desk.opened.getLast().kind());
    assertEquals("movies", desk.opened.getLast().at().collection().orElseThrow());
  }

  @Test
  void leavesRowsWithoutAVectorOutAndSaysWhich() throws IOException {
    model.open(LoadFiles.jsonLines(folder, 60, List.of(4, 9)));
    assertEquals(2, model.previewProperty().get().orElseThrow().doubtful());
    model.next();
    model.next();
    model.next();

    var ending = model.endingProperty().get().orElseThrow();
    assertEquals("58", ending.written());
    assertEquals(List.of(5L, 10L), ending.leftOut().stream().map(LeftOut::row).toList());
    assertTrue(Files.exists(Path.of(ending.files())), ending.files());
  }

  @Test
  void staysAtTheMapAndSaysWhatIsWrongWithAName() throws IOException {
    model.open(LoadFiles.jsonLines(folder, 20, List.of()));
    model.mapping().newNameProperty().set("two words");

    model.next();

    assertEquals(Step.MAP, model.stepProperty().get());
    assertTrue(
        model.failureProperty().get().orElseThrow().message().contains("\"two words\""),
        () -> model.failureProperty().get().toString());
  }

  @Test
  void matchesTheColumnsOfAFileToAnExistingCollection() throws IOException {
    model.open(LoadFiles.jsonLines(folder, 30, List.of()));
    model.next();
    model.next();
    model.next();
    model.open(LoadFiles.jsonLines(folder, 30, List.of()));

    model.fill("films");

    assertFalse(model.mapping().intoNewProperty().get());
    assertEquals(4, model.mapping().mapped());
  }

  @Test
  void changesATypeAndLoadsItAsThat() throws IOException {
    model.open(LoadFiles.jsonLines(folder, 30, List.of()));
    var year =
        model.mapping().rows().stream()
            .filter(row -> row.column().equals("year"))
            .findFirst()
            .orElseThrow();
    year.typeProperty()
        .set(
            year.types().stream()
                .filter(field -> field.type() == DataType.INT16)
                .findFirst()
                .orElseThrow());
    model.next();
    model.next();
    model.next();

    var info = engine.call(new CollectionRequest.Describe("default", "films"));
    assertEquals(DataType.INT16, info.schema().field("year").orElseThrow().type());
  }

  @Test
  void saysWhatIsWrongWithAFolderAndStaysAtTheFirstStep() {
    model.open(folder);

    assertEquals(Step.FILE, model.stepProperty().get());
    assertTrue(
        model.failureProperty().get().orElseThrow().message().contains("is a folder"),
        () -> model.failureProperty().get().toString());
  }
}
