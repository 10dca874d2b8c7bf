package dev.aerie.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FilterParserTest {
  private static Expr parse(String expression) {
    return FilterParser.parse(Filter.of(expression), Films.DYNAMIC);
  }

  private static Ref column(String name) {
    return new Ref.Column(Films.FIXED.field(name).orElseThrow());
  }

  @Test
  void anEmptyFilterIsEveryRow() {
    assertEquals(new Expr.All(), parse("  "));
  }

  @Test
  void bindsAndTighterThanOr() {
    var or = assertInstanceOf(Expr.Or.class, parse("flag == true or age == 2 and age == 3"));

    assertInstanceOf(Expr.And.class, or.terms().get(1));
  }

  @Test
  void turnsAConstantOnTheLeftAround() {
    assertEquals(
        new Expr.Compare(column("age"), CompareOp.GT, new Constant.Int(30)), parse("30 < age"));
  }

  @Test
  void widensWholeNumbersOnFloatColumns() {
    assertEquals(
        new Expr.Compare(column("price"), CompareOp.EQ, new Constant.Real(3)), parse("price == 3"));
  }

  @Test
  void roundsConstantsOfFloatColumnsToFloat() {
    assertEquals(
        new Expr.Compare(column("price"), CompareOp.EQ, new Constant.Real(0.1f)),
        parse("price == 0.1"));
  }

  @Test
  void readsOctalHexadecimalAndBinary() {
    assertEquals(
        new Expr.In(
            column("age"), List.of(new Constant.Int(31), new Constant.Int(8), new Constant.Int(5))),
        parse("age in [0x1F, 010, 0b101]"));
  }

  @Test
  void foldsPowersOfWholeNumbers() {
    assertEquals(
        new Expr.Compare(column("age"), CompareOp.EQ, new Constant.Int(8)), parse("age == 2 ** 3"));
  }

  @Test
  void anUnknownNameIsAKeyOfTheDynamicField() {
    var compare = assertInstanceOf(Expr.Compare.class, parse("color[\"rgb\"][0] == 255"));
    var path = assertInstanceOf(Ref.JsonPath.class, compare.ref());

    assertEquals("$meta[\"color\"][\"rgb\"][0]", path.toString());
    assertEquals("/color/rgb/0", path.pointer());
  }

  @Test
  void refusesAnUnknownNameWithoutDynamicField() {
    var failure =
        assertThrows(
            EngineException.class,
            () -> FilterParser.parse(Filter.of("color == \"red\""), Films.FIXED));

    assertTrue(failure.getMessage().contains("field color not exist"), failure.getMessage());
  }

  @Test
  void anEmptyListMatchesNothingAndItsNegationEverything() {
    assertEquals(new Expr.None(), parse("id in []"));
    assertEquals(new Expr.All(), parse("id not in []"));
  }

  @Test
  void aFieldThatCannotBeNullNeverIs() {
    assertEquals(new Expr.None(), parse("age is null"));
    assertEquals(
        new Expr.IsNull(new Ref.Column(Films.FIXED.field("price").orElseThrow())),
        parse("price is null"));
  }

  @Test
  void readsEscapes() {
    assertEquals(
        new Expr.Compare(
            column("name"), CompareOp.EQ, new Constant.Text("it's\n\u00e9\u4e2d A \"x\"")),
        parse("name == 'it\\'s\\n\\xe9\\u4e2d \\101 \"x\"'"));
  }

  @Test
  void takesTypedTemplates() {
    var filter = new Filter("id in {ids}", Map.of("ids", List.of(1L, 2L)));

    assertEquals(
        new Expr.In(column("id"), List.of(new Constant.Int(1), new Constant.Int(2))),
        FilterParser.parse(filter, Films.FIXED));
  }

  @Test
  void pointsAtTheFault() {
    var problem =
        FilterParser.problem(Filter.of("name == \"😀\" and age = 3"), Films.FIXED).orElseThrow();

    assertEquals("name == \"😀\" and age ".length(), problem.offset());
    assertEquals(1, problem.length());
  }

  @Test
  void readsLongChainsAndLists() {
    var chain = String.join(" or ", java.util.Collections.nCopies(5_000, "age == 1"));
    var or = assertInstanceOf(Expr.Or.class, parse(chain));
    assertEquals(5_000, or.terms().size());

    var list = "id in [" + "1,".repeat(16_384) + "]";
    assertEquals(16_384, assertInstanceOf(Expr.In.class, parse(list)).values().size());
  }

  @Test
  void refusesWhatIsNestedBeyondReason() {
    var deep = "(".repeat(100_000) + "age == 1" + ")".repeat(100_000);

    var failure = assertThrows(EngineException.class, () -> parse(deep));

    assertTrue(failure.getMessage().contains("nested too deeply"));
  }

  @Test
  void completesFieldsThenOperatorsThenValues() {
    var completion =
        new Completion(
            Films.DYNAMIC, Map.of("meta", List.of("year"), Field.DYNAMIC, List.of("color")));

    assertTrue(texts(completion, "fl").contains("flag"));
    assertTrue(texts(completion, "flag ").containsAll(List.of("== ", "!= ")));
    assertEquals(List.of("true", "false"), texts(completion, "flag == "));
    assertTrue(texts(completion, "flag == true ").containsAll(List.of("and ", "or ")));
    assertEquals(List.of("meta[\"year\"]"), texts(completion, "age > 1 and meta[\"y"));
    assertTrue(texts(completion, "co").contains("color"));
    assertEquals(List.of(), texts(completion, "name == \"ab"));
  }

  private static List<String> texts(Completion completion, String text) {
    return completion.at(text, text.length()).stream().map(Completion.Suggestion::text).toList();
  }
}
