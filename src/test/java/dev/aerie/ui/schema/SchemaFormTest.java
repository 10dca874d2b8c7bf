package dev.aerie.ui.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.DataType;
import dev.aerie.ui.schema.SchemaForm.Preset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SchemaFormTest {
  private final SchemaForm form = new SchemaForm();

  @ParameterizedTest
  @EnumSource
  void everyBeginningIsRightOnceItHasAName(Preset preset) {
    form.use(preset);

    form.nameProperty().set("films");

    assertEquals("", form.mistakeProperty().get());
    assertTrue(form.build().isPresent());
  }

  @Test
  void saysWhatIsWrongWhileOneTypes() {
    form.nameProperty().set("2 films");

    assertTrue(form.mistakeProperty().get().contains("2 films"), form.mistakeProperty().get());
  }

  @Test
  void namesTheFieldWhoseSizeIsNoNumber() {
    form.nameProperty().set("films");

    form.fields().getLast().size().set("many");

    assertEquals(
        "field \"embedding\" (FLOAT_VECTOR) needs a whole number as its size; it has \"many\"",
        form.mistakeProperty().get());
  }

  @Test
  void hasOneKeyAtATime() {
    form.nameProperty().set("films");
    form.addField();
    var added = form.fields().getLast();
    added.type().set(DataType.VARCHAR);

    form.makeKey(added);

    assertEquals(added.name().get(), form.build().orElseThrow().primaryKey().name());
  }

  @Test
  void showsTheSchemaAsCode() {
    form.nameProperty().set("films");

    assertTrue(
        form.codeProperty()
            .get()
            .contains("schema.add_field(\"embedding\", DataType.FLOAT_VECTOR, dim=384)"),
        form.codeProperty().get());
  }
}
