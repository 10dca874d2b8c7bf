package dev.aerie.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aerie.engine.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowEvaluatorTest {
  private static final Map<String, Object> ROW =
      Map.of(
          "id",
          7L,
          "age",
          30,
          "flag",
          true,
          "name",
          "a red wooden car",
          "tags",
          List.of("a", "b"),
          "nums",
          List.of(1L, 2L, 3L),
          "meta",
          "{\"n\": 3, \"x\": 1.5, \"s\": \"abc\", \"nil\": null, \"l\": [1, \"a\", [2]]}",
          "ts",
          1_735_689_600_000_000L,
          "$meta",
          "{\"color\": \"red\"}");

  private final RowEvaluator evaluator =
      new RowEvaluator((_, text) -> Tokens.words(text), () -> 0.25);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "age == 30|TRUE",
        "age != 30|FALSE",
        "29 < age <= 30|TRUE",
        "age in [1, 30]|TRUE",
        "price > 1|MISSING",
        "not (price > 1)|MISSING",
        "price > 1 or age == 30|TRUE",
        "price > 1 and age == 31|FALSE",
        "price is null|TRUE",
        "price is not null|FALSE",
        "name like \"a%car\"|TRUE",
        "name like \"a%cat\"|FALSE",
        "name =~ \"w.*n\"|TRUE",
        "name > \"a\"|TRUE",
        "tags[0] == \"a\"|TRUE",
        "tags[2] == \"a\"|MISSING",
        "array_contains(nums, 2)|TRUE",
        "array_contains_all(nums, [2, 4])|FALSE",
        "array_length(tags) == 2|TRUE",
        "meta[\"n\"] == 3.0|TRUE",
        "meta[\"n\"] == \"3\"|FALSE",
        "meta[\"n\"] != \"3\"|TRUE",
        "meta[\"x\"] > 1|TRUE",
        "meta[\"none\"] != 1|MISSING",
        "meta[\"nil\"] == 1|MISSING",
        "exists meta[\"nil\"]|FALSE",
        "exists meta[\"l\"][2]|TRUE",
        "meta[\"l\"][1] == \"a\"|TRUE",
        "json_contains(meta[\"l\"], [2])|TRUE",
        "json_contains(meta[\"s\"], 1)|FALSE",
        "json_contains_any(meta[\"l\"], [9, \"a\"])|TRUE",
        "array_length(meta[\"l\"]) == 3|TRUE",
        "meta[\"n\"] + 1 == 4|TRUE",
        "meta[\"s\"] + 1 == 4|FALSE",
        "age / 7 == 4|TRUE",
        "age % 7 == 2|TRUE",
        "age < id|FALSE",
        "color == \"red\"|TRUE",
        "text_match(name, \"RED green\")|TRUE",
        "text_match(name, \"red green\", minimum_should_match=2)|FALSE",
        "phrase_match(name, \"red car\")|FALSE",
        "phrase_match(name, \"red car\", 1)|TRUE",
        "ts == ISO \"2025-01-01T00:00:00Z\"|TRUE",
        "ts + INTERVAL \"P1M\" == ISO \"2025-02-01T00:00:00Z\"|TRUE",
        "random_sample(0.3)|TRUE",
        "random_sample(0.2)|FALSE",
      })
  void saysOfARow(String expression, Truth expected) {
    var expr = FilterParser.parse(Filter.of(expression), Films.DYNAMIC);

    assertEquals(
        expected, evaluator.evaluate(expr, field -> Optional.ofNullable(ROW.get(field.name()))));
  }
}
