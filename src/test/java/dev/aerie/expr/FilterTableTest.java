package dev.aerie.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Filter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// What Milvus accepts and what it refuses, row by row.
final class FilterTableTest {
  private static final Map<String, Object> TEMPLATES =
      Map.of("ids", List.of(1L, 2L), "n", "bob", "a", 1L, "b", 2L);

  static final List<String> ACCEPTED =
      List.of(
          "age > 30",
          "age >= 18 and age <= 65",
          "18 <= age <= 65",
          "65 > age > 18",
          "5 <= age <= 5",
          "age == 30",
          "30 == age",
          "age != 30",
          "price == 3",
          "name == \"bob\"",
          "name == 'bob'",
          "name == 'it\\'s'",
          "name == \"say \\\"hi\\\"\"",
          "name > \"m\"",
          "\"a\" <= name < \"c\"",
          "name == \"中文\"",
          "flag == true",
          "flag == False",
          "",
          "age > 1 and price < 2 or flag == true",
          "flag == true or age == 2 and age == 3",
          "age > 1 && (price < 2 || price > 9)",
          "age > 1 AND price < 2",
          "not (age == 1)",
          "id in [1, 2, 3]",
          "id in [1,]",
          "id in []",
          "id not in []",
          "id not in [1]",
          "price in [1, 2.5]",
          "meta[\"k\"] in [1, \"a\", true]",
          "name like \"ab%\"",
          "name like \"%ab%\"",
          "name like \"a_c\"",
          "name like \"50\\\\%\"",
          "not name like \"a%\"",
          "meta[\"t\"] like \"a%\"",
          "tags[0] like \"a%\"",
          "meta[\"a\"][\"b\"] == 3",
          "meta[\"a\"][0] > 1.5",
          "meta['a'] == \"x\"",
          "$meta[\"color\"] == \"red\"",
          "color == \"red\"",
          "exists meta[\"a\"]",
          "exists color",
          "not exists meta[\"a\"][\"b\"]",
          "price is null",
          "price IS NOT NULL",
          "meta[\"a\"] is null",
          "json_contains(meta[\"tags\"], \"x\")",
          "json_contains_all(meta[\"n\"], [1, 2])",
          "JSON_CONTAINS_ANY(meta[\"n\"], [1, \"a\"])",
          "array_contains(tags, \"a\")",
          "array_contains_all(nums, [1, 2])",
          "array_length(tags) >= 2",
          "tags[0] == \"a\"",
          "nums[1] > 3",
          "age % 10 == 9",
          "age + 1 == 2",
          "1 + age == 2",
          "age == 2 ** 3",
          "age == 0x1F or age == 010",
          "age == -5",
          "age < id",
          "text_match(name, \"red blue\")",
          "TEXT_MATCH(name, \"a b c\", minimum_should_match=2)",
          "phrase_match(name, \"red car\", 2)",
          "random_sample(0.01)",
          "age > 3 and random_sample(0.5)",
          "id in {ids} and name == {n}",
          "ts > ISO \"2025-01-01T00:00:00Z\"",
          "ts + INTERVAL \"P1D\" <= ISO \"2025-02-01T00:00:00+08:00\"",
          "st_within(loc, \"POLYGON((0 0,1 0,1 1,0 1,0 0))\")",
          "st_dwithin(loc, \"POINT(0 0)\", 1000)",
          "name =~ \"^a.*\"",
          "name !~ r\"\\d\"",
          "id > -9223372036854775808 && (age > 1)",
          "age > 1\n  and\tprice < 2");

