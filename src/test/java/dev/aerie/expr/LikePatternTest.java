package dev.aerie.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LikePatternTest {
  @ParameterizedTest
  @CsvSource({
    "abc,abc,true", "abc,abcd,false", "ab%,abcd,true", "%cd,abcd,true", "%b%,abcd,true",
    "a_c,abc,true", "a_c,a😀c,true", "a_c,ac,false", "%a%b,xaxbxb,true", "%a_b%,aaxb,true",
    "50\\%,50%,true", "50\\%,500,false", "%,'',true", "'','',true", "_%,'',false",
    "%%x,x,true", "a%a,a,false",
  })
  void matches(String pattern, String text, boolean expected) {
    assertEquals(expected, LikePattern.parse(pattern).matches(text));
  }

  @Test
  void knowsItsShape() {
    assertTrue(LikePattern.parse("abc").isExact());
    assertTrue(LikePattern.parse("abc%").isPrefix());
    assertEquals("ab", LikePattern.parse("ab_d%").prefix());
  }

  @Test
  void isNotSlowOnManyRuns() {
    var pattern = LikePattern.parse("%a".repeat(200) + "%b");

    assertEquals(false, pattern.matches("a".repeat(20_000)));
  }

  @Test
  void refusesALoneBackslash() {
    assertThrows(IllegalArgumentException.class, () -> LikePattern.parse("a\\"));
  }
}