  static final List<Arguments> REFUSED =
      List.of(
          Arguments.of("1 < age > 5", "no other comparison"),
          Arguments.of("1 < age + 1 < 5", "no other comparison"),
          Arguments.of("10 < age < 5", "invalid range: lowerbound is greater than upperbound"),
          Arguments.of("age = 30", "write == to compare"),
          Arguments.of("age <> 30", "write != for not equal"),
          Arguments.of("age == 30.5", "cannot cast value to Int32, value: 30.5"),
          Arguments.of("name == 5", "comparisons between VarChar and Int64 are not supported"),
          Arguments.of("flag", "predicate is not a boolean expression: flag, data type: Bool"),
          Arguments.of("!flag", "not op can only be applied on boolean expression"),
          Arguments.of("not flag", "not op can only be applied on boolean expression"),
          Arguments.of("true", "predicate is not a boolean expression"),
          Arguments.of("flag > false", "booleans have no order"),
          Arguments.of("age > 1 And price < 2", "write and or AND"),
          Arguments.of("not age == 1", "not op can only be applied on boolean expression"),
          Arguments.of("not id in [1]", "not op can only be applied on boolean expression"),
          Arguments.of("id in (1,2)", "unexpected \",\""),
          Arguments.of("id in [1.0]", "in list cannot be casted to Int64"),
          Arguments.of("name in [\"a\", 1]", "value '1' in list cannot be casted to VarChar"),
          Arguments.of("1 in [1,2]", "'term' can only be used on non-const expression"),
          Arguments.of("id in id", "the right-hand side of 'in' must be a list"),
          Arguments.of("name Like \"a%\"", "write like or LIKE"),
          Arguments.of("age like \"1%\"", "like operation on non-string or no-json field"),
          Arguments.of("meta.a == 1", "write a path as field[\"key\"]"),
          Arguments.of("meta [\"a\"] == 1", "unexpected \"[\""),
          Arguments.of("meta[a] == 1", "unexpected \"[\""),
          Arguments.of("meta == 1", "a whole JSON field cannot be compared"),
          Arguments.of("exists meta", "exists operations are only supportted on json key"),
          Arguments.of("exists age", "exists operations are only supportted on json key"),
          Arguments.of("price is  null", "write \"is null\""),
          Arguments.of("price Is Null", "write \"is null\""),
          Arguments.of("price == null", "two column comparison with JSON type is not supported"),
          Arguments.of(
              "json_contains_any(meta[\"n\"], 1)",
              "json_contains_any operation element must be an array"),
          Arguments.of("array_contains(nums, \"a\")", "comparisons between Int64 and VarChar"),
          Arguments.of("Array_Contains(tags, \"a\")", "function \"Array_Contains\" is not known"),
          Arguments.of("array_length(age) == 1", "can only apply on array or json field"),
          Arguments.of("tags == [\"a\"]", "cannot be compared"),
          Arguments.of("tags == 1", "can not comparisons array fields directly"),
          Arguments.of("tags[\"a\"] == 1", "can only access array field with integer index"),
          Arguments.of("age[0] == 1", "Int32 data type not supported accessed with []"),
          Arguments.of("2 - age == 1", "module field is not yet supported"),
          Arguments.of("age + price == 3", "arithmetic operations between multiple fields"),
          Arguments.of("(age + 1) * 2 == 4", "complicated arithmetic operations"),
          Arguments.of("price % 2 == 1", "modulo can only apply on integer types"),
          Arguments.of("age / 0 == 1", "division or modulus by zero"),
          Arguments.of("age & 1 == 1", "BitAnd is not supported"),
          Arguments.of("age << 1 == 1", "shift is not supported"),
          Arguments.of("-age == 5", "a minus can only stand before a number"),
          Arguments.of("meta[\"a\"] > age", "two column comparison with JSON type"),
          Arguments.of("name == age", "comparisons between VarChar and Int32 are not supported"),
          Arguments.of("text_match(name, \"a\", minimum_should_match=0)", "must be in [1, 1000]"),
          Arguments.of("text_match(age, \"a\")", "non-string"),
          Arguments.of("phrase_match(name, \"red car\", -1)", "the slop must be in"),
          Arguments.of(
              "random_sample(0.5) and age > 3",
              "random sample expression can only be the last expression"),
          Arguments.of("not random_sample(0.5)", "random sample"),
          Arguments.of("age > 1 or random_sample(0.5)", "random sample"),
          Arguments.of("random_sample(2)", "between 0 and 1"),
          Arguments.of(
              "id in {missing}",
              "the value of expression template variable name {missing} is not found"),
          Arguments.of("{a} == {b}", "two template values"),
          Arguments.of("ts > \"2025-01-01\"", "written as ISO"),
          Arguments.of("st_within(loc, \"not wkt\")", "is no well-known text"),
          Arguments.of("(age == 1", "unexpected end"),
          Arguments.of("name == \"open", "the string that begins here does not end"),
          Arguments.of("age between 1 and 2", "write a range as"),
          Arguments.of("like == 1", "unexpected \"like\""),
          Arguments.of("age > 1 and flag", "'and' can only be used between boolean expressions"),
          Arguments.of("age > 1 or false", "'or' can only be used between boolean expressions"),
          Arguments.of("vector == 1", "cannot be filtered"),
          Arguments.of("age == 9223372036854775808", "does not fit into 64 bits"));

  @ParameterizedTest
  @FieldSource("ACCEPTED")
  void accepts(String expression) {
    FilterParser.parse(new Filter(expression, TEMPLATES), Films.DYNAMIC);
  }

  @ParameterizedTest
  @FieldSource("REFUSED")
  void refuses(String expression, String reason) {
    var failure =
        assertThrows(
            EngineException.class,
            () -> FilterParser.parse(new Filter(expression, TEMPLATES), Films.DYNAMIC));

    assertEquals(ErrorCode.INVALID_ARGUMENT, failure.code());
    assertTrue(
        failure.getMessage().startsWith("cannot parse expression: " + expression + ", error: "),
        failure.getMessage());
    assertTrue(failure.getMessage().contains(reason), failure.getMessage());
  }
}
